using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Motion;

internal sealed class DistressTests
{
    private static readonly string[] TestThenReal = ["info", "high"];
    private static readonly string[] DistressAlone = ["distress"];
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [TestCase(970_123_456, "search and rescue transmitter")]
    [TestCase(972_123_456, "man-overboard")]
    [TestCase(974_123_456, "EPIRB")]
    public void An_active_device_is_high_with_its_first_report(int mmsi, string words)
    {
        var traffic = new Traffic();
        new Course(traffic, mmsi, Sea, Start) { Status = 14 }.Go(90, 1, 60_000, 60_000);
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("distress").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("high"));
            Assert.That(finding.Text("subject"), Is.EqualTo($"mmsi:{mmsi}"));
            Assert.That(finding.Text("reason"), Does.Contain(words));
        });
    }

    [Test]
    public void A_device_under_test_is_for_information()
    {
        var traffic = new Traffic();
        new Course(traffic, 970_123_456, Sea, Start) { Status = 15 }.Go(90, 0, Minutes(5), 60_000);
        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("distress").Single().Text("severity"), Is.EqualTo("info"));
            Assert.That(run.Of("distress").Single().Text("object"), Is.EqualTo("test"));
        });
    }

    [Test]
    public void A_test_that_turns_real_is_high()
    {
        var traffic = new Traffic();
        var device = new Course(traffic, 970_123_456, Sea, Start) { Status = 15 }.Go(90, 0, Minutes(5), 60_000);
        device.Status = 14;
        device.Go(90, 1, Minutes(5), 60_000);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("distress").Select(each => each.Text("severity")), Is.EqualTo(TestThenReal));
    }

    [Test]
    public void A_ship_needs_to_say_it_twice()
    {
        var traffic = new Traffic();
        var slip = new Course(traffic, Ship, Sea, Start).Go(90, 10, Minutes(10), 60_000);
        slip.Status = 14;
        slip.Go(90, 10, 60_000, 60_000);
        slip.Status = 0;
        slip.Go(90, 10, Hours(1), 60_000);
        var real = new Course(traffic, Other, GreatCircle.Destination(Sea, 0, 20_000), Start).Go(90, 10, Minutes(10), 60_000);
        real.Status = 14;
        real.Go(90, 1, Minutes(10), 60_000);
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("distress").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("subject"), Is.EqualTo($"mmsi:{Other}"));
            Assert.That(finding.Text("severity"), Is.EqualTo("high"));
            Assert.That(finding.Number("measure", "reports"), Is.GreaterThanOrEqualTo(2m));
        });
    }

    [Test]
    public void A_ship_that_sails_on_at_seventeen_knots_has_set_its_status_wrong_and_is_low()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start) { Status = 14 }.Go(90, 17.7, Minutes(10), 60_000);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("distress").Single().Text("severity"), Is.EqualTo("low"));
    }

    [Test]
    public void Distress_is_never_an_impossible_movement_a_gap_or_spoofing()
    {
        var traffic = new Traffic();
        traffic.Neighbours(Sea, Start, Hours(16));
        var device = new Course(traffic, 972_123_456, Sea, Start) { Status = 14, NoiseMetres = 0 };
        device.Go(90, 5, Hours(1), 60_000, saysKnots: 5).Go(0, 0, Hours(1), 60_000, saysKnots: 8);
        new Course(traffic, 972_123_456, GreatCircle.Destination(Sea, 0, 90_000), Start + Hours(2)) { Status = 14 }.Go(90, 1, Minutes(10), 60_000);
        using var run = FoldRun.Replay(traffic, new TestReference());
        Assert.That(
            run.Revisions.Where(r => r.Text("subject") == "mmsi:972123456").Select(r => r.Text("kind")).Distinct(), Is.EqualTo(DistressAlone));
    }
}
