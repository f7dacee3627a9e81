using System.Text;
using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Tests.Intake.Imagery;

/// <summary>What a STAC item says of a scene, and what is no STAC item.</summary>
[TestFixture]
public sealed class StacItemTests
{
    [TestCase("""{"properties":{"datetime":"2025-03-01T05:41:00Z","sensor":"sar"}}""", SceneSensor.Sar)]
    [TestCase("""{"properties":{"datetime":"2025-03-01T06:41:00+01:00","constellation":"sentinel-2"}}""", SceneSensor.Optical)]
    [TestCase("""{"properties":{"datetime":"2025-03-01T05:41:00.000Z","instruments":["c-sar"],"platform":"sentinel-1a"}}""", SceneSensor.Sar)]
    public void Time_and_sensor_are_read(string item, SceneSensor sensor)
    {
        var facts = StacItem.Read(Encoding.UTF8.GetBytes(item));
        Assert.Multiple(() =>
        {
            Assert.That(MaritimeWatch.Terms.Instants.ToText(facts.AtMs!.Value), Is.EqualTo("2025-03-01T05:41:00Z"));
            Assert.That(facts.Sensor, Is.EqualTo(sensor));
        });
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"properties":{"datetime":"soon"}}""")]
    [TestCase("""{"properties":{"datetime":"2025-03-01T05:41:00Z","datetime":"2024-03-01T05:41:00Z"}}""")]
    public void What_is_no_item_is_refused(string item) =>
        Assert.That(() => StacItem.Read(Encoding.UTF8.GetBytes(item)), Throws.TypeOf<FormatException>());

    [Test]
    public void An_item_nested_without_end_is_refused() => Assert.That(
        () => StacItem.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100)))), Throws.TypeOf<FormatException>());

    [Test]
    public void Facts_go_into_a_note_and_come_back()
    {
        var facts = new SceneDescription
        {
            AtMs = 1_740_800_000_000, ReceivedAtMs = 1_740_803_600_000, Sensor = SceneSensor.Optical, Band = 4, IsSimulated = true,
        };
        Assert.That(SceneDescription.From(facts.ToFacts()), Is.EqualTo(facts));
    }
}
