using System.Buffers;
using System.Runtime.InteropServices;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>
/// Writes the sorted stream of each group, with the heard marks of a bucket of ten minutes to all groups at its end.
/// Sources and landed blobs get numbers by their names, so that the stream does not depend on the order of files.
/// </summary>
internal sealed class GroupOutput
{
    private readonly GroupMap _groups;
    private readonly string _folder;
    private readonly FileStream[] _files;
    private readonly long[] _bytes;
    private readonly long[] _counts;
    private readonly List<long>[] _index;
    private readonly LandingName[] _landings;
    private readonly string[] _sources;
    private readonly ushort[] _landingRanks;
    private readonly ushort[] _sourceRanks;
    private readonly HeardCounter _heard = new();
    private readonly List<HeardMark> _marks = [];
    private readonly ArrayBufferWriter<byte> _scratch = new(256);
    private int _bucket = int.MinValue;

    public GroupOutput(ReplaySorter sorter, GroupMap groups)
    {
        _groups = groups;
        _folder = sorter.Folder;
        _files = new FileStream[groups.Groups];
        _bytes = new long[groups.Groups];
        _counts = new long[groups.Groups];
        _index = new List<long>[groups.Groups];
        for (var group = 0; group < _files.Length; group++)
        {
            _files[group] = SortFiles.Create(PathOf(group));
            _index[group] = [];
        }

        _landings = [.. sorter.Landings.Distinct().OrderBy(l => l.Hash, StringComparer.Ordinal).ThenBy(l => l.Name, StringComparer.Ordinal)];
        _sources = [.. sorter.Sources.Order(StringComparer.Ordinal)];
        _landingRanks = [.. sorter.Landings.Select(l => (ushort)Array.IndexOf(_landings, l))];
        _sourceRanks = [.. sorter.Sources.Select(s => (ushort)Array.IndexOf(_sources, s))];
    }

    public void Write(VesselId vessel, long eventAtMs, ReadOnlySpan<byte> record)
    {
        var bucket = HeardMark.BucketOf(eventAtMs);
        if (bucket > _bucket)
        {
            EndBucket();
            _bucket = bucket;
        }

        if ((RecordKind)record[0] == RecordKind.Position)
        {
            ref readonly var packed = ref MemoryMarshal.AsRef<PackedPosition>(record);
            var place = new Position(packed.LatitudeE7, packed.LongitudeE7);
            var source = _sourceRanks[packed.Evidence.SourceIndex];
            _heard.Add(eventAtMs, vessel, place, source, (ReportTraits)packed.Traits);
        }

        Put(_groups.GroupOf(vessel.Shard), record, eventAtMs);
    }

    /// <summary>Writes static data as of another time than their own.</summary>
    public void WriteStatic(VesselId vessel, long eventAtMs, ReadOnlySpan<byte> record) =>
        Put(_groups.GroupOf(vessel.Shard), record, eventAtMs);

    public SortedReplay Complete(long reports)
    {
        EndBucket();
        foreach (var file in _files)
        {
            file.Dispose();
        }

        var paths = Enumerable.Range(0, _files.Length).Select(PathOf).ToArray();
        return new SortedReplay(_folder, paths, _index, _counts, _landings, _sources, reports);
    }

    public void Discard()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void EndBucket()
    {
        _marks.Clear();
        _heard.Drain(_marks);
        foreach (var mark in _marks)
        {
            _scratch.ResetWrittenCount();
            RecordWriter.Write(_scratch, in mark);
            for (var group = 0; group < _files.Length; group++)
            {
                PutBytes(group, _scratch.WrittenSpan);
            }
        }
    }

    private void Put(int group, ReadOnlySpan<byte> record, long eventAtMs)
    {
        Span<byte> own = stackalloc byte[record.Length];
        record.CopyTo(own);
        MemoryMarshal.AsRef<PackedPosition>(own).EventAtMs = eventAtMs;
        ref var evidence = ref MemoryMarshal.AsRef<PackedEvidence>(own[PackedEvidence.Offset..]);
        evidence.SourceIndex = _sourceRanks[evidence.SourceIndex];
        evidence.LandingIndex = _landingRanks[evidence.LandingIndex];
        PutBytes(group, own);
    }

    private void PutBytes(int group, ReadOnlySpan<byte> record)
    {
        if (_counts[group]++ % SortedReplay.IndexEvery == 0)
        {
            _index[group].Add(_bytes[group]);
        }

        _files[group].Write(record);
        _bytes[group] += record.Length;
    }

    private string PathOf(int group) => Path.Combine(_folder, $"group-{group:D3}");
}
