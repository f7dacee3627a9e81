using System.Runtime.InteropServices;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>
/// Where anything was heard: per source and cell, and per cell for all sources together, the ten-minute buckets of the
/// last 24 hours. It is fed by heard marks only, so every group knows the same. Bounded: past
/// <see cref="CellsMax"/> cells nothing new is noted, which takes silence for unobservable, never for a finding.
/// </summary>
internal sealed class CoverageMap
{
    /// <summary>Most pairs of source and cell.</summary>
    public const int CellsMax = 200_000;

    /// <summary>Buckets that are remembered: 24 hours.</summary>
    public const int BucketsKept = 144;

    private const ushort AllSources = HeardCell.AllSources;
    private const int CellsAround = 32;
    private readonly Dictionary<long, int> _numbers = [];
    private readonly Pool<HeardCell> _cells = new();
    private readonly ChangedSlots _changed = new();

    public ChangedSlots Changed => _changed;

    public ref readonly HeardCell CellAt(int slot) => ref _cells[slot];

    /// <summary>Notes a mark whose source number is the fold's own.</summary>
    public void Note(in HeardMark mark, ushort source)
    {
        var isClassB = (mark.Squares & HeardMark.ClassB) != 0;
        var plain = mark with { Squares = mark.Squares & ~HeardMark.ClassB };
        NoteIn(source, in plain);
        var whole = plain with { Cell = HeardCell.WholeSource };
        NoteIn(source, in whole);

        // Squares tell where reception is; a satellite that passes now and then does not.
        var isSteady = IsSteady(source);
        var forAll = isSteady ? plain : plain with { Squares = 0 };
        NoteIn(AllSources, in forAll, isSteady);
        if (isClassB)
        {
            NoteIn(HeardCell.AllOfClassB, in forAll, isSteady);
        }
    }

    /// <summary>Was anybody heard in this bucket, in the cell or the eight around it?</summary>
    public bool IsHeardAround(int cell, int bucket)
    {
        Span<int> around = stackalloc int[9];
        around[8] = cell;
        var count = GridCells.Neighbours(cell, around[..8]);
        around[count] = cell;
        foreach (var each in around[..(count + 1)])
        {
            if (_numbers.TryGetValue(Key(AllSources, each), out var number) && _cells[number].IsHeard(bucket))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of the buckets from one to another, in how many was anybody heard around the cell (9 cells)?</summary>
    /// <param name="cell">The cell in the middle.</param>
    /// <param name="fromBucket">First bucket.</param>
    /// <param name="toBucket">Last bucket, included.</param>
    public int BucketsHeardAround(int cell, int fromBucket, int toBucket)
    {
        var heard = 0;
        for (var bucket = fromBucket; bucket <= toBucket; bucket++)
        {
            heard += IsHeardAround(cell, bucket) ? 1 : 0;
        }

        return heard;
    }

    /// <summary>
    /// Of the hours from one to another, in how many was anybody heard within so many squares of 3 NM of a place?
    /// </summary>
    /// <param name="place">The middle.</param>
    /// <param name="squares">How far around it.</param>
    /// <param name="fromHour">First hour.</param>
    /// <param name="toHour">Last hour, included.</param>
    /// <param name="who"><see cref="HeardCell.AllSources"/>, or <see cref="HeardCell.AllOfClassB"/> for that class alone.</param>
    public int HoursHeardNear(Position place, int squares, int fromHour, int toHour, ushort who = AllSources)
    {
        Span<(int Cell, uint Bits)> around = stackalloc (int, uint)[CellsAround];
        around = around[..HeardSquares.Around(place, squares, around)];
        var heard = 0;
        for (var hour = fromHour; hour <= toHour; hour++)
        {
            foreach (var (cell, bits) in around)
            {
                if (_numbers.TryGetValue(Key(who, cell), out var number) && _cells[number].IsHeard(bits, hour))
                {
                    heard++;
                    break;
                }
            }
        }

        return heard;
    }

    /// <summary>Counts squares of 3 NM within so many of a place by the hours in which anybody was heard in them.</summary>
    public int SquareHoursNear(Position place, int squares, int fromHour, int toHour, ushort who = AllSources)
    {
        Span<(int Cell, uint Bits)> around = stackalloc (int, uint)[CellsAround];
        around = around[..HeardSquares.Around(place, squares, around)];
        var heard = 0;
        foreach (var (cell, bits) in around)
        {
            if (_numbers.TryGetValue(Key(who, cell), out var number))
            {
                for (var hour = fromHour; hour <= toHour; hour++)
                {
                    heard += _cells[number].SquaresHeard(bits, hour);
                }
            }
        }

        return heard;
    }

    /// <summary>
    /// Vessels heard in a cell and the eight around it, summed over ten-minute buckets, and their reports.
    /// </summary>
    public (int Vessels, int Reports) TallyAround(int cell, int fromHour, int toHour, ushort who = AllSources)
    {
        Span<int> around = stackalloc int[9];
        var count = GridCells.Neighbours(cell, around[..8]);
        around[count] = cell;
        var (vessels, reports) = (0, 0);
        foreach (var each in around[..(count + 1)])
        {
            if (!_numbers.TryGetValue(Key(who, each), out var number))
            {
                continue;
            }

            for (var hour = fromHour; hour <= toHour; hour++)
            {
                var tally = _cells[number].TallyOf(hour);
                vessels += tally.Vessels;
                reports += tally.Reports;
            }
        }

        return (vessels, reports);
    }

    /// <summary>Is a source heard all the time, like a station on the coast?</summary>
    public bool IsSteady(ushort source) =>
        _numbers.TryGetValue(Key(source, HeardCell.WholeSource), out var number) && _cells[number].IsSteady;

    /// <summary>Reports in a cell over the last 24 hours that were heard there, all sources.</summary>
    public int ReportsPerDay(int cell) =>
        _numbers.TryGetValue(Key(AllSources, cell), out var number) ? _cells[number].ReportsPerDay : 0;

    public void Clear()
    {
        _numbers.Clear();
        _cells.Clear();
        _changed.ClearDelta();
        _changed.ClearViews();
    }

    /// <summary>Writes all cells, or those that changed since the last save.</summary>
    public void Save(StateWriter writer, bool whole)
    {
        IReadOnlyList<int> slots = whole ? [.. Enumerable.Range(0, _cells.Used)] : _changed.SinceDelta;
        writer.Int32(slots.Count);
        foreach (var slot in slots)
        {
            writer.Int32(slot);
            writer.Packed(in _cells[slot]);
        }

        _changed.ClearDelta();
    }

    public void Restore(ref StateReader reader)
    {
        var count = reader.Count(5);
        for (var i = 0; i < count; i++)
        {
            var slot = reader.Int32();
            if (slot is < 0 or >= 2 * CellsMax)
            {
                throw new InvalidDataException($"the coverage slot {slot} is out of range");
            }

            _cells.Reach(slot);
            reader.Packed(out _cells[slot]);
            _numbers[Key(_cells[slot].Source, _cells[slot].Cell)] = slot;
        }
    }

    private static long Key(ushort source, int cell) => ((long)source << 32) | (uint)cell;

    private void NoteIn(ushort source, in HeardMark mark, bool countVessels = false)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, Key(source, mark.Cell), out var known);
        if (!known)
        {
            if (_cells.Used >= CellsMax)
            {
                _numbers.Remove(Key(source, mark.Cell));
                return;
            }

            number = _cells.Take();
            _cells[number] = new HeardCell { Source = source, Cell = mark.Cell, Newest = mark.Bucket, FirstAtMs = mark.LastAtMs };
        }

        _cells[number].Note(in mark);
        if (countVessels)
        {
            _cells[number].CountVessels(in mark);
        }

        _changed.Add(number);
    }
}
