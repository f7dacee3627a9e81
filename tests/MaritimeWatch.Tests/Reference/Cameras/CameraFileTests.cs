using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Cameras;

namespace MaritimeWatch.Tests.Reference.Cameras;

[TestFixture]
public sealed class CameraFileTests
{
    private const string Good =
        """
        {"cameras":[{"id":"gate","name":"Main gate","lat":57.7,"lon":11.85,"direction":"out","port":"SEGOT"},
                    {"id":"yard","lat":57.72,"lon":11.9,"watched_area":true}],
         "links":[{"from":"gate","to":"yard","distance_m":3500,"free_flow_s":240.5}],
         "routes":[{"id":"r1","cameras":["gate","yard"]}]}
        """;

    [Test]
    public async Task A_network_goes_into_the_store_and_comes_back()
    {
        var store = new MemoryStore();
        var added = await new ReferenceStore(store).AddAsync(ReferenceKinds.Cameras, Encoding.UTF8.GetBytes(Good), default);
        var network = await new StoredCameras(store).LoadAsync(added.Version, default);
        Assert.Multiple(() =>
        {
            Assert.That(network.Version, Is.EqualTo(1));
            Assert.That(network.Find("gate"), Is.EqualTo(network.All[0]).And.Property("Port").EqualTo("SEGOT"));
            Assert.That(network.Find("yard")!.IsWatchedArea, Is.True);
            Assert.That(network.Link("gate", "yard"), Is.EqualTo(new CameraLink("gate", "yard", 3500, 240_500)));
            Assert.That(network.Link("yard", "gate"), Is.Null, "links go one way");
            Assert.That(network.Routes[0].Cameras, Is.EqualTo((string[])["gate", "yard"]));
        });
    }

    [TestCase("[]", "no object")]
    [TestCase("""{"cameras":{}}""", "no list")]
    [TestCase("""{"cameras":[{"id":"a","lat":91,"lon":0}]}""", "cameras[0]: \"lat\"")]
    [TestCase("""{"cameras":[{"id":"a b","lat":1,"lon":0}]}""", "cameras[0]: \"id\"")]
    [TestCase("""{"cameras":[{"id":"a","lat":1,"lon":0},{"id":"a","lat":1,"lon":0}]}""", "appears twice")]
    [TestCase("""{"cameras":[{"id":"a","id":"b","lat":1,"lon":0}]}""", "id")]
    [TestCase("""{"cameras":[{"id":"a","lat":1,"lon":0}],"links":[{"from":"a","to":"b","distance_m":1}]}""", "links[0]: \"to\"")]
    [TestCase("""{"cameras":[{"id":"a","lat":1,"lon":0}],"links":[{"from":"a","to":"a","distance_m":-1}]}""", "distance_m")]
    [TestCase("""{"cameras":[{"id":"a","lat":1,"lon":0}],"routes":[{"id":"r","cameras":["a","x"]}]}""", "no camera \"x\"")]
    [TestCase("""{"cameras":[{"id":"\ud800","lat":1,"lon":0}]}""", "")]
    public void What_does_not_hold_together_is_refused_and_where_is_said(string json, string why) =>
        Assert.That(
            async () => await new ReferenceStore(new MemoryStore()).AddAsync(ReferenceKinds.Cameras, Encoding.UTF8.GetBytes(json), default),
            Throws.TypeOf<ReferenceException>().With.Message.Contains(why));
}
