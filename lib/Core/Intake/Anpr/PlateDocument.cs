using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Intake.Anpr;

/// <summary>What a body held. Items = reads + refused; for lines and rows, lines = items + ignored.</summary>
public sealed class PlateDocument
{
    private readonly List<PlateRead> reads = [];

    /// <summary>The reads, in the order of the body.</summary>
    public IReadOnlyList<PlateRead> Reads => reads;

    /// <summary>What was refused, with its bytes: personal data, to be kept sealed.</summary>
    public RejectBatch Rejects { get; } = new();

    /// <summary>Reads, used or refused.</summary>
    public long Items => reads.Count + Rejects.Count;

    /// <summary>Blank lines, comments and headers.</summary>
    public long Ignored { get; internal set; }

    /// <summary>Images in the body; they are not read.</summary>
    public int Images { get; internal set; }

    internal void Add(PlateRead read) => reads.Add(read);

    internal void Refuse(PlateFault fault, long offset, ReadOnlySpan<byte> bytes, long line = 0) =>
        Rejects.Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()), offset, bytes.Length, line, bytes);
}
