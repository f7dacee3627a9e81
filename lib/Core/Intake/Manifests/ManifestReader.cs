using System.Text;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>Reads a manifest file of any form that is taken: CUSCAR (EDIFACT) or JSON by our schema.</summary>
public static class ManifestReader
{
    /// <summary>Defects kept of one file; more are only counted.</summary>
    public const int DefectsMax = 1_000;

    /// <summary>The largest file by default, unpacked: 16 MiB.</summary>
    public const int BytesMax = 16 << 20;

    private const int HeadBytes = 64 * 1024;

    /// <summary>Reads a file; never throws for what is in it.</summary>
    /// <param name="content">Its bytes, unpacked.</param>
    /// <param name="bytesMax">The largest that is taken.</param>
    public static ManifestReading Read(ReadOnlyMemory<byte> content, int bytesMax = BytesMax)
    {
        if (content.Length > bytesMax)
        {
            return Refused(ManifestFault.TooLarge, FormattableString.Invariant($"it has {content.Length:N0} bytes; at most {bytesMax:N0} are taken"));
        }

        var span = content.Span;
        if (span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            span = span[3..];
        }

        var head = span.TrimStart(" \t\r\n"u8);
        if (head.IsEmpty)
        {
            return Refused(ManifestFault.Empty, "it is empty");
        }

        return head[0] switch
        {
            (byte)'{' => JsonManifestReader.Read(content),
            (byte)'[' => Refused(ManifestFault.NotAManifest, "a JSON manifest is one object, and this is an array"),
            (byte)'<' => Xml(head),
            _ when IsEdifact(head) => CuscarReader.Read(content),
            _ when LooksBinary(head) => Refused(ManifestFault.Binary, "it is binary, neither EDIFACT nor JSON"),
            _ => Refused(ManifestFault.FormatUnknown, "it begins neither with UNA, UNB or UNH (EDIFACT) nor with { (JSON)"),
        };
    }

    internal static ManifestReading Refused(ManifestFault fault, string text) => new() { Fault = fault, FaultText = text };

    private static bool IsEdifact(ReadOnlySpan<byte> head) =>
        head.StartsWith("UNA"u8) || head.StartsWith("UNB"u8) || head.StartsWith("UNG"u8) || head.StartsWith("UNH"u8);

    private static bool LooksBinary(ReadOnlySpan<byte> head)
    {
        head = head[..Math.Min(head.Length, 4096)];
        var strange = 0;
        foreach (var b in head)
        {
            strange += b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n') ? 1 : 0;
        }

        return head.Contains((byte)0) || strange * 20 > head.Length;
    }

    // No XML reader is ever put on it: a look at the first bytes is enough to refuse it.
    private static ManifestReading Xml(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head[..Math.Min(head.Length, HeadBytes)]);
        var dtd = text.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        if (dtd < 0)
        {
            return Refused(ManifestFault.Xml, "it is XML; this door takes CUSCAR (EDIFACT) and JSON");
        }

        var name = new string([.. text[(dtd + 9)..].TrimStart().TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':' or '.').Take(64)]);
        var line = text.AsSpan(0, dtd).Count('\n') + 1;
        return Refused(
            ManifestFault.XmlWithDtd,
            FormattableString.Invariant(
                $"it is XML with a document type definition (DOCTYPE {name}, line {line}), which is never read; this door takes CUSCAR (EDIFACT) and JSON"));
    }
}
