using System.Diagnostics.Metrics;

namespace MaritimeWatch.Functions.Learning;

/// <summary>Instruments of the learning; documented in lib/RUNBOOK.md.</summary>
internal static class LearningMeters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "MaritimeWatch.Learning";

    private static readonly Meter Meter = new(Name);

    private static Counter<long> Runs { get; } = Meter.CreateCounter<long>("maritimewatch.learning.runs", null, "Runs of the learning, by outcome.");

    private static Counter<long> Requests { get; } = Meter.CreateCounter<long>("maritimewatch.learning.requests", null, "Requests to the store that the learning made.");

    private static Counter<long> Bytes { get; } = Meter.CreateCounter<long>("maritimewatch.learning.bytes", "By", "Bytes that the learning read.");

    private static Gauge<long> Behind { get; } = Meter.CreateGauge<long>("maritimewatch.learning.commits.behind", null, "Commits that the last run has not gathered.");

    private static Gauge<long> Points { get; } = Meter.CreateGauge<long>("maritimewatch.learning.points", null, "Points of ways that the last run held.");

    private static Gauge<long> Voyages { get; } = Meter.CreateGauge<long>("maritimewatch.learning.voyages", null, "Voyages that the last run learned from.");

    private static Gauge<long> Lanes { get; } = Meter.CreateGauge<long>("maritimewatch.learning.lanes", null, "Lanes that the last run made.");

    /// <summary>A run is over.</summary>
    public static void OnRun(LearningReport report)
    {
        Runs.Add(1, new KeyValuePair<string, object?>("outcome", report.OutcomeText));
        Requests.Add(report.Requests);
        Bytes.Add(report.Bytes);
        Behind.Record(report.CommitsBehind);
        if (report.Outcome is LearningOutcome.Learned or LearningOutcome.Same)
        {
            Points.Record(report.Points);
            Voyages.Record(report.Voyages);
            Lanes.Record(report.Lanes);
        }
    }
}
