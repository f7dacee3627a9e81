using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// What is usual where a lane has one of its stations (about a mile apart). Every number is an integer, so that it may meet
/// a threshold; -1 is not known.
/// </summary>
public readonly record struct LaneStation
{
    /// <summary>Its place on the centre line.</summary>
    public required Position Place { get; init; }

    /// <summary>From the beginning of the lane along the centre line, 0.1 m.</summary>
    public required int AlongDecimetres { get; init; }

    /// <summary>Voyages that were heard here; the quantiles are theirs.</summary>
    public required int Voyages { get; init; }

    /// <summary>Half of the voyages pass within this of the centre line, 0.1 m.</summary>
    public required int Off50 { get; init; }

    /// <summary>90 % pass within this, 0.1 m.</summary>
    public required int Off90 { get; init; }

    /// <summary>99 % pass within this, 0.1 m.</summary>
    public required int Off99 { get; init; }

    /// <summary>99.9 % pass within this, 0.1 m: by the voyages' spread where there are not thousands of them.</summary>
    public required int Off999 { get; init; }

    /// <summary>A tenth of the voyages pass slower than this, 0.1 knot.</summary>
    public required int Speed10 { get; init; }

    /// <summary>The median speed, 0.1 knot.</summary>
    public required int Speed50 { get; init; }

    /// <summary>A tenth pass faster, 0.1 knot.</summary>
    public required int Speed90 { get; init; }

    /// <summary>Median time from departure to here, seconds; -1 on lanes that come from the sea.</summary>
    public required int Elapsed50 { get; init; }

    /// <summary>99.9 % of the voyages are here within this after departure, seconds; -1 on lanes that come from the sea.</summary>
    public required int Elapsed999 { get; init; }

    /// <summary>
    /// Time from here to the end of the lane, seconds, at the chances <see cref="TrafficLane.Chances"/>; empty on lanes that
    /// go out to sea.
    /// </summary>
    public required IReadOnlyList<int> Remaining { get; init; }
}

/// <summary>A place of a lane where voyages stop under way.</summary>
/// <param name="Where">The middle of the stops.</param>
/// <param name="Voyages">How many voyages have stopped there.</param>
/// <param name="MedianMinutes">How long, minutes.</param>
public readonly record struct UsualStop(Position Where, int Voyages, int MedianMinutes);

/// <summary>A place with respect to a lane.</summary>
/// <param name="AlongDecimetres">How far along, 0.1 m, 0 to the lane's length.</param>
/// <param name="OffDecimetres">Distance to the centre line, 0.1 m; to starboard positive, to port negative.</param>
/// <param name="IsBeyond">It lies abeam of no part: before the beginning or past the end.</param>
public readonly record struct LanePlace(int AlongDecimetres, int OffDecimetres, bool IsBeyond)
{
    /// <summary>Distance to the centre line, 0.1 m.</summary>
    public int Off => Math.Abs(OffDecimetres);
}
