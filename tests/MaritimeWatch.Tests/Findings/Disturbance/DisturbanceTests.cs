using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Disturbance;

internal sealed class DisturbanceTests
{
    // The middle of a cell, so that a fleet lies in one.
    private static readonly Position Middle = Position.FromDegrees(57.25, 11.25);
    private static readonly Position Airport = Position.FromDegrees(59.65, 17.92);
    private static readonly long Noon = Start + Hours(16);

    [Test]
    public async Task Eight_ships_that_go_to_one_place_at_once_are_a_disturbance()
    {
        var run = await DisturbanceRun.OfAsync(Fleet(8, (_, _) => Airport));
        var found = run.Latest.Single();
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("kind"), Is.EqualTo("spoofing"));
            Assert.That(found.Text("object"), Is.EqualTo("gnss-disturbance"));
            Assert.That(found.Text("subject"), Is.EqualTo("area:57.25,11.25"));
            Assert.That(found.Text("severity"), Is.EqualTo("medium"));
            Assert.That(found.Text("state"), Is.EqualTo("closed"));
            Assert.That(found.GetProperty("settled").GetBoolean());
            Assert.That(found.Number("measure", "vessels"), Is.EqualTo(8));
            Assert.That(found.Number("measure", "vessels_to_one_place"), Is.EqualTo(8));
            Assert.That(found.GetProperty("start_at").GetDateTimeOffset().ToUnixTimeMilliseconds(), Is.InRange(Noon, Noon + Minutes(2)));
            Assert.That(
                found.GetProperty("end_at").GetDateTimeOffset().ToUnixTimeMilliseconds(), Is.InRange(Noon + Minutes(38), Noon + Minutes(43)));
            Assert.That(found.Text("reason"), Does.Contain("8 ships").And.Contain("went to one place"));
        });
    }

    [Test]
    public async Task It_opens_with_the_fifth_ship_and_closes_half_an_hour_after_the_last()
    {
        var run = await DisturbanceRun.OfAsync(Fleet(8, (_, _) => Airport));
        var states = run.Properties.Select(one => (one.Text("state"), one.GetProperty("known_at").GetDateTimeOffset().ToUnixTimeMilliseconds())).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(states[0].Item1, Is.EqualTo("open"));
            Assert.That(states[0].Item2, Is.LessThan(Noon + Minutes(2)));
            Assert.That(states[^1].Item2 - states[^2].Item2, Is.EqualTo(Hours(1)), "settled an hour later");
            Assert.That(
                states[^2].Item2 - run.Latest.Single().GetProperty("end_at").GetDateTimeOffset().ToUnixTimeMilliseconds(), Is.EqualTo(Minutes(30)));
        });
    }

    [Test]
    public async Task Fifteen_ships_are_high() =>
        Assert.That((await DisturbanceRun.OfAsync(Fleet(15, (_, _) => Airport))).Latest.Single().Text("severity"), Is.EqualTo("high"));

    [Test]
    public async Task Four_ships_are_none() =>
        Assert.That((await DisturbanceRun.OfAsync(Fleet(4, (_, _) => Airport))).Lines, Is.Empty);

    [Test]
    public async Task Jumps_of_a_mile_and_a_half_in_all_directions_count_too()
    {
        var run = await DisturbanceRun.OfAsync(Fleet(7, (ship, at) => GreatCircle.Destination(at, ship * 50, 2800)));
        Assert.That(run.Latest.Single().Number("measure", "vessels"), Is.GreaterThanOrEqualTo(5));
    }

    [Test]
    public async Task Six_ships_that_say_a_speed_and_stand_still_are_a_disturbance()
    {
        var frozen = new Dictionary<int, Position>();
        var run = await DisturbanceRun.OfAsync(Fleet(6, (ship, at) => frozen.TryGetValue(ship, out var there) ? there : frozen[ship] = at));
        Assert.That(run.Latest.Single().Number("measure", "frozen"), Is.GreaterThanOrEqualTo(6));
    }

    [Test]
    public async Task One_ship_that_jumps_all_day_is_none()
    {
        var run = await DisturbanceRun.OfAsync(Fleet(1, (_, at) => at, (_, t) => t % Minutes(6) < Minutes(3) ? Airport : null));
        Assert.That(run.Jumps, Has.Count.GreaterThan(20), "it does jump");
        Assert.That(run.Lines, Is.Empty);
    }

    [Test]
    public async Task Ships_that_share_an_identity_for_long_are_none()
    {
        // Each begins at an hour of its own and goes on; at the end all six jump within any quarter of an hour.
        var run = await DisturbanceRun.OfAsync(Fleet(
            6, (_, at) => at, (ship, t) => t > Hours(2 * ship) && t % Minutes(6) < Minutes(3) ? GreatCircle.Destination(Airport, ship * 60, 90_000) : null));
        Assert.That(run.Jumps, Has.Count.GreaterThan(200), "they do jump");
        Assert.That(run.Lines, Is.Empty);
    }

    [Test]
    public async Task A_receiver_with_a_wrong_clock_is_no_alarm()
    {
        // Every second report comes through a receiver whose clock is ten minutes late.
        var traffic = new Traffic();
        for (var ship = 0; ship < 9; ship++)
        {
            var from = GreatCircle.Destination(Middle, ship * 40, 8000);
            for (var t = 0L; t < Hours(1); t += Minutes(1))
            {
                var isLate = t >= Minutes(20) && t / Minutes(1) % 2 == 1;
                var at = GreatCircle.Destination(from, ship * 31, 16 * 1852.0 * (t - (isLate ? Minutes(10) : 0)) / 3_600_000);
                traffic.Report(Ship + ship, at, Start + t, 16, ship * 31);
            }
        }

        var run = await DisturbanceRun.OfAsync(traffic);
        Assert.That(run.Jumps, Is.Not.Empty, "ships do jump");
        Assert.That(run.Properties.Select(one => one.Text("severity")), Is.All.EqualTo("info"));
        Assert.That(run.Latest.Single().Text("reason"), Does.Contain("receiver"));
    }

    [Test]
    public async Task Two_areas_that_grow_together_are_one_and_the_other_is_retracted_with_the_reason()
    {
        var traffic = new Traffic();
        Fleet(traffic, 7, Middle, Noon, Ship, (_, _) => Airport);
        Fleet(traffic, 7, Position.FromDegrees(57.25, 12.75), Noon + Minutes(5), Ship + 100, (_, _) => Airport);
        Fleet(traffic, 3, Position.FromDegrees(57.25, 11.75), Noon + Minutes(10), Ship + 200, (_, _) => Airport);
        Fleet(traffic, 3, Position.FromDegrees(57.25, 12.25), Noon + Minutes(12), Ship + 300, (_, _) => Airport);
        var run = await DisturbanceRun.OfAsync(traffic);
        var found = run.Latest.Single();
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("subject"), Is.EqualTo("area:57.25,11.25"));
            Assert.That(found.Number("measure", "vessels"), Is.EqualTo(20));
            Assert.That(found.Text("amended_because"), Does.Contain("area:57.25,12.75"));
            Assert.That(
                run.Properties.Single(one => one.Text("state") == "retracted").Text("retracted_because"), Does.Contain("area:57.25,11.25"));
        });
    }

    [Test]
    public async Task Any_number_of_groups_and_any_death_gives_the_same_bytes([Values("57.25,11.25", "60.01,19.99", "-10.0,179.98", "0,0")] string middle)
    {
        var parts = middle.Split(',');
        var at = Position.FromDegrees(double.Parse(parts[0], Invariant), double.Parse(parts[1], Invariant));
        var traffic = new Traffic();
        for (var fleet = 0; fleet < 6; fleet++)
        {
            var around = GreatCircle.Destination(at, fleet * 60, fleet * 40_000);
            Fleet(traffic, 6 + fleet, around, Noon + Minutes(11 * fleet), Ship + (fleet * 100), (ship, there) => GreatCircle.Destination(there, ship * 30, 40_000));
        }

        using var watch = FoldRun.Replay(traffic);
        var jumps = watch.Lines.Where(line => line.Collection == "jumps").Select(line => line.Line).ToList();
        var one = await DisturbanceRun.OfAsync(jumps, Noon + Hours(3), 1);
        Assert.That(one.Revisions, Has.Count.GreaterThan(2));
        foreach (var groups in (int[])[2, 4, 7])
        {
            var many = await DisturbanceRun.OfAsync(jumps, Noon + Hours(3), groups, new Random(groups));
            Assert.That(many.Revisions, Is.EqualTo(one.Revisions), $"{groups} groups");
        }
    }

    [Test]
    public void A_watch_that_dies_writes_the_same_jumps()
    {
        var traffic = Fleet(8, (_, _) => Airport);
        using var straight = FoldRun.Replay(traffic);
        using var chaos = new FoldRun { Chaos = new Random(5) };
        chaos.Set(traffic);
        Assert.That(JumpsOf(chaos), Is.EqualTo(JumpsOf(straight)).And.Not.Empty);
    }

    private static List<string> JumpsOf(FoldRun run) => [.. run.Lines.Where(line => line.Collection == "jumps").Select(line => line.Line)];

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    // Ships that sail for eighteen hours; for forty minutes from noon on they are heard where the lie says.
    private static Traffic Fleet(int ships, Func<int, Position, Position> lie, Func<int, long, Position?>? always = null)
    {
        var traffic = new Traffic();
        Fleet(traffic, ships, Middle, Noon, Ship, lie, always);
        return traffic;
    }

    private static void Fleet(
        Traffic traffic, int ships, Position middle, long lieAtMs, int firstMmsi, Func<int, Position, Position> lie,
        Func<int, long, Position?>? always = null)
    {
        for (var ship = 0; ship < ships; ship++)
        {
            var home = GreatCircle.Destination(middle, ship * (360.0 / ships), 4000);
            var begin = always is null ? lieAtMs - Hours(1) : Start;
            for (var t = begin; t < lieAtMs + Hours(2); t += 60_000)
            {
                // To and fro over two miles.
                var leg = t % Minutes(24);
                var at = GreatCircle.Destination(home, 20 * ship, 5 * (leg < Minutes(12) ? leg : Minutes(24) - leg) / 1000.0);
                var isLie = t >= lieAtMs && t < lieAtMs + Minutes(40);
                traffic.Report(firstMmsi + ship, always?.Invoke(ship, t - Start) ?? (isLie ? lie(ship, at) : at), t + (ship * 700), 10, (20 * ship) + (leg < Minutes(12) ? 0 : 180));
            }
        }
    }
}
