using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using static MaritimeWatch.Tests.Reference.Lanes.Sailings;

namespace MaritimeWatch.Tests.Reference.Lanes;

internal sealed class LaneFileTests
{
    private static readonly LaneAtlas Atlas = LaneLearning.Learn([.. Many(12), Voyage(40, stopAtPart: 0.5, stopHours: 2)]);

    [Test]
    public void What_is_written_is_read()
    {
        var read = LaneFile.Read(LaneFile.Write(Atlas));
        Assert.That(LaneFile.Write(read).ToArray(), Is.EqualTo(LaneFile.Write(Atlas).ToArray()));
        Assert.That(read.LearnedAtMs, Is.EqualTo(Atlas.LearnedAtMs));
        Assert.That(read.Origins, Is.EqualTo(Atlas.Origins));
    }

    [Test]
    public void One_changed_digit_is_refused_by_name()
    {
        var text = Encoding.UTF8.GetString(LaneFile.Write(Atlas).Span);
        var at = text.IndexOf("\"stations\":[[", StringComparison.Ordinal) + 14;
        var damaged = text[..at] + (text[at] == '1' ? '2' : '1') + text[(at + 1)..];
        Assert.That(() => LaneFile.Read(Encoding.UTF8.GetBytes(damaged)), Throws.TypeOf<ReferenceException>().With.Message.Contains("damaged"));
    }

    [Test]
    public void A_newer_file_is_refused_by_name()
    {
        var text = Encoding.UTF8.GetString(LaneFile.Write(Atlas).Span).Replace("\"format\":1", "\"format\":3", StringComparison.Ordinal);
        Assert.That(() => LaneFile.Read(Encoding.UTF8.GetBytes(text)), Throws.TypeOf<ReferenceException>().With.Message.Contains("newer version (format 3"));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("""{"type":"FeatureCollection","features":[]}""")]
    [TestCase("""{"kind":"lanes","format":1,"features":7,"origins":[],"learned_at_ms":0,"sha256":""}""")]
    [TestCase("""{"kind":"lanes","format":99999999999}""")]
    public void What_is_no_file_of_lanes_is_refused(string text) =>
        Assert.That(() => LaneFile.Read(Encoding.UTF8.GetBytes(text)), Throws.TypeOf<ReferenceException>().With.Message.StartsWith("lanes: "));

    [Test]
    public async Task A_damaged_version_is_left_out_by_name_and_the_ports_go_on()
    {
        var blobs = new MemoryStore();
        var store = new ReferenceStore(blobs);
        await store.AddAsync(ReferenceKinds.Lanes, LaneFile.Write(Atlas), default);
        await store.AddAsync(
            ReferenceKinds.Ports,
            Encoding.UTF8.GetBytes("""{"type":"FeatureCollection","features":[{"type":"Feature","id":"SEGOT","geometry":{"type":"Point","coordinates":[11.9,57.7]},"properties":{"name":"Gothenburg"}}]}"""),
            default);
        await blobs.PutAsync("reference/lanes/000002", "{\"format\":1}"u8.ToArray(), PutCondition.IfAbsent, default);
        var sound = await store.LoadViewAsync(new Dictionary<string, int> { ["lanes"] = 1, ["ports"] = 1 }, default);
        var damaged = await store.LoadViewAsync(new Dictionary<string, int> { ["lanes"] = 2, ["ports"] = 1 }, default);
        Assert.Multiple(() =>
        {
            Assert.That(sound.Lanes.All, Has.Count.EqualTo(1));
            Assert.That(sound.Lanes.Fault, Is.Null);
            Assert.That(damaged.Lanes.All, Is.Empty);
            Assert.That(damaged.Lanes.Fault, Does.StartWith("version 2 of the lanes is left out: lanes: "));
            Assert.That(damaged.AnchorageAt(0).PortLocode, Is.EqualTo("SEGOT"));
        });
    }

    [Test]
    public void A_damaged_file_is_not_taken_as_reference() =>
        Assert.That(
            async () => await new ReferenceStore(new MemoryStore()).AddAsync(ReferenceKinds.Lanes, "{}"u8.ToArray(), default),
            Throws.TypeOf<ReferenceException>());
}
