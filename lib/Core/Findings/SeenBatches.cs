using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>The latest batches and sets, so that one that is delivered twice is folded once. Bounded.</summary>
internal sealed class SeenBatches
{
    /// <summary>How many are remembered.</summary>
    public const int Kept = 4096;

    private readonly Queue<string> _order = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<string> _unsaved = [];

    public bool Contains(string key) => _keys.Contains(key);

    public void Add(string key)
    {
        if (!_keys.Add(key))
        {
            return;
        }

        _order.Enqueue(key);
        _unsaved.Add(key);
        if (_order.Count > Kept)
        {
            _keys.Remove(_order.Dequeue());
        }
    }

    /// <summary>Writes all, or those that are new since the last save.</summary>
    public void Save(StateWriter writer, bool whole)
    {
        IReadOnlyCollection<string> keys = whole ? _order : _unsaved;
        writer.Int32(keys.Count);
        foreach (var key in keys)
        {
            writer.Text(key);
        }

        _unsaved.Clear();
    }

    public void Restore(ref StateReader reader)
    {
        var count = reader.Count(4);
        for (var i = 0; i < count; i++)
        {
            Add(reader.Text());
        }

        _unsaved.Clear();
    }

    public void Clear()
    {
        _order.Clear();
        _keys.Clear();
        _unsaved.Clear();
    }
}
