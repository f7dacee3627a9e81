using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>Reads the output lines of a store: only the segments that the groups' checkpoints name.</summary>
/// <param name="store">The store.</param>
/// <param name="groups">The groups of all stages.</param>
internal sealed class StoreOutput(IBlobStore store, IReadOnlyList<GroupName> groups)
{
    /// <summary>All lines of a collection, group after group, each group's in the order of its commits.</summary>
    /// <param name="collection">For example <c>findings</c>.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        string collection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var group in groups)
        {
            if (await new CheckpointReader(store, group).NewsAsync(0, cancel) is not { } news)
            {
                continue;
            }

            foreach (var segment in news.Segments.Where(segment => segment.Collection == collection))
            {
                foreach (var line in Lines(await SegmentReader.ReadAsync(store, segment, cancel)))
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>The last line of each id, ordered by id.</summary>
    /// <param name="collection">For example <c>findings</c>.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<SortedDictionary<string, ReadOnlyMemory<byte>>> LatestAsync(string collection, CancellationToken cancel)
    {
        var latest = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        await foreach (var line in LinesAsync(collection, cancel))
        {
            latest[IdOf(line.Span)] = line;
        }

        return latest;
    }

    /// <summary>How many different ids a collection has.</summary>
    /// <param name="collection">For example <c>vessels</c>.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<int> CountAsync(string collection, CancellationToken cancel)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var line in LinesAsync(collection, cancel))
        {
            ids.Add(IdOf(line.Span));
        }

        return ids.Count;
    }

    /// <summary>The <c>id</c> of a feature line.</summary>
    /// <param name="line">One feature.</param>
    public static string IdOf(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isId = json.ValueTextEquals("id"u8);
            json.Read();
            if (isId)
            {
                return json.GetString()!;
            }

            json.Skip();
        }

        throw new InvalidDataException("an output line has no id");
    }

    /// <summary>The lines of a segment, without their newlines.</summary>
    /// <param name="segment">Its bytes.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var end = segment.Span.IndexOf((byte)'\n');
            end = end < 0 ? segment.Length : end;
            yield return segment[..end];
            segment = segment[Math.Min(end + 1, segment.Length)..];
        }
    }
}
