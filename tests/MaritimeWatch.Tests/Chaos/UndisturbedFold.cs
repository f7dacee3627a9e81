using System.Buffers;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>
/// A stage's fold that notes which collections it writes only to show the present: how often those are written depends on
/// when one commits, so they are no part of what is compared.
/// </summary>
internal sealed class UndisturbedFold(IFold inner) : IFold
{
    private readonly SortedSet<string> shown = new(StringComparer.Ordinal);

    /// <summary>Collections that show the present.</summary>
    public IReadOnlyCollection<string> Shown => shown;

    public void Reset() => inner.Reset();

    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => inner.RestoreSnapshot(snapshot);

    public void RestoreDelta(ReadOnlySpan<byte> delta) => inner.RestoreDelta(delta);

    public void SaveSnapshot(IBufferWriter<byte> target) => inner.SaveSnapshot(target);

    public void SaveDelta(IBufferWriter<byte> target) => inner.SaveDelta(target);

    public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel) =>
        inner.FoldAsync(entry, fromRecord, budget, output, cancel);

    public void Publish(IFoldOutput output) => inner.Publish(new Noting(output, shown));

    private sealed class Noting(IFoldOutput output, SortedSet<string> names) : IFoldOutput
    {
        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            names.Add(collection);
            output.WriteLine(collection, line);
        }
    }
}
