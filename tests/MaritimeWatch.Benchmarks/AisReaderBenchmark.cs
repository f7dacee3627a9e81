using System.Diagnostics;
using System.Globalization;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Benchmarks;

/// <summary>Reading NMEA and CSV to reports, and decoding to NDJSON, beside string.Split and double.Parse.</summary>
public static class AisReaderBenchmark
{
    private const int Messages = 1_000_000;
    private const string Header =
        "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass\n";

    /// <summary>Measures and prints one row each.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var nmea = Nmea(new Random(1));
        var csv = Csv(new Random(2));
        Row(output, "NMEA to reports", nmea, Read, NaiveNmea);
        Row(output, "CSV to reports", csv, Read, NaiveCsv);
        Row(output, "NMEA to NDJSON", nmea, Decode, null);
    }

    private static void Row(TextWriter output, string what, byte[] data, Func<byte[], long> ours, Func<byte[], long>? naive)
    {
        var (seconds, allocated) = Best(ours, data);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {Messages / seconds / 1e6:F2} M/s | {data.Length / seconds / 1e6:F0} MB/s | {seconds / Messages * 1e9:F0} ns | {allocated / (double)Messages:F1} B |");
        if (naive is not null)
        {
            var (slow, slowAllocated) = Best(naive, data);
            line += string.Create(
                CultureInfo.InvariantCulture,
                $" naive {Messages / slow / 1e6:F2} M/s, {slowAllocated / (double)Messages:F0} B, ratio {slow / seconds:F1} |");
        }

        output.WriteLine(line);
    }

    private static (double Seconds, long Allocated) Best(Func<byte[], long> run, byte[] data)
    {
        var best = double.MaxValue;
        var allocated = 0L;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            if (run(data) != Messages)
            {
                throw new InvalidOperationException("the benchmark lost messages");
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return (best, allocated);
    }

    private static long Read(byte[] data)
    {
        using var stream = new MemoryStream(data);
        var sink = default(CountingSink);
        AisReader.Read(stream, new AisReadOptions { ReceivedAtMs = 1_700_000_000_000 }, ref sink);
        return sink.Positions;
    }

    private static long Decode(byte[] data)
    {
        using var stream = new MemoryStream(data);
        var counts = new AisReadCounts();
        var line = new JsonLine(Stream.Null);
        var handler = new DecodedMessage(line, counts);
        AisReader.Read(stream, new AisReadOptions(), counts, ref handler, default);
        line.Flush();
        return counts.Used;
    }

    private static long NaiveNmea(byte[] data)
    {
        using var reader = new StreamReader(new MemoryStream(data));
        var good = 0L;
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var star = line.IndexOf('*', StringComparison.Ordinal);
            var sum = line[1..star].Aggregate(0, (all, c) => all ^ c);
            var bits = string.Concat(fields[5].Select(c => Convert.ToString((c < 96 ? c - 48 : c - 56) & 63, 2).PadLeft(6, '0')));
            var longitude = Convert.ToInt32(bits.Substring(61, 28), 2) / 600000.0;
            var latitude = Convert.ToInt32(bits.Substring(89, 27), 2) / 600000.0;
            good += sum == Convert.ToInt32(line.Substring(star + 1, 2), 16) && longitude + latitude > -1e9 ? 1 : 0;
        }

        return good;
    }

    private static long NaiveCsv(byte[] data)
    {
        using var reader = new StreamReader(new MemoryStream(data));
        reader.ReadLine();
        var good = 0L;
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var at = DateTime.Parse(fields[1], CultureInfo.InvariantCulture);
            var sum = int.Parse(fields[0], CultureInfo.InvariantCulture) + double.Parse(fields[2], CultureInfo.InvariantCulture)
                + double.Parse(fields[3], CultureInfo.InvariantCulture) + double.Parse(fields[4], CultureInfo.InvariantCulture)
                + double.Parse(fields[5], CultureInfo.InvariantCulture) + double.Parse(fields[6], CultureInfo.InvariantCulture);
            good += at.Year > 0 && sum > 0 ? 1 : 0;
        }

        return good;
    }

    private static byte[] Nmea(Random random)
    {
        var text = new StringBuilder(Messages * 50);
        var payload = new char[28];
        for (var i = 0; i < Messages; i++)
        {
            Array.Fill(payload, '0');
            payload[0] = '1';
            payload[1] = (char)('3' + random.Next(5));
            for (var c = 2; c < 7; c++)
            {
                payload[c] = Armoured(random.Next(64));
            }

            for (var c = 8; c < 28; c++)
            {
                payload[c] = c is 10 or 14 or 15 ? '0' : Armoured(random.Next(16));
            }

            var body = $"AIVDM,1,1,,{(i % 2 == 0 ? 'A' : 'B')},{new string(payload)},0";
            var sum = body.Aggregate(0, (all, c) => all ^ c);
            text.Append(CultureInfo.InvariantCulture, $"!{body}*{sum:X2}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Csv(Random random)
    {
        var text = new StringBuilder(Header, Messages * 120);
        for (var i = 0; i < Messages; i++)
        {
            var vessel = random.Next(20_000);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{367_000_000 + vessel},2024-12-31T{i / 50_000 % 24:D2}:{i % 60:D2}:{i % 59:D2},{random.Next(2_000_000, 5_000_000) / 1e5},-{random.Next(7_000_000, 12_000_000) / 1e5},{random.Next(200) / 10.0:F1},{random.Next(3600) / 10.0:F1},{random.Next(360)},VESSEL {vessel},IMO{9_000_000 + vessel},WD{vessel},70.0,0.0,{100 + (vessel % 100)}.0,20.0,5.{vessel % 10},70.0,A\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static char Armoured(int six) => (char)(six < 40 ? six + 48 : six + 56);

    private struct CountingSink : IAisSink
    {
        public long Positions;

        public void OnPosition(in PositionReport report) => Positions++;

        public void OnStatic(StaticReport report)
        {
        }

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
        }
    }
}
