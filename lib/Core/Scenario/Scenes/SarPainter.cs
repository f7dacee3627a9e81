namespace MaritimeWatch.Scenario;

/// <summary>Something that a radar sees.</summary>
/// <param name="At">The middle of the hull.</param>
/// <param name="LengthM">Metres.</param>
/// <param name="BeamM">Metres.</param>
/// <param name="HeadingDegrees">Where the bow points.</param>
internal readonly record struct Echo(GeoPoint At, double LengthM, double BeamM, double HeadingDegrees);

/// <summary>
/// A radar image: sea clutter with speckle of four looks (a gamma distribution; Sentinel-1 IW GRDH has 4.4) over slowly
/// changing wind and darker with range, land of brighter and rougher texture up to the coast, hulls as
/// <see cref="RadarEcho"/> says. Only arithmetic that is the same on every machine.
/// </summary>
internal sealed class SarPainter
{
    private const double SeaLevel = 55;
    private const int WindCell = 250;
    private const int LandCell = 25;

    // The radar looks west: the eastern edge is near, where the sea is brighter (some 2 dB over a fifth of a swath).
    private const double NearSea = 1.25;
    private const double FarSea = 0.8;

    // Land is 7 dB brighter than the sea, by turns more and less (fields, woods, rock).
    private const double LandIntensity = 5;

    private readonly SceneFrame frame;
    private readonly SimRandom random;
    private readonly float[] hulls = new float[SceneFrame.Columns * SceneFrame.Rows];
    private readonly CellNoise wind;
    private readonly CellNoise texture;
    private readonly List<double> coasts = [];

    public SarPainter(SceneFrame frame, IEnumerable<Echo> echoes, SimRandom random)
    {
        this.frame = frame;
        this.random = random;
        wind = new CellNoise(WindCell, 0.8, 1.25, random);
        texture = new CellNoise(LandCell, 0.6, 1.5, random);

        foreach (var echo in echoes)
        {
            Draw(echo);
        }
    }

    /// <summary>Fills a row, the northernmost first.</summary>
    public void Row(int y, Span<ushort> to)
    {
        Shore.Here.Coasts(frame.North - ((y + 0.5) * frame.PixelLat), coasts);
        var (isLand, next) = (false, 0);
        for (var x = 0; x < to.Length; x++)
        {
            for (var lon = frame.West + ((x + 0.5) * frame.PixelLon); next < coasts.Count && coasts[next] < lon; next++)
            {
                isLand = !isLand;
            }

            var ground = isLand ? LandIntensity * texture.At(x, y) : wind.At(x, y) * (FarSea + ((NearSea - FarSea) * x / SceneFrame.Columns));
            var speckle = -Logarithm(NotZero() * NotZero() * NotZero() * NotZero()) / 4;
            var intensity = (ground * speckle) + (hulls[(y * SceneFrame.Columns) + x] * random.Between(0.75, 1.25));
            to[x] = (ushort)Math.Min(65_535, SeaLevel * Math.Sqrt(intensity));
        }
    }

    private void Draw(Echo echo)
    {
        const int Reach = RadarEcho.ReachPixels;
        var (cx, cy) = frame.PixelOf(echo.At);
        var shown = new RadarEcho(echo, random);
        for (var y = Math.Max(0, (int)cy - Reach); y < Math.Min(SceneFrame.Rows, (int)cy + Reach); y++)
        {
            for (var x = Math.Max(0, (int)cx - Reach); x < Math.Min(SceneFrame.Columns, (int)cx + Reach); x++)
            {
                hulls[(y * SceneFrame.Columns) + x] += (float)shown.At(x + 0.5 - cx, y + 0.5 - cy, SceneFrame.PixelM);
            }
        }
    }

    private double NotZero() => random.Unit() + (0.5 / (1UL << 53));

    // Natural logarithm of 0 to 1: the exponent exactly, the fraction by the series of (m - 1) / (m + 1).
    private static double Logarithm(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF) - 1023;
        var fraction = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (fraction > 1.4142135623730951)
        {
            fraction /= 2;
            exponent++;
        }

        var t = (fraction - 1) / (fraction + 1);
        var q = t * t;
        return (exponent * 0.69314718055994531) + (2 * t * (1 + (q * ((1.0 / 3) + (q * ((1.0 / 5) + (q * ((1.0 / 7) + (q / 9)))))))));
    }
}
