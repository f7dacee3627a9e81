using System.Buffers;

namespace MaritimeWatch.Tracks;

/// <summary>
/// The body of an inbox entry of kind Batch: where the records came from, and the records. Little-endian throughout.
/// </summary>
public sealed record RecordBatch
{
    /// <summary>The newest format that this build reads and the one that it writes.</summary>
    public const ushort FormatNow = 1;

    private const uint Magic = 0x4252574D; // "MWRB"

    /// <summary>When the bytes came in at the door, milliseconds since 1970 UTC.</summary>
    public required long ReceivedAtMs { get; init; }

    /// <summary>Tells batches of one landed blob apart, from 0; the landing hash and this name the batch.</summary>
    public int Part { get; init; }

    /// <summary>The landed blobs; usually one.</summary>
    public required IReadOnlyList<LandingName> Landings { get; init; }

    /// <summary>Names of the sources.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>How many records there are.</summary>
    public required int RecordCount { get; init; }

    /// <summary>The records: read them with <see cref="RecordReader"/>.</summary>
    public required ReadOnlyMemory<byte> Records { get; init; }

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> target)
    {
        var writer = new StateWriter(target);
        writer.UInt32(Magic);
        writer.UInt32(FormatNow);
        writer.Int64(ReceivedAtMs);
        writer.Int32(Part);
        writer.Int32(Landings.Count);
        foreach (var landing in Landings)
        {
            writer.Text(landing.Name);
            writer.Text(landing.Hash);
        }

        writer.Int32(Sources.Count);
        foreach (var source in Sources)
        {
            writer.Text(source);
        }

        writer.Int32(RecordCount);
        writer.Bytes(Records.Span);
    }

    /// <summary>Reads a body; the records stay where they are.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or from a newer version.</exception>
    public static RecordBatch Read(ReadOnlyMemory<byte> body)
    {
        var reader = new StateReader(body.Span);
        if (reader.UInt32() != Magic)
        {
            throw new InvalidDataException("the entry is no batch of records");
        }

        var format = reader.UInt32();
        if (format != FormatNow)
        {
            throw new InvalidDataException($"the batch has format {format}, this build reads {FormatNow}");
        }

        var receivedAtMs = reader.Int64();
        var part = reader.Int32();
        var landings = new LandingName[reader.Count(2)];
        for (var i = 0; i < landings.Length; i++)
        {
            landings[i] = new LandingName(reader.Text(), reader.Text());
        }

        var sources = new string[reader.Count(1)];
        for (var i = 0; i < sources.Length; i++)
        {
            sources[i] = reader.Text();
        }

        var count = reader.Count(1);
        var length = reader.Count(1);
        return new RecordBatch
        {
            ReceivedAtMs = receivedAtMs,
            Part = part,
            Landings = landings,
            Sources = sources,
            RecordCount = count,
            Records = body.Slice(reader.Consumed, length),
        };
    }
}
