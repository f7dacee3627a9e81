using System.Buffers.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// A <c>$PGHP</c> line: a receiver network's time for the sentence that follows
/// (<c>$PGHP,1,year,month,day,hour,minute,second,millisecond,...*hh</c>).
/// </summary>
internal static class WrapperLine
{
    /// <summary>Whether a line is one.</summary>
    public static bool Is(ReadOnlySpan<byte> line) => line.StartsWith("$PGHP,"u8);

    /// <summary>Reads its time after verifying its checksum.</summary>
    /// <param name="line">The line.</param>
    /// <param name="atMs">The time, when null is returned.</param>
    public static IntakeFault? Read(ReadOnlySpan<byte> line, out long atMs)
    {
        atMs = Instants.None;
        var star = line.LastIndexOf((byte)'*');
        if (star < 0 || star + 3 > line.Length
            || Armour.Hex(line[star + 1], line[star + 2]) != Armour.Checksum(line[1..star]))
        {
            return IntakeFault.ChecksumWrong;
        }

        Span<int> fields = stackalloc int[8];
        var rest = line[6..star];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!Utf8Parser.TryParse(rest, out fields[i], out var used) || used >= rest.Length || rest[used] != ',')
            {
                return IntakeFault.Malformed;
            }

            rest = rest[(used + 1)..];
        }

        var at = CivilTime.ToMs(fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
        if (at == Instants.None || !CivilTime.IsPlausible(at) || fields[7] is < 0 or > 999)
        {
            return IntakeFault.TimeInvalid;
        }

        atMs = at + fields[7];
        return null;
    }
}
