using System.Globalization;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Rasters;

/// <summary>
/// Which bands of a file are read, and what they are. Nothing is guessed: a band's number alone says nothing of its colour,
/// and a ship looks different in each.
/// </summary>
/// <remarks>
/// In this order: one band asked for by number is that band; names that were given, one for each band of the file; the
/// file's own descriptions or colours; one band alone (of a radar its amplitude, else what the file's name ends with); four or five bands of a scene of which it
/// is said that Sentinel-2 took it are B02 B03 B04 B08 (B11), the order in which its 10 m bands are numbered and usually
/// stacked. Anything else is refused. Of a radar's polarisations the crossed one is read: at the steep incidences of
/// Sentinel-1 IW (30 to 46 degrees) the sea is darker in it than in VV, and less so by wind (Vachon and Wolfe, "GMES
/// Sentinel-1 analysis of marine applications potential", DRDC 2008; Touzi, Hurley and Vachon, IEEE TGRS 53, 2015); VV or
/// HH can be asked for by name.
/// </remarks>
/// <param name="Numbers">Bands of the file, from 1.</param>
/// <param name="Bands">What each is.</param>
internal sealed record BandPlan(IReadOnlyList<int> Numbers, IReadOnlyList<SceneBand> Bands)
{
    private static readonly string[] RadarOrder = ["VH", "HV", "VV", "HH"];

    /// <summary>The index of the band that counts where a detector wants one: near infrared, else red, else the first.</summary>
    public int Main => Math.Max(0, IndexOf(SceneBand.NearInfrared) is >= 0 and var near ? near : IndexOf(SceneBand.Red));

    /// <summary>Makes the plan of a file.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="names">What the file calls its bands, in the one spelling, null for one that it does not name.</param>
    /// <exception cref="RasterException">There is no such band, or nobody says which is which.</exception>
    public static BandPlan Of(RasterOptions options, IReadOnlyList<string?> names)
    {
        if (options.Band is { } asked)
        {
            return asked >= 1 && asked <= names.Count
                ? new BandPlan([asked], [Kind(names[asked - 1], options)])
                : throw new RasterException(RasterTrouble.NotGeoTiff, Text($"the raster has {names.Count} bands; there is no band {asked}"));
        }

        if (options.IsChip)
        {
            return new BandPlan([1], [Kind(null, options)]);
        }

        if (options.Bands is { } given)
        {
            return Given(given.Split(','), names);
        }

        return names.Any(name => name is not null) ? Named(names)
            : names.Count == 1 ? new BandPlan([1], [Kind(options.NameOfOne, options)])
            : options.IsSentinel2 && names.Count is 4 or 5 ? Named([.. BandNames.SentinelOrder.Split(',').Take(names.Count)])
            : throw Unknown(names.Count);
    }

    /// <summary>What a named band holds.</summary>
    public static SceneBand Of(string? name) => name switch
    {
        "B02" => SceneBand.Blue,
        "B03" => SceneBand.Green,
        "B04" => SceneBand.Red,
        "B08" => SceneBand.NearInfrared,
        "B11" => SceneBand.ShortWaveInfrared,
        "VV" or "VH" or "HH" or "HV" => SceneBand.Amplitude,
        _ => SceneBand.Unknown,
    };

    private static SceneBand Kind(string? name, RasterOptions options) =>
        name is null && options.Sensor == SceneSensor.Sar ? SceneBand.Amplitude : Of(name);

    // More names than bands: of a file that names its own, those that are wanted; else the list is wrong.
    private static BandPlan Given(string[] given, IReadOnlyList<string?> names)
    {
        if (given.Length == names.Count)
        {
            return Named(given);
        }

        var wanted = given.Select(name => names.ToList().IndexOf(name)).ToList();
        return wanted.TrueForAll(index => index >= 0)
            ? Named([.. names.Select(name => name is not null && given.Contains(name) ? name : null)])
            : throw new RasterException(RasterTrouble.UnknownBands, Text(
                $"{given.Length} bands were named ({string.Join(',', given)}), the file has {names.Count}: name each of them in order"));
    }

    private static BandPlan Named(IReadOnlyList<string?> names)
    {
        var radar = RadarOrder.FirstOrDefault(names.Contains);
        var known = Enumerable.Range(0, names.Count)
            .Where(index => Of(names[index]) is not (SceneBand.Unknown or SceneBand.Amplitude) || (radar is not null && names[index] == radar))
            .DistinctBy(index => names[index])
            .ToList();
        return known.Count > 0
            ? new BandPlan([.. known.Select(index => index + 1)], [.. known.Select(index => Of(names[index]))])
            : names.Count == 1 ? new BandPlan([1], [SceneBand.Unknown])
            : throw Unknown(names.Count);
    }

    private int IndexOf(SceneBand band) => Bands.ToList().IndexOf(band);

    private static RasterException Unknown(int count) => new(RasterTrouble.UnknownBands, Text(
        $"the raster has {count} bands and nobody says which is which: name them in order (--bands {BandNames.SentinelOrder}, or VV,VH), say that Sentinel-2 took it (--sensor sentinel-2: four or five bands in its order), or give one by its number (--bands 1)"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
