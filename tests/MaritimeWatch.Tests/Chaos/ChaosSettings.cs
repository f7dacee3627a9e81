using System.Globalization;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>One round of chaos: a store of its own, so many kills, and everything that follows from the seed.</summary>
internal sealed record ChaosSettings
{
    /// <summary>Of all chance.</summary>
    public required int Seed { get; init; }

    /// <summary>How many processes are killed before the faults stop.</summary>
    public required int Kills { get; init; }

    /// <summary>Worker processes; default 3.</summary>
    public int Processes { get; init; } = 3;

    /// <summary>Lines of AIS come as a stream too, and the stages are told the time; then workers have the week's clock.</summary>
    public bool HasTicks { get; init; }

    /// <summary>How long all kills may take; beyond it the round fails and says what stands.</summary>
    public TimeSpan KillsWithin => TimeSpan.FromSeconds(60 + (24 * Kills));

    /// <summary>How long it may take until all is folded once the faults have stopped.</summary>
    public TimeSpan SettlesWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A fault planted in the workers, or null.</summary>
    public string? Plant { get; init; }

    /// <summary>Takes what goes on, in words.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    /// <summary>All named moments; every life of a process may end at one.</summary>
    public static IReadOnlyList<string> Moments { get; } =
        [.. HostedMoments.All, .. KillPoints.All, RelayMoments.AfterPlan, RelayMoments.AfterPart];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"seed {Seed}, {Kills} kills, {Processes} processes{(HasTicks ? ", with ticks" : "")}{(Plant is null ? "" : $", planted: {Plant}")}");
}
