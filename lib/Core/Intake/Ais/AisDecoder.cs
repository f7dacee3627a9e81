using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>AIS messages by ITU-R M.1371-5 annex 8, from bits to fields.</summary>
public static partial class AisDecoder
{
    // The shortest message that still holds every field that matters: real transponders cut the tail (type 5 in 422
    // bits, type 24 part A in 158), and a field past the end is then null.
    private static ReadOnlySpan<short> BitsMin =>
    [
        0, 149, 149, 149, 149, 420, 38, 38, 38, 148, 38, 149, 38, 38, 38, 38, 38, 38, 148, 301, 38, 270, 38, 38, 100,
        38, 38, 95,
    ];

    /// <summary>Decodes one armoured payload.</summary>
    /// <param name="payload">The payload field of the sentence (or of all its parts, one after the other).</param>
    /// <param name="fillBits">The fill bits of the last part, 0 to 5.</param>
    /// <param name="fault">Why there is no message, when null is returned.</param>
    public static AisMessage? Decode(ReadOnlySpan<byte> payload, int fillBits, out IntakeFault fault)
    {
        Span<byte> packed = stackalloc byte[Armour.PackedMax];
        fault = IntakeFault.Malformed;
        if (fillBits is < 0 or > 5 || !Armour.TryUnpack(payload, fillBits, packed, out var count))
        {
            return null;
        }

        var bits = new AisBits(packed, count);
        if (Check(bits) is { } found)
        {
            fault = found;
            return null;
        }

        var type = bits.MessageType;
        var baseTime = type is 4 or 11 ? BaseTimeMs(bits) : Instants.None;
        return new AisMessage(
            type,
            bits.Repeat,
            bits.Mmsi,
            HasMotion(type) ? Motion(bits) : null,
            HasParticulars(type) ? Particulars(bits) : null,
            baseTime == Instants.None ? null : baseTime);
    }

    /// <summary>Why a message cannot be decoded, or null: no such type, or too short for its type.</summary>
    public static IntakeFault? Check(AisBits bits)
    {
        if (bits.Count < 38)
        {
            return IntakeFault.TooShort;
        }

        var type = bits.MessageType;
        if (type is 0 or > 27)
        {
            return IntakeFault.TypeUnknown;
        }

        return bits.Count < BitsMin[type] ? IntakeFault.TooShort : null;
    }

    /// <summary>Whether a type carries a position.</summary>
    public static bool HasMotion(int messageType) => messageType is (>= 1 and <= 4) or 9 or 11 or 18 or 19 or 21 or 27;

    /// <summary>Whether a type carries static data.</summary>
    public static bool HasParticulars(int messageType) => messageType is 5 or 19 or 21 or 24;

    /// <summary>The UTC of a base station (types 4 and 11), or <see cref="Instants.None"/> where it is no real time.</summary>
    public static long BaseTimeMs(AisBits bits)
    {
        int year = (int)bits.Field(38, 14), month = (int)bits.Field(52, 4), day = (int)bits.Field(56, 5);
        int hour = (int)bits.Field(61, 5), minute = (int)bits.Field(66, 6), second = (int)bits.Field(72, 6);
        return CivilTime.ToMs(year, month, day, hour, minute, second);
    }

    private static int? NullIf(int value, int notAvailable) => value == notAvailable ? null : value;
}
