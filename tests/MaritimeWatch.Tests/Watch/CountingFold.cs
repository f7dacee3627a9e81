using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Watch;

/// <summary>
/// A fold that counts the records of every batch it has not seen, and the ticks: enough to show that nothing is lost or
/// doubled. Its state is text: the batches seen, then the total.
/// </summary>
internal sealed class CountingFold : IFold
{
    private readonly SortedSet<string> seen = new(StringComparer.Ordinal);
    private long records;
    private long ticks;

    public void Reset()
    {
        seen.Clear();
        (records, ticks) = (0, 0);
    }

    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => Restore(snapshot);

    public void RestoreDelta(ReadOnlySpan<byte> delta) => Restore(delta);

    public void SaveSnapshot(IBufferWriter<byte> target) =>
        target.Write(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{records};{ticks};{string.Join(' ', seen)}")));

    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

    public ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        if (entry.Kind == EntryKind.Tick)
        {
            ticks++;
        }
        else if (entry.Kind == EntryKind.Batch)
        {
            var batch = RecordBatch.Read(entry.Body);
            records += seen.Add($"{batch.Landings[0].Hash}/{batch.Part}") ? batch.RecordCount : 0;
        }

        return new(FoldStep.EntryDone);
    }

    public void Publish(IFoldOutput output) => output.WriteLine(
        "counts", Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"id":"counts","records":{{records}},"batches":{{seen.Count}},"ticks":{{ticks}}}""")));

    private void Restore(ReadOnlySpan<byte> state)
    {
        var parts = Encoding.UTF8.GetString(state).Split(';');
        records = long.Parse(parts[0], CultureInfo.InvariantCulture);
        ticks = long.Parse(parts[1], CultureInfo.InvariantCulture);
        seen.Clear();
        seen.UnionWith(parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
