namespace MaritimeWatch.Tracks;

/// <summary>The sorted records of a set, on disk, one stream per group. Disposing deletes them.</summary>
public sealed class SortedReplay : IDisposable
{
    internal const int IndexEvery = 1 << 16;
    private const int ChunkBytes = 1 << 18;

    private readonly string _folder;
    private readonly string[] _paths;
    private readonly List<long>[] _index;
    private readonly long[] _counts;

    internal SortedReplay(
        string folder,
        string[] paths,
        List<long>[] index,
        long[] counts,
        IReadOnlyList<LandingName> landings,
        IReadOnlyList<string> sources,
        long reports)
    {
        _folder = folder;
        _paths = paths;
        _index = index;
        _counts = counts;
        Landings = landings;
        Sources = sources;
        Reports = reports;
    }

    /// <summary>The landed blobs, by hash.</summary>
    public IReadOnlyList<LandingName> Landings { get; }

    /// <summary>The sources, by name.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>How many positions there are in all groups.</summary>
    public long Reports { get; }

    /// <summary>How many records a group has, heard marks included.</summary>
    public long RecordCount(int group) => _counts[group];

    /// <summary>The records of a group, for its fold. It serves any Set entry: the caller made it for that one.</summary>
    public IRecordSource Source(int group) => new GroupSource(this, group);

    /// <summary>Opens a group's records from a record on.</summary>
    /// <param name="group">From 0.</param>
    /// <param name="fromRecord">From 0.</param>
    public IRecordStream Open(int group, long fromRecord)
    {
        var from = Math.Min(fromRecord, _counts[group]);
        var block = (int)Math.Min(from / IndexEvery, _index[group].Count - 1);
        return block < 0
            ? new GroupStream(this, _paths[group], 0, 0)
            : new GroupStream(this, _paths[group], _index[group][block], (int)(from - ((long)block * IndexEvery)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private sealed class GroupSource(SortedReplay replay, int group) : IRecordSource
    {
#pragma warning disable CA2000 // the caller disposes the stream
        public ValueTask<IRecordStream> OpenAsync(ReplaySet set, long fromRecord, CancellationToken cancel) =>
            ValueTask.FromResult(replay.Open(group, fromRecord));
#pragma warning restore CA2000
    }

    private sealed class GroupStream(SortedReplay replay, string path, long offset, int skip) : IRecordStream
    {
        private readonly FileStream _file = SortFiles.OpenAt(path, offset);
        private readonly byte[] _buffer = new byte[ChunkBytes];
        private int _filled;
        private int _used;
        private int _skip = skip;

        public IReadOnlyList<LandingName> Landings => replay.Landings;

        public IReadOnlyList<string> Sources => replay.Sources;

        // Reading is synchronous on purpose: the file was just written and lies in the page cache.
        public ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancel)
        {
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                var left = _filled - _used;
                _buffer.AsSpan(_used, left).CopyTo(_buffer);
                var room = _buffer.AsSpan(left);
                _filled = left + _file.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
                var from = WholeRecords();
                if (from < _used || _used == 0)
                {
                    return new(_buffer.AsMemory(from, _used - from));
                }
            }
        }

        public void Dispose() => _file.Dispose();

        // Finds the end of the last whole record, and passes over those before the wanted one.
        private int WholeRecords()
        {
            var reader = new RecordReader(_buffer.AsSpan(0, _filled));
            var from = 0;
            _used = 0;
            while (reader.MoveNext())
            {
                _used = reader.Consumed;
                if (_skip > 0)
                {
                    _skip--;
                    from = _used;
                }
            }

            return from;
        }
    }
}
