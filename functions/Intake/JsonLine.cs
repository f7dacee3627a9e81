using System.Buffers.Text;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Builds NDJSON lines in one reused buffer and hands them to a stream in large pieces.</summary>
internal sealed class JsonLine(Stream target)
{
    private const int FlushAt = 1 << 18;
    private byte[] _buffer = new byte[FlushAt + 65_536];
    private int _at;

    /// <summary>Adds text as it is.</summary>
    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _at += text.Length;
    }

    /// <summary>Adds a whole number.</summary>
    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(24), out var written);
        _at += written;
    }

    /// <summary>Adds a comma and a name in quotes.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        var target = Room(name.Length + 4);
        target[0] = (byte)',';
        target[1] = (byte)'"';
        name.CopyTo(target[2..]);
        target[name.Length + 2] = (byte)'"';
        target[name.Length + 3] = (byte)':';
        _at += name.Length + 4;
    }

    /// <summary>Adds a truth value or <c>null</c>.</summary>
    public void Value(bool? value) => Raw(value is null ? "null"u8 : value.Value ? "true"u8 : "false"u8);

    /// <summary>Adds a decimal number, the value times 10 to the power of <paramref name="decimals"/>, or <c>null</c>.</summary>
    public void Value(long? value, int decimals)
    {
        if (value is not { } number)
        {
            Raw("null"u8);
        }
        else if (decimals == 0)
        {
            Number(number);
        }
        else
        {
            Decimal(number, decimals);
        }
    }

    /// <summary>Adds a text in printable ASCII, or <c>null</c> where it is empty.</summary>
    public void Value(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty)
        {
            Raw("null"u8);
            return;
        }

        var target = Room((ascii.Length * 2) + 2);
        var at = 0;
        target[at++] = (byte)'"';
        foreach (var one in ascii)
        {
            if (one is (byte)'"' or (byte)'\\')
            {
                target[at++] = (byte)'\\';
            }

            target[at++] = one;
        }

        target[at++] = (byte)'"';
        _at += at;
    }

    /// <summary>Adds a name and a whole number or <c>null</c>; the name comes with its comma, quotes and colon.</summary>
    public void Field(ReadOnlySpan<byte> name, long? value)
    {
        Raw(name);
        if (value is { } number)
        {
            Number(number);
        }
        else
        {
            Raw("null"u8);
        }
    }

    /// <summary>Adds a name and a truth value or <c>null</c>.</summary>
    public void Field(ReadOnlySpan<byte> name, bool? value)
    {
        Raw(name);
        Raw(value is null ? "null"u8 : value.Value ? "true"u8 : "false"u8);
    }

    /// <summary>Adds a name and a text or <c>null</c>.</summary>
    public void Field(ReadOnlySpan<byte> name, string? value)
    {
        Raw(name);
        if (value is null)
        {
            Raw("null"u8);
            return;
        }

        // Letters and digits mostly; quotes, backslashes and controls are escaped.
        var target = Room((value.Length * 6) + 2);
        target[0] = (byte)'"';
        var at = 1;
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
            {
                target[at++] = (byte)'\\';
                target[at++] = (byte)rune.Value;
            }
            else if (rune.Value < 0x20)
            {
                "\\u00"u8.CopyTo(target[at..]);
                target[at + 4] = (byte)('0' + (rune.Value >> 4));
                target[at + 5] = (byte)"0123456789abcdef"[rune.Value & 15];
                at += 6;
            }
            else
            {
                at += rune.EncodeToUtf8(target[at..]);
            }
        }

        target[at++] = (byte)'"';
        _at += at;
    }

    /// <summary>Adds a name and a decimal number without needless zeros, or <c>null</c>.</summary>
    /// <param name="name">With comma, quotes and colon.</param>
    /// <param name="value">The number times 10 to the power of <paramref name="decimals"/>.</param>
    /// <param name="decimals">1 to 7.</param>
    public void Scaled(ReadOnlySpan<byte> name, long? value, int decimals)
    {
        Raw(name);
        Value(value, decimals);
    }

    /// <summary>Ends a line.</summary>
    public void End()
    {
        Raw("}\n"u8);
        if (_at >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Hands over what there is.</summary>
    public void Flush()
    {
        target.Write(_buffer, 0, _at);
        target.Flush();
        _at = 0;
    }

    private void Decimal(long number, int decimals)
    {
        Span<byte> digits = stackalloc byte[24];
        var at = digits.Length;
        var rest = Math.Abs(number);
        var isBehindPoint = false;
        for (var i = 0; i < decimals; i++)
        {
            var digit = (byte)('0' + (rest % 10));
            rest /= 10;
            if (isBehindPoint || digit != '0')
            {
                digits[--at] = digit;
                isBehindPoint = true;
            }
        }

        if (isBehindPoint)
        {
            digits[--at] = (byte)'.';
        }

        do
        {
            digits[--at] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (rest > 0);
        if (number < 0)
        {
            digits[--at] = (byte)'-';
        }

        Raw(digits[at..]);
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _at < length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _at + length));
        }

        return _buffer.AsSpan(_at);
    }
}
