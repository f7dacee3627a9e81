using System.Diagnostics.Metrics;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Instruments of the doors and the pipeline; <c>dotnet-counters</c> and any listener can read them.</summary>
public static class IntakeMeters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "MaritimeWatch.Intake";

    private static readonly Meter Meter = new(Name);

    /// <summary>Bytes received, by door.</summary>
    public static Counter<long> Bytes { get; } = Meter.CreateCounter<long>("maritimewatch.intake.bytes", "By");

    /// <summary>Lines received, by door.</summary>
    public static Counter<long> Lines { get; } = Meter.CreateCounter<long>("maritimewatch.intake.lines");

    /// <summary>Lines refused, by door.</summary>
    public static Counter<long> Refused { get; } = Meter.CreateCounter<long>("maritimewatch.intake.refused");

    /// <summary>Blobs landed, by door.</summary>
    public static Counter<long> Landed { get; } = Meter.CreateCounter<long>("maritimewatch.intake.landed");

    /// <summary>Datagrams and requests turned away, by door.</summary>
    public static Counter<long> Shed { get; } = Meter.CreateCounter<long>("maritimewatch.intake.shed");

    /// <summary>Reports handed to groups.</summary>
    public static Counter<long> Reports { get; } = Meter.CreateCounter<long>("maritimewatch.watch.reports");

    /// <summary>Commits of groups.</summary>
    public static Counter<long> Commits { get; } = Meter.CreateCounter<long>("maritimewatch.watch.commits");

    /// <summary>From received to committed, milliseconds.</summary>
    public static Histogram<double> Lag { get; } = Meter.CreateHistogram<double>("maritimewatch.watch.lag", "ms");
}
