using System.Globalization;
using System.Text;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Keeps all that a reader sends.</summary>
internal sealed class Collector : IAisSink
{
    public List<PositionReport> Positions { get; } = [];

    public List<StaticReport> Statics { get; } = [];

    public List<(Refusal Refusal, byte[] Bytes)> Refusals { get; } = [];

    /// <summary>All calls in order, as text, so that two runs can be compared.</summary>
    public List<string> Calls { get; } = [];

    public static (AisReadCounts Counts, Collector Sink) Read(byte[] bytes, AisReadOptions? options = null, int chunk = 0)
    {
        var sink = new Collector();
        using var stream = chunk > 0 ? new ChunkStream(bytes, chunk) : (Stream)new MemoryStream(bytes);
        var counts = AisReader.Read(stream, options ?? new AisReadOptions(), ref sink);
        Assert.That(counts.Used + counts.Refused + counts.Ignored, Is.EqualTo(counts.Lines), "every line is in exactly one");
        return (counts, sink);
    }

    public static (AisReadCounts Counts, Collector Sink) Read(string text, AisReadOptions? options = null) =>
        Read(Encoding.Latin1.GetBytes(text), options);

    public void OnPosition(in PositionReport report)
    {
        Positions.Add(report);
        Calls.Add(report.ToString());
    }

    public void OnStatic(StaticReport report)
    {
        Statics.Add(report);
        Calls.Add(report.ToString());
    }

    public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
    {
        Refusals.Add((refusal, bytes.ToArray()));
        Calls.Add(string.Create(CultureInfo.InvariantCulture, $"{refusal} {Convert.ToHexString(bytes)}"));
    }
}

/// <summary>Gives bytes in pieces of a fixed size, or, below 0, of seeded random sizes.</summary>
internal sealed class ChunkStream(byte[] bytes, int chunk, Random? random = null) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var size = random is null ? chunk : random.Next(1, chunk + 1);
        var length = Math.Min(Math.Min(count, size), bytes.Length - _at);
        bytes.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
        _at += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
