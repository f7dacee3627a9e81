using System.Text.Json;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Findings.RouteDeviation;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Arrival;

/// <summary>What the watch says of ships under way: where to, when, by what.</summary>
[TestFixture]
internal sealed class ExpectedArrivalTests
{
    [Test]
    public void A_ship_that_says_where_it_goes_is_expected_there_each_hour_until_it_comes()
    {
        var ship = new Voyages().LieIn(Voyages.Larvik);
        Say(ship, "NOLAR>SE GOT");
        ship.Sail(Voyages.Larvik, Voyages.Gothenburg, _ => 0).LieIn(Voyages.Gothenburg);
        using var run = ship.Replay();
        var lines = Lines(run);
        var arrivalAt = DateTimeOffset.Parse(lines[^1].Text("arrival_at")!);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Count.InRange(5, 8), "84 miles at 15 knots");
            Assert.That(lines[^1].Text("state"), Is.EqualTo("arrived"));
            Assert.That(lines[^1].Text("destination_locode"), Is.EqualTo("SEGOT"));
            Assert.That(lines.SkipLast(1).Select(line => line.Text("state")), Is.All.EqualTo("under-way"));
            Assert.That(lines.SkipLast(1).Select(line => line.Text("destination_locode")), Is.All.EqualTo("SEGOT"));
            Assert.That(lines.SkipLast(1).Select(line => line.GetProperty("destination_probability").GetDouble()), Is.All.InRange(0.9, 1));
            Assert.That(lines.SkipLast(1).Select(line => line.Text("eta_by")), Is.All.EqualTo("distance"));
        });
        foreach (var line in lines.SkipLast(1))
        {
            var (low, high) = (DateTimeOffset.Parse(line.Text("eta_low_at")!), DateTimeOffset.Parse(line.Text("eta_high_at")!));
            Assert.That(arrivalAt, Is.InRange(low.AddMinutes(-15), high), line.ToString());
        }
    }

    [Test]
    public void Without_a_word_of_where_it_goes_its_earlier_voyages_tell()
    {
        var ship = new Voyages().Usually(4).Sail(Voyages.Larvik, Voyages.Gothenburg, _ => 0.2, untilPart: 0.7);
        using var run = ship.Replay();
        var last = Lines(run)[^1];
        Assert.Multiple(() =>
        {
            Assert.That(last.Text("destination_locode"), Is.EqualTo("SEGOT"));
            Assert.That(last.Text("destination_by"), Is.EqualTo("earlier voyages"));
            Assert.That(last.GetProperty("destination_probability").GetDouble(), Is.InRange(0.7, 0.95));
            Assert.That(last.Text("eta_by"), Is.EqualTo("own-voyages"));
            Assert.That(last.Text("eta_why"), Does.Contain("4 earlier voyages"));
        });
    }

    [Test]
    public void A_ship_in_port_and_one_that_names_no_port_are_not_expected_anywhere()
    {
        var ship = new Voyages();
        Say(ship, "SEGOT");
        ship.LieIn(Voyages.Gothenburg, 30);
        var other = new Voyages(Other) { Traffic = ship.Traffic };
        Say(other, "FOR ORDERS", Other);
        other.LieIn(Voyages.Larvik).Sail(Voyages.Larvik, Voyages.Gothenburg, _ => 0, untilPart: 0.8);
        using var run = ship.Replay();
        Assert.That(Lines(run), Is.Empty);
    }

    [Test]
    public void A_ship_that_goes_on_past_its_port_is_no_longer_expected()
    {
        var ship = new Voyages().LieIn(Voyages.Larvik);
        Say(ship, "DKSKA");
        var far = Position.FromDegrees(56.9, 9.97);
        ship.Sail(Voyages.Larvik, Position.FromDegrees(57.72, 10.3), _ => 0).Sail(Position.FromDegrees(57.72, 10.3), far, _ => 0);
        using var run = ship.Replay();
        var lines = Lines(run);
        Assert.That(lines[0].Text("state"), Is.EqualTo("under-way"));
        Assert.That(lines[^1].Text("state"), Is.EqualTo("unknown"));
    }

    [TestCase("2025-12-31T20:00:00Z", 1, 1, 12, "2026-01-01T12:00:00Z")]
    [TestCase("2026-01-01T01:00:00Z", 1, 1, 12, "2026-01-01T12:00:00Z")]
    [TestCase("2024-02-28T20:00:00Z", 2, 29, 4, "2024-02-29T04:00:00Z")]
    public void The_year_of_an_announced_time_rolls_over(string at, byte month, byte day, byte hour, string eta)
    {
        var traffic = new Traffic();
        var startMs = DateTimeOffset.Parse(at).ToUnixTimeMilliseconds();
        Say(traffic, startMs - Minutes(40), "SEGOT", month: month, day: day, hour: hour);
        Say(traffic, startMs - Minutes(8), "SEGOT", month: month, day: day, hour: hour);
        traffic.Sail(Ship, Position.FromDegrees(55.4, 11), 0, 12, startMs - Minutes(40), Hours(2), 300_000);
        using var run = FoldRun.Replay(traffic, Voyages.Ports);
        Assert.That(Lines(run)[^1].Text("announced_eta_at"), Is.EqualTo(eta));
    }

    [Test]
    public void A_time_that_has_passed_is_not_announced()
    {
        var traffic = new Traffic();
        Say(traffic, Start, "SEGOT", month: 3, day: 1, hour: 12);
        Say(traffic, Start + Minutes(31), "SEGOT", month: 3, day: 1, hour: 12);
        traffic.Sail(Ship, Position.FromDegrees(55.4, 11), 0, 12, Start, Hours(3), 300_000);
        using var run = FoldRun.Replay(traffic, Voyages.Ports);
        Assert.That(Lines(run)[^1].GetProperty("announced_eta_at").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void Without_ports_nothing_is_expected_and_nothing_breaks()
    {
        var traffic = new Traffic();
        Say(traffic, Start, "SEGOT");
        traffic.Sail(Ship, Position.FromDegrees(55.4, 11), 0, 12, Start, Hours(3), 300_000);
        using var run = FoldRun.Replay(traffic);
        Assert.That(Lines(run), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(2)]
    public void The_lines_are_the_same_bytes_however_the_fold_is_cut_and_killed(int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var ship = new Voyages().Usually(4);
        Say(ship, "SE-GOT");
        ship.Sail(Voyages.Larvik, Voyages.Gothenburg, _ => 0.2).LieIn(Voyages.Gothenburg);
        using var whole = ship.Replay();
        using var cut = new FoldRun(Voyages.Ports) { Chaos = new Random(seed) };
        cut.Set(ship.Traffic);
        Assert.That(Bytes(cut), Is.EqualTo(Bytes(whole)));
        Assert.That(Bytes(whole), Is.Not.Empty);
    }

    internal static List<JsonElement> Lines(FoldRun run, int mmsi = 0) =>
    [
        .. run.Lines.Where(line => line.Collection == "expected-arrivals")
            .Select(line => JsonDocument.Parse(line.Line).RootElement.GetProperty("properties"))
            .Where(line => mmsi == 0 || line.GetProperty("mmsi").GetInt32() == mmsi),
    ];

    internal static void Say(Traffic traffic, long atMs, string? destination, int mmsi = Ship, byte? month = null, byte? day = null, byte? hour = null, byte minute = 0) =>
        traffic.Statics.Add(new StaticReport
        {
            EventAtMs = atMs, Vessel = VesselId.FromMmsi(mmsi), Name = $"SHIP {mmsi}", Destination = destination, ShipType = 70, MessageType = 5,
            EtaMonth = month, EtaDay = day, EtaHour = hour, EtaMinute = month is null ? null : minute,
            Offset = 1_000_000 + (traffic.Statics.Count * 100), Length = 90,
        });

    private static void Say(Voyages ship, string destination, int mmsi = Ship) => Say(ship.Traffic, ship.NowMs, destination, mmsi);

    private static string Bytes(FoldRun run) => string.Join('\n', run.Lines.Where(line => line.Collection == "expected-arrivals").Select(line => line.Line));
}
