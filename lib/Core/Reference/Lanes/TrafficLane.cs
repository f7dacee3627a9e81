using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// A lane as the voyages of all ships have made it: a centre line from port to port with what is usual at each mile of it.
/// Immutable; threads may share it. Look-ups allocate nothing and are made of additions, products and a square root, so
/// that every processor gives the same.
/// </summary>
public sealed class TrafficLane
{
    /// <summary>Stands for a port where ships go out of hearing, or come from there.</summary>
    public const string Sea = "SEA";

    /// <summary>Most stations of one lane.</summary>
    public const int StationsMax = 400;

    private const int ChunkLength = 8;
    private const int ChunksPerStretch = 8;
    private const double DecimetresPerUnit = FlatDistance.MetresPerUnit * 10;
    private readonly Chunk[] _chunks;
    private readonly Box[] _stretches;
    private readonly LaneStation[] _stations;

    /// <summary>A lane of at least two stations.</summary>
    /// <param name="stations">In the direction of travel.</param>
    /// <exception cref="ArgumentException">There are fewer than two or more than <see cref="StationsMax"/>.</exception>
    public TrafficLane(IReadOnlyList<LaneStation> stations)
    {
        ArgumentNullException.ThrowIfNull(stations);
        if (stations.Count is < 2 or > StationsMax)
        {
            throw new ArgumentException($"a lane has 2 to {StationsMax} stations, not {stations.Count}", nameof(stations));
        }

        _stations = [.. stations];
        _chunks = Chunk.Cut(_stations, ChunkLength);
        _stretches = [.. Chunk.Cut(_stations, ChunkLength * ChunksPerStretch).Select(stretch => stretch.Box)];
        Off999Max = _stations.Max(station => station.Off999);
    }

    /// <summary>Chances, in thousandths, at which the remaining time is known.</summary>
    public static IReadOnlyList<int> Chances { get; } = [25, 100, 250, 500, 750, 900, 975];

    /// <summary>Its id: <c>lane:FROM-TO:TYPE:n</c>; the same lane keeps it from version to version.</summary>
    public string Id => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"lane:{From}-{To}:{Type}:{Number}");

    /// <summary>Port of departure: its UN/LOCODE or id, or <see cref="Sea"/>.</summary>
    public required string From { get; init; }

    /// <summary>What people call it.</summary>
    public required string FromName { get; init; }

    /// <summary>Port of arrival, or <see cref="Sea"/>.</summary>
    public required string To { get; init; }

    /// <summary>What people call it.</summary>
    public required string ToName { get; init; }

    /// <summary>One of <see cref="ShipClass"/>.</summary>
    public required string Type { get; init; }

    /// <summary>From 1, among the lanes of this type between these ports.</summary>
    public required int Number { get; init; }

    /// <summary>Voyages that made it.</summary>
    public required int Voyages { get; init; }

    /// <summary>Different ships that made them.</summary>
    public required int Vessels { get; init; }

    /// <summary>When the last of its voyages ended, milliseconds since 1970 UTC.</summary>
    public required long LastEndAtMs { get; init; }

    /// <summary>A report of them was simulated.</summary>
    public required bool IsSimulated { get; init; }

    /// <summary>Time from departure to arrival, seconds, at <see cref="Chances"/>; empty where an end is the sea.</summary>
    public IReadOnlyList<int> Duration => From == Sea ? [] : _stations[0].Remaining;

    /// <summary>Where its voyages stop under way.</summary>
    public IReadOnlyList<UsualStop> Stops { get; init; } = [];

    /// <summary>Voyages that stopped anywhere under way.</summary>
    public int VoyagesWithStops { get; init; }

    /// <summary>
    /// How much of being faster or slower than usual lasts to the end, thousandths, 0 to 1000: 0 says that the present
    /// speed tells nothing of the time left.
    /// </summary>
    public int PaceLastsPermille { get; init; }

    /// <summary>How much of the spread of the time left remains when the present speed is known, thousandths, 1 to 1000.</summary>
    public int SpreadLeftPermille { get; init; } = 1000;

    /// <summary>Its stations in the direction of travel.</summary>
    public IReadOnlyList<LaneStation> Stations => _stations;

    /// <summary>Length of the centre line, 0.1 m.</summary>
    public int LengthDecimetres => _stations[^1].AlongDecimetres;

    /// <summary>The greatest of the stations' <see cref="LaneStation.Off999"/>, 0.1 m; -1 where none is known.</summary>
    public int Off999Max { get; }

    /// <summary>What people call it: <c>Gothenburg-Rotterdam</c>.</summary>
    public string Name => $"{FromName}-{ToName}";

    /// <summary>Where a place lies with respect to the lane: at its nearest part.</summary>
    /// <param name="at">The place.</param>
    public LanePlace PlaceOf(Position at)
    {
        var best = new Nearest { Squared = double.MaxValue };
        Search(at, FlatDistance.CosineOfLatitude(at.LatitudeE7), ref best);
        return ToPlace(in best);
    }

    /// <summary>Where a place lies with respect to the lane, if it lies within a distance of it; far lanes cost a few boxes.</summary>
    /// <param name="at">The place.</param>
    /// <param name="cosine">Cosine of its latitude, <see cref="FlatDistance.CosineOfLatitude"/>.</param>
    /// <param name="withinDecimetres">The distance, 0.1 m.</param>
    /// <param name="place">Where, when within.</param>
    internal bool IsWithin(Position at, double cosine, int withinDecimetres, out LanePlace place)
    {
        var units = withinDecimetres / DecimetresPerUnit;
        var best = new Nearest { Squared = units * units, Station = -1 };
        Search(at, cosine, ref best);
        place = best.Station < 0 ? default : ToPlace(in best);
        return best.Station >= 0;
    }

    /// <summary>True near the port at an end of the lane.</summary>
    /// <param name="at">The place.</param>
    /// <param name="alongDecimetres">How far along it lies, 0.1 m.</param>
    /// <param name="withinDecimetres">What is near, 0.1 m.</param>
    public bool IsNearPort(Position at, int alongDecimetres, int withinDecimetres)
    {
        var units = withinDecimetres / DecimetresPerUnit;
        return (alongDecimetres <= withinDecimetres && From != Sea
                && FlatDistance.SquaredUnits(_stations[0].Place, at) < units * units)
            || (LengthDecimetres - alongDecimetres <= withinDecimetres && To != Sea
                && FlatDistance.SquaredUnits(_stations[^1].Place, at) < units * units);
    }

    /// <summary>True at an end that lies out at sea.</summary>
    public bool IsSeaAt(int alongDecimetres) =>
        (alongDecimetres <= 0 && From == Sea) || (alongDecimetres >= LengthDecimetres && To == Sea);

    /// <summary>The station at or before a place along the lane; never the last.</summary>
    /// <param name="alongDecimetres">0 to the length; what lies outside is taken for the end next to it.</param>
    public int StationBefore(int alongDecimetres)
    {
        var (low, high) = (0, _stations.Length - 2);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _stations[middle].AlongDecimetres <= alongDecimetres ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>How far off the centre line 99.9 % pass there, 0.1 m: the greater of the stations around; -1 not known.</summary>
    public int Off999(int alongDecimetres)
    {
        var before = StationBefore(alongDecimetres);
        var (a, b) = (_stations[before].Off999, _stations[before + 1].Off999);
        return a < 0 || b < 0 ? -1 : Math.Max(a, b);
    }

    /// <summary>How far off the centre line 99 % pass there, 0.1 m: the greater of the stations around; -1 not known.</summary>
    public int Off99(int alongDecimetres)
    {
        var before = StationBefore(alongDecimetres);
        var (a, b) = (_stations[before].Off99, _stations[before + 1].Off99);
        return a < 0 || b < 0 ? -1 : Math.Max(a, b);
    }

    /// <summary>The voyages that the numbers there come from.</summary>
    public int VoyagesAt(int alongDecimetres)
    {
        var before = StationBefore(alongDecimetres);
        return Math.Min(_stations[before].Voyages, _stations[before + 1].Voyages);
    }

    /// <summary>The usual speed there, 0.1 knot; -1 not known.</summary>
    public int SpeedDeciKnots(int alongDecimetres)
    {
        var before = StationBefore(alongDecimetres);
        var (a, b) = (_stations[before].Speed50, _stations[before + 1].Speed50);
        return a < 0 ? b : b < 0 ? a : (a + b) / 2;
    }

    /// <summary>
    /// Time from a place along the lane to its end (the entry into the port of arrival), by the voyages that passed there;
    /// where the present speed is given, as far as being faster or slower has lasted on this lane.
    /// </summary>
    /// <param name="alongDecimetres">Where, 0.1 m, 0 to the length.</param>
    /// <param name="chancePermille">The chance of being there by then, thousandths, 25 to 975: 500 is the median.</param>
    /// <param name="speedDeciKnots">Speed now, 0.1 knot; below 3 knots, and -1, tells nothing.</param>
    /// <returns>Seconds, at least 0; null where it is not known, and on lanes that go out to sea.</returns>
    public int? RemainingSeconds(int alongDecimetres, int chancePermille, int speedDeciKnots = -1)
    {
        var before = StationBefore(alongDecimetres);
        if (_stations[before].Remaining.Count == 0 || _stations[before + 1].Remaining.Count == 0)
        {
            return null;
        }

        var part = Part(before, alongDecimetres);
        double At(int permille) => ((1 - part) * AtChance(_stations[before].Remaining, permille))
            + (part * AtChance(_stations[before + 1].Remaining, permille));
        var (median, wanted) = (At(500), At(Math.Clamp(chancePermille, Chances[0], Chances[^1])));
        if (speedDeciKnots >= 30 && SpeedDeciKnots(alongDecimetres) is > 0 and var usual)
        {
            var slower = Math.Clamp(usual / (double)speedDeciKnots, 0.5, 2);
            var paced = median * (1 + (PaceLastsPermille / 1000.0 * (slower - 1)));
            wanted = paced + ((wanted - median) * SpreadLeftPermille / 1000.0);
        }

        return (int)Math.Max(0, Math.Round(wanted));
    }

    /// <summary>Seconds from departure within which 99.9 % of the voyages are there; -1 not known.</summary>
    public int Elapsed999(int alongDecimetres)
    {
        var before = StationBefore(alongDecimetres);
        var (a, b) = (_stations[before].Elapsed999, _stations[before + 1].Elapsed999);
        return a < 0 || b < 0 ? -1 : Math.Max(a, b);
    }

    /// <summary>Median seconds from departure to there; -1 not known.</summary>
    public int Elapsed50(int alongDecimetres)
    {
        var before = StationBefore(alongDecimetres);
        var (a, b) = (_stations[before].Elapsed50, _stations[before + 1].Elapsed50);
        return a < 0 || b < 0 ? -1 : (int)Math.Round(a + (Part(before, alongDecimetres) * (b - a)));
    }

    /// <summary>The same lane with another number.</summary>
    internal TrafficLane Numbered(int number) => new(_stations)
    {
        From = From,
        FromName = FromName,
        To = To,
        ToName = ToName,
        Type = Type,
        Number = number,
        Voyages = Voyages,
        Vessels = Vessels,
        LastEndAtMs = LastEndAtMs,
        IsSimulated = IsSimulated,
        Stops = Stops,
        VoyagesWithStops = VoyagesWithStops,
        PaceLastsPermille = PaceLastsPermille,
        SpreadLeftPermille = SpreadLeftPermille,
    };

    private double Part(int before, int along)
    {
        var (from, to) = (_stations[before].AlongDecimetres, _stations[before + 1].AlongDecimetres);
        return to <= from ? 0 : Math.Clamp((along - from) / (double)(to - from), 0, 1);
    }

    private LanePlace ToPlace(in Nearest best)
    {
        var from = _stations[best.Station].AlongDecimetres;
        var along = from + (int)Math.Round(best.Part * (_stations[best.Station + 1].AlongDecimetres - from));
        var off = (int)Math.Min(int.MaxValue, Math.Round(Math.Sqrt(best.Squared) * DecimetresPerUnit));
        return new LanePlace(along, best.IsToPort ? -off : off, best.IsBeyond);
    }

    // The nearest stretch first: what lies farther than the nearest found so far is passed over, box by box.
    private void Search(Position at, double cosine, ref Nearest best)
    {
        var (first, least) = (0, double.MaxValue);
        for (var i = 0; i < _stretches.Length; i++)
        {
            var squared = _stretches[i].SquaredTo(at, cosine);
            (first, least) = squared < least ? (i, squared) : (first, least);
        }

        if (least >= best.Squared)
        {
            return;
        }

        SearchStretch(first, at, cosine, ref best);
        for (var i = 0; i < _stretches.Length; i++)
        {
            if (i != first && _stretches[i].SquaredTo(at, cosine) < best.Squared)
            {
                SearchStretch(i, at, cosine, ref best);
            }
        }
    }

    private void SearchStretch(int stretch, Position at, double cosine, ref Nearest best)
    {
        foreach (ref readonly var chunk in _chunks.AsSpan(stretch * ChunksPerStretch, Math.Min(ChunksPerStretch, _chunks.Length - (stretch * ChunksPerStretch))))
        {
            if (chunk.Box.SquaredTo(at, cosine) < best.Squared)
            {
                Search(in chunk, at.LatitudeE7, -Longitudes.Delta(chunk.Box.OriginE7, at.LongitudeE7) * cosine, cosine, ref best);
            }
        }
    }

    private static double AtChance(IReadOnlyList<int> times, int permille)
    {
        var i = 1;
        while (i < Chances.Count - 1 && Chances[i] < permille)
        {
            i++;
        }

        var part = (permille - Chances[i - 1]) / (double)(Chances[i] - Chances[i - 1]);
        return times[i - 1] + (part * (times[i] - times[i - 1]));
    }

    private static void Search(in Chunk chunk, int latitudeE7, double x, double cosine, ref Nearest best)
    {
        var places = chunk.Places;
        var fromX = x + (places[0].EastE7 * cosine);
        var fromY = (double)places[0].LatitudeE7 - latitudeE7;
        for (var i = 1; i < places.Length; i++)
        {
            var toX = x + (places[i].EastE7 * cosine);
            var toY = (double)places[i].LatitudeE7 - latitudeE7;
            var (wayX, wayY) = (toX - fromX, toY - fromY);
            var length = (wayX * wayX) + (wayY * wayY);
            var free = length == 0 ? 0 : -((fromX * wayX) + (fromY * wayY)) / length;
            var part = Math.Clamp(free, 0, 1);
            var (offX, offY) = (fromX + (part * wayX), fromY + (part * wayY));
            var squared = (offX * offX) + (offY * offY);
            if (squared < best.Squared)
            {
                best.Squared = squared;
                best.Station = chunk.First + i - 1;
                best.Part = part;
                best.IsToPort = (wayX * -fromY) - (wayY * -fromX) > 0;
                best.IsBeyond = (free < 0 && best.Station == 0) || (free > 1 && chunk.IsLast && i == places.Length - 1);
            }

            (fromX, fromY) = (toX, toY);
        }
    }

    private struct Nearest
    {
        public double Squared;
        public int Station;
        public double Part;
        public bool IsToPort;
        public bool IsBeyond;
    }

    // A few parts of the line with a box around them.
    private readonly record struct Chunk(int First, bool IsLast, (long EastE7, int LatitudeE7)[] Places, Box Box)
    {
        public static Chunk[] Cut(LaneStation[] stations, int length)
        {
            var chunks = new List<Chunk>();
            for (var first = 0; first < stations.Length - 1; first += length)
            {
                var last = Math.Min(first + length, stations.Length - 1);
                var places = new (long EastE7, int LatitudeE7)[last - first + 1];
                long east = 0;
                for (var i = first; i <= last; i++)
                {
                    east += i == first ? 0 : Longitudes.Delta(stations[i - 1].Place.LongitudeE7, stations[i].Place.LongitudeE7);
                    places[i - first] = (east, stations[i].Place.LatitudeE7);
                }

                chunks.Add(new Chunk(first, last == stations.Length - 1, places, new Box(
                    stations[first].Place.LongitudeE7,
                    places.Min(place => place.EastE7), places.Max(place => place.EastE7),
                    places.Min(place => place.LatitudeE7), places.Max(place => place.LatitudeE7))));
            }

            return [.. chunks];
        }
    }

    // Degrees east are counted from an origin, so that a box may lie over the antimeridian.
    private readonly record struct Box(int OriginE7, long WestE7, long EastE7, int SouthE7, int NorthE7)
    {
        public double SquaredTo(Position at, double cosine)
        {
            var east = Longitudes.Delta(OriginE7, at.LongitudeE7);
            var x = (east < WestE7 ? WestE7 - east : east > EastE7 ? east - EastE7 : 0) * cosine;
            double y = at.LatitudeE7 < SouthE7 ? (long)SouthE7 - at.LatitudeE7 : at.LatitudeE7 > NorthE7 ? (long)at.LatitudeE7 - NorthE7 : 0;
            return (x * x) + (y * y);
        }
    }
}
