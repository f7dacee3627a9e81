namespace MaritimeWatch.Tracks;

/// <summary>The cursors of a merge, the one with the smallest record on top.</summary>
internal sealed class CursorHeap
{
    private readonly List<RunCursor> _heap = [];
    private readonly RecordOrder _order;

    public CursorHeap(IEnumerable<RunCursor> cursors, RecordOrder order)
    {
        _order = order;
        _heap.AddRange(cursors.Where(cursor => cursor.MoveNext()));
        for (var i = (_heap.Count / 2) - 1; i >= 0; i--)
        {
            Sink(i);
        }
    }

    /// <summary>The cursor at the smallest record, or null at the end of all.</summary>
    public RunCursor? Top => _heap.Count > 0 ? _heap[0] : null;

    public void Advance()
    {
        if (!_heap[0].MoveNext())
        {
            _heap[0] = _heap[^1];
            _heap.RemoveAt(_heap.Count - 1);
        }

        Sink(0);
    }

    private void Sink(int at)
    {
        for (var child = (2 * at) + 1; child < _heap.Count; child = (2 * at) + 1)
        {
            if (child + 1 < _heap.Count && IsLess(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!IsLess(_heap[child], _heap[at]))
            {
                return;
            }

            (_heap[at], _heap[child]) = (_heap[child], _heap[at]);
            at = child;
        }
    }

    private bool IsLess(RunCursor left, RunCursor right)
    {
        if (left.EventAtMs != right.EventAtMs)
        {
            return left.EventAtMs < right.EventAtMs;
        }

        return left.Vessel != right.Vessel
            ? left.Vessel < right.Vessel
            : _order.Compare(left.Record, right.Record) < 0;
    }
}
