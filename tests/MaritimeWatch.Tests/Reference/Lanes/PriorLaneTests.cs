using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Tests.Reference.SeaLanes;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference.Lanes;

/// <summary>Ways by the sea-lane network where history is thin: shown, and nothing more.</summary>
[TestFixture]
internal sealed class PriorLaneTests
{
    private static readonly LanePort Gothenburg = LanePort.Of("SEGOT", "Gothenburg");
    private static readonly LanePort Rotterdam = LanePort.Of("NLRTM", "Rotterdam");
    private static readonly Position West = Position.FromDegrees(57.68, 11.75);
    private static readonly Position South = Position.FromDegrees(51.98, 4.0);

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(3, 0)]
    public void A_pair_of_ports_with_fewer_than_three_voyages_shows_the_way_by_sea(int voyages, int priors)
    {
        List<SailedVoyage> sailed = [.. Enumerable.Range(0, voyages).Select(Sailed)];
        var learned = LaneLearning.Learn(sailed);
        var atlas = PriorLanes.Added(learned, sailed, ShippedSeaLanes.Network);
        Assert.That(atlas.Priors, Has.Count.EqualTo(priors));
        Assert.That(atlas.All, Is.EqualTo(learned.All), "a prior is no lane");
        Assert.That(atlas.Origins, Is.EqualTo(learned.Origins));
        foreach (var prior in atlas.Priors)
        {
            Assert.That((prior.From, prior.To, prior.Voyages, prior.IsSimulated), Is.EqualTo(("SEGOT", "NLRTM", voyages, true)));
            Assert.That(prior.LengthDecimetres / 18_520.0, Is.InRange(455, 510), "miles");
            Assert.That((prior.Line[0], prior.Line[^1]), Is.EqualTo((West, South)));
            var line = CentreLine.StationsOf([.. prior.Line]);
            var off = sailed[0].Points.Max(point => Math.Abs(line.PlaceOf(point.Where).Off)) / 18_520.0;
            TestContext.Out.WriteLine($"the way sailed lies up to {off:F1} NM off the network's line");
            Assert.That(off, Is.InRange(0.5, 30), "near enough to be shown, too far to judge by");
        }
    }

    [Test]
    public void Nobody_finds_a_prior_among_the_lanes_that_ships_are_judged_by()
    {
        List<SailedVoyage> sailed = [Sailed(0)];
        var atlas = PriorLanes.Added(LaneLearning.Learn(sailed), sailed, ShippedSeaLanes.Network);
        Assert.That(atlas.Priors, Is.Not.Empty);
        Assert.That(atlas.From("SEGOT", "cargo").Length + atlas.To("NLRTM", "cargo").Length, Is.Zero);
        Assert.That(atlas.Find(atlas.Priors[0].Id), Is.Null);
        Assert.That(atlas.PortNear(West, 1_000_000), Is.Null);
    }

    [Test]
    public void The_file_keeps_priors_and_refuses_one_that_was_altered()
    {
        List<SailedVoyage> sailed = [Sailed(0)];
        var file = LaneFile.Write(PriorLanes.Added(LaneLearning.Learn(sailed), sailed, ShippedSeaLanes.Network));
        var read = LaneFile.Read(file);
        Assert.That(LaneFile.Write(read).ToArray(), Is.EqualTo(file.ToArray()));
        var text = Encoding.UTF8.GetString(file.Span).Replace("\"voyages\":1,\"vessels\":1", "\"voyages\":2,\"vessels\":1", StringComparison.Ordinal);
        Assert.That(() => LaneFile.Read(Encoding.UTF8.GetBytes(text)), Throws.InstanceOf<MaritimeWatch.Reference.ReferenceException>().With.Message.Contains("SHA-256"));
    }

    [Test]
    public void The_feed_says_that_it_is_a_prior_and_of_how_many_voyages()
    {
        List<SailedVoyage> sailed = [Sailed(0), Sailed(1)];
        var (lines, ids) = LaneLines.Of(LaneFile.Write(PriorLanes.Added(LaneLearning.Learn(sailed), sailed, ShippedSeaLanes.Network)));
        Assert.That(ids, Is.EqualTo((string[])["lane:SEGOT-NLRTM:prior"]));
        using var line = JsonDocument.Parse(lines[..^1]);
        var of = line.RootElement.GetProperty("properties");
        Assert.That((of.GetProperty("prior").GetBoolean(), of.GetProperty("voyages").GetInt32(), of.GetProperty("simulated").GetBoolean()), Is.EqualTo((true, 2, true)));
        Assert.That(of.GetProperty("half_width_nm").ValueKind, Is.EqualTo(JsonValueKind.Null), "nobody knows how wide it is");
    }

    [Test]
    public void Without_a_network_or_a_way_nothing_is_added()
    {
        List<SailedVoyage> sailed = [Sailed(0)];
        var learned = LaneLearning.Learn(sailed);
        Assert.That(PriorLanes.Added(learned, sailed, null), Is.SameAs(learned));
        List<SailedVoyage> caspian = [sailed[0] with { To = LanePort.Of("AZBAK", "Baku"), Points = [sailed[0].Points[0], new VoyagePoint(Position.FromDegrees(40.35, 49.9), 9_000_000, 100)] }];
        Assert.That(PriorLanes.Added(LaneLearning.Learn(caspian), caspian, ShippedSeaLanes.Network).Priors, Is.Empty);
    }

    private static SailedVoyage Sailed(int number)
    {
        const int Points = 200;
        Position[] way = [West, Position.FromDegrees(57.9, 10.7), Position.FromDegrees(57.3, 8.2), Position.FromDegrees(53.65, 5.1), South];
        var points = new List<VoyagePoint>();
        for (var leg = 1; leg < way.Length; leg++)
        {
            for (var i = 0; i < Points / 4; i++)
            {
                var course = GreatCircle.InitialBearingDegrees(way[leg - 1], way[leg]);
                var length = GreatCircle.DistanceMetres(way[leg - 1], way[leg]);
                points.Add(new VoyagePoint(GreatCircle.Destination(way[leg - 1], course, length * i / (Points / 4)), (points.Count * 600_000L) + (number * 500_000_000L), 130));
            }
        }

        points[0] = points[0] with { Where = West };
        points.Add(new VoyagePoint(South, points[^1].AtMs + 600_000, 130));
        return new SailedVoyage(string.Create(CultureInfo.InvariantCulture, $"mmsi:{219_000_000 + number}"), "cargo", Gothenburg, Rotterdam, points[0].AtMs, points[^1].AtMs, true, points);
    }
}
