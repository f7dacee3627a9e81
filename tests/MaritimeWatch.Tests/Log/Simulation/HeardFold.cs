using System.Buffers;
using System.Buffers.Binary;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>A later stage that says again what it hears, and skips an entry of news that it has heard.</summary>
/// <param name="skipsHeard">False plants the bug of a fold that forgets.</param>
internal sealed class HeardFold(bool skipsHeard = true) : IFold
{
    private NewsPlace heard;

    public void Reset() => heard = NewsPlace.None;

    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => heard = new NewsPlace(
        BinaryPrimitives.ReadInt64LittleEndian(snapshot), BinaryPrimitives.ReadInt32LittleEndian(snapshot[8..]));

    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    public void SaveSnapshot(IBufferWriter<byte> target)
    {
        Span<byte> place = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(place, heard.Plan);
        BinaryPrimitives.WriteInt32LittleEndian(place[8..], heard.Part);
        target.Write(place);
    }

    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

    public async ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        await Task.Yield();
        var news = NewsEntry.Parse(entry.Body);
        if (!skipsHeard || news.Place.IsAfter(heard))
        {
            heard = news.Place;
            foreach (var row in news.Rows)
            {
                output.WriteLine("heard", row.Line.Span);
            }
        }

        return FoldStep.EntryDone;
    }

    public void Publish(IFoldOutput output)
    {
    }
}
