using System.Numerics;

namespace MaritimeWatch.Feeds;

/// <summary>The rows of a table up to a moment; searched without a lock while the writer goes on.</summary>
internal readonly struct TableView(FeatureBlock[] blocks, int rows)
{
    /// <summary>Finds what matches, newest first, and counts all of it.</summary>
    public FeedPage Query(FeedQuery query, int generation, bool onlyLatest)
    {
        var test = new RowTest(query, generation, onlyLatest);
        var page = new List<FeedRow>(Math.Min(query.Limit, 128));
        var (matched, hasMore) = (0, false);
        Span<ulong> mask = stackalloc ulong[FeatureBlock.Words];
        for (var index = (rows - 1) / FeatureBlock.Rows; index >= 0 && rows > 0; index--)
        {
            var block = blocks[index];
            if (!block.MayMatch(test))
            {
                continue;
            }

            block.Mark(test, Math.Min(FeatureBlock.Rows, rows - (index * FeatureBlock.Rows)), mask);
            var needsShapes = test.HasArea && block.Shape is not null;
            for (var word = FeatureBlock.Words - 1; word >= 0; word--)
            {
                var bits = mask[word];
                if (needsShapes)
                {
                    bits = Exact(test, block, word, bits);
                }

                matched += BitOperations.PopCount(bits);
                if (bits != 0 && !hasMore)
                {
                    hasMore = Take(query, block, word, bits, page);
                }
            }
        }

        return new FeedPage(matched, page, hasMore);
    }

    /// <summary>Counts what matches by the codes of some columns.</summary>
    public List<(int[] Codes, int Count)> CountBy(FeedQuery query, int generation, int[] columns)
    {
        var test = new RowTest(query, generation, onlyLatest: true);
        var groups = new List<(int[] Codes, int Count)>();
        Span<ulong> mask = stackalloc ulong[FeatureBlock.Words];
        for (var index = 0; index * FeatureBlock.Rows < rows; index++)
        {
            var block = blocks[index];
            if (!block.MayMatch(test))
            {
                continue;
            }

            block.Mark(test, Math.Min(FeatureBlock.Rows, rows - (index * FeatureBlock.Rows)), mask);
            for (var word = 0; word < FeatureBlock.Words; word++)
            {
                var bits = test.HasArea && block.Shape is not null ? Exact(test, block, word, mask[word]) : mask[word];
                for (; bits != 0; bits &= bits - 1)
                {
                    Count(groups, block, (word * 64) + BitOperations.TrailingZeroCount(bits), columns);
                }
            }
        }

        return groups;
    }

    /// <summary>The latest start of any row of a generation, or null where no row has one.</summary>
    public long? LatestStartMs(int generation)
    {
        var latest = long.MinValue;
        for (var row = 0; row < rows; row++)
        {
            var (block, at) = (blocks[row / FeatureBlock.Rows], row % FeatureBlock.Rows);
            latest = block.Born[at] <= generation ? Math.Max(latest, block.StartMs[at]) : latest;
        }

        return latest == long.MinValue ? null : latest;
    }

    /// <summary>A row for the outside.</summary>
    public static FeedRow RowAt(FeatureBlock block, int row) => new(
        block.Sequence[row],
        block.Revision[row],
        new LinePlace(block.Segment[row], block.Offset[row], block.Length[row]));

    // A handful of groups (kinds, rules, states), so that a list is as quick as any table.
    private static void Count(List<(int[] Codes, int Count)> groups, FeatureBlock block, int row, int[] columns)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            var isSame = true;
            for (var c = 0; c < columns.Length && isSame; c++)
            {
                isSame = block.Codes[columns[c]][row] == groups[i].Codes[c];
            }

            if (isSame)
            {
                groups[i] = (groups[i].Codes, groups[i].Count + 1);
                return;
            }
        }

        groups.Add(([.. columns.Select(c => block.Codes[c][row])], 1));
    }

    private static ulong Exact(in RowTest test, FeatureBlock block, int word, ulong bits)
    {
        for (var left = bits; left != 0; left &= left - 1)
        {
            var bit = BitOperations.TrailingZeroCount(left);
            if (!test.Meets(block, (word * 64) + bit))
            {
                bits &= ~(1UL << bit);
            }
        }

        return bits;
    }

    // Newest first: from the highest bit down. True once a row is left over for the next page.
    private static bool Take(FeedQuery query, FeatureBlock block, int word, ulong bits, List<FeedRow> page)
    {
        while (bits != 0)
        {
            var bit = BitOperations.Log2(bits);
            var row = (word * 64) + bit;
            bits &= ~(1UL << bit);
            if (block.Sequence[row] >= query.Before)
            {
                continue;
            }

            if (page.Count == query.Limit)
            {
                return true;
            }

            page.Add(RowAt(block, row));
        }

        return false;
    }
}
