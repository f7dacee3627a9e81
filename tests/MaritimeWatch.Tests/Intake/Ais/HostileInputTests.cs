using System.Text;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Input that is damaged or means harm.</summary>
public sealed class HostileInputTests
{
    private static readonly string s_good = Sentences.Tagged("c:1700000000", Sentences.Position);

    [Test]
    public void An_empty_file_has_no_lines_and_no_refusal()
    {
        var (counts, sink) = Collector.Read(string.Empty);
        Assert.That((counts.Lines, sink.Calls.Count), Is.EqualTo((0L, 0)));
    }

    [TestCase("hello world\nthis is prose\n")]
    [TestCase("a,b,c\n1,2,3\n")]
    [TestCase("time,value,other,more,columns\n2020,1,2,3,4\n")]
    [TestCase("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR")]
    public void What_is_no_ais_is_one_refusal(string text)
    {
        var (counts, sink) = Collector.Read(text);
        Assert.That((counts.Refused, counts.RefusedFor(IntakeFault.FormatUnknown)), Is.EqualTo((1L, 1L)));
        Assert.That(sink.Refusals, Has.Count.EqualTo(1));
    }

    [TestCase("!AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0*31", IntakeFault.ChecksumWrong)]
    [TestCase("!AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0", IntakeFault.ChecksumWrong)]
    [TestCase("!AIVDM,1,1,,A,15N1u<PP1FJuv", IntakeFault.ChecksumWrong)]
    [TestCase("\\c:1700000000*00\\!AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0*30", IntakeFault.ChecksumWrong)]
    [TestCase("\\c:1700000000\\!AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0*30", IntakeFault.ChecksumWrong)]
    [TestCase("\\c:17000000", IntakeFault.Malformed)]
    [TestCase("$PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62*27", IntakeFault.ChecksumWrong)]
    [TestCase("AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0*30", IntakeFault.Malformed)]
    [TestCase("plain words", IntakeFault.Malformed)]
    [TestCase("!AIVDM,1,1,,A,15N1\0<PP1FJuvSRHOE6QIwwh0HQ6,0*30", IntakeFault.Binary)]
    [TestCase("\u0001\u0002\u00ff\u00fe", IntakeFault.Binary)]
    public void A_damaged_line_is_refused_for_its_reason_and_the_next_is_used(string line, IntakeFault fault)
    {
        var (counts, sink) = Collector.Read(s_good + "\n" + line + "\n" + s_good + "\n");
        Assert.That(sink.Refusals.Select(r => r.Refusal.Fault), Is.EqualTo(new[] { fault }));
        Assert.That(sink.Refusals[0].Refusal.Offset, Is.EqualTo(s_good.Length + 1));
        Assert.That(sink.Refusals[0].Refusal.LineNumber, Is.EqualTo(2));
        Assert.That(sink.Positions, Has.Count.EqualTo(2));
        Assert.That(counts.Lines, Is.EqualTo(3));
    }

    [TestCase("!AIVDM,1,1,,A,,0", IntakeFault.TooShort)]
    [TestCase("!AIVDM,1,1,,A,15N1u<PP1F,0", IntakeFault.TooShort)]
    [TestCase("!AIVDM,1,1,,A,05N1u<PP1FJuvSRHOE6QIwwh0HQ6,0", IntakeFault.TypeUnknown)]
    [TestCase("!AIVDM,1,1,,A,w5N1u<PP1FJuvSRHOE6QIwwh0HQ6,0", IntakeFault.TypeUnknown)]
    [TestCase("!AIVDM,1,1,,A,1[]{}<PP1FJuvSRHOE6QIwwh0HQ6,0", IntakeFault.Malformed)]
    [TestCase("!AIVDM,1,2,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0", IntakeFault.Malformed)]
    [TestCase("!AIVDM,0,0,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0", IntakeFault.Malformed)]
    [TestCase("!AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,7", IntakeFault.Malformed)]
    [TestCase("!AIVDM,1,1", IntakeFault.Malformed)]
    [TestCase("!AIVDM,2,2,5,A,00000000008,2", IntakeFault.PartMissing)]
    public void A_sentence_with_a_right_checksum_can_still_be_wrong(string body, IntakeFault fault)
    {
        var (_, sink) = Collector.Read(s_good + "\n" + Sentences.Sum(body));
        Assert.That(sink.Refusals.Select(r => r.Refusal.Fault), Is.EqualTo(new[] { fault }));
    }

    [Test]
    public void A_line_without_end_is_refused_once_in_bounded_memory()
    {
        var endless = new byte[5_000_000];
        Array.Fill(endless, (byte)'A');
        byte[] bytes = [.. Encoding.ASCII.GetBytes(s_good + "\n"), .. endless, .. Encoding.ASCII.GetBytes("\r\n" + s_good)];
        var (counts, sink) = Collector.Read(bytes);
        Assert.That(counts.RefusedFor(IntakeFault.LineTooLong), Is.EqualTo(1));
        Assert.That(sink.Refusals[0].Refusal.Length, Is.EqualTo(endless.Length));
        Assert.That(sink.Refusals[0].Bytes, Has.Length.EqualTo(8192));
        Assert.That(sink.Positions, Has.Count.EqualTo(2));
        Assert.That(sink.Positions[1].Offset, Is.EqualTo(bytes.Length - s_good.Length));
    }

    [TestCase(8192, 0)]
    [TestCase(8193, 1)]
    public void A_line_may_have_8_kB(int length, int tooLong)
    {
        var text = s_good + "\n#" + new string('x', length - 1) + "\r\n" + s_good;
        Assert.That(Collector.Read(text).Counts.RefusedFor(IntakeFault.LineTooLong), Is.EqualTo(tooLong));
    }

    [Test]
    public void A_byte_order_mark_and_dos_line_ends_change_nothing()
    {
        var (counts, sink) = Collector.Read([0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(s_good + "\r\n" + s_good + "\r\n")]);
        Assert.That(sink.Positions.Select(p => p.Offset), Is.EqualTo(new[] { 3L, 3 + s_good.Length + 2 }));
        Assert.That(sink.Positions.All(p => p.Length == s_good.Length));
        Assert.That(counts.Refused, Is.Zero);
    }

    [Test]
    public void Comments_blank_lines_and_other_sentences_are_ignored()
    {
        var (counts, _) = Collector.Read($"# note\n\n  \n$GPGGA,1,2*00\n!AIABM,1*00\n{s_good}\n");
        Assert.That((counts.Lines, counts.Ignored, counts.Used), Is.EqualTo((6L, 5L, 1L)));
    }

    [Test]
    public void A_header_alone_is_a_csv_file_without_rows()
    {
        var (counts, _) = Collector.Read(Sentences.MarineCadastre + "\n");
        Assert.That((counts.Dialect, counts.Lines, counts.Ignored), Is.EqualTo((AisDialect.Csv, 1L, 1L)));
    }

    [Test]
    public void A_row_with_a_thousand_fields_and_a_quote_that_never_closes_are_malformed()
    {
        var (counts, _) = Collector.Read(
            Sentences.MarineCadastre + "\n" + new string(',', 1000) + "\n368324460,\"2024-12-31T00:16:09,1,2,3\n");
        Assert.That(counts.RefusedFor(IntakeFault.Malformed), Is.EqualTo(2));
    }

    [Test]
    public void A_header_with_a_thousand_fields_is_not_recognised()
    {
        var (counts, _) = Collector.Read("mmsi,time,lat,lon,sog" + new string(',', 1000) + "\n");
        Assert.That(counts.RefusedFor(IntakeFault.FormatUnknown), Is.EqualTo(1));
    }

    [Test]
    public void Nul_bytes_in_a_row_are_binary()
    {
        var row = "368324460,2024-12-31T00:16:09,29.1,-90.2,0.0,160.0,339,HOS\0BERETTA,,,,,,,,,A";
        var (counts, _) = Collector.Read(Sentences.MarineCadastre + "\n" + row + "\n");
        Assert.That(counts.RefusedFor(IntakeFault.Binary), Is.EqualTo(1));
    }
}
