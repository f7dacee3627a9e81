using System.Text.Json.Serialization;
using MaritimeWatch.Alerts;

namespace MaritimeWatch.Functions.Watch;

/// <summary>What a replay came to; its JSON is the answer of <c>replay --json</c>.</summary>
internal sealed record ReplaySummary
{
    /// <summary>Physical lines: used + refused + ignored.</summary>
    public required long Lines { get; init; }

    /// <summary>Lines that were understood.</summary>
    public required long Used { get; init; }

    /// <summary>Lines and reports refused, by fault.</summary>
    public required IReadOnlyDictionary<string, long> Refused { get; init; }

    /// <summary>Comments, blank lines, headers, sentences without an AIS message.</summary>
    public required long Ignored { get; init; }

    /// <summary>Used lines without any time.</summary>
    public required long NoTime { get; init; }

    /// <summary>Positions that went to the watch.</summary>
    public required long Reports { get; init; }

    /// <summary>Distinct vessels that were tracked.</summary>
    public required int Vessels { get; init; }

    /// <summary>Latest revisions that are not retracted, by kind.</summary>
    public required IReadOnlyDictionary<string, int> Findings { get; init; }

    /// <summary>Findings of medium or high severity that are not retracted.</summary>
    public required int Alarms { get; init; }

    /// <summary>Alerts for officers.</summary>
    public required int Alerts { get; init; }

    /// <summary>Positions that were heard before, from another receiver or as exact copies; not watched twice.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Positions older than the watermark; they may amend or retract, and start nothing.</summary>
    public required long Late { get; init; }

    /// <summary>How often the data could not decide, by kind of finding; never reported as "none".</summary>
    public required IReadOnlyDictionary<string, int> NotObservable { get; init; }

    /// <summary>Wall time of the whole run.</summary>
    public required double Seconds { get; init; }

    /// <summary>Positions over seconds.</summary>
    public required double ReportsPerSecond { get; init; }

    /// <summary>Peak resident memory of the process, MiB.</summary>
    public required long PeakMemoryMb { get; init; }

    /// <summary>Where the profiles disagree; null where the store has one profile only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProfileComparison? Profiles { get; init; }

    /// <summary>Alerts, by when they opened; not part of the JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<Alert> AlertList { get; init; } = [];

    /// <summary>Findings that stand, alarms first, then by time; not part of the JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<FindingTally> Standing { get; init; } = [];
}
