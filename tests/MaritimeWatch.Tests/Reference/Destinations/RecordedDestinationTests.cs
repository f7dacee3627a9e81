using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Destinations;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference.Destinations;

/// <summary>Destinations of real recordings: how many are resolved, with the ports that come with the program and with a longer list.</summary>
[TestFixture]
internal sealed class RecordedDestinationTests
{
    private static readonly string[] Files =
    [
        "denmark_20131112_first_half.nmea", "sample.aivdm", "stream_example.txt", "Ais1000Lines.nm4", "test_data_20211101.nm4",
        "test_data_201201.nmea", "nais400-merrimac.log", "nmea_data_sample.txt", "test.aivdm",
    ];

    [Test]
    public void The_share_that_is_resolved_is_what_was_measured()
    {
        var texts = Texts();
        var few = Count(texts, new DestinationResolver(DefaultPorts()), "sea-ports");
        var many = Count(texts, new DestinationResolver(UnLocodes()), "UN/LOCODE subset");
        Assert.Multiple(() =>
        {
            Assert.That(texts, Has.Count.InRange(320, 345));
            Assert.That(few.Likely, Is.InRange(140, 158));
            Assert.That(many.Likely, Is.GreaterThan(few.Likely), "a longer list of ports resolves more");
            Assert.That(few.NoPlace, Is.InRange(35, 75));
        });
    }

    // Judged by hand: what the master must have meant. Ports that the list lacks are left out of it.
    [TestCase("AALBORG  DK", "DKAAL")]
    [TestCase("ALLESUND", "NOAES")]
    [TestCase("ARHUS", "DKAAR")]
    [TestCase("COBENHAVN", "DKCPH")]
    [TestCase("ESBJERK", "DKEBJ")]
    [TestCase("FAWLEY U.K.", "GBFAW")]
    [TestCase("GDYNIA POLEN", "PLGDY")]
    [TestCase("GOTEBORG.RD/SARANDE", "SEGOT")]
    [TestCase("HELSINGOER", "DKHLS")]
    [TestCase("IMMINGHAM,U.K.", "GBIMM")]
    [TestCase("KALININGRAD\\RUSSIA", "RUKGD")]
    [TestCase("LYT NZ", "NZLYT")]
    [TestCase("MZ MPM", "MZMPM")]
    [TestCase("ROTTERDAM OPL", "NLRTM")]
    [TestCase("ROTTERDAM>EEMSHAVEN", "NLEEM")]
    [TestCase("SKAW_ROAD", "DKSKA")]
    [TestCase("ST.PETERBURG", "RULED")]
    [TestCase("STAVANGER  (NORWAY)", "NOSVG")]
    [TestCase("TALLIN", "EETLL")]
    [TestCase("VAJA>RIGA", "LVRIX")]
    public void Texts_as_recorded_mean_what_a_reader_takes_them_to_mean(string text, string locode)
    {
        var guess = new DestinationResolver(DefaultPorts()).Resolve(text, new DestinationContext(Position.FromDegrees(56, 11)));
        Assert.That(guess.First?.Locode, Is.EqualTo(locode));
    }

    private static (int Likely, int NoPlace) Count(List<(string Text, DestinationContext Ship)> texts, DestinationResolver resolver, string name)
    {
        var (likely, sure, some, noPlace, unknown) = (0, 0, 0, 0, 0);
        foreach (var (text, ship) in texts)
        {
            var guess = resolver.Resolve(text, in ship);
            var first = guess.First?.Thousandths ?? 0;
            sure += first >= 900 ? 1 : 0;
            likely += first >= 500 ? 1 : 0;
            some += first > 0 ? 1 : 0;
            noPlace += guess.Sort is DestinationSort.NoPlace or DestinationSort.Empty or DestinationSort.CountryOnly ? 1 : 0;
            unknown += guess.Sort == DestinationSort.UnknownPlace ? 1 : 0;
        }

        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {resolver.PortCount} ports, {texts.Count} distinct texts: {sure} at 0.9 or more, {likely} at 0.5 or more, {some} at all, {noPlace} name no place, {unknown} a place that is no port of the list"));
        return (likely, noPlace);
    }

    private static List<(string Text, DestinationContext Ship)> Texts()
    {
        var places = new Dictionary<VesselId, PositionReport>();
        var texts = new SortedDictionary<string, VesselId>(StringComparer.Ordinal);
        foreach (var name in Files)
        {
            using var file = File.OpenRead(SharedData.Require($"ais/nmea/{name}"));
            var heard = new Heard();
            AisReader.Read(file, new AisReadOptions { ReceivedAtMs = 1_400_000_000_000 }, ref heard);
            heard.Reports.ForEach(report => places[report.Vessel] = report);
            foreach (var said in heard.Statics.Where(said => !string.IsNullOrWhiteSpace(said.Destination)))
            {
                texts[said.Destination!] = said.Vessel;
            }
        }

        return
        [
            .. texts.Select(text => (text.Key, places.TryGetValue(text.Value, out var at)
                ? new DestinationContext(at.Position, at.CourseDeciDegrees, at.SpeedDeciKnots >= 10)
                : default)),
        ];
    }

    private static ReferenceView DefaultPorts()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "reference", "sea-ports.json");
        Assume.That(path, Does.Exist);
        using var ports = JsonDocument.Parse(SeaPorts.ToGeoJson(File.ReadAllBytes(path)).GeoJson);
        return View(ports.RootElement.GetProperty("features").EnumerateArray().Select(port =>
        {
            var at = port.GetProperty("geometry").GetProperty("coordinates");
            return (port.GetProperty("id").GetString()!, port.GetProperty("properties").GetProperty("name").GetString()!, at[1].GetDouble(), at[0].GetDouble());
        }));
    }

    private static ReferenceView UnLocodes() => View(File.ReadLines(SharedData.Require("ports/unlocode_2024-2_subset.csv")).Skip(1)
        .Select(line => line.Split(',')).Where(cells => cells.Length >= 11 && cells[^7] == "1" && cells[^6] == "1")
        .Select(cells => (cells[0], string.Join(',', cells[1..^9]).Trim('"'),
            double.Parse(cells[^9], CultureInfo.InvariantCulture), double.Parse(cells[^8], CultureInfo.InvariantCulture))));

    private static ReferenceView View(IEnumerable<(string Locode, string Name, double Latitude, double Longitude)> ports) => new(
        new Dictionary<string, int>(), [],
        [.. ports.Select(port => new AnchoragePoint(port.Locode, Position.FromDegrees(port.Latitude, port.Longitude), port.Locode, port.Name, StoppingPlace.Port))],
        null);

    private readonly struct Heard() : IAisSink
    {
        public List<PositionReport> Reports { get; } = [];

        public List<StaticReport> Statics { get; } = [];

        public void OnPosition(in PositionReport report) => Reports.Add(report);

        public void OnStatic(StaticReport report) => Statics.Add(report);

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
            // Damaged sentences are no part of this.
        }
    }
}
