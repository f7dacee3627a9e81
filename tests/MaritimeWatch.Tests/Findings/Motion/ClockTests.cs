using MaritimeWatch.Findings.Spoofing;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Motion;

internal sealed class ClockTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [TestCase(25)]
    [TestCase(-12)]
    public void A_ship_whose_second_is_steadily_off_while_others_agree_has_a_wrong_clock(int ahead)
    {
        using var run = Fleet(ahead, receiverAheadSeconds: 0);
        var finding = run.Of("spoofing").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("object"), Is.EqualTo("wrong-clock"));
            Assert.That(finding.Text("subject"), Is.EqualTo($"mmsi:{Ship}"));
            Assert.That(finding.Text("severity"), Is.EqualTo("low"));
            Assert.That(finding.Number("measure", "clock_off_s"), Is.EqualTo(Math.Abs(ahead)));
        });
    }

    [Test]
    public void A_receiver_whose_clock_is_off_is_not_the_ships()
    {
        using var run = Fleet(0, receiverAheadSeconds: 20);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void Behind_a_receiver_that_is_off_a_wrong_ship_is_still_seen()
    {
        using var run = Fleet(-20, receiverAheadSeconds: 20);
        Assert.That(run.Of("spoofing").Single().Text("subject"), Is.EqualTo($"mmsi:{Ship}"));
    }

    [Test]
    public void Eight_seconds_off_are_none()
    {
        using var run = Fleet(8, receiverAheadSeconds: 0);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void A_second_that_jumps_about_is_noise_and_one_that_is_not_available_says_nothing()
    {
        using var jumps = Fleet(null, receiverAheadSeconds: 0, jumps: true);
        using var none = Fleet(null, receiverAheadSeconds: 0);
        Assert.Multiple(() =>
        {
            Assert.That(jumps.Of("spoofing"), Is.Empty);
            Assert.That(none.Of("spoofing"), Is.Empty);
        });
    }

    [Test]
    public void Where_no_others_are_heard_the_receivers_clock_is_not_known()
    {
        using var run = Fleet(25, receiverAheadSeconds: 0, others: 2);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void Seconds_turn_at_half_a_minute()
    {
        Assert.That(new[] { 0, 29, 30, 31, 59, 60, -30, -31, 119 }.Select(SourceClocks.Turn), Is.EqualTo(new[] { 0, 29, -30, -29, -1, 0, -30, 29, -1 }));
    }

    private static FoldRun Fleet(int? ahead, int receiverAheadSeconds, int others = 5, bool jumps = false)
    {
        var traffic = new Traffic();
        for (var i = 0; i < others; i++)
        {
            new Course(traffic, 219_000_001 + i, GreatCircle.Destination(Sea, i * 60, 9000), Start + (i * 1000)) { ClockAheadSeconds = -receiverAheadSeconds }
                .Go(45, 10, Minutes(40), 30_000);
        }

        var ship = new Course(traffic, Ship, Sea, Start) { ClockAheadSeconds = ahead is { } off ? off - receiverAheadSeconds : null };
        for (var i = 0; i < 80; i++)
        {
            ship.ClockAheadSeconds = jumps ? i * 17 : ship.ClockAheadSeconds;
            ship.Go(90, 10, 30_000, 30_000);
        }

        return FoldRun.Replay(traffic);
    }
}
