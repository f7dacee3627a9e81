using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference;

public sealed class ReferenceStoreTests
{
    private const string Square = """{"type":"Polygon","coordinates":[[[11,57],[12,57],[12,58],[11,58],[11,57]]]}""";

    private const string Bow = """{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}""";

    [Test]
    public async Task A_zone_file_becomes_version_one_and_the_same_file_again_changes_nothing()
    {
        var store = new ReferenceStore(new MemoryStore());
        var file = Collection(Zone("r1", Square, """{"name":"Reserve","severity":"medium"}"""));
        var first = await store.AddAsync("zones", file, default);
        var again = await store.AddAsync("zones", file, default);
        var second = await store.AddAsync("zones", Collection(Zone("r2", Square)), default);
        Assert.Multiple(() =>
        {
            Assert.That((first.Version, first.IsNew, first.Kept), Is.EqualTo((1, true, 1)));
            Assert.That((again.Version, again.IsNew), Is.EqualTo((1, false)));
            Assert.That((second.Version, second.IsNew), Is.EqualTo((2, true)));
        });

        var view = await store.LoadViewAsync(new Dictionary<string, int> { ["zones"] = 1 }, default);
        var target = new int[16];
        Assert.That(view.ZonesAt(Position.FromDegrees(57.5, 11.5), target), Is.EqualTo(1));
        Assert.That(view.ZoneAt(target[0]), Is.EqualTo(new Zone("r1", "Reserve", Severity.Medium)));
        Assert.That(view.Versions["zones"], Is.EqualTo(1));
        Assert.That(view.KilometresOffshore(Position.FromDegrees(0, 0)), Is.Null);
    }

    [Test]
    public async Task The_sound_zones_of_a_file_are_kept_and_the_others_named()
    {
        var store = new ReferenceStore(new MemoryStore());
        var added = await store.AddAsync(
            "zones",
            Collection(
                Zone("a", Square), Zone("b", """{"type":"Point","coordinates":[1,2]}"""), Zone("c", Bow), Zone("a", Square), Zone("d/e", Square)),
            default);
        Assert.Multiple(() =>
        {
            Assert.That((added.Kept, added.Refused), Is.EqualTo((2, 3)));
            Assert.That(string.Join('\n', added.Warnings), Is.EqualTo(
                """
                feature 2: it is a Point; a zone is a Polygon or MultiPolygon
                feature 3: its ring crosses itself near 0.5,0.5
                feature 4: its id a is that of feature 1 already
                feature 5: the id "d/e" is kept as d-e
                """));
        });
    }

    [Test]
    public void A_strict_addition_refuses_the_whole_file_for_one_unsound_zone() => Assert.That(
        async () => await new ReferenceStore(new MemoryStore()).AddAsync("zones", Collection(Zone("a", Square), Zone("b", Bow)), default, isStrict: true),
        Throws.InstanceOf<ReferenceException>().With.Message.EqualTo("zones: feature 2: its ring crosses itself near 0.5,0.5"));

    [TestCase("zones", """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}]}""", "a zone is a Polygon")]
    [TestCase("zones", """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null}]}""", "has no geometry")]
    [TestCase("zones", "not json", "not sound JSON")]
    [TestCase("ports", """{"type":"Feature","id":"Gothenburg","geometry":{"type":"Point","coordinates":[11.9,57.7]}}""", "needs its UN/LOCODE")]
    [TestCase("watch-lists", """{"a":1,"a":2}""", "not sound JSON")]
    [TestCase("watch-lists", "7", "neither an object nor a list")]
    [TestCase("cameras", """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,200]}}]}""", "latitude 200")]
    [TestCase("zoo", "{}", "there is no kind \"zoo\"")]
    public void A_file_without_anything_usable_is_refused_with_the_reason(string kind, string text, string message) => Assert.That(
        async () => await new ReferenceStore(new MemoryStore()).AddAsync(kind, Encoding.UTF8.GetBytes(text), default),
        Throws.InstanceOf<ReferenceException>().With.Message.Contains(message));

    [Test]
    public async Task A_zone_drawn_over_the_antimeridian_holds_places_on_both_sides()
    {
        foreach (var ring in new[] { "[[179,0],[-179,0],[-179,2],[179,2],[179,0]]", "[[179,0],[181,0],[181,2],[179,2],[179,0]]" })
        {
            var store = new ReferenceStore(new MemoryStore());
            await store.AddAsync("zones", Collection(Zone("pacific", $$"""{"type":"Polygon","coordinates":[{{ring}}]}""")), default);
            var view = await store.LoadViewAsync(new Dictionary<string, int> { ["zones"] = 1 }, default);
            var target = new int[16];
            Assert.Multiple(() =>
            {
                Assert.That(view.ZonesAt(Position.FromDegrees(1, 179.5), target), Is.EqualTo(1));
                Assert.That(view.ZonesAt(Position.FromDegrees(1, -179.5), target), Is.EqualTo(1));
                Assert.That(view.ZonesAt(Position.FromDegrees(1, 180), target), Is.EqualTo(1));
                Assert.That(view.ZonesAt(Position.FromDegrees(1, -178.9), target), Is.Zero);
                Assert.That(view.MetresToZone(0, Position.FromDegrees(1, 178.9)), Is.EqualTo(11_118).Within(5));
            });
        }
    }

    [Test]
    public async Task Ports_anchorages_and_berths_are_found_by_the_nearest()
    {
        var store = new ReferenceStore(new MemoryStore());
        await store.AddAsync("ports", Encoding.UTF8.GetBytes(
            """{"type":"Feature","id":"SE GOT","properties":{"name":"Göteborg"},"geometry":{"type":"Point","coordinates":[11.9,57.7]}}"""), default);
        await store.AddAsync("anchorages", Encoding.UTF8.GetBytes(
            """{"type":"Feature","id":"a1","properties":{"port":"SEGOT","port_name":"Göteborg"},"geometry":{"type":"Point","coordinates":[11.6,57.6]}}"""), default);
        var view = await store.LoadViewAsync(await store.LatestVersionsAsync(default), default);
        var found = view.AnchorageAt(view.NearestAnchorage(Position.FromDegrees(57.61, 11.61), 20_000, out var metres));
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(new AnchoragePoint("a1", Position.FromDegrees(57.6, 11.6), "SEGOT", "Göteborg", StoppingPlace.Anchorage)));
            Assert.That(metres, Is.EqualTo(1_262).Within(2));
            Assert.That(view.AnchorageAt(view.NearestAnchorage(Position.FromDegrees(57.7, 11.9), 3_000, out _)).Id, Is.EqualTo("SEGOT"));
            Assert.That(view.NearestAnchorage(Position.FromDegrees(57.7, 12.3), 3_000, out _), Is.EqualTo(-1));
        });
    }

    [Test]
    public void A_version_that_is_not_there_is_said_to_be_missing() => Assert.That(
        async () => await new ReferenceStore(new MemoryStore()).LoadViewAsync(new Dictionary<string, int> { ["zones"] = 3 }, default),
        Throws.InstanceOf<ReferenceException>().With.Message.EqualTo("version 3 of zones is not in the store"));

    [Test]
    public async Task Every_watch_group_is_told_once_of_a_new_version()
    {
        var blobs = new MemoryStore();
        var format = await StoreFormat.OpenOrCreateAsync(blobs, DateTimeOffset.UnixEpoch, groups: 3);
        var file = Collection(Zone("a", Square));
        var added = await ReferenceEntries.AddAsync(blobs, format, "zones", file, TimeProvider.System, default);
        await ReferenceEntries.AddAsync(blobs, format, "zones", file, TimeProvider.System, default);
        for (var group = 0; group < 3; group++)
        {
            var inbox = new Inbox(blobs, new GroupName("watch", group), TimeProvider.System);
            Assert.That(await inbox.LastNumberAsync(), Is.EqualTo(1));
            var entry = await inbox.ReadAsync(1);
            Assert.That(entry!.Value.Kind, Is.EqualTo(EntryKind.Reference));
            Assert.That(
                Encoding.UTF8.GetString(entry.Value.Body.Span),
                Is.EqualTo($$"""{"kind":"zones","version":1,"hash":"{{added.Hash}}"}"""));
        }
    }

    [Test]
    public async Task Writers_at_once_get_numbers_without_holes()
    {
        var blobs = new MemoryStore();
        var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            new ReferenceStore(blobs).AddAsync("zones", Collection(Zone($"z{i}", Square)), default)));
        Assert.That(versions.Select(v => v.Version).Order(), Is.EqualTo(Enumerable.Range(1, 8)));
    }

    private static byte[] Collection(params string[] features) =>
        Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");

    private static string Zone(string id, string geometry, string properties = "{}") =>
        $$"""{"type":"Feature","id":"{{id}}","properties":{{properties}},"geometry":{{geometry}}}""";
}
