using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Findings.DarkShip;
using MaritimeWatch.Tests.Log;
using MaritimeWatch.Tests.Rasters;

namespace MaritimeWatch.Tests.Intake.Scenes;

/// <summary>A landed scene becomes one entry with its ships and the vessels that may be they, or is refused.</summary>
[TestFixture]
public sealed class SceneDecoderTests
{
    private const long AtMs = 1_740_800_000_000;
    private static readonly DateTimeOffset Received = DateTimeOffset.FromUnixTimeMilliseconds(AtMs + 3_600_000);

    private readonly ManualTime time = new();
    private MemoryStore store = null!;

    [SetUp]
    public void NewStore()
    {
        SceneFiles.RequireGdal();
        store = new MemoryStore();
    }

    [Test]
    public async Task A_scene_becomes_one_entry_with_ships_and_the_vessels_near_them()
    {
        // The ship lies at column 107 and row 52: its vessel passed there, halfway between two reports.
        var (lon, lat) = (SceneFiles.West + (107 * SceneFiles.PixelLon), SceneFiles.North - (52 * SceneFiles.PixelLat));
        await SaidLines.CommitAsync(
            store,
            "tracks",
            SaidLines.Track(219000001, (lon - 0.01, lat, AtMs - 120_000), (lon + 0.01, lat, AtMs + 120_000)),
            SaidLines.Track(219000002, (lon + 30, lat, AtMs - 120_000), (lon + 30, lat, AtMs + 120_000)));
        await SaidLines.CommitAsync(store, "vessels", SaidLines.Vessel(219000001, "SIM ONE", 145));
        var note = await LandAsync(SceneFiles.Sea(400, 300, 1, (100, 50, 14, 4), (300, 200, 4, 12)), ("at", "2025-03-01T03:33:20Z"), ("sensor", "sar"));
        var outcome = await Decoder().DecodeAsync(note, default);
        var entry = await EntryAsync();
        using var run = new SceneRun();
        run.Take(entry);
        Assert.Multiple(() =>
        {
            Assert.That((outcome.Items, outcome.Used, outcome.EntryNumber), Is.EqualTo((1L, 1L, (long?)1L)));
            Assert.That(entry.Detections, Has.Count.EqualTo(2));
            Assert.That(entry.Candidates.Single().Name, Is.EqualTo("SIM ONE"));
            Assert.That(entry.Candidates[0].SigmaM, Is.LessThan(200));
            Assert.That(entry.IsSimulated, "the file's own tag says so, and the vessel's reports too");
            Assert.That((run.StatusOf(1), run.StatusOf(2)), Is.EqualTo(("matched", "dark")));
        });
    }

    [Test]
    public async Task No_report_after_what_was_known_is_used()
    {
        var (lon, lat) = (SceneFiles.West + 0.01, SceneFiles.North - 0.01);
        await SaidLines.CommitAsync(
            store, "tracks", SaidLines.Track(219000001, (lon, lat, AtMs - 7_200_000), (lon, lat, AtMs - 7_000_000), (lon, lat, AtMs + 7_200_000)));
        var scene = SceneFiles.Sea(200, 200, 1, (50, 50, 14, 4));
        await Decoder().DecodeAsync(await LandAsync(scene, ("at", "2025-03-01T03:33:20Z")), default);
        var entry = await EntryAsync();
        Assert.Multiple(() =>
        {
            Assert.That(entry.KnownAtMs, Is.EqualTo(Received.ToUnixTimeMilliseconds()));
            Assert.That(entry.Candidates.Single().BeforeS, Is.EqualTo(7_000));
            Assert.That(entry.Candidates.Single().AfterS, Is.Null);
            Assert.That(entry.Candidates.Single().IsReporting, Is.False);
        });
    }

    [Test]
    public async Task Reports_that_came_late_make_another_entry_and_the_same_reports_make_none()
    {
        var scene = SceneFiles.Sea(200, 200, 1, (50, 50, 14, 4));
        await Decoder().DecodeAsync(await LandAsync(scene, ("at", "2025-03-01T03:33:20Z")), default);
        var (lon, lat) = (SceneFiles.West + (57 * SceneFiles.PixelLon), SceneFiles.North - (52 * SceneFiles.PixelLat));
        await SaidLines.CommitAsync(store, "tracks", SaidLines.Track(219000001, (lon, lat, AtMs - 60_000), (lon, lat, AtMs + 60_000)));
        var number = await Decoder().CheckAgainAsync(await EntryAsync(), default);
        var again = await EntryAsync(2);
        var none = await Decoder().CheckAgainAsync(again, default);
        Assert.Multiple(() =>
        {
            Assert.That(number, Is.EqualTo(2));
            Assert.That(again.Check, Is.EqualTo(1));
            Assert.That(again.Candidates, Has.Count.EqualTo(1));
            Assert.That(none, Is.Null);
        });
    }

    [TestCase("", "not_geo_tiff")]
    [TestCase("<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>", "not_geo_tiff")]
    [TestCase("II*\0 and nothing else", "not_geo_tiff")]
    public async Task What_is_no_scene_is_refused_counted_and_kept(string content, string fault)
    {
        var note = await LandAsync(System.Text.Encoding.Latin1.GetBytes(content), ("at", "2025-03-01T03:33:20Z"));
        var outcome = await Decoder().DecodeAsync(note, default);
        var rejects = await NamesAsync("rejects/");
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Used, Is.Zero);
            Assert.That(outcome.Refused, Is.EqualTo(new Dictionary<string, long> { [fault] = 1 }));
            Assert.That(outcome.EntryNumber, Is.Null);
            Assert.That(outcome.Defects.Single(), Is.Not.Empty);
            Assert.That(rejects, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_scene_that_breaks_off_is_refused_whole()
    {
        var bytes = SceneFiles.Sea(600, 600, 1);
        var outcome = await Decoder().DecodeAsync(await LandAsync(bytes[..(bytes.Length / 2)], ("at", "2025-03-01T03:33:20Z")), default);
        Assert.That(outcome.Refused.Keys.Single(), Is.EqualTo("damaged").Or.EqualTo("not_geo_tiff"));
    }

    [Test]
    public async Task A_scene_without_a_time_is_refused_with_what_to_do()
    {
        var outcome = await Decoder().DecodeAsync(await LandAsync(SceneFiles.Sea(60, 60, 1)), default);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Refused.Keys.Single(), Is.EqualTo("no_time"));
            Assert.That(outcome.Defects.Single(), Does.Contain("at=TIME"));
        });
    }

    [Test]
    public async Task A_scene_whose_own_tag_says_that_it_was_taken_after_it_came_is_refused()
    {
        var scene = new TiffMaker(60, 60) { DateTime = "2025:03:01 04:45:00" }.Make((x, y, _) => 100 + ((x * y) % 7));
        var outcome = await Decoder().DecodeAsync(await LandAsync(scene, ("sensor", "sar")), default);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Refused.Keys.Single(), Is.EqualTo("future"));
            Assert.That(outcome.Defects.Single(), Does.Contain("2025-03-01T04:45:00Z"));
        });
    }

    [Test]
    public async Task A_scene_of_bands_that_nobody_names_is_refused()
    {
        var scene = new TiffMaker(60, 60) { Bands = 4 }.Make((_, _, band) => band);
        var outcome = await Decoder().DecodeAsync(await LandAsync(scene, ("at", "2025-03-01T03:33:20Z"), ("sensor", "optical")), default);
        Assert.That(outcome.Refused.Keys.Single(), Is.EqualTo("unknown_bands"));
        Assert.That(outcome.Defects.Single(), Does.Contain("nobody says which is which"));
    }

    [Test]
    public async Task A_fact_that_says_nothing_sensible_is_refused_by_name()
    {
        var outcome = await Decoder().DecodeAsync(await LandAsync(SceneFiles.Sea(60, 60, 1), ("at", "yesterday")), default);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Refused.Keys.Single(), Is.EqualTo("wrong_fact"));
            Assert.That(outcome.Defects.Single(), Does.Contain("yesterday"));
        });
    }

    private SceneDecoder Decoder() => new(
        store, new StoreFormat { Format = StoreFormat.FormatNow, Groups = 1, Simulated = false, CreatedAt = Received }, time);

    private async Task<LandedNote> LandAsync(byte[] bytes, params (string Name, string Value)[] facts)
    {
        var landed = await new Landing(store).LandAsync("scenes.test", Received, bytes);
        return new LandedNote
        {
            Door = SceneDecoder.DoorName,
            Landed = landed.Name,
            Hash = landed.Hash,
            Length = landed.Length,
            Source = "scenes.test",
            ReceivedAtMs = Received.ToUnixTimeMilliseconds(),
            Facts = new(facts.ToDictionary(fact => fact.Name, fact => fact.Value), StringComparer.Ordinal),
        };
    }

    private async Task<SceneEntry> EntryAsync(long number = 1)
    {
        var entry = await new Inbox(store, new GroupName(StageNames.Scenes, 0), time).ReadAsync(number);
        return SceneEntry.Parse(entry!.Value.Body.Span);
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in store.ListAsync(prefix, default))
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
