using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Destinations;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference.Destinations;

/// <summary>Destinations as masters type them, against a handful of ports.</summary>
[TestFixture]
internal sealed class DestinationTests
{
    private static readonly Position Kattegat = Position.FromDegrees(57.2, 11.2);

    private static readonly DestinationResolver Resolver = new(View(
        ("SEGOT", "Goteborg", 57.7, 11.97), ("NLRTM", "Rotterdam", 51.92, 4.5), ("USRAJ", "Rotterdam", 42.79, -73.97),
        ("DKHLS", "Helsingor", 56.03, 12.59), ("SEHEL", "Helsingborg", 56.05, 12.69), ("NOLAR", "Larvik", 59.05, 10.03),
        ("DKCPH", "Kobenhavn", 55.67, 12.58), ("FIHEL", "Helsingfors (Helsinki)", 60.17, 24.94), ("DEKEL", "Kiel", 54.33, 10.13),
        ("LTKLJ", "Klaipeda", 55.7, 21.13), ("GBPLY", "Plymouth", 50.37, -4.14), ("USPYM", "Plymouth", 41.95, -70.67),
        ("GBNCL", "Newcastle upon Tyne", 54.97, -1.6), ("FJSUV", "Suva", -18.13, 178.42), ("WSAPW", "Apia", -13.83, -171.76),
        ("RULED", "Saint Petersburg (ex Leningrad)", 59.88, 30.25), ("NZAKL", "Auckland", -36.85, 174.76), ("SGSIN", "Singapore", 1.28, 103.85),
        ("SEAHU", "Ahus", 55.93, 14.3), ("USANC", "Anchorage", 61.22, -149.9), ("SESKE", "Skelleftehamn", 64.68, 21.24),
        ("NLTNZ", "Terneuzen", 51.33, 3.82), ("DKAAR", "Aarhus", 56.15, 10.22)));

    [TestCase("SEGOT", "SEGOT")]
    [TestCase("SE GOT", "SEGOT")]
    [TestCase("SE-GOT", "SEGOT")]
    [TestCase("segot@@@@@@", "SEGOT")]
    [TestCase("NOLAR>SEGOT", "SEGOT")]
    [TestCase("NOLAR>>SEGOT", "SEGOT")]
    [TestCase("NOLAR->SE GOT", "SEGOT")]
    [TestCase("NLRTM > DEKEL > SEGOT", "SEGOT")]
    [TestCase("GOTHENBURG", "SEGOT")]
    [TestCase("GOTEBORG", "SEGOT")]
    [TestCase("GÖTEBORG", "SEGOT")]
    [TestCase("GOETEBORG", "SEGOT")]
    [TestCase("GOTEBOR", "SEGOT")]
    [TestCase("GOTENBURG", "SEGOT")]
    [TestCase("GOTHENBURG VIA KIEL", "SEGOT")]
    [TestCase("VIA NOK GOTHENBURG", "SEGOT")]
    [TestCase("GOTHENBURG PILOT", "SEGOT")]
    [TestCase("GOTEBORG ANCH", "SEGOT")]
    [TestCase("GOTHENBURG FOR ORDERS", "SEGOT")]
    [TestCase("ROTTERDAM PILOT", "NLRTM")]
    [TestCase("ROTTERDAM NL", "NLRTM")]
    [TestCase("KIEL TO ROTTERDAM", "NLRTM")]
    [TestCase("HELSINGOER", "DKHLS")]
    [TestCase("ELSINORE", "DKHLS")]
    [TestCase("COPENHAGEN", "DKCPH")]
    [TestCase("HELSINKI", "FIHEL")]
    [TestCase("ST.PETERSBURG", "RULED")]
    [TestCase("NEWCASTLE", "GBNCL")]
    [TestCase("AUCKLAND,NZ", "NZAKL")]
    [TestCase("SINGAPORE", "SGSIN")]
    [TestCase("SKELLEFTEHAM", "SESKE")]
    [TestCase("AARHUS", "DKAAR")]
    [TestCase("NLTNZ00130LOCKB00140", "NLTNZ")]
    public void A_text_that_names_a_port_is_resolved_to_it(string text, string locode)
    {
        var guess = Resolver.Resolve(text, new DestinationContext(Kattegat));
        Assert.Multiple(() =>
        {
            Assert.That(guess.Sort, Is.EqualTo(DestinationSort.Ports));
            Assert.That(guess.First?.Locode, Is.EqualTo(locode), () => string.Join("; ", guess.Ports));
            Assert.That(guess.First?.Thousandths, Is.GreaterThan(600));
            Assert.That(guess.Ports.Sum(port => port.Thousandths), Is.LessThanOrEqualTo(1000));
        });
    }

    [TestCase(null, DestinationSort.Empty)]
    [TestCase("", DestinationSort.Empty)]
    [TestCase("   @@@@", DestinationSort.Empty)]
    [TestCase("FOR ORDERS", DestinationSort.NoPlace)]
    [TestCase("ATSEA", DestinationSort.NoPlace)]
    [TestCase("AT SEA", DestinationSort.NoPlace)]
    [TestCase("HOME", DestinationSort.NoPlace)]
    [TestCase("FISHING GROUNDS", DestinationSort.NoPlace)]
    [TestCase("ENGAGED IN FISHING", DestinationSort.NoPlace)]
    [TestCase("CH16", DestinationSort.NoPlace)]
    [TestCase("0047-21549237", DestinationSort.NoPlace)]
    [TestCase("?", DestinationSort.NoPlace)]
    [TestCase("<>", DestinationSort.NoPlace)]
    [TestCase(">", DestinationSort.NoPlace)]
    [TestCase("DENMARK", DestinationSort.CountryOnly)]
    [TestCase("HANOBUKTEN", DestinationSort.UnknownPlace)]
    public void A_text_that_names_no_port_is_resolved_to_none(string? text, DestinationSort sort)
    {
        var guess = Resolver.Resolve(text, new DestinationContext(Kattegat));
        Assert.That(guess.Sort, Is.EqualTo(sort));
        Assert.That(guess.Ports, Is.Empty);
    }

    [Test]
    public void A_country_alone_is_said_as_such() =>
        Assert.That(Resolver.Resolve("POLAND", default).Country, Is.EqualTo("PL"));

    [Test]
    public void Of_two_ports_of_one_name_the_nearer_is_meant()
    {
        var channel = Resolver.Resolve("PLYMOUTH", new DestinationContext(Position.FromDegrees(50, -3)));
        var maine = Resolver.Resolve("PLYMOUTH", new DestinationContext(Position.FromDegrees(43, -69.5)));
        var nowhere = Resolver.Resolve("PLYMOUTH", default);
        Assert.Multiple(() =>
        {
            Assert.That(channel.First!.Locode, Is.EqualTo("GBPLY"));
            Assert.That(maine.First!.Locode, Is.EqualTo("USPYM"));
            Assert.That(nowhere.First!.Thousandths, Is.LessThan(500), "without a place either may be meant");
        });
    }

    [Test]
    public void A_port_of_another_country_than_the_one_named_is_hardly_meant()
    {
        var guess = Resolver.Resolve("PLYMOUTH USA", new DestinationContext(Position.FromDegrees(50, -20)));
        Assert.That(guess.First!.Locode, Is.EqualTo("USPYM"));
    }

    [TestCase("HELSINGOR<>HELSINGBORG")]
    [TestCase("HELSINGOR <-> HELSINGBORG")]
    [TestCase("HELSINGBORG-HELSINGOR")]
    [TestCase("HELSINGBORG/HELSINGOR")]
    public void A_ferry_is_bound_for_the_port_that_it_did_not_leave(string text)
    {
        var there = Resolver.Resolve(text, new DestinationContext(Position.FromDegrees(56.04, 12.64), LastPort: "DKHLS"));
        var back = Resolver.Resolve(text, new DestinationContext(Position.FromDegrees(56.04, 12.64), LastPort: "SEHEL"));
        Assert.Multiple(() =>
        {
            Assert.That(there.First!.Locode, Is.EqualTo("SEHEL"));
            Assert.That(back.First!.Locode, Is.EqualTo("DKHLS"));
            Assert.That(there.Ports, Has.Count.EqualTo(2));
            Assert.That(there.Ports.Sum(port => port.Thousandths), Is.LessThanOrEqualTo(1000));
        });
    }

    [Test]
    public void A_ship_that_heads_away_is_less_likely_bound_there()
    {
        var towards = Resolver.Resolve("KIEL/KLAIPEDA", new DestinationContext(Position.FromDegrees(55, 15), 900, true));
        var away = Resolver.Resolve("KIEL/KLAIPEDA", new DestinationContext(Position.FromDegrees(55, 15), 2600, true));
        Assert.That(towards.First!.Locode, Is.EqualTo("LTKLJ"));
        Assert.That(away.First!.Locode, Is.EqualTo("DEKEL"));
    }

    [Test]
    public void A_port_that_the_ship_called_at_before_is_more_likely()
    {
        var far = Position.FromDegrees(46, -35);
        var plain = Resolver.Resolve("PLYMOUTH", new DestinationContext(far));
        var known = Resolver.Resolve("PLYMOUTH", new DestinationContext(far, EarlierPorts: ["USPYM"]));
        Assert.That(Chance(known, "USPYM"), Is.GreaterThan(Chance(plain, "USPYM")));
    }

    [Test]
    public void A_word_for_an_anchorage_is_not_Anchorage_in_Alaska() =>
        Assert.That(Resolver.Resolve("ANCHORAGE", new DestinationContext(Kattegat)).First?.Thousandths ?? 0, Is.LessThan(100));

    [Test]
    public void A_letter_mistyped_is_forgiven_but_less_sure()
    {
        var right = Resolver.Resolve("KLAIPEDA", new DestinationContext(Kattegat)).First!;
        var wrong = Resolver.Resolve("KLAIPEDS", new DestinationContext(Kattegat)).First!;
        Assert.That(wrong.Locode, Is.EqualTo("LTKLJ"));
        Assert.That(wrong.Thousandths, Is.LessThan(right.Thousandths));
    }

    [Test]
    public void Nearness_goes_over_the_antimeridian()
    {
        var resolver = new DestinationResolver(View(("FJSUV", "Suva", -18.13, 178.42), ("CUSUV", "Suva", 22, -80)));
        Assert.That(resolver.Resolve("SUVA", new DestinationContext(Position.FromDegrees(-15, -178))).First!.Locode, Is.EqualTo("FJSUV"));
    }

    [TestCase(90.0, 0.0)]
    [TestCase(-90.0, 0.0)]
    [TestCase(0.0, 180.0)]
    [TestCase(0.0, -180.0)]
    public void Every_place_and_course_gives_chances(double latitude, double longitude)
    {
        for (var course = 0; course < 3600; course += 450)
        {
            var guess = Resolver.Resolve("SUVA", new DestinationContext(Position.FromDegrees(latitude, longitude), course, true));
            Assert.That(guess.First!.Thousandths, Is.InRange(1, 1000));
        }
    }

    [Test]
    public void Without_ports_nothing_is_resolved()
    {
        var resolver = new DestinationResolver(ReferenceView.Empty);
        Assert.That(resolver.Resolve("SEGOT", default).Ports, Is.Empty);
        Assert.That(resolver.PortCount, Is.Zero);
    }

    [Test]
    public void Any_text_gives_chances_that_sum_to_at_most_one()
    {
        const int Seed = 20261122;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 @<>-/.,_='?";
        string[] parts = ["SEGOT", "KIEL", "HELSINGOR", ">", "<>", " VIA ", "PILOT", "-", "/", "PLYMOUTH", " UK", "ROTTERDAM"];
        for (var i = 0; i < 3000; i++)
        {
            var text = i % 2 == 0
                ? string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)]))
                : string.Concat(Enumerable.Range(0, random.Next(0, 80)).Select(_ => Letters[random.Next(Letters.Length)]));
            var guess = Resolver.Resolve(text, new DestinationContext(Position.FromDegrees(random.Next(-90, 91), random.Next(-180, 181)), random.Next(3600), true));
            Assert.That(guess.Ports.Sum(port => port.Thousandths), Is.LessThanOrEqualTo(1000), text);
            Assert.That(guess.Ports.Select(port => port.Thousandths), Is.Ordered.Descending, text);
        }
    }

    private static int Chance(DestinationGuess guess, string locode) => guess.Ports.FirstOrDefault(port => port.Locode == locode)?.Thousandths ?? 0;

    private static ReferenceView View(params (string Locode, string Name, double Latitude, double Longitude)[] ports) => new(
        new Dictionary<string, int>(), [],
        [.. ports.Select(port => new AnchoragePoint(port.Locode, Position.FromDegrees(port.Latitude, port.Longitude), port.Locode, port.Name, StoppingPlace.Port))],
        null);
}
