using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Instruments of the doors and the pipeline; <c>GET /metrics</c>, <c>dotnet-counters</c> and any listener can read them.
/// Counted per blob and per commit, never per report. Names and labels are documented in lib/RUNBOOK.md.
/// </summary>
public static class IntakeMeters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "MaritimeWatch";

    private static readonly Meter Meter = new(Name);
    private static readonly IntakeFault[] Faults = Enum.GetValues<IntakeFault>();
    private static readonly string[] FaultNames = [.. Faults.Select(fault => Watch.LineCounts.Snake(fault.ToString()))];
    private static readonly ConcurrentDictionary<int, string> GroupTexts = new();

    private static readonly InstrumentAdvice<double> LagBuckets = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10, 30, 60, 300],
    };

    private static readonly InstrumentAdvice<double> AlertBuckets = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600],
    };

    /// <summary>Bytes received, by door.</summary>
    public static Counter<long> Bytes { get; } = Meter.CreateCounter<long>("maritimewatch.intake.bytes", "By", "Bytes received, by door.");

    /// <summary>Lines received, by door.</summary>
    public static Counter<long> Lines { get; } = Meter.CreateCounter<long>("maritimewatch.intake.lines", null, "Lines received, by door.");

    /// <summary>Blobs landed, by door.</summary>
    public static Counter<long> Landed { get; } = Meter.CreateCounter<long>("maritimewatch.intake.landed", null, "Blobs landed, by door.");

    /// <summary>Commits of groups, by stage.</summary>
    public static Counter<long> Commits { get; } =
        Meter.CreateCounter<long>("maritimewatch.group.commits", null, "Commits of groups, by stage.");

    /// <summary>From received to committed in the watch stage, seconds.</summary>
    public static Histogram<double> Lag { get; } = Meter.CreateHistogram(
        "maritimewatch.watch.lag", "s", "From the receipt of a blob to the commit of its reports.", null, LagBuckets);

    /// <summary>From the instant at which an alert could first be said to its being readable, seconds.</summary>
    public static Histogram<double> AlertLatency { get; } = Meter.CreateHistogram(
        "maritimewatch.alert.latency", "s", "From an alert's opened_at to its being committed and readable.", null, AlertBuckets);

    private static Counter<long> Folded { get; } =
        Meter.CreateCounter<long>("maritimewatch.group.records", null, "Records in the commits that this process has made, by stage.");

    private static Counter<long> Refused { get; } =
        Meter.CreateCounter<long>("maritimewatch.intake.refused", null, "Lines, reads and documents refused, by door and fault.");

    private static Counter<long> Shed { get; } =
        Meter.CreateCounter<long>("maritimewatch.intake.shed", null, "Datagrams, requests and connections turned away, by door and reason.");

    private static Counter<long> Reports { get; } =
        Meter.CreateCounter<long>("maritimewatch.watch.reports", null, "Position reports handed to the groups.");

    private static Gauge<long> LastEntry { get; } =
        Meter.CreateGauge<long>("maritimewatch.group.inbox.last.entry", null, "Last entry of a group's inbox that this process knows of.");

    private static Gauge<long> NextEntry { get; } =
        Meter.CreateGauge<long>("maritimewatch.group.next.entry", null, "The entry that a group folds next, by its checkpoint.");

    private static Gauge<long> Generation { get; } =
        Meter.CreateGauge<long>("maritimewatch.group.generation", null, "Commits of a group since the store was made.");

    /// <summary>Something was turned away.</summary>
    /// <param name="door">The door, or <c>reads</c>.</param>
    /// <param name="reason">One of <see cref="ShedReasons"/>.</param>
    public static void OnShed(string door, string reason) => Shed.Add(1, new("door", door), new("reason", reason));

    /// <summary>A blob of AIS was decoded: its reports, and what was refused by fault.</summary>
    /// <param name="counts">What became of its lines.</param>
    public static void OnDecoded(AisReadCounts counts)
    {
        Reports.Add(counts.Positions);
        for (var i = 0; counts.Refused > 0 && i < Faults.Length; i++)
        {
            if (counts.RefusedFor(Faults[i]) is var count and > 0)
            {
                Refused.Add(count, new("door", "ais"), new("fault", FaultNames[i]));
            }
        }
    }

    /// <summary>What another door had landed was decoded.</summary>
    /// <param name="door">The door.</param>
    /// <param name="outcome">What became of it.</param>
    public static void OnDecoded(string door, LandedOutcome outcome)
    {
        foreach (var (fault, count) in outcome.Refused)
        {
            Refused.Add(count, new("door", door), new("fault", fault));
        }
    }

    /// <summary>An entry was appended to a group's inbox.</summary>
    /// <param name="group">The group.</param>
    /// <param name="number">The entry.</param>
    public static void OnAppended(GroupName group, long number) =>
        LastEntry.Record(number, new("stage", group.Stage), new("group", Text(group)));

    /// <summary>A group stands at a checkpoint: after a commit, or as it was found.</summary>
    /// <param name="group">The group.</param>
    /// <param name="checkpoint">Where it stands; null before its first commit.</param>
    public static void OnStanding(GroupName group, Checkpoint? checkpoint)
    {
        if (checkpoint is not null)
        {
            NextEntry.Record(checkpoint.NextEntry, new("stage", group.Stage), new("group", Text(group)));
            Generation.Record(checkpoint.Generation, new("stage", group.Stage), new("group", Text(group)));
        }
    }

    /// <summary>A group has committed.</summary>
    /// <param name="group">The group.</param>
    /// <param name="checkpoint">Where it stands now.</param>
    public static void OnCommitted(GroupName group, Checkpoint checkpoint)
    {
        Commits.Add(1, new KeyValuePair<string, object?>("stage", group.Stage));
        OnStanding(group, checkpoint);
    }

    /// <summary>This process has committed so many records of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="records">Records.</param>
    public static void OnFolded(GroupName group, long records) =>
        Folded.Add(records, new KeyValuePair<string, object?>("stage", group.Stage));

    private static string Text(GroupName group) =>
        GroupTexts.GetOrAdd(group.Group, static number => number.ToString("D3", CultureInfo.InvariantCulture));
}

/// <summary>Why something was turned away: a closed list, the values of a label.</summary>
public static class ShedReasons
{
    /// <summary>Too much waits to be worked.</summary>
    public const string Load = "load";

    /// <summary>Too many at once at this door.</summary>
    public const string Busy = "busy";

    /// <summary>The store does not take it.</summary>
    public const string Store = "store";

    /// <summary>The sender is not on the list of those who may.</summary>
    public const string Sender = "sender";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Load, Busy, Store, Sender];
}
