using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Feeds;

/// <summary>Settings of the read model.</summary>
public sealed record ReadModelOptions
{
    /// <summary>How long a snapshot token is held after it was last handed out; at least 15 minutes.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Bytes of lines kept in memory at most; default 64 MiB.</summary>
    public long LineCacheBytes { get; init; } = 64L << 20;

    /// <summary>
    /// Tells tokens of this process from those of another, <c>[a-z0-9]{1,16}</c>; null takes the time of the start.
    /// </summary>
    public string? Tag { get; init; }
}

/// <summary>
/// The latest line of every feature, with a spatial and a time index, and every revision of findings. Lines come in by
/// one writer (<see cref="LoadAsync"/>, <see cref="Replace"/>) and are seen when it calls <see cref="Publish"/>: that
/// makes a generation. Readers take <see cref="Current"/> or a token's snapshot and never wait for the writer.
/// </summary>
public sealed class ReadModel
{
    // A request that began on the newest generation may still ask to hold it when newer ones have come.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // How many replaced versions of a resident collection keep their bytes for older snapshots.
    private const int ResidentVersionsMax = 16;

    private readonly IBlobStore _store;
    private readonly TimeProvider _time;
    private readonly ReadModelOptions _options;
    private readonly LineCache _lines;
    private readonly Vocabulary _words = new();
    private readonly Dictionary<string, FeatureTable> _tables = [];
    private readonly Dictionary<string, List<int>> _resident = [];
    private readonly SortedDictionary<int, (DateTimeOffset MadeAt, DateTimeOffset Until)> _held = [];
    private readonly Lock _gate = new();
    private readonly string _tag;
    private FeedSnapshot _current;
    private bool _isDirty;

    /// <summary>Makes an empty model.</summary>
    /// <param name="store">Where the segments are.</param>
    /// <param name="time">For the life of tokens and the time of a generation.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    public ReadModel(IBlobStore store, TimeProvider time, ReadModelOptions? options = null)
    {
        (_store, _time, _options) = (store, time, options ?? new ReadModelOptions());
        _lines = new LineCache(store, _options.LineCacheBytes);
        _tag = _options.Tag ?? time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        foreach (var collection in FeedCollections.All)
        {
            if (collection != FeedCollections.Revisions)
            {
                _tables[collection.Id] = new FeatureTable(collection, _words, collection == FeedCollections.Findings);
            }
        }

        _current = Snapshot(1, time.GetUtcNow());
    }

    /// <summary>The newest generation.</summary>
    public FeedSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Lines that were in segments but could not be taken, since the start.</summary>
    public long LinesRefused
    {
        get
        {
            lock (_gate)
            {
                return _tables.Values.Sum(t => t.Refused);
            }
        }
    }

    /// <summary>
    /// Reads a segment; its lines are seen after the next <see cref="Publish"/>. One caller at a time. False when the
    /// segment is gone.
    /// </summary>
    /// <exception cref="StoreException">The segment cannot be read.</exception>
    public async Task<bool> LoadAsync(SegmentName segment, CancellationToken cancel)
    {
        if (!_tables.ContainsKey(segment.Collection))
        {
            return true;
        }

        await foreach (var (_, bytes) in SegmentReader.ReadAllAsync(_store, [segment], cancel).ConfigureAwait(false))
        {
            if (bytes is not { } found)
            {
                return false;
            }

            Load(segment, found.Span);
        }

        return true;
    }

    /// <summary>True for a collection whose lines the model takes.</summary>
    /// <param name="collection">As a segment names it.</param>
    public bool Takes(string collection) => _tables.ContainsKey(collection);

    /// <summary>As <see cref="LoadAsync"/>, with the segment's bytes already in hand.</summary>
    public void Load(SegmentName segment, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_tables.TryGetValue(segment.Collection, out var table))
            {
                var index = _lines.Add(segment);
                Append(table, index, bytes);
                _lines.Offer(index, bytes);
            }
        }
    }

    /// <summary>Takes lines in place of all that a collection holds; they stay in memory.</summary>
    /// <param name="collection">For example <c>zones</c>.</param>
    /// <param name="lines">Features, one a line.</param>
    /// <param name="ids">Only these are replaced, and all else stays; null for all.</param>
    public void Replace(string collection, ReadOnlyMemory<byte> lines, IReadOnlyCollection<string>? ids = null)
    {
        lock (_gate)
        {
            var table = _tables[collection];
            if (ids is null)
            {
                table.EndAll(_current.Generation + 1);
            }

            foreach (var id in ids ?? [])
            {
                table.EndOne(FeatureParser.KeyOf(Encoding.UTF8.GetBytes(id)), _current.Generation + 1);
            }

            var kept = ResidentOf(collection);
            kept.Add(_lines.AddResident(lines));
            if (kept.Count > ResidentVersionsMax)
            {
                _lines.DropResident(kept[0]);
                kept.RemoveAt(0);
            }

            Append(table, kept[^1], lines.Span);
            _isDirty = true;
        }
    }

    /// <summary>Makes what was loaded visible, all at once, as the next generation; nothing new changes nothing.</summary>
    public FeedSnapshot Publish()
    {
        lock (_gate)
        {
            if (_isDirty)
            {
                var now = _time.GetUtcNow();
                if (!_held.TryGetValue(_current.Generation, out var until) || until.Until < now + Grace)
                {
                    _held[_current.Generation] = (_current.MadeAt, now + Grace);
                }

                var held = HeldGenerations(now);
                foreach (var table in _tables.Values)
                {
                    table.Compact(held);
                }

                Volatile.Write(ref _current, Snapshot(_current.Generation + 1, now));
                _isDirty = false;
            }

            return _current;
        }
    }

    /// <summary>Keeps a snapshot for the life of a token from now on, and says the token.</summary>
    public string Hold(FeedSnapshot snapshot)
    {
        lock (_gate)
        {
            _held[snapshot.Generation] = (snapshot.MadeAt, _time.GetUtcNow() + _options.TokenLifetime);
            return snapshot.Token;
        }
    }

    /// <summary>The snapshot of a token; null where it is too old, or of another process.</summary>
    public FeedSnapshot? Find(string token)
    {
        lock (_gate)
        {
            if (token == _current.Token)
            {
                return _current;
            }

            return TryGeneration(token, out var generation) && _held.TryGetValue(generation, out var held)
                && held.Until >= _time.GetUtcNow()
                ? Snapshot(generation, held.MadeAt)
                : null;
        }
    }

    /// <summary>The generation of a token of this process, for asking what changed since; it need not be held.</summary>
    public bool TryGeneration(string token, out int generation)
    {
        generation = 0;
        return token.Length > _tag.Length + 1 && token.StartsWith(_tag, StringComparison.Ordinal)
            && token[_tag.Length] == '-'
            && int.TryParse(token.AsSpan(_tag.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out generation)
            && generation >= 1 && generation <= Current.Generation;
    }

    /// <summary>A filter on a queryable, or null where a value is not of its type or not in its list.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="name">The queryable's name.</param>
    /// <param name="values">Any of these.</param>
    public FeedFilter? Filter(FeedCollection collection, string name, IReadOnlyList<string> values)
    {
        if (name == FeedCollections.PartyName)
        {
            var subject = collection.Queryables.Select(q => q.Name).ToList().IndexOf("subject");
            return subject < 0 || values.Any(value => value.Length == 0)
                ? null
                : new FeedFilter(subject, [.. values.SelectMany(_words.CodesOfParty).Distinct()]);
        }

        for (var i = 0; i < collection.Queryables.Count; i++)
        {
            if (collection.Queryables[i].Name == name)
            {
                var codes = new int[values.Count];
                for (var v = 0; v < codes.Length; v++)
                {
                    if (!_words.TryCode(collection.Queryables[i], values[v], out codes[v]))
                    {
                        return null;
                    }
                }

                return new FeedFilter(i, codes);
            }
        }

        return null;
    }

    /// <summary>Brings the lines of a page into memory, several reads at once.</summary>
    /// <exception cref="StoreException">A segment cannot be read.</exception>
    public Task WarmAsync(IEnumerable<FeedRow> rows, CancellationToken cancel) =>
        _lines.WarmAsync(rows.Select(r => r.Place), cancel);

    /// <summary>The bytes of a row's line.</summary>
    /// <exception cref="StoreException">The segment cannot be read.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(FeedRow row, CancellationToken cancel) =>
        _lines.ReadAsync(row.Place, cancel);

    /// <summary>The text of a queryable's code; null for none.</summary>
    internal string? TextOf(int code) => _words.TextOf(code);

    /// <summary>The row of an id in a generation, or null.</summary>
    internal FeedRow? FindRow(string collection, string id, int generation)
    {
        var revision = 0;
        if (collection == FeedCollections.Revisions.Id)
        {
            var dot = id.LastIndexOf('.');
            if (dot < 1 || !int.TryParse(id.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out revision)
                || revision < 1)
            {
                return null;
            }

            (collection, id) = (FeedCollections.Findings.Id, id[..dot]);
        }

        lock (_gate)
        {
            return _tables[collection].Find(FeatureParser.KeyOf(Encoding.UTF8.GetBytes(id)), generation, revision);
        }
    }

    private List<int> ResidentOf(string collection) =>
        _resident.TryGetValue(collection, out var list) ? list : _resident[collection] = [];

    private void Append(FeatureTable table, int segment, ReadOnlySpan<byte> bytes)
    {
        for (var offset = 0; offset < bytes.Length;)
        {
            var rest = bytes[offset..];
            var length = rest.IndexOf((byte)'\n');
            length = length < 0 ? rest.Length : length;
            if (length > 0)
            {
                table.Append(rest[..length], new LinePlace(segment, offset, length), _current.Generation + 1);
                _isDirty = true;
            }

            offset += length + 1;
        }
    }

    private int[] HeldGenerations(DateTimeOffset now)
    {
        foreach (var generation in _held.Where(h => h.Value.Until < now).Select(h => h.Key).ToArray())
        {
            _held.Remove(generation);
        }

        return [.. _held.Keys];
    }

    // The newest rows serve every older generation too: each row knows when it was born and when it died.
    private FeedSnapshot Snapshot(int generation, DateTimeOffset madeAt) => new(
        this,
        generation,
        string.Create(CultureInfo.InvariantCulture, $"{_tag}-{generation}"),
        madeAt,
        _tables.ToDictionary(t => t.Key, t => t.Value.View));
}
