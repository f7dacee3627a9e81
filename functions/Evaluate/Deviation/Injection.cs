using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary>What is put into a track.</summary>
/// <param name="Kind">detour, stop or speed.</param>
/// <param name="Size">Nautical miles of a detour at its widest, minutes of a stop, per cent of a change of speed.</param>
internal sealed record Injection(string Kind, int Size)
{
    /// <summary>All of them, in equal shares.</summary>
    public static IReadOnlyList<Injection> All { get; } =
    [
        .. ((int[])[1, 2, 5, 10]).Select(static size => new Injection("detour", size)),
        .. ((int[])[30, 60, 120]).Select(static size => new Injection("stop", size)),
        .. ((int[])[20, 50]).Select(static size => new Injection("speed", size)),
    ];

    /// <summary>True for what must be found: detours of 5 and 10 NM, stops of 60 and 120 minutes.</summary>
    public bool IsCore => this is { Kind: "detour", Size: >= 5 } or { Kind: "stop", Size: >= 60 };

    /// <summary>How long it lasts; null where to the end of the track.</summary>
    public TimeSpan? Length => Kind switch
    {
        "detour" => TimeSpan.FromMinutes(90),
        "stop" => TimeSpan.FromMinutes(Size),
        _ => null,
    };
}

/// <summary>A track into which something was put.</summary>
/// <param name="What">What.</param>
/// <param name="StartMs">When it begins.</param>
/// <param name="Points">The reports as they are now.</param>
/// <param name="OffNm">For each report how far it was moved, nautical miles.</param>
internal sealed record InjectedTrack(Injection What, long StartMs, TrackPoint[] Points, double[] OffNm);
