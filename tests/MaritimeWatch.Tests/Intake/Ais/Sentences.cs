using System.Globalization;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Sentences and rows for tests, with right checksums.</summary>
internal static class Sentences
{
    /// <summary>A class A position near Boston.</summary>
    public const string Position = "!AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0*30";

    /// <summary>A base station without a position.</summary>
    public const string NoPosition = "!AIVDM,1,1,,A,403Ovl@000Htt<tSF0l4Q@100`Pq,0*28";

    /// <summary>The parts of a type 5.</summary>
    public const string PartOne = "!AIVDM,2,1,6,A,53@o0E000001Q0CG37U8u<Tp4q@D00000000000018330400000000000000,0*63";

    public const string PartTwo = "!AIVDM,2,2,6,A,00000000008,2*2A";

    public const string MarineCadastre =
        "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass";

    /// <summary>Adds the checksum to what stands between the first character and the star.</summary>
    public static string Sum(string body)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(body[1..]);
        return body + "*" + Armour.Checksum(bytes).ToString("X2", CultureInfo.InvariantCulture);
    }

    /// <summary>A line with a TAG block before it.</summary>
    public static string Tagged(string tag, string sentence) => Sum("\\" + tag) + "\\" + sentence;

    /// <summary>Packs fields (value, bits) into a one-part sentence.</summary>
    public static string Pack(params (long Value, int Bits)[] fields)
    {
        var bits = new System.Text.StringBuilder();
        foreach (var (value, count) in fields)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                bits.Append(((value >> i) & 1) == 1 ? '1' : '0');
            }
        }

        var fill = (6 - (bits.Length % 6)) % 6;
        bits.Append('0', fill);
        var payload = new System.Text.StringBuilder();
        for (var i = 0; i < bits.Length; i += 6)
        {
            var six = Convert.ToInt32(bits.ToString(i, 6), 2);
            payload.Append((char)(six < 40 ? six + 48 : six + 56));
        }

        return Sum(string.Create(CultureInfo.InvariantCulture, $"!AIVDM,1,1,,B,{payload},{fill}"));
    }

    /// <summary>A class A position in 1/10,000 minutes, as on the air.</summary>
    public static string ClassA(int mmsi, int longitude, int latitude) => Pack(
        (1, 6), (0, 2), (mmsi, 30), (0, 4), (0, 8), (100, 10), (0, 1), (longitude, 28), (latitude, 27), (900, 12), (90, 9),
        (10, 6), (0, 2), (0, 3), (0, 1), (0, 19));

    /// <summary>A base station's time at a valid place.</summary>
    public static string Base(DateTime utc) => Pack(
        (4, 6), (0, 2), (2190047, 30), (utc.Year, 14), (utc.Month, 4), (utc.Day, 5), (utc.Hour, 5), (utc.Minute, 6),
        (utc.Second, 6), (0, 1), (7_000_000, 28), (33_000_000, 27), (1, 4), (0, 10), (0, 1), (0, 19));
}
