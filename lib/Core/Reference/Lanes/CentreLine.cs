using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// The middle of some voyages: one of them is taken as it was, and each mile of it moved to the middle of all, twice.
/// </summary>
internal static class CentreLine
{
    private const int SpacingDecimetres = 18_520;
    private const int Rounds = 2;
    private const int CandidatesMax = 24;

    /// <summary>The line in places about a mile apart.</summary>
    public static Position[] Of(List<(VoyageWay Way, double Weight)> members)
    {
        var line = Spaced(Reference(members).Line);
        for (var round = 0; round < Rounds; round++)
        {
            var offs = new List<(double Off, double Weight)>[line.Length];
            foreach (var (way, weight) in members)
            {
                var passages = Passages.Of(way.Voyage, StationsOf(line));
                for (var i = 0; i < line.Length; i++)
                {
                    if (passages.IsPassed(i))
                    {
                        (offs[i] ??= []).Add((passages.Offs[i], weight));
                    }
                }
            }

            var moves = new double[line.Length];
            for (var i = 0; i < line.Length; i++)
            {
                moves[i] = offs[i] is { Count: > 1 } seen ? new WeightedSpread(seen).Quantile(0.5) : 0;
            }

            line = Spaced(Moved(line, Smooth(moves)));
        }

        return line;
    }

    /// <summary>A lane of nothing but its line, to look places up on.</summary>
    public static TrafficLane StationsOf(Position[] line)
    {
        var stations = new LaneStation[line.Length];
        long along = 0;
        for (var i = 0; i < line.Length; i++)
        {
            along += i == 0 ? 0 : VoyageWay.Decimetres(line[i - 1], line[i]);
            stations[i] = new LaneStation
            {
                Place = line[i],
                AlongDecimetres = (int)Math.Min(int.MaxValue, along),
                Voyages = 0,
                Off50 = -1,
                Off90 = -1,
                Off99 = -1,
                Off999 = -1,
                Speed10 = -1,
                Speed50 = -1,
                Speed90 = -1,
                Elapsed50 = -1,
                Elapsed999 = -1,
                Remaining = [],
            };
        }

        return new TrafficLane(stations)
        {
            From = TrafficLane.Sea,
            FromName = "sea",
            To = TrafficLane.Sea,
            ToName = "sea",
            Type = ShipClass.All,
            Number = 1,
            Voyages = 0,
            Vessels = 0,
            LastEndAtMs = 0,
            IsSimulated = false,
        };
    }

    // The one that the others are closest to; out to sea one of the long ones, since they end where nobody hears them.
    private static VoyageWay Reference(List<(VoyageWay Way, double Weight)> members)
    {
        var ways = members.Select(member => member.Way).OrderBy(way => way.LengthDecimetres).ToList();
        var candidates = ways[0].Voyage is { From.Id: not TrafficLane.Sea, To.Id: not TrafficLane.Sea }
            ? ways
            : ways[(ways.Count * 3 / 4)..];
        var step = Math.Max(1, candidates.Count / CandidatesMax);
        var others = ways.Where((_, i) => i % Math.Max(1, ways.Count / CandidatesMax) == 0).ToList();
        return candidates.Where((_, i) => i % step == 0)
            .MinBy(way => others.Sum(other => (long)way.FarthestOff(other) + way.WidestHole))!;
    }

    private static Position[] Spaced(Position[] line)
    {
        long length = 0;
        for (var i = 1; i < line.Length; i++)
        {
            length += VoyageWay.Decimetres(line[i - 1], line[i]);
        }

        var parts = (int)Math.Clamp((length + SpacingDecimetres - 1) / SpacingDecimetres, 1, TrafficLane.StationsMax - 1);
        var places = new Position[parts + 1];
        (places[0], places[parts]) = (line[0], line[^1]);
        long along = 0;
        var next = 1;
        for (var i = 1; i < line.Length; i++)
        {
            var part = VoyageWay.Decimetres(line[i - 1], line[i]);
            for (; next < parts && length * next / parts <= along + part; next++)
            {
                var into = ((length * next / parts) - along) / (double)Math.Max(1, part);
                places[next] = VoyageWay.Between(line[i - 1], line[i], Math.Clamp(into, 0, 1));
            }

            along += part;
        }

        for (; next < parts; next++)
        {
            places[next] = line[^1];
        }

        return places;
    }

    private static double[] Smooth(double[] moves) =>
        [.. moves.Select((_, i) => moves[Math.Max(0, i - 1)..Math.Min(moves.Length, i + 2)].Average())];

    // To starboard of the way there, 0.1 m.
    private static Position[] Moved(Position[] line, double[] moves)
    {
        var moved = new Position[line.Length];
        for (var i = 0; i < line.Length; i++)
        {
            var (before, after) = (line[Math.Max(0, i - 1)], line[Math.Min(line.Length - 1, i + 1)]);
            var cosine = Math.Max(0.01, FlatDistance.CosineOfLatitude(line[i].LatitudeE7));
            var east = Longitudes.Delta(before.LongitudeE7, after.LongitudeE7) * cosine;
            var north = (double)after.LatitudeE7 - before.LatitudeE7;
            var length = Math.Sqrt((east * east) + (north * north));
            var units = length == 0 ? 0 : FlatDistance.UnitsOf(moves[i] / 10) / length;
            moved[i] = new Position(
                (int)Math.Clamp(line[i].LatitudeE7 - Math.Round(east * units), -900_000_000, 900_000_000),
                Longitudes.Wrap(line[i].LongitudeE7 + (long)Math.Round(north * units / cosine)));
        }

        return moved;
    }
}
