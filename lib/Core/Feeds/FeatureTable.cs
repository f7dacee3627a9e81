using System.Runtime.InteropServices;

namespace MaritimeWatch.Feeds;

/// <summary>
/// The rows of one collection in the order in which they came. A new line of an id ends the life of the row before it
/// but does not touch it otherwise, so that older snapshots still see it. One writer at a time.
/// </summary>
internal sealed class FeatureTable
{
    private const int None = -1;
    private const int CompactFrom = 16 * FeatureBlock.Rows;

    private readonly FeatureParser _parser;
    private readonly int _queryables;
    private readonly bool _keepsHistory;
    private readonly Dictionary<UInt128, int> _latest = [];
    private FeatureBlock[] _blocks = [];
    private int _rows;
    private int _dead;
    private long _sequence;

    /// <summary>Makes an empty table.</summary>
    /// <param name="collection">What its lines are.</param>
    /// <param name="words">Texts as numbers.</param>
    /// <param name="keepsHistory">Rows that were replaced are kept for ever: they are a collection of their own.</param>
    public FeatureTable(FeedCollection collection, Vocabulary words, bool keepsHistory)
    {
        _parser = new FeatureParser(collection, words);
        _queryables = collection.Queryables.Count;
        _keepsHistory = keepsHistory;
    }

    /// <summary>What readers of this moment may look at; the writer hands it out when a generation is done.</summary>
    public TableView View => new(_blocks, _rows);

    /// <summary>Lines that were not taken.</summary>
    public long Refused { get; private set; }

    /// <summary>Appends a line.</summary>
    /// <param name="line">The feature.</param>
    /// <param name="place">Where its bytes are.</param>
    /// <param name="generation">The generation that will show it.</param>
    public LineFault Append(ReadOnlySpan<byte> line, LinePlace place, int generation)
    {
        var fault = _parser.Parse(line);
        if (fault != LineFault.None)
        {
            Refused++;
            return fault;
        }

        ref var latest = ref CollectionsMarshal.GetValueRefOrAddDefault(_latest, _parser.Key, out var exists);
        var previous = exists ? latest : None;
        if (exists)
        {
            var (block, row) = At(previous);
            if (_keepsHistory && block.Revision[row] >= _parser.Revision)
            {
                // The same revision once more, after a load that was cut off and begun again.
                return LineFault.None;
            }

            End(block, row, generation);
        }

        latest = _rows;
        Write(place, generation, previous);
        return LineFault.None;
    }

    /// <summary>Ends every row: the next lines replace the whole collection.</summary>
    public void EndAll(int generation)
    {
        foreach (var row in _latest.Values)
        {
            var (block, at) = At(row);
            End(block, at, generation);
        }

        _latest.Clear();
    }

    /// <summary>Ends the row of one id, where it has one.</summary>
    public void EndOne(UInt128 key, int generation)
    {
        if (_latest.Remove(key, out var row))
        {
            var (block, at) = At(row);
            End(block, at, generation);
        }
    }

    /// <summary>
    /// Drops rows that no snapshot can see, once they are most of the table. Readers of older views keep the old blocks.
    /// </summary>
    /// <param name="held">The generations that somebody may still ask for, ascending.</param>
    public void Compact(ReadOnlySpan<int> held)
    {
        if (_keepsHistory || _dead < CompactFrom || _dead < _rows / 2)
        {
            return;
        }

        var (old, rows) = (_blocks, _rows);
        var moved = new int[rows];
        (_blocks, _rows, _dead) = ([], 0, 0);
        for (var i = 0; i < rows; i++)
        {
            var (from, source) = (old[i / FeatureBlock.Rows], i % FeatureBlock.Rows);
            moved[i] = None;
            if (!IsSeen(from.Born[source], from.Died[source], held))
            {
                continue;
            }

            moved[i] = _rows;
            var block = Room();
            var row = _rows % FeatureBlock.Rows;
            block.CopyRow(row, from, source);
            _dead += block.Died[row] == FeatureBlock.Never ? 0 : 1;
            block.Previous[row] = Survivor(old, from.Previous[source], moved);
            _rows++;
        }

        foreach (var key in _latest.Keys)
        {
            CollectionsMarshal.GetValueRefOrNullRef(_latest, key) = moved[_latest[key]];
        }
    }

    /// <summary>The row of an id that a generation sees, or null. Only under the model's lock.</summary>
    public FeedRow? Find(UInt128 key, int generation, int revision)
    {
        if (!_latest.TryGetValue(key, out var at))
        {
            return null;
        }

        for (; at != None; at = At(at).Block.Previous[At(at).Row])
        {
            var (block, row) = At(at);
            if (revision > 0
                ? block.Revision[row] == revision && block.Born[row] <= generation
                : block.Born[row] <= generation && block.Died[row] > generation)
            {
                return TableView.RowAt(block, row);
            }
        }

        return null;
    }

    private static bool IsSeen(int born, int died, ReadOnlySpan<int> held)
    {
        if (died == FeatureBlock.Never)
        {
            return true;
        }

        var at = held.BinarySearch(born);
        at = at < 0 ? ~at : at;
        return at < held.Length && held[at] < died;
    }

    private static int Survivor(FeatureBlock[] blocks, int row, int[] moved)
    {
        while (row != None && moved[row] == None)
        {
            row = blocks[row / FeatureBlock.Rows].Previous[row % FeatureBlock.Rows];
        }

        return row == None ? None : moved[row];
    }

    private void End(FeatureBlock block, int row, int generation)
    {
        Volatile.Write(ref block.Died[row], generation);
        Volatile.Write(ref block.Superseded, block.Superseded + 1);
        _dead++;
    }

    private void Write(LinePlace place, int generation, int previous)
    {
        var block = Room();
        var row = _rows % FeatureBlock.Rows;
        block.Sequence[row] = ++_sequence;
        (block.West[row], block.South[row], block.East[row], block.North[row]) =
            (_parser.West, _parser.South, _parser.East, _parser.North);
        (block.StartMs[row], block.EndMs[row]) = (_parser.StartMs, _parser.EndMs);
        (block.Born[row], block.Died[row]) = (generation, FeatureBlock.Never);
        (block.Revision[row], block.Previous[row]) = (_parser.Revision, previous);
        (block.Segment[row], block.Offset[row], block.Length[row]) = (place.Segment, (uint)place.Offset, place.Length);
        for (var i = 0; i < _queryables; i++)
        {
            block.Codes[i][row] = _parser.Codes[i];
        }

        if (_parser.Shape is not null)
        {
            (block.Shape ??= new int[FeatureBlock.Rows][])[row] = _parser.Shape;
        }

        block.Widen(row);
        _rows++;
    }

    private FeatureBlock Room()
    {
        var index = _rows / FeatureBlock.Rows;
        if (index == _blocks.Length)
        {
            Array.Resize(ref _blocks, Math.Max(4, _blocks.Length * 2));
        }

        return _blocks[index] ??= new FeatureBlock(_queryables);
    }

    private (FeatureBlock Block, int Row) At(int row) => (_blocks[row / FeatureBlock.Rows], row % FeatureBlock.Rows);
}
