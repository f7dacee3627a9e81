using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Encounter;

/// <summary>A meeting as comparing all with all finds it.</summary>
internal sealed record BrutePair(string Subject, long StartAtMs, long EndAtMs)
{
    public override string ToString() => $"{Subject} {Instants.ToText(StartAtMs)} {Instants.ToText(EndAtMs)}";
}

/// <summary>
/// The definition of an encounter written down again, without grid, cells, relay or state: every ship resampled to whole ten
/// minutes between reports of at most an hour, every pair of ships compared at every instant. On the sphere, with the haversine.
/// </summary>
internal sealed class BruteForce
{
    private const long GridMs = 600_000;
    private const long HourMs = 3_600_000;

    /// <summary>Points that ships must stay ten kilometres away from; empty for no rule.</summary>
    public IReadOnlyList<Position> StoppingPlaces { get; init; } = [];

    public double TogetherMetres { get; init; } = 500;

    public long TogetherMs { get; init; } = 2 * HourMs;

    public IReadOnlyList<BrutePair> Find(IEnumerable<PositionReport> reports)
    {
        var ships = reports.GroupBy(report => report.Vessel).OrderBy(ship => ship.Key)
            .Select(ship => (ship.Key.Subject, Places: Resample([.. ship.OrderBy(report => report.EventAtMs)])))
            .Where(ship => ship.Places.Count > 0).ToList();
        var found = new List<BrutePair>();
        for (var i = 0; i < ships.Count; i++)
        {
            for (var j = i + 1; j < ships.Count; j++)
            {
                found.AddRange(Stretches($"{ships[i].Subject}+{ships[j].Subject}", Together(ships[i].Places, ships[j].Places)));
            }
        }

        return found;
    }

    public static double Metres((double Latitude, double Longitude) one, (double Latitude, double Longitude) other)
    {
        const double Radians = Math.PI / 180;
        var north = Math.Sin((other.Latitude - one.Latitude) * Radians / 2);
        var east = Math.Sin((other.Longitude - one.Longitude) * Radians / 2);
        var chord = (north * north) + (Math.Cos(one.Latitude * Radians) * Math.Cos(other.Latitude * Radians) * east * east);
        return 2 * 6_371_008.8 * Math.Asin(Math.Sqrt(chord));
    }

    private List<long> Together(
        SortedDictionary<long, (double Latitude, double Longitude)> one, SortedDictionary<long, (double Latitude, double Longitude)> other) =>
        [.. one.Where(at => other.TryGetValue(at.Key, out var there) && Math.Round(Metres(at.Value, there), 1) <= TogetherMetres).Select(at => at.Key)];

    private IEnumerable<BrutePair> Stretches(string subject, List<long> instants)
    {
        for (var from = 0; from < instants.Count;)
        {
            var to = from;
            while (to + 1 < instants.Count && instants[to + 1] - instants[to] <= HourMs)
            {
                to++;
            }

            if (instants[to] - instants[from] >= TogetherMs)
            {
                yield return new BrutePair(subject, instants[from], instants[to]);
            }

            from = to + 1;
        }
    }

    private SortedDictionary<long, (double Latitude, double Longitude)> Resample(PositionReport[] reports)
    {
        var places = new SortedDictionary<long, (double Latitude, double Longitude)>();
        var kept = Array.FindAll(reports, report => report.Traits == ReportTraits.None || !report.Traits.HasFlag(ReportTraits.Fixed));
        for (var i = 1; i < kept.Length; i++)
        {
            var (from, to) = (kept[i - 1], kept[i]);
            var after = to.EventAtMs - from.EventAtMs;
            if (after is <= 0 or > HourMs)
            {
                continue;
            }

            var (start, end) = (Of(from.Position), Of(to.Position));
            end.Longitude += end.Longitude - start.Longitude > 180 ? -360 : end.Longitude - start.Longitude < -180 ? 360 : 0;
            var implied = after < GridMs ? 0 : Metres(start, end) / 1852 / (after / (double)HourMs);
            for (var at = ((from.EventAtMs / GridMs) + 1) * GridMs; at <= to.EventAtMs; at += GridMs)
            {
                var share = (at - from.EventAtMs) / (double)after;
                var place = (start.Latitude + (share * (end.Latitude - start.Latitude)), start.Longitude + (share * (end.Longitude - start.Longitude)));
                if (Knots(from, to, share) is { } knots && Math.Max(knots, Math.Round(implied, 1)) < 2 && IsFar(place))
                {
                    places[at] = place;
                }
            }
        }

        return places;
    }

    // What neither report says is what the way says, and only where they are ten minutes apart.
    private static double? Knots(in PositionReport from, in PositionReport to, double share) => (from.SpeedDeciKnots, to.SpeedDeciKnots) switch
    {
        ( >= 0, >= 0) => Math.Floor(from.SpeedDeciKnots + ((to.SpeedDeciKnots - from.SpeedDeciKnots) * share) + 0.5 + 1e-9) / 10,
        ( >= 0, _) => from.SpeedDeciKnots / 10.0,
        (_, >= 0) => to.SpeedDeciKnots / 10.0,
        _ => to.EventAtMs - from.EventAtMs >= GridMs ? 0 : null,
    };

    private bool IsFar((double Latitude, double Longitude) place)
    {
        foreach (var point in StoppingPlaces)
        {
            var there = Of(point);
            if (Math.Abs(there.Latitude - place.Latitude) < 0.1 && Metres(place, there) < 10_000)
            {
                return false;
            }
        }

        return true;
    }

    private static (double Latitude, double Longitude) Of(Position place) => (place.LatitudeE7 / 1e7, place.LongitudeE7 / 1e7);
}
