using System.Globalization;
using System.Text;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>
/// A small SIMULATED Sentinel-1 GRD product, with the files and elements that S1-RS-MDA-52-7441 names, seen by
/// <see cref="RadarOrbit"/>. GDAL's own driver for such products reads it too.
/// </summary>
internal sealed class SafeMaker(RadarOrbit orbit)
{
    public const int Width = 420;
    public const int Height = 300;

    /// <summary>Pixels of 200 m, so that a small file has the width of a swath.</summary>
    public const double PixelMetres = 200;

    private const double LightMetresPerSecond = 299_792_458;
    private static readonly DateTimeOffset Start = new(2025, 3, 1, 5, 41, 0, TimeSpan.Zero);

    /// <summary>The middle of the pixels' time.</summary>
    public DateTimeOffset MiddleAt => Start + ((Stop - Start) / 2);

    private DateTimeOffset Stop => At(Height - 1);

    /// <summary>The number in a pixel: amplitude times A.</summary>
    public static ushort Number(string polarisation, int x, int y) => (ushort)Math.Round(Amplitude(polarisation, x, y) * A(x, y));

    /// <summary>The root of sigma nought that is put in.</summary>
    public static double Amplitude(string polarisation, int x, int y) => (polarisation == "VV" ? 0.5 : 1.2) + (0.001 * x) + (0.0005 * y);

    /// <summary>The table: linear across and along, so that interpolation between its knots has no error of its own.</summary>
    public static double A(int x, int y) => 500 - (0.3 * x) + (0.1 * y);

    /// <summary>Writes the folder.</summary>
    public string Write(string folder, params string[] polarisations)
    {
        var root = Path.Combine(folder, "S1A_IW_GRDH_1SDV_20250301T054100_SIMULATED.SAFE");
        Directory.CreateDirectory(Path.Combine(root, "measurement"));
        Directory.CreateDirectory(Path.Combine(root, "annotation", "calibration"));
        var number = 0;
        foreach (var polarisation in polarisations)
        {
            var name = $"s1a-iw-grd-{polarisation.ToLowerInvariant()}-20250301t054100-20250301t054125-058000-072a00-{++number:000}";
            File.WriteAllBytes(
                Path.Combine(root, "measurement", name + ".tiff"),
                new TiffMaker(Width, Height) { Points = Points(), RowsPerStrip = 1, Description = "SIMULATED product" }
                    .Make((x, y, _) => Number(polarisation, x, y)));
            File.WriteAllText(Path.Combine(root, "annotation", name + ".xml"), Annotation(polarisation));
            File.WriteAllText(Path.Combine(root, "annotation", "calibration", $"calibration-{name}.xml"), Calibration(polarisation));
        }

        File.WriteAllText(Path.Combine(root, "manifest.safe"), Manifest(root, polarisations));
        return root;
    }

    public (double Lon, double Lat, double RangeMetres, double IncidenceDegrees) Ground(double x, double y) =>
        orbit.Ground(y * PixelMetres, x * PixelMetres);

    private static double[] Knots => [.. Enumerable.Range(0, 12).Select(n => Math.Min(Width - 1, n * 40.0))];

    private DateTimeOffset At(double line) => Start.AddSeconds(line * PixelMetres * orbit.SecondsPerMetre);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static string N(double value) => value.ToString("e15", CultureInfo.InvariantCulture);

    private static IEnumerable<(int X, int Y)> GridPlaces()
    {
        for (var row = 0; row < 10; row++)
        {
            for (var column = 0; column < 21; column++)
            {
                yield return (Math.Min(Width - 1, column * Width / 20), Math.Min(Height - 1, row * Height / 9));
            }
        }
    }

    private List<(double, double, double, double)> Points() => [.. GridPlaces().Select(at =>
    {
        var (lon, lat, _, _) = Ground(at.X, at.Y);
        return ((double)at.X, (double)at.Y, lon, lat);
    })];

    private string Annotation(string polarisation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <product><adsHeader><missionId>S1A</missionId><productType>GRD</productType><polarisation>{polarisation}</polarisation><mode>IW</mode><swath>IW</swath>
            <startTime>{Time(Start)}</startTime><stopTime>{Time(Stop)}</stopTime><absoluteOrbitNumber>58000</absoluteOrbitNumber><imageNumber>001</imageNumber></adsHeader>
            <generalAnnotation><productInformation><pass>Descending</pass><platformHeading>{N(Heading())}</platformHeading><projection>Ground Range</projection></productInformation>
            <orbitList count="5">
            """);
        for (var n = 0; n < 5; n++)
        {
            var seconds = (n - 2) * 10.0;
            var (at, velocity) = orbit.Platform(seconds);
            text.Append(CultureInfo.InvariantCulture, $"<orbit><time>{Time(Start.AddSeconds(seconds))}</time><frame>Earth Fixed</frame><position><x>{N(at[0])}</x><y>{N(at[1])}</y><z>{N(at[2])}</z></position><velocity><x>{N(velocity[0])}</x><y>{N(velocity[1])}</y><z>{N(velocity[2])}</z></velocity></orbit>");
        }

        text.Append(CultureInfo.InvariantCulture, $"""
            </orbitList></generalAnnotation>
            <imageAnnotation><imageInformation><productFirstLineUtcTime>{Time(Start)}</productFirstLineUtcTime><productLastLineUtcTime>{Time(Stop)}</productLastLineUtcTime>
            <slantRangeTime>{N(2 * Ground(0, 0).RangeMetres / LightMetresPerSecond)}</slantRangeTime><pixelValue>Detected</pixelValue><outputPixels>16 bit Unsigned Integer</outputPixels>
            <rangePixelSpacing>{N(PixelMetres)}</rangePixelSpacing><azimuthPixelSpacing>{N(PixelMetres)}</azimuthPixelSpacing>
            <numberOfSamples>{Width}</numberOfSamples><numberOfLines>{Height}</numberOfLines>
            <incidenceAngleMidSwath>{N(Ground(Width / 2, 0).IncidenceDegrees)}</incidenceAngleMidSwath></imageInformation></imageAnnotation>
            <geolocationGrid><geolocationGridPointList count="210">
            """);
        foreach (var (x, y) in GridPlaces())
        {
            var (lon, lat, range, incidence) = Ground(x, y);
            text.Append(CultureInfo.InvariantCulture, $"<geolocationGridPoint><azimuthTime>{Time(At(y))}</azimuthTime><slantRangeTime>{N(2 * range / LightMetresPerSecond)}</slantRangeTime><line>{y}</line><pixel>{x}</pixel><latitude>{N(lat)}</latitude><longitude>{N(lon)}</longitude><height>0.0</height><incidenceAngle>{N(incidence)}</incidenceAngle><elevationAngle>3.0e+01</elevationAngle></geolocationGridPoint>");
        }

        return text.Append("</geolocationGridPointList></geolocationGrid></product>").ToString();
    }

    private static string Calibration(string polarisation)
    {
        var text = new StringBuilder();
        var pixels = string.Join(' ', Knots.Select(knot => knot.ToString(CultureInfo.InvariantCulture)));
        text.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <calibration><adsHeader><polarisation>{polarisation}</polarisation></adsHeader><calibrationInformation><absoluteCalibrationConstant>1.0</absoluteCalibrationConstant></calibrationInformation><calibrationVectorList count="7">
            """);
        for (var line = -60; line <= 330; line += 65)
        {
            var values = string.Join(' ', Knots.Select(knot => N(A((int)knot, line))));
            text.Append(CultureInfo.InvariantCulture, $"<calibrationVector><azimuthTime>2025-03-01T05:41:00</azimuthTime><line>{line}</line><pixel count=\"12\">{pixels}</pixel><sigmaNought count=\"12\">{values}</sigmaNought><betaNought count=\"12\">{values}</betaNought><gamma count=\"12\">{values}</gamma><dn count=\"12\">{values}</dn></calibrationVector>");
        }

        return text.Append("</calibrationVectorList></calibration>").ToString();
    }

    // The map of the package names the pixels and, by way of metadata objects, their annotation and calibration.
    private static string Manifest(string root, string[] polarisations)
    {
        string[] files = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal)];
        string Id(string name) => "f" + Array.IndexOf(files, name).ToString(CultureInfo.InvariantCulture);
        var objects = string.Concat(files.Select(name => string.Create(
            CultureInfo.InvariantCulture,
            $"<dataObject ID=\"{Id(name)}\" repID=\"{Schema(name)}\"><byteStream mimeType=\"text/xml\" size=\"{new FileInfo(Path.Combine(root, name)).Length}\"><fileLocation locatorType=\"URL\" href=\"./{name}\"/></byteStream></dataObject>")));
        string[] images = [.. files.Where(name => name.StartsWith("measurement", StringComparison.Ordinal))];
        var metadata = string.Concat(files.Except(images).Select(name =>
            $"<metadataObject ID=\"m{Id(name)}\"><dataObjectPointer dataObjectID=\"{Id(name)}\"/></metadataObject>"));
        var units = string.Concat(images.Select(image =>
        {
            var stem = Path.GetFileNameWithoutExtension(image);
            return $"<xfdu:contentUnit unitType=\"Measurement Data Unit\" repID=\"s1Level1MeasurementSchema\" dmdID=\"m{Id($"annotation/{stem}.xml")} m{Id($"annotation/calibration/calibration-{stem}.xml")}\"><dataObjectPointer dataObjectID=\"{Id(image)}\"/></xfdu:contentUnit>";
        }));
        var pol = string.Concat(polarisations.Select(p => $"<s1sarl1:transmitterReceiverPolarisation>{p}</s1sarl1:transmitterReceiverPolarisation>"));
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <xfdu:XFDU xmlns:xfdu="urn:ccsds:schema:xfdu:1" xmlns:safe="http://www.esa.int/safe/sentinel-1.0" xmlns:s1sarl1="http://www.esa.int/safe/sentinel-1.0/sentinel-1/sar/level-1">
            <informationPackageMap><xfdu:contentUnit unitType="SAFE Archive Information Package">{units}</xfdu:contentUnit></informationPackageMap>
            <metadataSection><metadataObject ID="acquisitionPeriod"><metadataWrap><xmlData><safe:acquisitionPeriod><safe:startTime>{Time(Start)}</safe:startTime></safe:acquisitionPeriod></xmlData></metadataWrap></metadataObject>
            <metadataObject ID="generalProductInformation"><metadataWrap><xmlData><s1sarl1:standAloneProductInformation>{pol}<s1sarl1:productType>GRD</s1sarl1:productType></s1sarl1:standAloneProductInformation></xmlData></metadataWrap></metadataObject>
            {metadata}</metadataSection>
            <dataObjectSection>{objects}</dataObjectSection></xfdu:XFDU>
            """;

        static string Schema(string name) => name.EndsWith(".tiff", StringComparison.Ordinal) ? "s1Level1MeasurementSchema"
            : name.Contains("calibration-", StringComparison.Ordinal) ? "s1Level1CalibrationSchema" : "s1Level1ProductSchema";
    }

    private double Heading()
    {
        var (a, b) = (Ground(Width / 2, Height / 2), Ground(Width / 2, (Height / 2) + 1));
        return Math.Atan2((b.Lon - a.Lon) * Math.Cos(a.Lat * Math.PI / 180), b.Lat - a.Lat) * 180 / Math.PI;
    }
}
