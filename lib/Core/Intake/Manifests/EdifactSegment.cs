using System.Globalization;
using System.Text;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>
/// One segment as it stands in the reader's buffer, good until the next read. Elements and components count from 0
/// after the tag: in <c>LOC+9+SEGOT:139:6'</c> <c>Text(0)</c> is 9 and <c>Text(1, 2)</c> is 6.
/// </summary>
public readonly ref struct EdifactSegment
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> bytes;
    private readonly ReadOnlySpan<EdifactPart> parts;
    private readonly EdifactSyntax syntax;

    internal EdifactSegment(ReadOnlySpan<byte> bytes, ReadOnlySpan<EdifactPart> parts, EdifactSyntax syntax, SegmentPlace place)
    {
        this.bytes = bytes;
        this.parts = parts;
        this.syntax = syntax;
        Place = place;
    }

    /// <summary>Where it stands.</summary>
    public SegmentPlace Place { get; }

    /// <summary>Its tag: <c>LOC</c>.</summary>
    public string Tag => Place.Tag;

    /// <summary>How many elements follow the tag.</summary>
    public int ElementCount => parts.Length == 0 ? 0 : parts[^1].Element;

    /// <summary>Its bytes, without the terminator.</summary>
    public ReadOnlySpan<byte> Raw => bytes;

    /// <summary>A component as text, trimmed and without release characters; empty where it is absent.</summary>
    /// <param name="element">From 0, after the tag.</param>
    /// <param name="component">From 0.</param>
    public string Text(int element, int component = 0)
    {
        foreach (var part in parts)
        {
            if (part.Element == element + 1 && part.Component == component)
            {
                return TextOf(bytes.Slice(part.Start, part.Length)).Trim();
            }
        }

        return string.Empty;
    }

    /// <summary>All components of an element that say something, in order.</summary>
    /// <param name="element">From 0, after the tag.</param>
    public IReadOnlyList<string> Texts(int element)
    {
        List<string> texts = [];
        foreach (var part in parts)
        {
            if (part.Element == element + 1 && TextOf(bytes.Slice(part.Start, part.Length)).Trim() is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>A component as a number; null where it is absent or no number.</summary>
    /// <param name="element">From 0, after the tag.</param>
    /// <param name="component">From 0.</param>
    public decimal? Number(int element, int component = 0)
    {
        var text = Text(element, component);
        if (syntax.DecimalMark == (byte)',')
        {
            text = text.Replace(',', '.');
        }

        return decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private string TextOf(ReadOnlySpan<byte> part)
    {
        if (syntax.HasRelease && part.Contains(syntax.Release))
        {
            var plain = new byte[part.Length];
            var length = 0;
            for (var i = 0; i < part.Length; i++)
            {
                if (part[i] == syntax.Release && i + 1 < part.Length)
                {
                    i++;
                }

                plain[length++] = part[i];
            }

            return Decode(plain.AsSpan(0, length));
        }

        return Decode(part);
    }

    // UNOA to UNOC, UNOW and UNOY: whatever is sound UTF-8 is that, all else Latin-1. No sender's label is trusted.
    private static string Decode(ReadOnlySpan<byte> part)
    {
        try
        {
            return StrictUtf8.GetString(part);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(part);
        }
    }
}

/// <summary>Where a segment stands in its file.</summary>
/// <param name="Number">Number in the file, from 1; service segments count, UNA does not.</param>
/// <param name="InMessage">Number in its message, UNH being 1, as UNT counts; 0 outside a message.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Offset">Where its tag begins, bytes from 0.</param>
public readonly record struct SegmentPlace(int Number, int InMessage, string Tag, int Line, long Offset);

/// <summary>One component: where its bytes are. Element 0 is the tag.</summary>
internal readonly record struct EdifactPart(int Element, int Component, int Start, int Length);
