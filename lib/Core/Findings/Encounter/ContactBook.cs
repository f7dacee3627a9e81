namespace MaritimeWatch.Findings.Encounter;

/// <summary>The rows of the last hours by instant. Rows older than the horizon are gone; what does not fit is left out.</summary>
internal sealed class ContactBook
{
    /// <summary>A row may come so much later than the newest instant, milliseconds.</summary>
    public const long HorizonMs = 3 * 3_600_000;

    /// <summary>The watch knows a place up to so much later than its instant, milliseconds.</summary>
    public const long KnownAfterMs = 3_600_000;

    /// <summary>Most rows that are held.</summary>
    public const int RowsMax = 200_000;

    private readonly SortedDictionary<long, SlowGrid> _instants = [];

    public IReadOnlyDictionary<long, SlowGrid> Instants => _instants;

    /// <summary>Event time up to which the news have told, milliseconds.</summary>
    public long NowMs { get; private set; } = long.MinValue;

    public int RowCount { get; private set; }

    /// <summary>No row before this is taken.</summary>
    public long HorizonStartMs => NowMs == long.MinValue ? long.MinValue : NowMs - KnownAfterMs - HorizonMs;

    /// <summary>Whether there is room for a row.</summary>
    public bool HasRoom => RowCount < RowsMax;

    /// <summary>Time goes on.</summary>
    public void MoveTo(long nowMs)
    {
        NowMs = Math.Max(NowMs, nowMs);
        while (_instants.Count > 0 && _instants.First() is var (atMs, grid) && atMs < HorizonStartMs)
        {
            RowCount -= grid.Rows.Count;
            _instants.Remove(atMs);
        }
    }

    /// <summary>Adds a row and tells who is near it at its instant, in the order of subjects.</summary>
    public IReadOnlyList<(SlowRow Other, int Decimetres)> Add(SlowRow row, int metres) =>
        Place(row) ? _instants[row.AtMs].Near(row, metres) : [];

    /// <summary>Puts a row in its place; false where that ship stands there already.</summary>
    public bool Place(SlowRow row)
    {
        if (!_instants.TryGetValue(row.AtMs, out var grid))
        {
            _instants.Add(row.AtMs, grid = new SlowGrid());
        }

        var isNew = grid.Add(row);
        RowCount += isNew ? 1 : 0;
        return isNew;
    }

    public void Clear()
    {
        _instants.Clear();
        NowMs = long.MinValue;
        RowCount = 0;
    }
}
