using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>A port as voyages name it.</summary>
/// <param name="Id">Its UN/LOCODE where it is known, else its name without what an id cannot hold.</param>
/// <param name="Name">What people call it.</param>
internal readonly record struct Harbour(string Id, string Name)
{
    /// <summary>The port of a stopping place: all places of a port are one harbour, whichever a ship stops at.</summary>
    public static Harbour Of(Place place) => new(
        LanePort.Of(place.Locode, place.PortName).Id, place.PortName);
}

/// <summary>A voyage that was made from port to port.</summary>
/// <param name="EndAtMs">When it came to port.</param>
/// <param name="IsSimulated">A report of it was simulated.</param>
/// <param name="Places">Its way, thinned; at least two places.</param>
internal sealed record Voyage(long EndAtMs, bool IsSimulated, Position[] Places);

/// <summary>A voyage in progress: its way so far, and where it stands with the lanes.</summary>
internal sealed class VoyageInProgress
{
    /// <summary>Most places of a way; then every second is dropped and the rest kept twice as far apart.</summary>
    public const int PlacesMax = 400;

    /// <summary>Places are kept about this far apart, 0.1 m: 2 NM.</summary>
    public const int SpacingDecimetres = 37_040;

    public required Harbour From { get; init; }

    /// <summary>Number of the hull that sails.</summary>
    public required int Hull { get; init; }

    public required Position LastPlace { get; set; }

    public required long LastAtMs { get; set; }

    public List<Position> Places { get; } = [];

    /// <summary>How many of the places have been saved.</summary>
    public int PlacesSaved { get; set; }

    public int Spacing { get; set; } = SpacingDecimetres;

    public bool IsSimulated { get; set; }

    /// <summary>When it left port; 0 where that was not noted.</summary>
    public long DepartedAtMs { get; set; }

    /// <summary>It was out of hearing for so long that the lanes of others say nothing of it any more.</summary>
    public bool IsLost { get; set; }

    /// <summary>Something unusual of this voyage was said already.</summary>
    public bool IsSaid { get; set; }

    /// <summary>The lane of the traffic that it was in last; null before any.</summary>
    public string? FollowsLane { get; set; }

    /// <summary>When it stopped under way, and where; 0 while it sails.</summary>
    public long StopSinceMs { get; set; }

    public Position StopPlace { get; set; }

    /// <summary>Where the lane leads that it kept to last; null before any.</summary>
    public string? Follows { get; set; }

    /// <summary>When it was first off every lane, and where; 0 while it is not.</summary>
    public long OffSinceMs { get; set; }

    public Position OffPlace { get; set; }

    /// <summary>How long under way since.</summary>
    public long OffUnderWayMs { get; set; }

    public int OffMostDecimetres { get; set; }

    /// <summary>Goes on to a place.</summary>
    public void Sail(Position place, long atMs)
    {
        // The place before a hole is kept, so that the hole is as long as it was.
        if (Places.Count > 0 && Places[^1] != LastPlace && Way.Decimetres(LastPlace, place) > Way.HoleDecimetres)
        {
            Keep(LastPlace);
        }

        (LastPlace, LastAtMs) = (place, atMs);
        if (Places.Count == 0 || Way.Decimetres(Places[^1], place) >= Spacing)
        {
            Keep(place);
        }
    }

    /// <summary>It is in its lane, or not judged.</summary>
    public void StopBeingOff() => (OffSinceMs, OffPlace, OffUnderWayMs, OffMostDecimetres) = (0, default, 0, 0);

    public Voyage End() => new(
        LastAtMs, IsSimulated, Places.Count > 0 && Places[^1] == LastPlace ? [.. Places] : [.. Places, LastPlace]);

    private void Keep(Position place)
    {
        Places.Add(place);
        if (Places.Count < PlacesMax)
        {
            return;
        }

        for (var i = 0; i < Places.Count; i++)
        {
            if (i % 2 == 0)
            {
                Places[i / 2] = Places[i];
            }
        }

        Places.RemoveRange((Places.Count + 1) / 2, Places.Count / 2);
        Spacing *= 2;
        PlacesSaved = 0;
    }
}
