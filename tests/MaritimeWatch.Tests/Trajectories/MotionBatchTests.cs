using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Trajectories;

/// <summary>What a motion model is told of a track.</summary>
[TestFixture]
public sealed class MotionBatchTests
{
    [Test]
    public void Irregular_reports_are_brought_to_steps_of_ten_minutes()
    {
        // 12 knots east on the equator, reports every 7 minutes: after 10 minutes 2 NM, after 180 minutes 36 NM.
        var track = Ways.Straight(0, 10, 12, 90, 40, everyMinutes: 7);
        var (history, now) = Row(track, 39);
        Assert.Multiple(() =>
        {
            for (var step = 1; step <= 18; step++)
            {
                Assert.That(history[(step - 1) * 3], Is.EqualTo(-2f * step).Within(1e-3), $"step {step}");
                Assert.That(history[((step - 1) * 3) + 1], Is.EqualTo(0).Within(1e-3));
                Assert.That(history[((step - 1) * 3) + 2], Is.EqualTo(1));
            }

            Assert.That(now[2], Is.EqualTo(12).Within(1e-4));
            Assert.That(now[3], Is.EqualTo(0).Within(1e-4));
            Assert.That(now[4], Is.EqualTo(1));
            Assert.That((now[5], now[6]), Is.EqualTo(((float)SemidiurnalTide.At(track[39].AtMs).Real, (float)SemidiurnalTide.At(track[39].AtMs).Imaginary)));
        });
    }

    [Test]
    public void One_report_alone_has_no_history()
    {
        var (history, now) = Row([Ways.Straight(57, 11, 10, 0, 1)[0] with { SpeedKnots = null }], 0);
        Assert.Multiple(() =>
        {
            Assert.That(history, Has.All.Zero);
            Assert.That(now[0], Is.EqualTo(57).Within(1e-5));
            Assert.That(now[2..5], Has.All.Zero, "no speed was reported");
        });
    }

    [Test]
    public void A_hole_of_more_than_thirty_minutes_is_unknown_and_a_shorter_one_is_bridged()
    {
        var all = Ways.Straight(50, 0, 12, 0, 19);

        // Without the reports 100 to 40 minutes ago; the one of 20 minutes ago lacks alone.
        TrackPoint[] track = [.. all[..8], .. all[15..16], .. all[17..]];
        var (history, _) = Row(track, track.Length - 1);
        Assert.That(Enumerable.Range(0, 18).Where(step => history[(step * 3) + 2] == 0).Select(step => (step + 1) * 10), Is.EqualTo([40, 50, 60, 70, 80, 90, 100]));
        Assert.That(history[4], Is.EqualTo(-4).Within(1e-3), "20 minutes ago lies between two reports");
    }

    [Test]
    public void What_comes_after_now_is_not_looked_at()
    {
        var track = Ways.Straight(50, 0, 12, 45, 30);
        var (history, now) = Row(track, 20);
        var (known, knownNow) = Row(track[..21], 20);
        Assert.Multiple(() =>
        {
            Assert.That(history, Is.EqualTo(known));
            Assert.That(now, Is.EqualTo(knownNow));
        });
    }

    [Test]
    public void The_antimeridian_is_crossed_like_any_other()
    {
        var (there, _) = Row(Ways.Straight(-17, 179.9, 15, 80, 19), 18);
        var (elsewhere, _) = Row(Ways.Straight(-17, 20, 15, 80, 19), 18);
        for (var at = 0; at < there.Length; at++)
        {
            Assert.That(there[at], Is.EqualTo(elsewhere[at]).Within(1e-4));
        }

        var back = OffsetNm.Between(Position.FromDegrees(0, 179.99), Position.FromDegrees(0, -179.99));
        Assert.That(back.EastNm, Is.EqualTo(1.2).Within(1e-6));
    }

    [TestCase(84.9, true)]
    [TestCase(85.1, false)]
    [TestCase(-90, false)]
    public void Near_a_pole_a_ship_is_refused(double latitude, bool isTaken)
    {
        var batch = new MotionBatch();
        Assert.That(batch.TryAdd([new TrackPoint(0, Position.FromDegrees(latitude, 10), 1, 2)], 0), Is.EqualTo(isTaken));
        Assert.That(batch.Count, Is.EqualTo(isTaken ? 1 : 0));
    }

    [Test]
    public void Dead_reckoning_goes_on_as_in_the_last_thirty_minutes()
    {
        // 6 NM north in the last half hour, after lying still: an hour later 12 NM on.
        var still = Ways.Straight(50, 0, 0, 0, 4);
        TrackPoint[] track = [.. still, .. Enumerable.Range(1, 3).Select(at => new TrackPoint(
            still[3].AtMs + (at * 600_000L), new OffsetNm(0, 2 * at).From(still[3].Place), 3, 180))];
        Assert.Multiple(() =>
        {
            var on = DeadReckoning.OffsetAt(track, 6, TimeSpan.FromHours(1));
            Assert.That(on!.Value.NorthNm, Is.EqualTo(12).Within(1e-4));
            Assert.That(on.Value.EastNm, Is.EqualTo(0).Within(1e-4));
            Assert.That(DeadReckoning.OffsetAt(track, 2, TimeSpan.FromHours(1)), Is.Null, "the track does not reach 30 minutes back");
            Assert.That(DeadReckoning.OffsetAt([track[3], track[6]], 1, TimeSpan.FromHours(1))!.Value.NorthNm, Is.EqualTo(12).Within(1e-4));
        });
    }

    private static (float[] History, float[] Now) Row(TrackPoint[] track, int index)
    {
        var batch = new MotionBatch();
        Assert.That(batch.TryAdd(track, index), Is.True);
        return (batch.History.ToArray(), batch.Now.ToArray());
    }
}
