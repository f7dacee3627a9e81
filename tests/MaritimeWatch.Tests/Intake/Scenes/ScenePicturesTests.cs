using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Tests.Intake.Scenes;

/// <summary>The chips of a scene in one blob.</summary>
[TestFixture]
public sealed class ScenePicturesTests
{
    [Test]
    public void Each_chip_comes_back_by_its_number()
    {
        var packed = ScenePictures.Pack([(1, [1, 2, 3]), (7, []), (9, [4])]);
        Assert.Multiple(() =>
        {
            Assert.That(ScenePictures.ChipOf(packed, 1)!.Value.ToArray(), Is.EqualTo((byte[])[1, 2, 3]));
            Assert.That(ScenePictures.ChipOf(packed, 7)!.Value.Length, Is.Zero);
            Assert.That(ScenePictures.ChipOf(packed, 9)!.Value.ToArray(), Is.EqualTo((byte[])[4]));
            Assert.That(ScenePictures.ChipOf(packed, 2), Is.Null);
        });
    }

    [Test]
    public void A_damaged_blob_gives_none_and_never_more_than_it_holds([Values(0, 3, 4, 10, 16, 30)] int length)
    {
        var packed = ScenePictures.Pack([(1, [1, 2, 3]), (9, [4])]);
        var cut = packed.AsMemory(0, Math.Min(length, packed.Length - 1));
        Assert.That(ScenePictures.ChipOf(cut, 9), Is.Null);
    }

    [TestCase("0123456789ab", true)]
    [TestCase("0123456789AB", false)]
    [TestCase("../../secret", false)]
    [TestCase("", false)]
    public void Only_a_name_of_a_scene_is_looked_up(string name, bool isScene) => Assert.That(ScenePictures.IsScene(name), Is.EqualTo(isScene));
}
