using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Reference;
using MaritimeWatch.Scenario;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Benchmarks.Scenes;

/// <summary>
/// A SIMULATED radar scene as wide as a real one, 250 by 170 km at 10 m, over the Kattegat and the coasts around it, painted
/// row by row: speckle of four looks that neighbours share, as in Sentinel-1 GRD; wind that changes slowly; land three to
/// six times as bright as the sea, with bright points in it; hulls with side lobes as in the scenario. Repeatable from its
/// seed.
/// </summary>
internal sealed class WideScene
{
    public const int Columns = 25_000;
    public const int Rows = 17_000;
    public const double PixelM = 10;

    private const double NorthDegrees = 58.3;
    private const double WestDegrees = 8.5;
    private const int LandCell = 16;
    private const int WindCell = 500;
    private const double SeaLevel = 55;

    private readonly SimRandom random;
    private readonly bool[] land;
    private readonly int landColumns = (Columns + LandCell - 1) / LandCell;
    private readonly double[] wind;
    private readonly List<(WideShip Ship, RadarEcho Echo)> byRow;
    private readonly float[] above = new float[Columns + 1];
    private readonly float[] below = new float[Columns + 1];
    private readonly float[] hulls = new float[Columns];
    private int first;

    public WideScene(ulong seed, int ships, Coastline coast)
    {
        random = new SimRandom(seed, 0x5CE_7E);
        var landRows = (Rows + LandCell - 1) / LandCell;
        land = new bool[landColumns * landRows];
        for (var i = 0; i < land.Length; i++)
        {
            var (row, column) = Math.DivRem(i, landColumns);
            land[i] = coast.IsLand(PlaceOf((column + 0.5) * LandCell, (row + 0.5) * LandCell));
        }

        wind = new double[((Columns / WindCell) + 2) * ((Rows / WindCell) + 2)];
        for (var i = 0; i < wind.Length; i++)
        {
            wind[i] = random.Between(0.7, 1.4);
        }

        byRow = [.. Planted(ships).OrderBy(ship => ship.Ship.Y)];
        Row(below);
    }

    /// <summary>The ships, from north to south.</summary>
    public IReadOnlyList<WideShip> Ships => [.. byRow.Select(one => one.Ship)];

    /// <summary>Share of the scene that is land.</summary>
    public double LandShare => land.Count(isLand => isLand) / (double)land.Length;

    public static double PixelLat => PixelM / 111_195;

    public static double PixelLon => PixelLat / Math.Cos(57.5 * Math.PI / 180);

    public static Position PlaceOf(double x, double y) => Position.FromDegrees(NorthDegrees - (y * PixelLat), WestDegrees + (x * PixelLon));

    /// <summary>Writes it, row by row.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path);
        GeoTiffWriter.Write(file, Columns, Rows, Paint, WestDegrees, NorthDegrees, PixelLon, PixelLat, "SIMULATED radar scene");
    }

    // Four in five on open water, the others within some kilometres of a coast; never on land, never two in one place.
    private List<(WideShip Ship, RadarEcho Echo)> Planted(int count)
    {
        var planted = new List<(WideShip Ship, RadarEcho Echo)>();
        for (var attempt = 0; planted.Count < count && attempt < count * 1000; attempt++)
        {
            var (x, y) = (random.Between(60, Columns - 60), random.Between(60, Rows - 60));
            var clear = planted.Count % 5 == 0 ? 30 : 300;
            if (IsLandNear(x, y, clear) || planted.Exists(other => Math.Abs(other.Ship.X - x) < 60 && Math.Abs(other.Ship.Y - y) < 60))
            {
                continue;
            }

            var length = random.Skewed(15, 350);
            var heading = random.Between(0, 360);
            planted.Add((
                new WideShip(x, y, length),
                new RadarEcho(new Echo(default, length, Math.Max(5, length / 6.5), heading), random)));
        }

        return planted;
    }

    private bool IsLandNear(double x, double y, int pixels)
    {
        for (var cellY = (int)(y - pixels) / LandCell; cellY <= (int)(y + pixels) / LandCell; cellY++)
        {
            for (var cellX = (int)(x - pixels) / LandCell; cellX <= (int)(x + pixels) / LandCell; cellX++)
            {
                var at = (cellY * landColumns) + cellX;
                if (cellX >= 0 && cellY >= 0 && cellX < landColumns && at < land.Length && land[at])
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Paint(int y, Span<ushort> to)
    {
        below.CopyTo(above, 0);
        Row(below);
        Hulls(y);
        var landRow = land.AsSpan(y / LandCell * landColumns, landColumns);
        for (var x = 0; x < to.Length; x++)
        {
            var speckle = (above[x] + above[x + 1] + below[x] + below[x + 1]) / 4;
            var level = landRow[x / LandCell] ? Ground(x, y) : Wind(x, y);
            to[x] = (ushort)Math.Min(65_535, SeaLevel * Math.Sqrt((level * speckle) + hulls[x]));
        }
    }

    // Single looks: the negative logarithm of a uniform.
    private void Row(float[] row)
    {
        for (var x = 0; x + 1 < row.Length; x += 2)
        {
            var bits = random.Next();
            row[x] = -MathF.Log(((uint)bits + 0.5f) * (1f / 4_294_967_296f));
            row[x + 1] = -MathF.Log(((uint)(bits >> 32) + 0.5f) * (1f / 4_294_967_296f));
        }

        row[^1] = row[0];
    }

    private void Hulls(int y)
    {
        const int Reach = RadarEcho.ReachPixels;
        Array.Clear(hulls);
        while (first < byRow.Count && byRow[first].Ship.Y < y - Reach)
        {
            first++;
        }

        for (var i = first; i < byRow.Count && byRow[i].Ship.Y <= y + Reach; i++)
        {
            var (ship, echo) = byRow[i];
            for (var x = Math.Max(0, (int)ship.X - Reach); x < Math.Min(Columns, (int)ship.X + Reach); x++)
            {
                hulls[x] += (float)(echo.At(x + 0.5 - ship.X, y + 0.5 - ship.Y, PixelM) * random.Between(0.75, 1.25));
            }
        }
    }

    // Fields and woods of 20 pixels; one in forty is a town with walls that face the radar.
    private static double Ground(int x, int y)
    {
        var hash = (((uint)(x / 20) * 73_856_093) ^ ((uint)(y / 20) * 19_349_663)) * 2_654_435_761;
        return (hash >> 20) % 40 == 0 ? 150 : 9 + ((hash >> 8) % 28);
    }

    private double Wind(int x, int y)
    {
        const int Side = (Columns / WindCell) + 2;
        var at = (y / WindCell * Side) + (x / WindCell);
        var (u, v) = (x % WindCell / (double)WindCell, y % WindCell / (double)WindCell);
        return (((wind[at] * (1 - u)) + (wind[at + 1] * u)) * (1 - v)) + (((wind[at + Side] * (1 - u)) + (wind[at + Side + 1] * u)) * v);
    }
}

/// <summary>A ship that was painted.</summary>
internal readonly record struct WideShip(double X, double Y, double LengthM);
