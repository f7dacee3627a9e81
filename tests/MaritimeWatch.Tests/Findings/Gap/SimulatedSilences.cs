using MaritimeWatch.Findings;
using MaritimeWatch.Findings.Gap;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Scenario;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Scenario;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Findings.Gap;

/// <summary>One silence of a simulated port, as it was judged first, and what is true.</summary>
/// <param name="Seed">Of the scenario.</param>
/// <param name="Vessel">Who.</param>
/// <param name="SinceMs">The last report before it.</param>
/// <param name="IsDeliberate">The transmitter was off, and its reports would have been heard.</param>
/// <param name="IsMuted">It is one of those that the test itself silenced.</param>
/// <param name="Chance">How it was judged.</param>
/// <param name="SpeedDeciKnots">Last speed.</param>
internal sealed record SilenceSample(
    ulong Seed, VesselId Vessel, long SinceMs, bool IsDeliberate, bool IsMuted, GapChance Chance, short SpeedDeciKnots);

/// <summary>
/// Plays scenarios with receivers whose holes are known. The simulator's own deliberate silences are all of slow ships; so
/// that slowness is not learned for guilt, ships of all speeds are silenced on top: their reports are taken out of what
/// the receivers delivered, hours of which it is certain that they would have been heard.
/// </summary>
internal static class SimulatedSilences
{
    private const long BucketMs = 600_000;
    private const long HourMs = 3_600_000;

    public static ScenarioOptions Options(ulong seed, int vessels = 300, int thinning = 60) =>
        new() { Seed = seed, Days = 3, Vessels = vessels, ReportThinningSeconds = thinning };

    /// <summary>Every silence of a scenario that was judged, once.</summary>
    /// <param name="options">The scenario.</param>
    /// <param name="muted">How many ships more are silenced.</param>
    public static async Task<List<SilenceSample>> Of(ScenarioOptions options, int muted)
    {
        var folder = Directory.CreateTempSubdirectory("silences-").FullName;
        try
        {
            ScenarioFolder.Write(folder, options);
            var sources = new SourceTable();
            var heard = new Heard();
            await using (var nmea = File.OpenRead(Path.Combine(folder, "ais.nmea")))
            {
                AisReader.Read(nmea, new AisReadOptions { Sources = sources }, ref heard);
            }

            var mutes = Mutes(heard.Reports, options.Seed, muted);
            var truth = TruthLine.ReadFile(Path.Combine(folder, "truth.json")).Where(t => t.Kind == "gap").ToLookup(t => t.Subject);
            var samples = new List<SilenceSample>();
            await Play(folder, sources, heard, mutes, (vessel, last, nowMs, chance) =>
            {
                var mute = mutes.Find(m => m.Vessel == vessel && Math.Abs(m.FromMs - last.EventAtMs) <= BucketMs);
                var isOff = truth[vessel.Subject].Any(t => Math.Abs(t.StartAt.ToUnixTimeMilliseconds() - last.EventAtMs) < HourMs
                    && t.EndAt.ToUnixTimeMilliseconds() >= nowMs - (15 * 60_000));
                samples.Add(new SilenceSample(
                    options.Seed, vessel, last.EventAtMs, isOff || mute != default, mute != default, chance, last.SpeedDeciKnots));
            });
            return [.. samples.GroupBy(s => (s.Vessel, s.SinceMs)).Select(g => g.First())];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Play(
        string folder, SourceTable sources, Heard heard, List<Mute> mutes, Action<VesselId, StoredReport, long, GapChance> onSilence)
    {
        using var sorter = new ReplaySorter(new GroupMap(1), sources, new ReplaySorterOptions { TemporaryFolder = folder });
        sorter.AddLanding(new LandingName("landing/sim", "sim"));
        heard.Statics.ForEach(sorter.Add);
        foreach (var report in heard.Reports)
        {
            if (!mutes.Exists(m => m.Vessel == report.Vessel && report.EventAtMs > m.FromMs && report.EventAtMs < m.ToMs))
            {
                sorter.Add(in report);
            }
        }

        using var sorted = sorter.Finish(default);
        var store = new ReferenceStore(new MemoryStore());
        using var fold = new WatchFold(new WatchOptions(), sorted.Source(0), new Stored(store));
        fold.State.OnSilence = (slot, nowMs, chance) =>
            onSilence(fold.State.Table.Vessels[slot].Vessel, fold.State.Table.Vessels[slot].Last, nowMs, chance);
        long number = 1;
        foreach (var kind in new[] { "zones", "anchorages" })
        {
            await store.AddAsync(kind, await File.ReadAllBytesAsync(Path.Combine(folder, "reference", $"{kind}.geojson")), default);
            var body = System.Text.Encoding.UTF8.GetBytes($$"""{"kind":"{{kind}}","version":1}""");
            await fold.FoldAsync(new InboxEntry(number++, EntryKind.Reference, body), 0, 1, NoLines.Instance, default);
        }

        var set = new ReplaySet { Id = "s", Files = [] }.ToBytes();
        await fold.FoldAsync(new InboxEntry(number, EntryKind.Set, set), 0, int.MaxValue, NoLines.Instance, default);
    }

    // Three of four while sailing. Taken is only what would have been heard in nine of ten intervals, so each is certain.
    private static List<Mute> Mutes(List<PositionReport> reports, ulong seed, int count)
    {
        var ships = reports
            .Where(r => WatchState.IsShip(r.Vessel) && (r.Traits & ReportTraits.ClassB) == 0)
            .GroupBy(r => r.Vessel)
            .Select(g => (Vessel: g.Key, Reports: g.OrderBy(r => r.EventAtMs).ToArray()))
            .Where(s => s.Reports.Length > 60)
            .OrderBy(s => s.Vessel)
            .ToArray();
        var random = new Random((int)seed);
        var mutes = new List<Mute>();
        for (var tries = 0; mutes.Count < count && tries < 400 * count; tries++)
        {
            var (vessel, own) = ships[random.Next(ships.Length)];
            var start = own[random.Next(own.Length)];
            var lasts = (long)((6.4 + (random.NextDouble() * 6)) * HourMs);
            var wantsSailing = tries % 4 != 0;
            if ((start.SpeedDeciKnots >= 10) == wantsSailing
                && start.EventAtMs - own[0].EventAtMs > HourMs
                && !mutes.Exists(m => m.Vessel == vessel)
                && own.Count(r => r.EventAtMs > start.EventAtMs - HourMs && r.EventAtMs <= start.EventAtMs) > 10
                && Buckets(own, start.EventAtMs, start.EventAtMs + lasts) * BucketMs * 10 >= 9 * lasts)
            {
                mutes.Add(new Mute(vessel, start.EventAtMs, start.EventAtMs + lasts));
            }
        }

        return mutes;
    }

    private static int Buckets(PositionReport[] own, long fromMs, long toMs) =>
        own.Where(r => r.EventAtMs > fromMs && r.EventAtMs < toMs).Select(r => r.EventAtMs / BucketMs).Distinct().Count();

    private readonly record struct Mute(VesselId Vessel, long FromMs, long ToMs);

    private readonly struct Heard() : IAisSink
    {
        public List<PositionReport> Reports { get; } = [];

        public List<StaticReport> Statics { get; } = [];

        public void OnPosition(in PositionReport report) => Reports.Add(report);

        public void OnStatic(StaticReport report) => Statics.Add(report);

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
            // Damaged sentences are no part of this.
        }
    }

    private sealed class Stored(ReferenceStore store) : IReferenceSource
    {
        public async ValueTask<IReferenceView> LoadAsync(IReadOnlyDictionary<string, int> versions, CancellationToken cancel) =>
            await store.LoadViewAsync(versions, cancel);
    }

    private sealed class NoLines : IFoldOutput
    {
        public static NoLines Instance { get; } = new();

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            // Only the judgements are looked at.
        }
    }
}
