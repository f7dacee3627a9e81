using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// Fixed structures learned from repeated scenes: an echo without a report at the same place in a scene of another time is
/// a turbine, a platform or a buoy, not a ship. Part of the stage's state.
/// </summary>
internal sealed class EchoPlaces
{
    /// <summary>The same place: within this, metres (the error of a scene's placement and of a centre).</summary>
    public const double SameMetres = 150;

    /// <summary>Another time: so many milliseconds apart; two strips of one pass are one time.</summary>
    public const long OtherTimeMs = 6 * 3_600_000;

    private const int CellE7 = 50_000; // About 550 m, more than the distance that counts.

    private readonly Dictionary<(int Row, int Column), List<EchoPlace>> cells = [];
    private readonly LinkedList<EchoPlace> order = [];

    /// <summary>The place where such an echo was seen at another time, or null.</summary>
    public EchoPlace? Earlier(Position where, long atMs, string scene)
    {
        EchoPlace? best = null;
        var (row, column) = Cell(where);
        for (var r = row - 1; r <= row + 1; r++)
        {
            // Columns narrow towards the poles: look as far as the distance reaches.
            var reach = 1 + (int)(1 / Math.Max(0.05, Math.Cos(where.LatitudeDegrees * Math.PI / 180)));
            for (var c = column - reach; c <= column + reach; c++)
            {
                foreach (var place in cells.GetValueOrDefault((r, c)) ?? [])
                {
                    if (place.Scene != scene && Math.Abs(atMs - place.FirstAtMs) >= OtherTimeMs
                        && GreatCircle.DistanceMetres(where, new Position(place.Lat, place.Lon)) <= SameMetres
                        && (best is null || place.FirstAtMs < best.FirstAtMs))
                    {
                        best = place;
                    }
                }
            }
        }

        return best;
    }

    /// <summary>Remembers an echo, or that one was seen again.</summary>
    public void See(EchoPlace? earlier, Position where, long atMs, string scene)
    {
        if (earlier is not null)
        {
            Remove(earlier);
            Add(earlier with { LastAtMs = Math.Max(earlier.LastAtMs, atMs) });
            return;
        }

        Add(new EchoPlace(where.LatitudeE7, where.LongitudeE7, atMs, atMs, scene));
        if (order.Count > SceneState.PlacesMax)
        {
            Remove(order.First!.Value);
        }
    }

    public void Add(EchoPlace place)
    {
        var cell = Cell(new Position(place.Lat, place.Lon));
        if (!cells.TryGetValue(cell, out var there))
        {
            cells.Add(cell, there = []);
        }

        there.Add(place);
        order.AddLast(place);
    }

    public List<EchoPlace> ToList() => [.. order];

    public void Clear()
    {
        cells.Clear();
        order.Clear();
    }

    private void Remove(EchoPlace place)
    {
        order.Remove(place);
        var cell = Cell(new Position(place.Lat, place.Lon));
        if (cells.TryGetValue(cell, out var there) && there.Remove(place) && there.Count == 0)
        {
            cells.Remove(cell);
        }
    }

    private static (int Row, int Column) Cell(Position where) =>
        ((int)Math.Floor((double)where.LatitudeE7 / CellE7), (int)Math.Floor((double)where.LongitudeE7 / CellE7));
}
