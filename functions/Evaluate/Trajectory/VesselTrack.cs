using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary>One track of a file.</summary>
/// <param name="Id">What the file calls it.</param>
/// <param name="Vessel">Whose it is.</param>
/// <param name="Points">Reports in order of time, no two at one time; at least one.</param>
internal sealed record VesselTrack(string Id, string Vessel, TrackPoint[] Points)
{
    /// <summary>From the first report to the last.</summary>
    public long LengthMs => Points[^1].AtMs - Points[0].AtMs;
}

/// <summary>What a file of tracks held.</summary>
/// <param name="Tracks">The tracks, by name.</param>
/// <param name="Rows">What became of the rows.</param>
/// <param name="Fault">What is wrong with the file as a whole, or null.</param>
internal sealed record TracksRead(IReadOnlyList<VesselTrack> Tracks, TrackRows Rows, string? Fault);

/// <summary>What became of the rows of a file of tracks.</summary>
internal sealed class TrackRows
{
    private const int NamedMax = 10;
    private readonly List<string> named = [];

    /// <summary>Rows that are reports of a track.</summary>
    public int Used { get; set; }

    /// <summary>Rows that could not be read.</summary>
    public int Refused { get; private set; }

    /// <summary>Rows of a track and a time that had one already; the first in the file counts.</summary>
    public int Repeated { get; set; }

    /// <summary>The first of the rows that could not be read, and why.</summary>
    public IReadOnlyList<string> Named => named;

    /// <summary>Counts a row that could not be read.</summary>
    public void Refuse(int line, string why)
    {
        if (Refused++ < NamedMax)
        {
            named.Add($"line {line}: {why}");
        }
    }
}
