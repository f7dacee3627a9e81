using System.Text.Json;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Findings.DarkShip;
using MaritimeWatch.Tests.Hosted;
using MaritimeWatch.Tests.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Intake.Scenes;

/// <summary>The clock brings a scene up again: late reports retract a dark ship, and after a day all is settled.</summary>
[TestFixture]
public sealed class SceneRoundsTests
{
    private const int Hour = 3_600_000;
    private MemoryStore store = null!;
    private ManualTime time = null!;
    private long atMs;
    private StoreFormat format = null!;
    private GroupWorker worker = null!;
    private SceneFold fold = null!;

    [SetUp]
    public async Task OneSceneWithTwoDarkShips()
    {
        (store, time) = (new MemoryStore(), new ManualTime());
        atMs = time.GetUtcNow().ToUnixTimeMilliseconds() - Hour;
        format = new StoreFormat { Format = StoreFormat.FormatNow, Groups = 1, Simulated = false, CreatedAt = time.GetUtcNow() };
        fold = new SceneFold();
        worker = new GroupWorker(store, new GroupName(StageNames.Scenes, 0), fold, GroupWorkerOptions.Replay, time);
        var scene = SceneWorld.Scene([SceneWorld.Ship(1, 0, 0), SceneWorld.Ship(2, 6_000, 0)], [SceneWorld.Vessel(219000009, -3_000, 0)], atMs: atMs);
        await new Inbox(store, worker.Group, time).AppendAsync(EntryKind.Batch, scene.ToBytes());
        await FoldAsync();
        Assert.That((await FindingsAsync()).Count(line => StateOf(line) != "retracted"), Is.EqualTo(2));
    }

    [TearDown]
    public void End() => fold.Dispose();

    [Test]
    public async Task A_late_report_retracts_its_dark_ship_at_the_next_round_and_the_other_is_settled_after_a_day()
    {
        var rounds = NewRounds();
        Assert.That(await rounds.RunAsync(default), Is.Empty, "it was known an hour after it was taken, and nothing is due");
        await LateAsync();
        time.Advance(TimeSpan.FromHours(1));
        var appended = await rounds.RunAsync(default);
        await FoldAsync();
        var late = await FindingsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(appended, Has.Count.EqualTo(1));
            Assert.That(late.Where(line => StateOf(line) == "retracted").Select(line => line.GetProperty("retracted_because").GetString()).Single(), Does.Contain("SIM LATE"));
            Assert.That(late.Count(line => StateOf(line) != "retracted" && !line.GetProperty("settled").GetBoolean()), Is.EqualTo(1));
        });

        Assert.That(await rounds.RunAsync(default), Is.Empty, "once a round");
        time.Advance(TimeSpan.FromHours(23));
        Assert.That(await NewRounds().RunAsync(default), Has.Count.EqualTo(1), "another process goes on where this one ended");
        await FoldAsync();
        var settled = await FindingsAsync();
        Assert.Multiple(() =>
        {
            Assert.That(settled.Where(line => StateOf(line) != "retracted").All(line => line.GetProperty("settled").GetBoolean()));
            Assert.That(settled.Count(line => StateOf(line) == "retracted"), Is.EqualTo(1));
        });
        time.Advance(TimeSpan.FromHours(10));
        Assert.That(await rounds.RunAsync(default), Is.Empty, "a settled scene is left in peace");
    }

    [Test]
    public async Task Two_processes_at_once_say_the_same_once()
    {
        await LateAsync();
        time.Advance(TimeSpan.FromHours(3));
        var (one, two) = (NewRounds(), NewRounds());
        await Task.WhenAll(one.RunAsync(default), two.RunAsync(default));
        await FoldAsync();
        var revisions = await AllRevisionsAsync();
        Assert.That(revisions.Count(line => StateOf(line) == "retracted"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_hosted_tick_checks_the_scene_again_and_folds_what_came_of_it()
    {
        await LateAsync();
        time.Advance(TimeSpan.FromHours(3));
        var pipeline = new HostedPipeline(new HostedParts
        {
            Store = store,
            Format = format,
            Wake = new FakeQueue(time),
            Plans = [new(StageNames.Scenes, () => new SceneFold(), [])],
            NewDecoder = _ => null,
            NewFold = _ => new SaidLines(),
            Commits = GroupWorkerOptions.Prompt,
            Pace = HostedWorld.Pace,
            Time = time,
            Log = NullLogger.Instance,
            WorkerId = "a",
            MinuteOver = NewRounds().RunAsync,
        });
        await pipeline.TickAsync(default);
        Assert.That((await FindingsAsync()).Count(line => StateOf(line) == "retracted"), Is.EqualTo(1));
    }

    private SceneRounds NewRounds() => new(store, new SceneDecoder(store, format, time), time);

    private async Task LateAsync()
    {
        var ship = SceneWorld.Off(6_000, 0);
        var (lon, lat) = (ship.LongitudeDegrees, ship.LatitudeDegrees);
        await SaidLines.CommitAsync(
            store, "tracks", SaidLines.Track(219000001, (lon, lat, atMs - 60_000), (lon, lat, atMs + 60_000)),
            SaidLines.Track(
                219000009, (SceneWorld.Off(-3_000, 0).LongitudeDegrees, lat, atMs - 100_000),
                (SceneWorld.Off(-3_000, 0).LongitudeDegrees, lat, atMs + 100_000)));
        await SaidLines.CommitAsync(store, "vessels", SaidLines.Vessel(219000001, "SIM LATE", 120));
    }

    private async Task FoldAsync()
    {
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }
    }

    private async Task<List<JsonElement>> FindingsAsync() =>
        [.. (await AllRevisionsAsync()).GroupBy(line => line.GetProperty("id").GetString()).Select(lines => lines.MaxBy(line => line.GetProperty("revision").GetInt32()))];

    private async Task<List<JsonElement>> AllRevisionsAsync()
    {
        var lines = new List<JsonElement>();
        await foreach (var line in new StoreOutput(store, [worker.Group]).LinesAsync("findings", default))
        {
            lines.Add(JsonDocument.Parse(line).RootElement.GetProperty("properties"));
        }

        return lines;
    }

    private static string? StateOf(JsonElement line) => line.GetProperty("state").GetString();
}
