using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Time, source, parts and offsets of NMEA lines.</summary>
public sealed class NmeaTests
{
    private const long Noon = 1_700_000_000_000;

    [Test]
    public void The_tag_block_s_time_goes_before_the_wrapper_s_and_that_before_the_trailing_one()
    {
        var wrapper = Sentences.Sum("$PGHP,1,2013,11,12,12,0,1,250,219,,2190067,1,62");
        var trailing = Sentences.Position + ",r003669946,1325394001";
        var all = Collector.Read($"{wrapper}\n{Sentences.Tagged("c:1700000000", trailing)}\n{wrapper}\n{trailing}\n{trailing}\n").Sink;

        Assert.That(all.Positions.Select(p => p.EventAtMs), Is.EqualTo(new[] { Noon, 1_384_257_601_250, 1_325_394_001_000 }));
        Assert.That(all.Positions.All(p => p.Traits == ReportTraits.None));
    }

    [TestCase("c:1700000000")]
    [TestCase("c:1700000000000")]
    [TestCase("s:r1,c:1700000000,T:2023")]
    public void A_tag_time_is_seconds_or_milliseconds(string tag)
    {
        var (_, sink) = Collector.Read(Sentences.Tagged(tag, Sentences.Position));
        Assert.That(sink.Positions.Single().EventAtMs, Is.EqualTo(Noon));
    }

    [Test]
    public void An_untimed_line_is_counted_and_not_sent()
    {
        var (counts, sink) = Collector.Read(Sentences.Position);
        Assert.Multiple(() =>
        {
            Assert.That((counts.Used, counts.NoTime), Is.EqualTo((1L, 1L)));
            Assert.That(sink.Calls, Is.Empty);
        });
    }

    [Test]
    public void An_untimed_line_takes_the_time_of_arrival_where_there_is_one()
    {
        var (counts, sink) = Collector.Read(Sentences.Position, new AisReadOptions { ReceivedAtMs = Noon });
        Assert.That(sink.Positions.Single().EventAtMs, Is.EqualTo(Noon));
        Assert.That(sink.Positions.Single().Traits, Is.EqualTo(ReportTraits.TimeAssumed));
        Assert.That(counts.NoTime, Is.Zero);
    }

    [Test]
    public void Untimed_lines_take_the_start_and_only_base_stations_move_it_on_and_never_back()
    {
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] lines =
        [
            Sentences.Position, Sentences.Base(start.AddMinutes(5)), Sentences.Position,
            Sentences.Base(start.AddMinutes(2)), Sentences.Position, Sentences.Base(start.AddYears(3)), Sentences.Position,
            Sentences.Base(start.AddHours(5)), Sentences.Position, Sentences.Base(start.AddHours(5).AddSeconds(10)), Sentences.Position,
        ];
        var startMs = new DateTimeOffset(start).ToUnixTimeMilliseconds();
        var (_, sink) = Collector.Read(string.Join('\n', lines), new AisReadOptions { StartAtMs = startMs });

        var minutes = sink.Positions.Where(p => p.MessageType == 1).Select(p => (p.EventAtMs - startMs) / 1000.0 / 60);
        Assert.That(minutes, Is.EqualTo(new[] { 0, 5, 5, 5, 5, 300 + (1.0 / 6) }).Within(1e-9));
    }

    [Test]
    public void A_tag_source_names_the_source_and_one_that_begins_with_SIM_is_simulated()
    {
        var options = new AisReadOptions { SourceName = "door" };
        var (_, sink) = Collector.Read(
            Sentences.Tagged("s:rA,c:1700000000", Sentences.Position) + "\n"
            + Sentences.Tagged("s:SIM7,c:1700000000", Sentences.Position) + "\n"
            + Sentences.Tagged("c:1700000000", Sentences.Position),
            options);
        Assert.That(string.Join(' ', sink.Positions.Select(p => options.Sources.Names[p.SourceIndex])), Is.EqualTo("rA SIM7 door"));
        Assert.That(string.Join(' ', sink.Positions.Select(p => p.Traits)), Is.EqualTo("None Simulated None"));
    }

    [Test]
    public void A_tag_block_on_a_line_of_its_own_speaks_of_the_next_sentence_only()
    {
        var (counts, sink) = Collector.Read(
            Sentences.Tagged("c:1700000000", string.Empty) + "\n" + Sentences.Position + "\n" + Sentences.Position);
        Assert.That(sink.Positions, Has.Count.EqualTo(1));
        Assert.That((counts.Used, counts.NoTime), Is.EqualTo((3L, 1L)));
    }

    [Test]
    public void More_than_a_thousand_sources_are_other()
    {
        var table = new SourceTable();
        for (var i = 0; i < 3000; i++)
        {
            table.IndexOf($"r{i}");
        }

        Assert.That(table.Names, Has.Count.EqualTo(SourceTable.NamesMax + 1));
        Assert.That(table.Names[table.IndexOf("r2999")], Is.EqualTo("other"));
        Assert.That(table.Names[table.IndexOf("r7")], Is.EqualTo("r7"));
    }

    [Test]
    public void Parts_that_other_lines_come_between_make_one_message_and_its_range_covers_them()
    {
        var text = Sentences.Tagged("c:1700000000", Sentences.PartOne) + "\r\n" + Sentences.NoPosition + "\r\n"
            + Sentences.PartTwo + "\r\n";
        var (counts, sink) = Collector.Read(text);
        var report = sink.Statics.Single();
        Assert.Multiple(() =>
        {
            Assert.That((report.Name, report.CallSign, report.EventAtMs), Is.EqualTo(("ROSINANTE", "XPD5019", Noon)));
            Assert.That(report.Offset, Is.Zero);
            Assert.That(report.Length, Is.EqualTo(text.Length - 2));
            Assert.That(counts.Used, Is.EqualTo(3));
        });
    }

    [Test]
    public void A_later_part_finds_its_message_by_its_tag_group_where_it_names_no_source()
    {
        var text = Sentences.Tagged("g:1-2-77,s:rX,c:1700000000", Sentences.PartOne) + "\n"
            + Sentences.Tagged("g:2-2-77", Sentences.PartTwo);
        Assert.That(Collector.Read(text).Sink.Statics.Single().Name, Is.EqualTo("ROSINANTE"));
    }

    [Test]
    public void Parts_of_two_sources_are_never_joined()
    {
        var text = Sentences.Tagged("s:rX,c:1700000000", Sentences.PartOne) + "\n"
            + Sentences.Tagged("s:rY,c:1700000000", Sentences.PartTwo);
        var (_, sink) = Collector.Read(text);
        Assert.That(sink.Statics, Is.Empty);
        Assert.That(sink.Refusals.Select(r => r.Refusal.Fault), Is.All.EqualTo(IntakeFault.PartMissing));
        Assert.That(sink.Refusals, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_part_whose_other_never_comes_is_refused_with_its_bytes_after_a_bounded_wait()
    {
        var text = Sentences.PartOne + "\n" + string.Concat(Enumerable.Repeat("# quiet\n", 3000)) + Sentences.PartTwo + "\n";
        var (counts, sink) = Collector.Read(text);
        Assert.That(counts.RefusedFor(IntakeFault.PartMissing), Is.EqualTo(2));
        Assert.That(Encoding.ASCII.GetString(sink.Refusals[0].Bytes), Is.EqualTo(Sentences.PartOne));
    }

    [Test]
    public void A_timed_part_waits_no_longer_than_a_minute()
    {
        string Read(int second) => Sentences.Tagged("c:1700000000", Sentences.PartOne) + "\n"
            + Sentences.Tagged($"c:{1_700_000_000 + second}", Sentences.PartTwo);
        Assert.That(Collector.Read(Read(60)).Sink.Statics, Has.Count.EqualTo(1));
        Assert.That(Collector.Read(Read(61)).Counts.RefusedFor(IntakeFault.PartMissing), Is.EqualTo(2));
    }

    [Test]
    public void A_flood_of_first_parts_is_bounded_and_every_one_is_refused()
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(i =>
            Sentences.Tagged($"s:r{i}", Sentences.Sum("!AIVDM,2,1,3,A,53@o0E000001Q0CG37U8u<Tp4q@D,0")) + "\n"));
        var (counts, sink) = Collector.Read(text);
        Assert.That(counts.RefusedFor(IntakeFault.PartMissing), Is.EqualTo(500));
        Assert.That(sink.Refusals[0].Refusal.LineNumber, Is.EqualTo(1), "the oldest goes first");
    }

    [Test]
    public void The_same_static_data_are_sent_once()
    {
        var pair = Sentences.Tagged("c:1700000000", Sentences.PartOne) + "\n" + Sentences.PartTwo + "\n";
        var (counts, sink) = Collector.Read(pair + pair + pair);
        Assert.That(sink.Statics, Has.Count.EqualTo(1));
        Assert.That(counts.StaticsUnchanged, Is.EqualTo(2));
    }

    [Test]
    public void Latitude_91_is_no_position_and_latitude_95_is_a_wrong_one()
    {
        var none = Sentences.Tagged("c:1700000000", Sentences.ClassA(219000001, 181 * 600_000, 91 * 600_000));
        var wrong = Sentences.Tagged("c:1700000000", Sentences.ClassA(219000001, 0, 95 * 600_000));
        var (counts, sink) = Collector.Read(none + "\n" + wrong);
        Assert.That(sink.Positions, Is.Empty);
        Assert.That((counts.Used, counts.RefusedFor(IntakeFault.PositionInvalid)), Is.EqualTo((1L, 1L)));
    }

    [TestCase(0)]
    [TestCase(1_000_000_000)]
    public void An_mmsi_of_zero_or_of_ten_digits_is_refused(int mmsi)
    {
        var (counts, _) = Collector.Read(Sentences.Tagged("c:1700000000", Sentences.ClassA(mmsi, 0, 0)));
        Assert.That(counts.RefusedFor(IntakeFault.IdentityInvalid), Is.EqualTo(1));
    }

    [Test]
    public void A_position_comes_out_as_it_went_in()
    {
        var line = Sentences.Tagged("c:1700000000", Sentences.ClassA(219000001, -6_300_001, 33_333_333));
        var report = Collector.Read(line).Sink.Positions.Single();
        Assert.Multiple(() =>
        {
            Assert.That(report.Vessel, Is.EqualTo(VesselId.FromMmsi(219000001)));
            Assert.That(report.Position, Is.EqualTo(new Position(555_555_550, -105_000_017)));
            Assert.That((report.SpeedDeciKnots, report.CourseDeciDegrees, report.HeadingDegrees), Is.EqualTo(((short)100, (short)900, (short)90)));
            Assert.That((report.Offset, report.Length), Is.EqualTo((0L, (ushort)line.Length)));
        });
    }
}
