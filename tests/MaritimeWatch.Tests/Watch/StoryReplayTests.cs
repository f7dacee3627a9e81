using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Scenario;
using MaritimeWatch.Tests.Reference.Lanes;

namespace MaritimeWatch.Tests.Watch;

/// <summary>
/// The simulated week from end to end: reports, plates, scenes, notices and manifests in; one alert out, for the ship of the
/// story and for nobody else.
/// </summary>
[TestFixture]
internal sealed class StoryReplayTests
{
    private const ulong Seed = 7101;
    private const long SixHoursMs = 6 * 3_600_000;

    private string folder = null!;
    private WatchStore store = null!;
    private ReplaySummary summary = null!;
    private JsonElement story;
    private string findings = null!;

    [OneTimeSetUp]
    public async Task Replay()
    {
        folder = Directory.CreateTempSubdirectory("mw-story-").FullName;
        await TestContext.Out.WriteLineAsync($"seed {Seed}");
        ScenarioFolder.Write(folder, new ScenarioOptions { Seed = Seed, Days = 7, Vessels = 30 });
        using var about = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "scenario.json")));
        story = about.RootElement.GetProperty("story").Clone();
        store = await Replays.NewStoreAsync();
        summary = await Replays.RunAsync(store, [folder]);
        findings = await LatestAsync(store, "findings");
    }

    private Alert Hers => summary.AlertList.Single(alert => alert.Mmsi == Mmsi);

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void The_story_is_one_alert_and_another_is_only_of_a_ship_that_truly_shares_its_number()
    {
        Assert.That(Hers.Port, Is.EqualTo("SEGOT"));
        var shared = Scenario.TruthLine.ReadFile(Path.Combine(folder, "truth.json"))
            .Where(entry => entry is { Kind: "shared-identity", Lawful: false }).Select(entry => entry.Subject).ToHashSet();
        Assert.That(
            summary.AlertList.Where(alert => alert != Hers).Select(alert => $"mmsi:{alert.Mmsi}"), Is.SubsetOf(shared),
            "no other ship of the week has done anything that an officer should look at");
    }

    [Test]
    public async Task It_gives_every_reason_from_sea_six_hours_before_she_berths()
    {
        var kinds = await KindsAsync();
        string[] wanted = ["route-deviation", "encounter", "dark-ship", "declared-mismatch"];
        var whole = (await RevisionsAsync()).First(alert => wanted.All(kind => alert.FindingIds.Any(id => kinds.GetValueOrDefault(id) == kind)));
        Assert.That(At("berthed_at") - whole.UpdatedAtMs, Is.GreaterThanOrEqualTo(SixHoursMs));
    }

    [Test]
    public async Task That_she_left_her_lane_is_an_alert_at_least_six_hours_before_she_berths()
    {
        var deviations = (await KindsAsync()).Where(kind => kind.Value == "route-deviation").Select(kind => kind.Key).ToHashSet();
        var first = (await RevisionsAsync()).Where(alert => alert.Mmsi == Mmsi && alert.FindingIds.Any(deviations.Contains)).Min(alert => alert.UpdatedAtMs);
        await TestContext.Out.WriteLineAsync(
            $"left her lane {(At("berthed_at") - At("left_lane_at")) / 3_600_000.0:F1} h before berthing, alert {(At("berthed_at") - first) / 3_600_000.0:F1} h before");
        Assert.That(At("berthed_at") - first, Is.GreaterThanOrEqualTo(SixHoursMs));
        Assert.That(first, Is.GreaterThan(At("left_lane_at")));
    }

    [Test]
    public async Task The_lanes_of_the_week_lie_where_the_ships_were_sent()
    {
        var file = await new ReferenceStore(store.Blobs).GetAsync(ReferenceKinds.Lanes, 1, CancellationToken.None);
        var atlas = LaneFile.Read(file!.Value);
        Assert.That(atlas.Between("NOLAR", "SEGOT", "cargo"), Has.Count.EqualTo(1), "the feeder's");
        foreach (var lane in atlas.All)
        {
            var off = TrueWays.MilesOff(lane);
            await TestContext.Out.WriteLineAsync($"{lane.Id}: {lane.Voyages} voyages of {lane.Vessels} ships, {off:F2} NM off the nearest true way");
            Assert.That(off, Is.LessThan(0.5), lane.Id);
        }
    }

    [Test]
    public async Task The_lorry_with_her_box_joins_the_same_alert()
    {
        var kinds = await KindsAsync();
        var reasons = Hers.FindingIds.Where(id => kinds.GetValueOrDefault(id) == "vehicle-deviation");
        Assert.That(reasons, Is.Not.Empty);
    }

    [Test]
    public void Its_sum_can_be_added_up_by_hand()
    {
        var assessment = Hers.Assessment;
        Assert.That(
            assessment.PriorMilli + assessment.Groups.Sum(group => Math.Min(group.CapMilli, group.Items.Sum(item => item.LogOddsMilli))),
            Is.EqualTo(assessment.TotalMilli));
    }

    [Test]
    public async Task It_names_no_plate_and_no_party()
    {
        var plate = story.GetProperty("plate").GetString()!;
        var everything = await LatestAsync(store, "alerts") + findings;
        Assert.That(everything, Does.Not.Contain(plate));
        Assert.That(Hers.IsSimulated, Is.True);
    }

    [Test]
    public async Task A_second_run_does_nothing_twice()
    {
        var before = await InboxesAsync();
        await Replays.RunAsync(store, [folder]);
        Assert.That(await InboxesAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Killed_anywhere_and_begun_again_it_finds_the_same_and_one_alert()
    {
        var random = new Random(20);
        var own = await Replays.NewStoreAsync();
        var deaths = 0;
        for (var life = 0; life < 6; life++)
        {
            var left = random.Next(10, 220);
            try
            {
                await Replays.RunAsync(own, [folder], recordsPerCommit: 60_000, kill: _ => Die(ref left));
                break;
            }
            catch (OperationCanceledException)
            {
                deaths++;
            }
        }

        await Replays.RunAsync(own, [folder], recordsPerCommit: 60_000);
        await TestContext.Out.WriteLineAsync($"{deaths} deaths, seed 20");
        Assert.That(deaths, Is.GreaterThan(2));
        Assert.That(await LatestAsync(own, "findings"), Is.EqualTo(findings));
        Assert.That(await LatestAsync(own, "alerts"), Is.EqualTo(await LatestAsync(store, "alerts")));
    }

    private uint Mmsi => uint.Parse(story.GetProperty("mmsi").GetString()!, CultureInfo.InvariantCulture);

    private static void Die(ref int left)
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            throw new OperationCanceledException("killed");
        }
    }

    private long At(string member) => story.GetProperty(member).GetDateTimeOffset().ToUnixTimeMilliseconds();

    private async Task<List<Alert>> RevisionsAsync()
    {
        List<Alert> revisions = [];
        await foreach (var line in store.Output.LinesAsync("alerts", CancellationToken.None))
        {
            revisions.Add(AlertLine.Parse(line.Span));
        }

        return revisions;
    }

    private async Task<Dictionary<string, string>> KindsAsync() =>
        (await store.Output.LatestAsync("findings", CancellationToken.None))
        .ToDictionary(pair => pair.Key, pair => FindingTally.Read(pair.Value).Kind, StringComparer.Ordinal);

    private async Task<string> InboxesAsync()
    {
        var numbers = new List<string>();
        foreach (var group in StageNames.AllGroups(store.Format.Groups).Where(group => group.Stage != StageNames.Watch))
        {
            numbers.Add($"{group} {await new Inbox(store.Blobs, group, TimeProvider.System).LastNumberAsync()}");
        }

        return string.Join(", ", numbers);
    }

    private static async Task<string> LatestAsync(WatchStore store, string collection)
    {
        var text = new StringBuilder();
        foreach (var line in (await store.Output.LatestAsync(collection, CancellationToken.None)).Values)
        {
            text.Append(Without(Encoding.UTF8.GetString(line.Span))).Append('\n');
        }

        return text.ToString();
    }

    // Sealed landings have a random nonce, so their names differ from one store to the next; where in an inbox a finding
    // began differs where an entry stands twice after a death.
    private static string Without(string line)
    {
        var cut = line.IndexOf("\"evidence\":", StringComparison.Ordinal);
        return cut < 0 ? line : line[..cut];
    }
}
