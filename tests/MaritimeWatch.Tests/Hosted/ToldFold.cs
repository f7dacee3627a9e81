using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Hosted;

/// <summary>
/// A stage that tells on all that it hears, once: a finding for every batch that it has not seen, and for every line of
/// news. Its state is text.
/// </summary>
internal sealed class ToldFold(string stage) : IFold
{
    private readonly SortedSet<string> seen = new(StringComparer.Ordinal);
    private NewsPlace place;
    private long told;

    public void Reset()
    {
        seen.Clear();
        (place, told) = (NewsPlace.None, 0);
    }

    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => RestoreDelta(snapshot);

    public void RestoreDelta(ReadOnlySpan<byte> delta)
    {
        var parts = Encoding.UTF8.GetString(delta).Split(';');
        Reset();
        told = long.Parse(parts[0], CultureInfo.InvariantCulture);
        place = new NewsPlace(long.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
        seen.UnionWith(parts[3].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    public void SaveSnapshot(IBufferWriter<byte> target) => target.Write(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{told};{place.Plan};{place.Part};{string.Join(' ', seen)}")));

    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

    public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        if (entry.Kind == EntryKind.Batch)
        {
            var batch = RecordBatch.Read(entry.Body);
            var name = string.Create(CultureInfo.InvariantCulture, $"{batch.Landings[0].Hash[..8]}-{batch.Part}");
            if (seen.Add(name))
            {
                Tell(output, $"{name} with {batch.RecordCount}");
            }
        }
        else if (entry.Kind == EntryKind.News && NewsEntry.Parse(entry.Body) is var news && news.Place.IsAfter(place))
        {
            place = news.Place;
            foreach (var row in news.Rows)
            {
                Tell(output, StoreOutput.IdOf(row.Line.Span));
            }
        }
        else if (entry.Kind is EntryKind.Tick or EntryKind.Action)
        {
            Tell(output, $"{entry.Kind} {entry.Number}");
        }

        return new(FoldStep.EntryDone);
    }

    public void Publish(IFoldOutput output) => output.WriteLine("views", "{\"id\":\"view\"}"u8);

    private void Tell(IFoldOutput output, string what) => output.WriteLine("findings", Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{stage}} heard {{what}}","number":{{++told}}}""")));
}
