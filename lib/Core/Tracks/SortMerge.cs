using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>Merges the runs of a sort into one stream per group.</summary>
internal static class SortMerge
{
    private const int CursorBytesMin = 1 << 16;
    private const int CursorBytesMax = 1 << 20;

    public static SortedReplay Run(
        ReplaySorter sorter,
        GroupMap groups,
        SortBuffer positions,
        SortBuffer statics,
        List<string> runs,
        RecordOrder order,
        CancellationToken cancel)
    {
        positions.Sort();
        statics.Sort();
        var cursorBytes = Math.Clamp(sorter.MemoryBytes / Math.Max(1, 2 * runs.Count), CursorBytesMin, CursorBytesMax);
        var cursors = new List<RunCursor> { new MemoryCursor(positions) };
        var staticCursor = new MemoryCursor(statics);
        cursors.Add(staticCursor);
        cursors.AddRange(runs.Select(run => new FileCursor(run, cursorBytes)));
        var output = new GroupOutput(sorter, groups);
        try
        {
            Merge(new CursorHeap(cursors, order), staticCursor, new EarlyStatics(statics), output, cancel);
            return output.Complete(sorter.Reports);
        }
        catch
        {
            output.Discard();
            throw;
        }
        finally
        {
            cursors.ForEach(cursor => cursor.Dispose());
        }
    }

    private static void Merge(
        CursorHeap heap, MemoryCursor staticCursor, EarlyStatics early, GroupOutput output, CancellationToken cancel)
    {
        var count = 0;
        for (; heap.Top is { } top; heap.Advance())
        {
            if ((++count & 0xFFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            if (top.Record.IsEmpty)
            {
                continue; // Static data at the head of the heap that the vessel's first position took before.
            }

            if (top == staticCursor)
            {
                if (!early.IsStillToCome(top.Vessel, staticCursor.Number))
                {
                    continue;
                }
            }
            else if (early.TryTake(top.Vessel, out var record))
            {
                output.WriteStatic(new VesselId(top.Vessel), top.EventAtMs, record);
            }

            output.Write(new VesselId(top.Vessel), top.EventAtMs, top.Record);
        }
    }

    /// <summary>The earliest static data of each vessel, until its first position or their own time has come.</summary>
    private sealed class EarlyStatics
    {
        private readonly SortBuffer _statics;
        private readonly Dictionary<ulong, int> _waiting = [];
        private readonly HashSet<int> _taken = [];

        public EarlyStatics(SortBuffer statics)
        {
            _statics = statics;
            for (var i = 0; i < statics.Count; i++)
            {
                _waiting.TryAdd(statics.EntryAt(i).Vessel, i);
            }
        }

        /// <summary>False where the record has been written already, with the vessel's first position.</summary>
        public bool IsStillToCome(ulong vessel, int number)
        {
            if (_waiting.TryGetValue(vessel, out var first) && first == number)
            {
                _waiting.Remove(vessel);
            }

            return !_taken.Remove(number);
        }

        public bool TryTake(ulong vessel, out ReadOnlySpan<byte> record)
        {
            record = default;
            if (_waiting.Count == 0 || !_waiting.Remove(vessel, out var number))
            {
                return false;
            }

            record = _statics[number];
            _taken.Add(number);
            return true;
        }
    }
}
