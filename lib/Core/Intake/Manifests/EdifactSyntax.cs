namespace MaritimeWatch.Intake.Manifests;

/// <summary>The separators in force: those that UNA gives, else the usual ones (ISO 9735).</summary>
/// <param name="Component">Between the components of an element, usually <c>:</c>.</param>
/// <param name="Element">Between elements, usually <c>+</c>.</param>
/// <param name="DecimalMark">The decimal mark, usually a point; both point and comma are read.</param>
/// <param name="Release">Makes the next character plain text, usually <c>?</c>; a space where there is none.</param>
/// <param name="Terminator">Ends a segment, usually an apostrophe.</param>
public readonly record struct EdifactSyntax(byte Component, byte Element, byte DecimalMark, byte Release, byte Terminator)
{
    /// <summary>The usual separators.</summary>
    public static EdifactSyntax Usual { get; } = new((byte)':', (byte)'+', (byte)'.', (byte)'?', (byte)'\'');

    /// <summary>True where a release character is in force.</summary>
    public bool HasRelease => Release != (byte)' ';

    /// <summary>Reads the six characters after UNA; null where two of them are the same or one is a letter or digit.</summary>
    /// <param name="six">Component, element, decimal, release, reserved (repetition in version 4), terminator.</param>
    public static EdifactSyntax? FromUna(ReadOnlySpan<byte> six)
    {
        var syntax = new EdifactSyntax(six[0], six[1], six[2], six[3], six[5]);
        ReadOnlySpan<byte> marks = [syntax.Component, syntax.Element, syntax.Release, syntax.Terminator];
        for (var i = 0; i < marks.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit((char)marks[i]) || marks[(i + 1)..].Contains(marks[i]))
            {
                return null;
            }
        }

        return syntax;
    }
}

/// <summary>How much of an interchange is taken.</summary>
public sealed record EdifactLimits
{
    /// <summary>The longest segment in bytes; default 8,192. A longer one is skipped to its end and said so.</summary>
    public int SegmentBytesMax { get; init; } = 8_192;

    /// <summary>The most components in a segment; default 512.</summary>
    public int ComponentsMax { get; init; } = 512;

    /// <summary>The most segments in a file; default 2,000,000.</summary>
    public int SegmentsMax { get; init; } = 2_000_000;
}
