using System.Buffers;

namespace MaritimeWatch.Intake.Ais;

/// <summary>What sort of bytes a line is made of.</summary>
internal static class Text
{
    private static readonly SearchValues<byte> s_binary = MakeBinary();

    /// <summary>Letters, digits and the dash that some receivers put in the place of the talker.</summary>
    public static SearchValues<byte> AddressCharacters { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    /// <summary>Printable ASCII and tabs only.</summary>
    public static bool IsPrintable(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0 || IsPrintableWithTabs(bytes);

    /// <summary>No control characters but tabs: text in some encoding.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(s_binary) < 0;

    private static bool IsPrintableWithTabs(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b is not ((>= 0x20 and <= 0x7E) or (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }

    private static SearchValues<byte> MakeBinary()
    {
        var bytes = new List<byte>();
        for (byte b = 0; b < 0x20; b++)
        {
            if (b != '\t')
            {
                bytes.Add(b);
            }
        }

        bytes.Add(0x7F);
        return SearchValues.Create([.. bytes]);
    }
}
