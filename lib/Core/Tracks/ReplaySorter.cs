using System.Buffers;
using System.Runtime.CompilerServices;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>
/// Sorts the reports of a set by event time, vessel and content (then source and place in the landed data, so that the
/// order is total) in bounded memory, and splits them over the groups. The order in which files or rows come in makes
/// no difference but to evidence offsets. Input that comes sorted is only copied.
/// </summary>
/// <remarks>
/// Static data: a reader sends them when they change within its file, so their time depends on the order of rows. The
/// earliest static data of a vessel therefore count from its first position in the set.
/// </remarks>
public sealed class ReplaySorter : IDisposable
{
    private const int RunsMax = 4096;
    private readonly GroupMap _groups;
    private readonly List<LandingName> _landings = [];
    private readonly SourceTable _sources;
    private readonly ArrayBufferWriter<byte> _scratch = new(PackedPosition.Bytes);
    private readonly SortBuffer _positions;
    private readonly SortBuffer _statics;
    private readonly List<string> _runs = [];
    private readonly RecordOrder _order;
    private bool _finished;

    /// <summary>A sorter that splits by this map.</summary>
    /// <param name="groups">Shards to groups.</param>
    /// <param name="sources">The table that the readers fill; one for the whole set.</param>
    /// <param name="options">Its bounds.</param>
    public ReplaySorter(GroupMap groups, SourceTable sources, ReplaySorterOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MemoryBytes, ReplaySorterOptions.MemoryBytesMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MemoryBytes, 1 << 30);
        _groups = groups;
        _sources = sources;
        _order = new RecordOrder(_landings, sources.Names);
        _positions = new SortBuffer(options.MemoryBytes / 8 * 7, _order);
        _statics = new SortBuffer(options.MemoryBytes / 8, _order);
        MemoryBytes = options.MemoryBytes;
        Folder = Path.Combine(options.TemporaryFolder, $"sort-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(Folder);
    }

    /// <summary>How many positions were taken.</summary>
    public long Reports { get; private set; }

    internal int MemoryBytes { get; }

    internal string Folder { get; }

    /// <summary>Makes a landed blob known; its number goes into <see cref="AisReadOptions.LandingIndex"/>.</summary>
    /// <exception cref="InvalidOperationException">More than 65,536 blobs in one set.</exception>
    public ushort AddLanding(LandingName landing)
    {
        if (_landings.Count > ushort.MaxValue)
        {
            throw new InvalidOperationException("a set holds at most 65,536 files");
        }

        _landings.Add(landing);
        return (ushort)(_landings.Count - 1);
    }

    /// <summary>A sink for a reader; refusals go to the handler.</summary>
    public ReplaySink Sink(RefusalHandler? refused = null) => new(this, refused);

    /// <summary>Takes a position.</summary>
    public void Add(in PositionReport report)
    {
        Reports++;
        _scratch.ResetWrittenCount();
        RecordWriter.Write(_scratch, in report);
        Append(_positions, report.EventAtMs, report.Vessel);
    }

    /// <summary>Takes static data.</summary>
    public void Add(StaticReport report)
    {
        _scratch.ResetWrittenCount();
        RecordWriter.Write(_scratch, report);
        Append(_statics, report.EventAtMs, report.Vessel);
    }

    /// <summary>Sorts what is left and writes one stream per group. Call it once.</summary>
    /// <exception cref="IOException">The temporary folder is full or gone.</exception>
    public SortedReplay Finish(CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        _finished = true;
        return SortMerge.Run(this, _groups, _positions, _statics, _runs, _order, cancel);
    }

    /// <summary>Deletes the temporary files of the sort; what <see cref="Finish"/> gave is disposed by itself.</summary>
    public void Dispose()
    {
        if (!_finished && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
        else if (Directory.Exists(Folder))
        {
            _runs.ForEach(File.Delete);
        }

        _finished = true;
    }

    internal IReadOnlyList<LandingName> Landings => _landings;

    internal IReadOnlyList<string> Sources => _sources.Names;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(SortBuffer buffer, long eventAtMs, VesselId vessel)
    {
        if (!buffer.TryAdd(eventAtMs, vessel.Value, _scratch.WrittenSpan))
        {
            Spill(buffer);
            buffer.TryAdd(eventAtMs, vessel.Value, _scratch.WrittenSpan);
        }
    }

    private void Spill(SortBuffer buffer)
    {
        if (_runs.Count >= RunsMax)
        {
            throw new InvalidOperationException($"more than {RunsMax} runs: give the sorter more memory");
        }

        var path = Path.Combine(Folder, $"run-{_runs.Count}");
        buffer.Sort();
        using var file = SortFiles.Create(path);
        buffer.WriteTo(file);
        buffer.Clear();
        _runs.Add(path);
    }
}
