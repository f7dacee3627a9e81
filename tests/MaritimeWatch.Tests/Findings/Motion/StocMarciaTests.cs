using MaritimeWatch.Tests.Intake.Ais;

namespace MaritimeWatch.Tests.Findings.Motion;

internal sealed class StocMarciaTests
{
    [Test]
    public void Stoc_Marcia_on_the_second_of_October_2014_raises_no_drift_and_no_alarm()
    {
        var (_, sink) = Collector.Read(File.ReadAllBytes(SharedData.Require("ais/nmea/stoc_marcia_no_drift.nmea")));
        var traffic = new Traffic();
        traffic.Reports.AddRange(sink.Positions);
        traffic.Statics.AddRange(sink.Statics);
        using var run = FoldRun.Replay(traffic, new TestReference());
        Assert.Multiple(() =>
        {
            Assert.That(sink.Positions, Has.Count.GreaterThan(2000), "a test of nothing proves nothing");
            Assert.That(run.Of("drift"), Is.Empty);
            Assert.That(run.Revisions.Where(r => r.Text("severity") is "medium" or "high"), Is.Empty);
        });
    }
}
