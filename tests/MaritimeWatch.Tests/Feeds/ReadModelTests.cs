using MaritimeWatch.Terms;
using System.Text;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Tests.Feeds;

public sealed class ReadModelTests
{
    [Test]
    public async Task The_latest_revision_replaces_the_one_before_it_and_both_stay_as_revisions()
    {
        var world = new FeedWorld();
        await world.AddAsync("findings", FeedWorld.Finding("a"), FeedWorld.Finding("b"));
        var now = await world.AddAsync("findings", FeedWorld.Finding("a", revision: 2, state: "retracted"));

        Assert.That(await world.IdsAsync(now), Is.EqualTo("a b".Split(' ')));
        Assert.That(now.Query(FeedCollections.Revisions, new FeedQuery()).Matched, Is.EqualTo(3));
        Assert.That(now.Find(FeedCollections.Findings, "a")!.Value.Revision, Is.EqualTo(2));
        Assert.That(now.Find(FeedCollections.Revisions, "a.1")!.Value.Revision, Is.EqualTo(1));
        Assert.That(now.Find(FeedCollections.Revisions, "a.3"), Is.Null);
        Assert.That(now.Find(FeedCollections.Findings, "c"), Is.Null);
    }

    [Test]
    public async Task What_is_loaded_is_seen_only_once_it_is_published()
    {
        var world = new FeedWorld();
        var before = await world.AddAsync("findings", FeedWorld.Finding("a"));
        var line = Encoding.UTF8.GetBytes(FeedWorld.Finding("b") + "\n");
        world.Model.Load(new("findings", "segments/by-hand", line.Length, 1), line);

        Assert.That(before.Query(FeedCollections.Findings, new FeedQuery()).Matched, Is.EqualTo(1));
        Assert.That(world.Model.Publish().Query(FeedCollections.Findings, new FeedQuery()).Matched, Is.EqualTo(2));
        Assert.That(world.Model.Publish().Generation, Is.EqualTo(before.Generation + 1), "nothing new, no generation");
    }

    [Test]
    public async Task A_segment_that_is_loaded_twice_shows_nothing_twice()
    {
        var world = new FeedWorld();
        var lines = Encoding.UTF8.GetBytes($"{FeedWorld.Finding("a")}\n{FeedWorld.Finding("a", revision: 2)}\n");
        world.Model.Load(new("findings", "segments/again", lines.Length, 2), lines);
        world.Model.Load(new("findings", "segments/again", lines.Length, 2), lines);
        var now = world.Model.Publish();
        await Task.CompletedTask;

        Assert.That(now.Query(FeedCollections.Findings, new FeedQuery()).Matched, Is.EqualTo(1));
        Assert.That(now.Query(FeedCollections.Revisions, new FeedQuery()).Matched, Is.EqualTo(2));
    }

    [Test]
    public async Task A_held_snapshot_answers_the_same_while_everything_changes()
    {
        var world = new FeedWorld();
        var ids = Enumerable.Range(0, 30_000).Select(i => $"mmsi:{i}").ToArray();
        var first = await world.AddAsync("vessels", [.. ids.Select(i => Vessel(i, "2026-11-21T10:00:00Z"))]);
        var token = world.Model.Hold(first);
        for (var minute = 1; minute <= 4; minute++)
        {
            world.Clock.Move(TimeSpan.FromMinutes(2));
            await world.AddAsync("vessels", [.. ids.Select(i => Vessel(i, $"2026-11-21T10:0{minute}:00Z"))]);
        }

        var held = world.Model.Find(token)!;
        var all = new FeedQuery { Limit = 50_000, ToMs = Ms("2026-11-21T10:00:30Z") };
        Assert.That(held.Query(FeedCollections.Find("vessels")!, all).Matched, Is.EqualTo(ids.Length));
        Assert.That(
            (await world.IdsAsync(held, all with { Limit = 5 }, "vessels"))[0], Is.EqualTo(ids[^1]), "newest first");
        Assert.That(held.Find(FeedCollections.Find("vessels")!, ids[7]), Is.Not.Null);
        Assert.That(world.Model.Current.Query(FeedCollections.Find("vessels")!, all).Matched, Is.Zero);
    }

    [Test]
    public async Task A_token_is_held_for_fifteen_minutes_and_then_gone()
    {
        var world = new FeedWorld();
        var token = world.Model.Hold(await world.AddAsync("findings", FeedWorld.Finding("a")));
        await world.AddAsync("findings", FeedWorld.Finding("b"));

        world.Clock.Move(TimeSpan.FromMinutes(15));
        Assert.That(world.Model.Find(token)?.Token, Is.EqualTo(token));
        world.Clock.Move(TimeSpan.FromMilliseconds(1));
        Assert.That(world.Model.Find(token), Is.Null);
        Assert.That(world.Model.Find("other-1"), Is.Null);
        Assert.That(world.Model.Find(world.Model.Current.Token), Is.Not.Null, "the newest needs no hold");
    }

    [Test]
    public async Task Since_a_generation_means_what_changed_after_it()
    {
        var world = new FeedWorld();
        var before = await world.AddAsync("findings", FeedWorld.Finding("a"), FeedWorld.Finding("b"));
        var now = await world.AddAsync("findings", FeedWorld.Finding("b", 2), FeedWorld.Finding("c"));

        var changed = new FeedQuery { SinceGeneration = before.Generation };
        Assert.That(await world.IdsAsync(now, changed), Is.EqualTo("c b".Split(' ')));
        Assert.That(await world.IdsAsync(now, new FeedQuery { SinceGeneration = now.Generation }), Is.Empty);
    }

    [Test]
    public async Task Damaged_lines_are_counted_and_the_others_kept()
    {
        var world = new FeedWorld();
        var now = await world.AddAsync(
            "findings",
            FeedWorld.Finding("good"),
            "{\"type\":\"Feature\",\"id\":\"cut",
            "[1,2,3]",
            FeedWorld.Finding("far", geometry: FeedWorld.Point(181, 0)),
            FeedWorld.Finding("no-time", start: "yesterday"),
            FeedWorld.Finding("no-id").Replace("\"id\":\"no-id\"", "\"ident\":1", StringComparison.Ordinal),
            FeedWorld.Finding("deep").Replace("\"gap\"", new string('[', 40) + new string(']', 40), StringComparison.Ordinal));

        Assert.That(await world.IdsAsync(now), Is.EqualTo("good".Split(' ')));
        Assert.That(world.Model.LinesRefused, Is.EqualTo(6));
    }

    [Test]
    public async Task Lines_come_back_byte_for_byte_across_chunks_and_out_of_a_small_cache()
    {
        var world = new FeedWorld(new ReadModelOptions { LineCacheBytes = 100_000 });
        var lines = Enumerable.Range(0, 400)
            .Select(i => FeedWorld.Finding($"f{i}", name: new string((char)('a' + (i % 26)), 50 + (i * 7 % 3000)))).ToArray();
        var now = await world.AddAsync("findings", lines);
        var rows = now.Query(FeedCollections.Findings, new FeedQuery { Limit = 400 }).Rows;
        await world.Model.WarmAsync(rows, CancellationToken.None);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = await world.Model.ReadAsync(rows[i], CancellationToken.None);
            Assert.That(Encoding.UTF8.GetString(line.Span), Is.EqualTo(lines[^(i + 1)]));
        }
    }

    [Test]
    public async Task Replacing_a_collection_removes_what_is_not_there_any_more()
    {
        var world = new FeedWorld();
        world.Model.Replace("zones", Encoding.UTF8.GetBytes(Zone("a") + "\n" + Zone("b")));
        var before = world.Model.Publish();
        world.Model.Replace("zones", Encoding.UTF8.GetBytes(Zone("b") + "\n" + Zone("c")));
        var now = world.Model.Publish();

        Assert.That(await world.IdsAsync(before, collection: "zones"), Is.EquivalentTo("a b".Split(' ')));
        Assert.That(await world.IdsAsync(now, collection: "zones"), Is.EquivalentTo("b c".Split(' ')));
    }

    [TestCase("0000-01-01T00:00:00Z", -62167219200000)]
    [TestCase("1970-01-01T00:00:00Z", 0)]
    [TestCase("2026-11-21T12:34:56.789Z", 1795264496789)]
    [TestCase("2026-11-21t14:34:56.7+02:00", 1795264496700)]
    [TestCase("2024-02-29T00:00:00-00:30", 1709166600000)]
    [TestCase("9999-12-31T23:59:59.9999Z", 253402300799999)]
    public void Times_of_rfc_3339_are_read(string text, long atMs)
    {
        Assert.That(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out var read), text);
        Assert.That(read, Is.EqualTo(atMs));
    }

    [TestCase("")]
    [TestCase("2026-11-21")]
    [TestCase("2026-11-21T12:34:56")]
    [TestCase("2026-02-29T00:00:00Z")]
    [TestCase("2026-13-01T00:00:00Z")]
    [TestCase("2026-11-21T24:00:00Z")]
    [TestCase("2026-11-21T12:34:56.Z")]
    [TestCase("2026-11-21T12:34:56+2:00")]
    [TestCase("20261-11-21T12:34:56Z")]
    [TestCase("2026-11-21T12:34:56Zx")]
    public void What_is_no_time_of_rfc_3339_is_refused(string text) =>
        Assert.That(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out _), Is.False);

    [Test]
    public void Every_day_from_the_year_1_on_agrees_with_the_framework()
    {
        for (var at = DateTime.UnixEpoch.AddDays(-719_162); at.Year < 2200; at = at.AddDays(13))
        {
            Assert.That(Rfc3339.TryParseDate(Encoding.ASCII.GetBytes(at.ToString("yyyy-MM-dd")), out var day));
            Assert.That(day, Is.EqualTo((at - DateTime.UnixEpoch).Days));
        }
    }

    private static long Ms(string text) => Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out var at) ? at : throw new FormatException();

    private static string Vessel(string id, string at) =>
        $$$"""{"type":"Feature","id":"{{{id}}}","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"subject":"{{{id}}}","last_at":"{{{at}}}"}}""";

    private static string Zone(string id) =>
        $$$"""{"type":"Feature","id":"{{{id}}}","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]},"properties":{"name":"{{{id}}}"}}""";
}
