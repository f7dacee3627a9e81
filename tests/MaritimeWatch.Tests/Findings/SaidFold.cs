using System.Buffers;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Findings;

/// <summary>A producer that says what its entries hold: the collection in the first line, then its lines.</summary>
internal sealed class SaidFold : IFold
{
    public void Reset()
    {
    }

    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
    }

    public void RestoreDelta(ReadOnlySpan<byte> delta)
    {
    }

    public void SaveSnapshot(IBufferWriter<byte> target) => target.Write("-"u8);

    public void SaveDelta(IBufferWriter<byte> target) => target.Write("-"u8);

    public ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        var lines = Encoding.UTF8.GetString(entry.Body.Span).Split('\n');
        foreach (var line in lines.Skip(1))
        {
            output.WriteLine(lines[0], Encoding.UTF8.GetBytes(line));
        }

        return new(FoldStep.EntryDone);
    }

    public void Publish(IFoldOutput output)
    {
    }
}
