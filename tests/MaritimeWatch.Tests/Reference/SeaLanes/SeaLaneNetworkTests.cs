using System.Text;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.SeaLanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference.SeaLanes;

/// <summary>Ways by sea along the network that comes with the program, against distances that tables of ports give.</summary>
[TestFixture]
internal sealed class SeaLaneNetworkTests
{
    private const string FileHash = "994ad0a77fc64626121f679bba43c991c7658e60f6bcd6ca68867f8d479aff9e";

    private static readonly Dictionary<string, Position> Places = new()
    {
        ["Gothenburg"] = At(57.69, 11.85), ["Rotterdam"] = At(51.98, 4.05), ["Singapore"] = At(1.26, 103.75), ["Brest"] = At(48.37, -4.5),
        ["Le Havre"] = At(49.48, 0.05), ["Shanghai"] = At(31.2, 121.9), ["Los Angeles"] = At(33.72, -118.25), ["Yokohama"] = At(35.4, 139.7),
        ["New York"] = At(40.6, -74.0), ["Southampton"] = At(50.87, -1.4), ["Helsinki"] = At(60.13, 24.95), ["Tallinn"] = At(59.45, 24.75),
        ["Hamburg"] = At(53.54, 9.9), ["Gdynia"] = At(54.53, 18.6), ["Cape Town"] = At(-33.9, 18.42), ["Odesa"] = At(46.5, 30.75),
        ["Istanbul"] = At(41.0, 28.97), ["Marseille"] = At(43.3, 5.3), ["Kiel"] = At(54.37, 10.15), ["Bremerhaven"] = At(53.55, 8.55),
        ["Copenhagen"] = At(55.7, 12.62), ["Murmansk"] = At(69.1, 33.4), ["Suva"] = At(-18.13, 178.42), ["Apia"] = At(-13.82, -171.77),
        ["Baku"] = At(40.35, 49.9), ["Santos"] = At(-23.98, -46.3), ["Houston"] = At(29.7, -95.0), ["Valparaiso"] = At(-33.0, -71.6),
        ["Sydney"] = At(-33.85, 151.25),
    };

    private static SeaLaneNetwork Network => ShippedSeaLanes.Network;

    // As tables of distances between ports give them, to the mile or rounded to fifty.
    [TestCase("Gothenburg", "Rotterdam", 490, 6)]
    [TestCase("Singapore", "Rotterdam", 8_300, 3)]
    [TestCase("Shanghai", "Rotterdam", 10_600, 3)]
    [TestCase("Brest", "Le Havre", 245, 6)]
    [TestCase("Yokohama", "Los Angeles", 4_840, 4)]
    [TestCase("New York", "Southampton", 3_150, 4)]
    [TestCase("New York", "Los Angeles", 4_930, 4)]
    [TestCase("Santos", "Rotterdam", 5_450, 4)]
    [TestCase("Houston", "Rotterdam", 5_050, 4)]
    [TestCase("Marseille", "Singapore", 6_500, 4)]
    [TestCase("Murmansk", "Rotterdam", 1_600, 5)]
    [TestCase("Valparaiso", "Yokohama", 9_300, 4)]
    [TestCase("Suva", "Apia", 630, 7)]
    [TestCase("Odesa", "Istanbul", 345, 4)]
    [TestCase("Helsinki", "Tallinn", 44, 12)]
    [TestCase("Hamburg", "Gdynia", 440, 7)]
    [TestCase("Kiel", "Bremerhaven", 110, 10)]
    [TestCase("Southampton", "Le Havre", 105, 6)]
    [TestCase("Copenhagen", "Gothenburg", 130, 8)]
    public void From_port_to_port_it_is_as_far_as_tables_say(string from, string to, int miles, int perCent)
    {
        foreach (var (a, b) in (ReadOnlySpan<(string, string)>)[(from, to), (to, from)])
        {
            var way = Network.Ways(Places[a], Places[b]).Way!.Value;
            TestContext.Out.WriteLine($"{a} to {b}: {way.Decimetres / 18_520} NM, tables {miles}, great circle {SteadyArc.Decimetres(Places[a], Places[b]) / 18_520}");
            Assert.That(way.Decimetres / 18_520.0, Is.EqualTo(miles).Within(perCent).Percent, $"{a} to {b}");
        }
    }

    [TestCase("Shanghai", "Rotterdam", 13_800)]
    [TestCase("Hamburg", "Gdynia", 800)]
    public void Where_a_canal_shortens_the_way_the_way_round_is_told_too(string from, string to, int miles) =>
        Assert.That(Network.Ways(Places[from], Places[to]).Round!.Value.Decimetres / 18_520.0, Is.EqualTo(miles).Within(4).Percent);

    [Test]
    public void Where_no_canal_is_on_the_way_there_is_no_way_round() =>
        Assert.That(Network.Ways(Places["Gothenburg"], Places["Rotterdam"]).Round, Is.Null);

    [TestCase("Baku", "Rotterdam", TestName = "The_Caspian_leads_nowhere")]
    [TestCase("Rotterdam", "Baku", TestName = "Nothing_leads_to_the_Caspian")]
    public void Seas_that_do_not_meet_have_no_way(string from, string to)
    {
        Assert.That(Network.Ways(Places[from], Places[to]), Is.EqualTo(((SeaWay?)null, (SeaWay?)null)));
        Assert.That(Network.Line(Places[from], Places[to]), Is.Null);
    }

    [TestCase(-90, 0)]
    [TestCase(47.0, 100.0)]
    [TestCase(-85, 10)]
    public void Far_inland_and_at_the_south_pole_nothing_is_said(double latitude, double longitude)
    {
        Assert.That(Network.Ways(At(latitude, longitude), Places["Rotterdam"]).Way, Is.Null);
        Assert.That(Network.Ways(Places["Rotterdam"], At(latitude, longitude)).Way, Is.Null);
    }

    [Test]
    public void The_line_is_as_long_as_the_way_and_goes_on_over_the_antimeridian()
    {
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("Yokohama", "Los Angeles"), ("Singapore", "Rotterdam"), ("Brest", "Le Havre"), ("Suva", "Apia")])
        {
            var line = Network.Line(Places[from], Places[to])!;
            var length = line.Zip(line.Skip(1)).Sum(leg => SteadyArc.Decimetres(leg.First, leg.Second));
            Assert.That((line[0], line[^1]), Is.EqualTo((Places[from], Places[to])));
            Assert.That((double)length, Is.EqualTo(Network.Ways(Places[from], Places[to]).Way!.Value.Decimetres).Within(1).Percent, from);
        }
    }

    [Test]
    public void On_its_way_a_ship_has_as_much_less_to_go_as_it_has_gone()
    {
        var line = Network.Line(Places["Singapore"], Places["Rotterdam"])!;
        var left = line.Select(at => Network.Ways(at, Places["Rotterdam"]).Way!.Value.Decimetres).ToList();
        for (var i = 1; i < line.Count; i++)
        {
            Assert.That(left[i], Is.LessThanOrEqualTo(left[i - 1] + 1), $"{line[i]}");
        }
    }

    [Test]
    public void What_was_asked_before_changes_nothing()
    {
        const int Seed = 11;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var bytes = File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, "reference", "sea-lanes.json"));
        var fresh = SeaLaneNetwork.FromGeoJson(bytes, ReferenceDefaults.Coast);
        Position[] ports = [.. Places.Values];
        for (var i = 0; i < 300; i++)
        {
            _ = fresh.Ways(ports[0], At(random.Next(-60, 60), random.Next(-180, 180))); // More ports than are kept.
        }

        foreach (var port in ports)
        {
            var from = At(random.NextDouble() * 50, (random.NextDouble() * 360) - 180);
            Assert.That(fresh.Ways(from, port), Is.EqualTo(Network.Ways(from, port)), $"seed {Seed}: {from} to {port}");
        }
    }

    [Test]
    public void The_way_is_never_shorter_than_the_great_circle()
    {
        const int Seed = 12;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var said = 0;
        for (var i = 0; i < 500; i++)
        {
            var from = At((random.NextDouble() * 130) - 60, (random.NextDouble() * 360) - 180);
            var port = Places.Values.ElementAt(random.Next(Places.Count));
            if (Network.Ways(from, port).Way is { } way)
            {
                said++;
                Assert.That(way.Decimetres, Is.GreaterThanOrEqualTo(SteadyArc.Decimetres(from, port)), $"seed {Seed}: {from} to {port}");
            }
        }

        Assert.That(said, Is.GreaterThan(150));
    }

    [Test]
    public void The_file_is_the_one_that_the_decision_names()
    {
        Assert.That(Network.Hash, Is.EqualTo(FileHash), "another file: measure again and change decision 0027");
        TestContext.Out.WriteLine($"{Network.PlaceCount} places, {Network.PieceCount} pieces");
    }

    [TestCase("{}")]
    [TestCase("no")]
    [TestCase("""{"features":[]}""")]
    [TestCase("""{"features":[{"geometry":{"type":"Point","coordinates":[1,2]}}]}""")]
    [TestCase("""{"features":[{"geometry":{"type":"LineString","coordinates":[[1,2],[1,99]]}}]}""")]
    public void A_file_that_is_no_network_is_refused(string text) => Assert.That(
        () => SeaLaneNetwork.FromGeoJson(Encoding.UTF8.GetBytes(text), null), Throws.InstanceOf<ReferenceException>());

    private static Position At(double latitude, double longitude) => Position.FromDegrees(latitude, longitude);
}
