using System.Text;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>One message as we read it, kept for a comparison.</summary>
internal sealed class RefereeMessage(AisBits bits, long lineNumber, string line, bool isLastLine)
{
    private readonly byte[] _packed = [.. bits.Packed, .. new byte[AisBits.Padding]];

    public int Count { get; } = bits.Count;

    public long LineNumber { get; } = lineNumber;

    /// <summary>The (first) line that it came by.</summary>
    public string Line { get; } = line;

    /// <summary>Nothing follows the line, not even its end.</summary>
    public bool IsLastLine { get; } = isLastLine;

    public AisBits Bits => new(_packed, Count);

    public AisLayout Layout { get; } = AisLayouts.Of(bits);

    public int Type => Layout.MessageType;

    public int Mmsi { get; } = bits.Mmsi;

    public int Repeat { get; } = bits.Repeat;

    /// <summary>The number on the air, or null where the message has no such field or ends before it.</summary>
    public long? Raw(string name) => Layout.Find(name) is { } field && field.TryRaw(Bits, out var raw) ? raw : null;

    /// <summary>The text of a field, empty where there is none.</summary>
    public string Text(string name)
    {
        var ascii = new byte[176];
        return Layout.Find(name) is { } field ? Encoding.ASCII.GetString(ascii[..field.Text(Bits, ascii)]) : string.Empty;
    }

    /// <summary>Data as its length in bits, a colon and hexadecimal digits.</summary>
    public string Data(string name)
    {
        var data = new byte[AisDraft.BytesMax];
        return Layout.Find(name) is { } field
            ? $"{field.BitCount(Bits)}:{Convert.ToHexStringLower(data.AsSpan(0, field.Data(Bits, data)))}"
            : "0:";
    }
}

/// <summary>Keeps the messages of a recording.</summary>
internal readonly struct RefereeReading(List<RefereeMessage> messages, string[] lines) : IAisHandler
{
    /// <summary>Reads a file of sentences.</summary>
    public static List<RefereeMessage> Of(byte[] bytes)
    {
        var messages = new List<RefereeMessage>();
        var handler = new RefereeReading(messages, Encoding.Latin1.GetString(bytes).Split('\n'));
        using var stream = new MemoryStream(bytes);
        AisReader.Read(stream, new AisReadOptions(), new AisReadCounts(), ref handler, default);
        return messages;
    }

    public IntakeFault? OnMessage(in AisEnvelope envelope, AisBits bits)
    {
        var line = envelope.LineNumber <= lines.Length ? lines[envelope.LineNumber - 1] : string.Empty;
        messages.Add(new RefereeMessage(bits, envelope.LineNumber, line, envelope.LineNumber == lines.Length));
        return null;
    }

    public IntakeFault? OnRow(in AisEnvelope envelope, in AisRow row) => null;

    public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
    {
    }
}
