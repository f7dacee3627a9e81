using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MaritimeWatch.Feeds;

/// <summary>
/// 1,024 rows as columns, with the extremes of the filtered ones (a zone map). Rows are appended by one writer; readers
/// look only at rows that their snapshot counts. Of a row that readers see, only <see cref="Died"/> and
/// <see cref="Superseded"/> ever change, and only in ways that no older snapshot can tell.
/// </summary>
internal sealed class FeatureBlock
{
    public const int Rows = 1024;
    public const int Words = Rows / 64;

    /// <summary>The generation of death of a row that is alive.</summary>
    public const int Never = int.MaxValue;

    public readonly long[] Sequence = new long[Rows];
    public readonly int[] West = new int[Rows];
    public readonly int[] South = new int[Rows];
    public readonly int[] East = new int[Rows];
    public readonly int[] North = new int[Rows];
    public readonly long[] StartMs = new long[Rows];
    public readonly long[] EndMs = new long[Rows];
    public readonly int[] Born = new int[Rows];
    public readonly int[] Died = new int[Rows];
    public readonly int[] Revision = new int[Rows];
    public readonly int[] Previous = new int[Rows];
    public readonly int[] Segment = new int[Rows];
    public readonly uint[] Offset = new uint[Rows];
    public readonly int[] Length = new int[Rows];
    public readonly int[][] Codes;
    public int[]?[]? Shape;

    public int Superseded;
    public int BornFirst = int.MaxValue;
    public int BornLast = int.MinValue;
    public int WestMin = int.MaxValue;
    public int SouthMin = int.MaxValue;
    public int EastMax = int.MinValue;
    public int NorthMax = int.MinValue;
    public long StartMin = long.MaxValue;
    public long StartMax = long.MinValue;
    public long EndMin = long.MaxValue;
    public long EndMax = long.MinValue;

    public FeatureBlock(int queryables)
    {
        Codes = new int[queryables][];
        for (var i = 0; i < queryables; i++)
        {
            Codes[i] = new int[Rows];
        }
    }

    /// <summary>Takes the row's values into the zone map.</summary>
    public void Widen(int row)
    {
        (BornFirst, BornLast) = (Math.Min(BornFirst, Born[row]), Math.Max(BornLast, Born[row]));
        (WestMin, EastMax) = (Math.Min(WestMin, West[row]), Math.Max(EastMax, East[row]));
        (SouthMin, NorthMax) = (Math.Min(SouthMin, South[row]), Math.Max(NorthMax, North[row]));
        (StartMin, StartMax) = (Math.Min(StartMin, StartMs[row]), Math.Max(StartMax, StartMs[row]));
        (EndMin, EndMax) = (Math.Min(EndMin, EndMs[row]), Math.Max(EndMax, EndMs[row]));
    }

    /// <summary>Copies a row from another block, for compaction.</summary>
    public void CopyRow(int row, FeatureBlock from, int source)
    {
        Sequence[row] = from.Sequence[source];
        (West[row], South[row], East[row], North[row]) =
            (from.West[source], from.South[source], from.East[source], from.North[source]);
        (StartMs[row], EndMs[row]) = (from.StartMs[source], from.EndMs[source]);
        (Born[row], Died[row]) = (from.Born[source], from.Died[source]);
        Superseded += Died[row] == Never ? 0 : 1;
        Revision[row] = from.Revision[source];
        (Segment[row], Offset[row], Length[row]) = (from.Segment[source], from.Offset[source], from.Length[source]);
        for (var i = 0; i < Codes.Length; i++)
        {
            Codes[i][row] = from.Codes[i][source];
        }

        if (from.Shape?[source] is { } shape)
        {
            (Shape ??= new int[Rows][])[row] = shape;
        }

        Widen(row);
    }

    /// <summary>False when the zone map says that no row can match.</summary>
    public bool MayMatch(in RowTest test) =>
        BornFirst <= test.Generation && BornLast > test.Since
        && (!test.HasTime || (StartMin <= test.ToMs && EndMax >= test.FromMs))
        && (!test.HasArea || Reaches(test.First) || Reaches(test.Second));

    /// <summary>Marks the matching rows, but for exact shapes.</summary>
    /// <param name="test">What to match.</param>
    /// <param name="rows">How many rows the snapshot counts in this block.</param>
    /// <param name="mask">One bit a row.</param>
    public void Mark(in RowTest test, int rows, Span<ulong> mask)
    {
        var checkBirth = BornLast > test.Generation || BornFirst <= test.Since;
        var checkDeath = test.OnlyLatest && Volatile.Read(ref Superseded) > 0;
        var checkTime = test.HasTime && !(StartMax <= test.ToMs && EndMin >= test.FromMs);
        var checkArea = test.HasArea && !Within(test.First) && !Within(test.Second);
        for (var word = 0; word < Words; word++)
        {
            var at = word * 64;
            var bits = rows >= at + 64 ? ulong.MaxValue : rows <= at ? 0 : (1UL << (rows - at)) - 1;
            if (bits != 0 && checkBirth)
            {
                bits &= AtMost(Born, at, test.Generation) & ~AtMost(Born, at, test.Since);
            }

            if (bits != 0 && checkDeath)
            {
                bits &= ~AtMost(Died, at, test.Generation);
            }

            if (bits != 0 && checkTime)
            {
                bits &= AtMost(StartMs, at, test.ToMs);
                bits &= bits == 0 || test.FromMs == long.MinValue ? bits : ~AtMost(EndMs, at, test.FromMs - 1);
            }

            if (bits != 0 && checkArea)
            {
                bits &= Meeting(test.First, at) | (test.HasSecond ? Meeting(test.Second, at) : 0);
            }

            for (var i = 0; bits != 0 && i < test.Filters.Count; i++)
            {
                bits &= AnyOf(Codes[test.Filters[i].Column], at, test.Filters[i].Codes);
            }

            mask[word] = bits;
        }
    }

    private bool Reaches(FeedBox box) =>
        WestMin <= box.East && EastMax >= box.West && SouthMin <= box.North && NorthMax >= box.South;

    private bool Within(FeedBox box) =>
        box.Holds(WestMin, SouthMin, EastMax, NorthMax);

    private ulong Meeting(FeedBox box, int at)
    {
        var bits = AtMost(West, at, box.East);
        bits &= bits == 0 ? 0 : ~AtMost(East, at, box.West - 1);
        bits &= bits == 0 ? 0 : AtMost(South, at, box.North);
        return bits == 0 ? 0 : bits & ~AtMost(North, at, box.South - 1);
    }

    private static ulong AnyOf(int[] column, int at, IReadOnlyList<int> codes)
    {
        var bits = 0UL;
        for (var i = 0; i < codes.Count; i++)
        {
            bits |= EqualTo(column, at, codes[i]);
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AtMost(int[] column, int at, int bound)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(column), at);
        var limit = Vector256.Create(bound);
        var bits = 0UL;
        for (var i = 0; i < 64; i += 8)
        {
            var values = Vector256.LoadUnsafe(ref first, (nuint)i);
            bits |= (ulong)Vector256.LessThanOrEqual(values, limit).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EqualTo(int[] column, int at, int code)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(column), at);
        var wanted = Vector256.Create(code);
        var bits = 0UL;
        for (var i = 0; i < 64; i += 8)
        {
            bits |= (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)i), wanted)
                .ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AtMost(long[] column, int at, long bound)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(column), at);
        var limit = Vector256.Create(bound);
        var bits = 0UL;
        for (var i = 0; i < 64; i += 4)
        {
            var values = Vector256.LoadUnsafe(ref first, (nuint)i);
            bits |= (ulong)Vector256.LessThanOrEqual(values, limit).ExtractMostSignificantBits() << i;
        }

        return bits;
    }
}

/// <summary>A query made ready for blocks.</summary>
internal readonly struct RowTest
{
    public RowTest(FeedQuery query, int generation, bool onlyLatest)
    {
        Generation = generation;
        Since = query.SinceGeneration;
        OnlyLatest = onlyLatest;
        (FromMs, ToMs) = (query.FromMs, query.ToMs);
        HasTime = FromMs != long.MinValue || ToMs != long.MaxValue;
        HasArea = query.Area is not null;
        (First, Second) = (query.Area?.First ?? default, query.Area?.Second ?? default);
        HasSecond = First != Second;
        Filters = query.Filters;
    }

    public int Generation { get; }

    public int Since { get; }

    public bool OnlyLatest { get; }

    public long FromMs { get; }

    public long ToMs { get; }

    public bool HasTime { get; }

    public bool HasArea { get; }

    public bool HasSecond { get; }

    public FeedBox First { get; }

    public FeedBox Second { get; }

    public IReadOnlyList<FeedFilter> Filters { get; }

    /// <summary>The last word on a row whose geometry is more than a point.</summary>
    public bool Meets(FeatureBlock block, int row)
    {
        if (block.Shape?[row] is not { } shape)
        {
            return true;
        }

        return Meets(First, block, row, shape) || (HasSecond && Meets(Second, block, row, shape));
    }

    private static bool Meets(FeedBox box, FeatureBlock block, int row, int[] shape)
    {
        var (west, south, east, north) = (block.West[row], block.South[row], block.East[row], block.North[row]);
        return box.Holds(west, south, east, north)
            || (box.Meets(west, south, east, north) && Shapes.Meets(shape, box));
    }
}
