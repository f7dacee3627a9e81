using System.Buffers;

namespace MaritimeWatch.Log;

/// <summary>
/// The output lines since the last commit, by collection. Bounded by its owner: the worker commits when
/// <see cref="Bytes"/> passes the budget, which it looks at after every fold step.
/// </summary>
internal sealed class SegmentBuffer : IFoldOutput
{
    private const int CollectionsMax = 64;
    private const int KeptBytesMax = 8 << 20;

    private readonly SortedDictionary<string, Collection> collections = new(StringComparer.Ordinal);
    private byte[] kept = [];
    private Collection? latest;

    /// <summary>Bytes held.</summary>
    public long Bytes { get; private set; }

    /// <summary>The collections that have lines, by name.</summary>
    public IEnumerable<(string Name, ReadOnlyMemory<byte> Content, int Lines)> Filled =>
        from pair in collections
        where pair.Value.Lines > 0
        select (pair.Key, pair.Value.Content.WrittenMemory, pair.Value.Lines);

    /// <summary>
    /// The lines of all collections, one collection after the other in the order of <see cref="Filled"/>: what one blob
    /// holds. Valid until the next line or <see cref="Clear"/>. One collection alone is not copied.
    /// </summary>
    public ReadOnlyMemory<byte> Pack()
    {
        var filled = 0;
        var pack = kept;
        foreach (var (_, content, _) in Filled)
        {
            if (content.Length == Bytes)
            {
                return content;
            }

            if (pack.Length < Bytes)
            {
                // The memory of a large commit is not held twice for good.
                pack = GC.AllocateUninitializedArray<byte>(checked((int)Bytes));
                kept = pack.Length <= KeptBytesMax ? pack : kept;
            }

            content.CopyTo(pack.AsMemory(filled));
            filled += content.Length;
        }

        return pack.AsMemory(0, filled);
    }

    /// <inheritdoc/>
    public void WriteLine(string collection, ReadOnlySpan<byte> line)
    {
        if (line.Contains((byte)'\n'))
        {
            throw new ArgumentException("an output line may not hold a newline", nameof(line));
        }

        var to = latest is not null && ReferenceEquals(latest.Name, collection) ? latest : Find(collection);
        var target = to.Content.GetSpan(line.Length + 1);
        line.CopyTo(target);
        target[line.Length] = (byte)'\n';
        to.Content.Advance(line.Length + 1);
        to.Lines++;
        Bytes += line.Length + 1;
    }

    /// <summary>Forgets the lines and keeps the memory.</summary>
    public void Clear()
    {
        Bytes = 0;
        foreach (var collection in collections.Values)
        {
            collection.Content.ResetWrittenCount();
            collection.Lines = 0;
        }
    }

    private Collection Find(string name)
    {
        if (!collections.TryGetValue(name, out var found))
        {
            if (!BlobName.IsSegment(name) || collections.Count == CollectionsMax)
            {
                throw new ArgumentException($"\"{name}\" is no collection, or the {CollectionsMax + 1}th", nameof(name));
            }

            collections.Add(name, found = new Collection(name));
        }

        return latest = found;
    }

    private sealed class Collection(string name)
    {
        public string Name { get; } = name;

        public ArrayBufferWriter<byte> Content { get; } = new();

        public int Lines { get; set; }
    }
}
