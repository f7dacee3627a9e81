using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Reach;

/// <summary>
/// Where a ship can be by now: the water around its last place that its speed lets it reach in the time, going round land
/// and never over it. Found on a square grid of at most 33 x 33 places, so that it costs the same for an hour and a week;
/// drawn as 36 points around the last place, each as far out as the farthest water reached in its direction, which
/// draws too much rather than too little. Integers and square roots only: the same on every processor.
/// </summary>
/// <remarks>The coastline is good to a kilometre: a place counts as land where it and four around it are land, so that
/// straits that the grid steps over stay open.</remarks>
internal sealed class ReachArea
{
    /// <summary>Points of its outline.</summary>
    public const int Bearings = 36;

    /// <summary>Beyond this it may be anywhere and the area grows no more, metres.</summary>
    public const int RadiusMetresMax = 500 * 1852;

    private const int HalfSide = 16;
    private const int Side = (2 * HalfSide) + 1;

    /// <summary>A ship in port lies on what a coarse coastline calls land: so near it everything is water, metres.</summary>
    private const int HarbourMetres = 5_000;

    private const double Diagonal = 1.4142135623730951;

    private readonly int[] _outlineMetres = new int[Bearings];
    private readonly List<Position> _water = [];

    private ReachArea(Position from, int radiusMetres)
    {
        From = from;
        RadiusMetres = radiusMetres;
    }

    /// <summary>Where it was heard last.</summary>
    public Position From { get; }

    /// <summary>How far it can have gone in all, metres.</summary>
    public int RadiusMetres { get; }

    /// <summary>The farthest that the area reaches in any direction, metres.</summary>
    public int FarthestMetres => _outlineMetres.Max();

    /// <summary>From one place of the grid to the next, metres.</summary>
    public int StepMetres => Math.Max(1, RadiusMetres / HalfSide);

    /// <summary>Places of water on the grid that it can have reached.</summary>
    public IReadOnlyList<Position> Water => _water;

    /// <summary>How far it can have gone in a time, metres.</summary>
    /// <param name="deciKnots">Speed, 0.1 knot.</param>
    /// <param name="milliseconds">Time, at least 0.</param>
    public static int Metres(int deciKnots, long milliseconds) =>
        (int)Math.Min(RadiusMetresMax, deciKnots * 1852L * (milliseconds / 1000) / 36_000);

    /// <summary>Finds the area.</summary>
    /// <param name="from">Where it was heard last.</param>
    /// <param name="radiusMetres">How far it can have gone, metres.</param>
    /// <param name="view">Knows land; where no coastline is loaded all is water.</param>
    public static ReachArea Find(Position from, int radiusMetres, IReferenceView view)
    {
        var area = new ReachArea(from, Math.Max(1852, radiusMetres));
        area.Flood(view);
        return area;
    }

    /// <summary>The outline as a ring, closed, counter-clockwise from north.</summary>
    public Position[] Ring()
    {
        var ring = new Position[Bearings + 1];
        for (var i = 0; i < Bearings; i++)
        {
            var place = GreatCircle.Destination(From, -i * 360.0 / Bearings, _outlineMetres[(Bearings - i) % Bearings]);

            // To about ten metres, so that the last bit of a sine is not seen.
            ring[i] = new Position(Coarse(place.LatitudeE7), Longitudes.Wrap(Coarse(place.LongitudeE7)));
        }

        ring[Bearings] = ring[0];
        return ring;
    }

    /// <summary>Can it be there?</summary>
    public bool Holds(Position place)
    {
        var metres = FlatDistance.Metres(From, place);
        var bearing = GreatCircle.InitialBearingDegrees(From, place) * Bearings / 360;
        var sector = (int)bearing % Bearings;
        return metres <= Math.Max(_outlineMetres[sector], _outlineMetres[(sector + 1) % Bearings]);
    }

    private static int Coarse(int e7) => (int)Math.Round(e7 / 1000.0) * 1000;

    // The shortest ways over water from the middle (Dijkstra on eight neighbours; the ways of a chess king are up to 8 %
    // longer than straight ones, which the budget makes good).
    private void Flood(IReferenceView view)
    {
        var step = StepMetres;
        var budget = (RadiusMetres * 1.08) + step;
        var ways = new double[Side * Side];
        Array.Fill(ways, double.MaxValue);
        var queue = new PriorityQueue<int, double>();
        var middle = (HalfSide * Side) + HalfSide;
        ways[middle] = 0;
        queue.Enqueue(middle, 0);
        while (queue.TryDequeue(out var cell, out var way))
        {
            if (way > ways[cell])
            {
                continue;
            }

            for (var turn = 0; turn < 9; turn++)
            {
                var (row, column) = ((cell / Side) + (turn / 3) - 1, (cell % Side) + (turn % 3) - 1);
                if (turn == 4 || row is < 0 or >= Side || column is < 0 or >= Side)
                {
                    continue;
                }

                var next = (row * Side) + column;
                var far = way + (step * (turn % 2 == 0 ? Diagonal : 1));
                if (far < ways[next] && far <= budget && IsWater(view, PlaceOf(row, column, step), step))
                {
                    ways[next] = far;
                    queue.Enqueue(next, far);
                }
            }
        }

        Draw(ways, step);
    }

    private void Draw(double[] ways, int step)
    {
        for (var cell = 0; cell < ways.Length; cell++)
        {
            if (ways[cell] == double.MaxValue)
            {
                continue;
            }

            var (north, east) = ((cell / Side) - HalfSide, (cell % Side) - HalfSide);
            _water.Add(PlaceOf(cell / Side, cell % Side, step));
            var metres = (int)Math.Min(RadiusMetres, (Math.Sqrt((north * north) + (east * east)) + 0.5) * step);
            for (var bearing = 0; bearing < Bearings; bearing++)
            {
                if (IsInSector(north, east, bearing))
                {
                    _outlineMetres[bearing] = Math.Max(_outlineMetres[bearing], metres);
                }
            }
        }
    }

    // Within seven degrees of the bearing, or near the middle, where it is in every sector.
    private static bool IsInSector(int north, int east, int bearing)
    {
        if (Math.Abs(north) <= 1 && Math.Abs(east) <= 1)
        {
            return true;
        }

        var degrees = Math.Atan2(east, north) * 180 / Math.PI;
        var off = Math.Abs((((degrees - (bearing * 10)) % 360) + 540) % 360 - 180);
        return off <= 7;
    }

    private bool IsWater(IReferenceView view, Position place, int step)
    {
        if (FlatDistance.Metres(From, place) <= HarbourMetres || !view.IsLand(place))
        {
            return true;
        }

        var third = (int)FlatDistance.UnitsOf(step / 3.0);
        return !view.IsLand(Moved(place, third, 0)) || !view.IsLand(Moved(place, -third, 0))
            || !view.IsLand(Moved(place, 0, third)) || !view.IsLand(Moved(place, 0, -third));
    }

    private Position PlaceOf(int row, int column, int step)
    {
        var units = FlatDistance.UnitsOf(step);
        return Moved(From, (int)Math.Round((row - HalfSide) * units), (int)Math.Round((column - HalfSide) * units));
    }

    private static Position Moved(Position place, int north, int east)
    {
        var latitude = Math.Clamp(place.LatitudeE7 + (long)north, -899_000_000, 899_000_000);
        var wide = Math.Max(0.05, FlatDistance.CosineOfLatitude(latitude));
        return new Position((int)latitude, Longitudes.Wrap(place.LongitudeE7 + (long)Math.Round(east / wide)));
    }
}
