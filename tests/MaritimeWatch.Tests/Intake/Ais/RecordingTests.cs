namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>The real recordings beside the repository.</summary>
public sealed class RecordingTests
{
    // path, positions at least, share of lines used at least: a reader that understood nothing would fail here.
    [TestCase("csv/baltic_2018_20k.csv", 19_000, 0.99)]
    [TestCase("csv/marinecadastre_2024-12-31_sample.csv", 19_000, 0.99)]
    [TestCase("csv/noaa_one_track.csv", 990, 0.99)]
    [TestCase("tracks/brest_2017_10min.csv", 46_000, 0.99)]
    [TestCase("tracks/kattegat_2025_1min.csv", 29_000, 0.99)]
    [TestCase("tracks/sfbay_fishing_2020.csv", 47_000, 0.99)]
    [TestCase("tracks/singapore_tankers_2013.csv", 85_000, 0.99)]
    [TestCase("tracks/hampton_roads_4h.csv", 0, 0.99)]
    [TestCase("identity/338013000.json", 1_000, 0.99)]
    [TestCase("nmea/denmark_20131112_first_half.nmea", 10_000, 0.95)]
    [TestCase("nmea/stoc_marcia_no_drift.nmea", 2_500, 0.95)]
    [TestCase("nmea/stream_example.txt", 3_000, 0.95)]
    [TestCase("nmea/Ais1000Lines.nm4", 700, 0.75)]
    [TestCase("nmea/test_data_20211101.nm4", 500, 0.95)]
    [TestCase("nmea/test_data_201201.nmea", 5, 0.75)]
    [TestCase("nmea/test.aivdm", 50, 0.6)]
    [TestCase("nmea/nais400-merrimac.log", 0, 0.85)]
    [TestCase("nmea/nmea_data_sample.txt", 0, 0.4)]
    [TestCase("nmea/decode_encode_messages.txt", 0, 0.95)]
    [TestCase("nmea/small_example.txt", 0, 1)]
    [TestCase("nmea/sample.aivdm", 0, 0.08)]
    [TestCase("nmea/tagblock.nmea", 3, 1)]
    public void A_real_recording_is_read_and_every_line_is_accounted_for(string file, int positionsMin, double usedMin)
    {
        var bytes = File.ReadAllBytes(SharedData.Require("ais/" + file));
        var (counts, sink) = Collector.Read(bytes);

        var lines = bytes.Count(b => b == '\n') + (bytes[^1] == '\n' ? 0 : 1);
        TestContext.Out.WriteLine(
            $"{file}: {counts.Dialect} lines {counts.Lines} used {counts.Used} refused {counts.Refused} ignored "
            + $"{counts.Ignored} no_time {counts.NoTime} positions {counts.Positions} statics {counts.Statics} (+{counts.StaticsUnchanged})"
            + string.Concat(sink.Refusals.GroupBy(r => r.Refusal.Fault).Select(g => $" {g.Key}:{g.Count()}")));
        Assert.That(counts.Lines, Is.EqualTo(lines));
        Assert.That(sink.Positions, Has.Count.GreaterThanOrEqualTo(positionsMin));
        Assert.That(counts.Used, Is.GreaterThanOrEqualTo(usedMin * lines));
        Assert.That(sink.Refusals, Has.Count.EqualTo(counts.Refused));
        foreach (var (refusal, kept) in sink.Refusals)
        {
            Assert.That(bytes.AsSpan((int)refusal.Offset, refusal.Length).SequenceEqual(kept), "the bytes can be found again");
        }
    }
}
