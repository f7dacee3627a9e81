namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// One to one: the pairs with the greatest sum of worths, each row and each column at most once; what has no worth stays
/// alone. Pairs that share nothing are solved apart, each lot by the Hungarian method (Kuhn 1955, in the form of Jonker
/// and Volgenant with potentials); a lot too large for it is taken greedily, best pair first.
/// </summary>
public static class Assignment
{
    /// <summary>The largest lot that is solved exactly, rows and columns together.</summary>
    public const int ExactMax = 600;

    /// <summary>Solves.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="pairs">Pairs that are possible with their worth, more than 0; each pair once.</param>
    /// <returns>For each row its column, or -1.</returns>
    public static int[] Solve(int rows, int columns, IReadOnlyList<WorthyPair> pairs)
    {
        var chosen = new int[rows];
        Array.Fill(chosen, -1);
        foreach (var lot in Lots(rows, columns, pairs))
        {
            var lotRows = lot.Select(pair => pair.Row).Distinct().Order().ToArray();
            var lotColumns = lot.Select(pair => pair.Column).Distinct().Order().ToArray();
            if (lotRows.Length + lotColumns.Length > ExactMax)
            {
                Greedy(lot, columns, chosen);
            }
            else
            {
                Exact(lot, lotRows, lotColumns, chosen);
            }
        }

        return chosen;
    }

    private static List<List<WorthyPair>> Lots(int rows, int columns, IReadOnlyList<WorthyPair> pairs)
    {
        var parent = Enumerable.Range(0, rows + columns).ToArray();
        foreach (var pair in pairs)
        {
            parent[Root(parent, pair.Row)] = Root(parent, rows + pair.Column);
        }

        var lots = new SortedDictionary<int, List<WorthyPair>>();
        foreach (var pair in pairs)
        {
            var root = Root(parent, pair.Row);
            if (!lots.TryGetValue(root, out var lot))
            {
                lots.Add(root, lot = []);
            }

            lot.Add(pair);
        }

        return [.. lots.Values];
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node)
        {
            node = parent[node] = parent[parent[node]];
        }

        return node;
    }

    private static void Greedy(List<WorthyPair> lot, int columns, int[] chosen)
    {
        var isTaken = new bool[columns];
        foreach (var pair in lot.OrderByDescending(p => p.Worth).ThenBy(p => p.Row).ThenBy(p => p.Column))
        {
            if (chosen[pair.Row] < 0 && !isTaken[pair.Column])
            {
                (chosen[pair.Row], isTaken[pair.Column]) = (pair.Column, true);
            }
        }
    }

    // A square of costs: staying alone costs 0 and takes a column of its own, which is at the row's own place.
    private static void Exact(List<WorthyPair> lot, int[] lotRows, int[] lotColumns, int[] chosen)
    {
        var (height, width) = (lotRows.Length, lotColumns.Length + lotRows.Length);
        var cost = lotRows.Select(_ => new long[width]).ToArray();
        var (rowAt, columnAt) = (IndexOf(lotRows), IndexOf(lotColumns));
        foreach (var pair in lot)
        {
            cost[rowAt[pair.Row]][columnAt[pair.Column]] = -pair.Worth;
        }

        var columnOf = Hungarian(cost, height, width);
        for (var row = 0; row < height; row++)
        {
            if (columnOf[row] < lotColumns.Length && cost[row][columnOf[row]] < 0)
            {
                chosen[lotRows[row]] = lotColumns[columnOf[row]];
            }
        }
    }

    private static Dictionary<int, int> IndexOf(int[] items) =>
        items.Select((item, index) => (item, index)).ToDictionary(pair => pair.item, pair => pair.index);

    private static int[] Hungarian(long[][] cost, int height, int width)
    {
        var (rowPrice, columnPrice) = (new long[height + 1], new long[width + 1]);
        var (rowOf, way) = (new int[width + 1], new int[width + 1]);
        for (var row = 1; row <= height; row++)
        {
            rowOf[0] = row;
            var column = 0;
            var least = new long[width + 1];
            var isSeen = new bool[width + 1];
            Array.Fill(least, long.MaxValue);
            do
            {
                isSeen[column] = true;
                var (from, next, step) = (rowOf[column], 0, long.MaxValue);
                for (var to = 1; to <= width; to++)
                {
                    if (isSeen[to])
                    {
                        continue;
                    }

                    var price = cost[from - 1][to - 1] - rowPrice[from] - columnPrice[to];
                    if (price < least[to])
                    {
                        (least[to], way[to]) = (price, column);
                    }

                    if (least[to] < step)
                    {
                        (step, next) = (least[to], to);
                    }
                }

                for (var to = 0; to <= width; to++)
                {
                    if (isSeen[to])
                    {
                        rowPrice[rowOf[to]] += step;
                        columnPrice[to] -= step;
                    }
                    else
                    {
                        least[to] -= step;
                    }
                }

                column = next;
            }
            while (rowOf[column] != 0);

            for (; column != 0; column = way[column])
            {
                rowOf[column] = rowOf[way[column]];
            }
        }

        var columnOf = new int[height];
        for (var column = 1; column <= width; column++)
        {
            if (rowOf[column] > 0)
            {
                columnOf[rowOf[column] - 1] = column - 1;
            }
        }

        return columnOf;
    }
}

/// <summary>A possible pair.</summary>
/// <param name="Row">The row, from 0.</param>
/// <param name="Column">The column, from 0.</param>
/// <param name="Worth">How much better it is than leaving both alone, more than 0.</param>
public readonly record struct WorthyPair(int Row, int Column, long Worth);
