using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.StandIn.Load;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>What the benchmark measures must be what it says: one alert for each planted ship, when it enters, not before.</summary>
[TestFixture]
internal sealed class AlertLoadTests
{
    private const int Planted = 20;

    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Each_planted_ship_raises_its_alert_when_it_enters_the_zone_and_not_before()
    {
        var folder = Directory.CreateTempSubdirectory("mw-load-").FullName;
        var clock = new StoryClock(Path.Combine(folder, "clock"));
        clock.Set(At);
        var store = new MemoryStore();
        var watch = await WatchStore.OpenOrCreateAsync(store, Vaults.ForTests, null, simulated: true, clock, default);
        await ReferenceEntries.AddAsync(store, watch.Format, ReferenceKinds.Zones, AlertLoad.Zones, clock, default);
        var load = new AlertLoad(40, Planted);
        await using var world = await QuietWorld.OverAsync(store, watch, clock);
        await world.PlayAsync([new(At, "/notices", "application/x-ndjson", load.Notices(At)), new(At, "/ais?source=sim", "text/plain", load.Preparation(At))]);
        await world.PlayAsync([Reports(load, 1, false), Reports(load, 2, false)]);
        Assert.That(await AlertsAsync(store), Is.Zero, "before");
        await world.PlayAsync([Reports(load, 3, true)]);
        Assert.That(await AlertsAsync(store), Is.EqualTo(Planted), await FoundAsync(store));
        Directory.Delete(folder, recursive: true);
    }

    private static Sending Reports(AlertLoad load, int round, bool isInside)
    {
        using var lines = new MemoryStream();
        for (var vessel = 0; vessel < load.Vessels; vessel++)
        {
            load.Report(lines, vessel, round, isInside);
        }

        return new Sending(At.AddSeconds(round), "/ais?source=sim", "text/plain", lines.ToArray());
    }

    private static async Task<string> FoundAsync(MemoryStore store)
    {
        var output = new StoreOutput(store, StageNames.AllGroups((await StoreFormat.OpenAsync(store)).Groups));
        var kinds = (await output.LatestAsync("findings", default)).Values
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("properties"))
            .Select(of => $"{of.GetProperty("kind")} {of.GetProperty("severity")} {of.GetProperty("state")}");
        var assessed = (await output.LatestAsync("assessments", default)).Values.Take(1).Select(line => Encoding.UTF8.GetString(line.Span));
        return string.Join("; ", kinds.GroupBy(kind => kind).Select(kind => $"{kind.Count()} {kind.Key}").Concat(assessed));
    }

    private static async Task<int> AlertsAsync(MemoryStore store) =>
        ((await JudgedStore.LinesAsync(store, new GroupName(StageNames.Alerts, 0))).GetValueOrDefault("alerts") ?? [])
            .Select(line => StoreOutput.IdOf(line.Span)).Distinct().Count();
}
