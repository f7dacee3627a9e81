using System.Globalization;

namespace MaritimeWatch.Scenario;

/// <summary>
/// Satellite navigation that is disturbed over an area: five or more ships of one half-degree cell whose heard positions leave
/// the true ones by a mile or more within a quarter of an hour, each faster than any ship goes from where it was last heard.
/// From the first that jumped to the last false report of one of them. Size is the number of ships.
/// </summary>
internal sealed class DisturbanceTruth(int vessels) : TruthWatch
{
    private const double OffM = SimMaths.MetresPerNm;
    private const double FastestKnots = 60;
    private const int ShipsLeast = 5;
    private const long TogetherMs = 15 * 60_000;

    /// <summary>A ship that was not heard for so long before says nothing of when it jumped.</summary>
    private const long HeardBeforeMs = 30 * 60_000;

    private const double CellDegrees = 0.5;

    private readonly (long AtMs, GeoPoint At, Jump? Now)[] ships = new (long, GeoPoint, Jump?)[vessels];
    private readonly SortedDictionary<(int, int), List<Jump>> cells = [];

    public override void OnHeard(SimVessel vessel, in Transmission sent, List<TruthEntry> truth)
    {
        ref var ship = ref ships[vessel.Index];
        if (sent.Believed == sent.True.At || SimMaths.Metres(sent.Believed, sent.True.At) < OffM)
        {
            ship = (sent.AtMs, sent.Believed, null);
            return;
        }

        if (ship.Now is { } already)
        {
            already.EndAtMs = sent.AtMs;
            return;
        }

        var sinceMs = sent.AtMs - ship.AtMs;
        if (ship.AtMs == 0 || sinceMs > HeardBeforeMs || vessel.Identity.IsAircraft
            || SimMaths.Metres(ship.At, sent.Believed) / SimMaths.MetresPerNm * 3_600_000 <= FastestKnots * sinceMs)
        {
            return;
        }

        var cell = ((int)Math.Floor(ship.At.Lat / CellDegrees), (int)Math.Floor(ship.At.Lon / CellDegrees));
        var jump = new Jump(vessel.Index, sent.AtMs) { EndAtMs = sent.AtMs };
        ship.Now = jump;
        if (!cells.TryGetValue(cell, out var jumps))
        {
            cells[cell] = jumps = [];
        }

        jumps.Add(jump);
    }

    public override void OnEnd(long atMs, List<TruthEntry> truth)
    {
        foreach (var (cell, jumps) in cells)
        {
            for (var first = 0; first < jumps.Count;)
            {
                var after = first;
                while (after < jumps.Count && jumps[after].AtMs - jumps[first].AtMs <= TogetherMs)
                {
                    after++;
                }

                var together = jumps[first..after];
                var count = together.DistinctBy(jump => jump.Vessel).Count();
                if (count < ShipsLeast)
                {
                    first++;
                    continue;
                }

                truth.Add(new TruthEntry(
                    "spoofing", SubjectOf(cell), together[0].AtMs, together.Max(jump => jump.EndAtMs), count, "ships", false,
                    "gnss-disturbance", null));
                first = after;
            }
        }
    }

    private static string SubjectOf((int Row, int Column) cell) => string.Create(
        CultureInfo.InvariantCulture, $"area:{(cell.Row + 0.5) * CellDegrees:F2},{(cell.Column + 0.5) * CellDegrees:F2}");

    private sealed class Jump(int vessel, long atMs)
    {
        public int Vessel { get; } = vessel;

        public long AtMs { get; } = atMs;

        public long EndAtMs { get; set; }
    }
}
