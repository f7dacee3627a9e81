namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// How likely a hull of a length has to carry AIS. SOLAS V/19.2.4: 300 gross tonnage and more on international voyages,
/// 500 on others, all passenger ships. Directive 2002/59/EC, article 6a: fishing vessels of 15 m and more in the EU. A hull
/// of 300 GT is 40 to 50 m long; below that yachts, small fishing and work boats without a duty are the many. The table is a
/// judgement, not a measurement; it is smoothed over the uncertainty of a length in a scene.
/// </summary>
public static class CarriageDuty
{
    /// <summary>Version of the table.</summary>
    public const int Version = 1;

    private static readonly (int LengthM, int OddsMilli)[] Table =
    [
        (0, 10), (12, 30), (15, 120), (20, 220), (30, 350), (40, 550), (50, 780), (60, 880), (80, 960), (100, 985), (150, 995),
        (1000, 995),
    ];

    /// <summary>The odds, thousandths, that a hull must carry AIS.</summary>
    /// <param name="lengthMetres">Its length in the scene.</param>
    /// <param name="sigmaMetres">Standard deviation of that length.</param>
    public static int OddsMilli(int lengthMetres, int sigmaMetres) =>
        ((2 * At(lengthMetres)) + At(lengthMetres - sigmaMetres) + At(lengthMetres + sigmaMetres) + 2) / 4;

    /// <summary>Standard deviation of a length that was measured in a scene, metres: a fifth, at least a pixel and a half.</summary>
    public static int LengthSigmaMetres(int lengthMetres, int pixelCentimetres) =>
        Math.Max(lengthMetres / 5, Math.Max(10, pixelCentimetres * 3 / 200));

    private static int At(int lengthMetres)
    {
        var length = Math.Clamp(lengthMetres, 0, Table[^1].LengthM);
        for (var i = 1; i < Table.Length; i++)
        {
            var (from, to) = (Table[i - 1], Table[i]);
            if (length <= to.LengthM)
            {
                return from.OddsMilli + ((to.OddsMilli - from.OddsMilli) * (length - from.LengthM) / (to.LengthM - from.LengthM));
            }
        }

        return Table[^1].OddsMilli;
    }
}
