namespace MaritimeWatch.Findings.Disturbance;

/// <summary>An area in which positions became false, with what is needed of it. Bounded.</summary>
internal sealed class DisturbedArea
{
    private const int VesselsMax = 5_000;
    private const int RowsWeighedMax = 500;
    private const int StandsOnMax = 20;

    /// <summary>The cell that it is named after.</summary>
    public required int Cell { get; init; }

    public required long StartAtMs { get; init; }

    public long LastAtMs { get; set; }

    public bool IsClosed { get; set; }

    public SortedSet<int> Cells { get; init; } = [];

    public HashSet<string> Vessels { get; init; } = [];

    /// <summary>How many lines say that a position jumped or froze.</summary>
    public int Jumps { get; set; }

    public int Freezes { get; set; }

    public long GreatestDecimetres { get; set; }

    /// <summary>Ships that went to each place.</summary>
    public SortedDictionary<int, int> Targets { get; init; } = [];

    /// <summary>By how much clocks would be wrong, seconds, where that alone would explain a jump.</summary>
    public List<int> TimeErrorsS { get; init; } = [];

    public int Unexplained { get; set; }

    /// <summary>Every jump lay between reports of two sources.</summary>
    public bool IsBetweenSources { get; set; } = true;

    /// <summary>The sources that were part of every jump, in ordinal order; null before any.</summary>
    public List<string>? Sources { get; set; }

    public List<string> StandsOn { get; init; } = [];

    /// <summary>Lines of the last minutes that touch it.</summary>
    public List<JumpRow> Lately { get; init; } = [];

    /// <summary>Of those, what is not part of it until others say the same.</summary>
    public List<JumpRow> Pending { get; init; } = [];

    public bool IsSimulated { get; set; }

    public string? Because { get; set; }

    public string Subject => DisturbanceCells.SubjectOf(Cell);

    public string Key => $"{Subject}/{Terms.Instants.ToText(StartAtMs)}";

    /// <summary>One receiver, and not the sky: its clock, or what it alone heard.</summary>
    public bool IsOneReceiver => Sources is { Count: > 0 } && Freezes == 0 && (IsBetweenSources || AreClocksAgreed);

    // Nine of ten jumps lie along the ship's own course, and the same error of a clock explains them.
    private bool AreClocksAgreed
    {
        get
        {
            if (TimeErrorsS.Count < 3 || Unexplained * 9 > TimeErrorsS.Count)
            {
                return false;
            }

            var sizes = TimeErrorsS.Select(error => Math.Abs(error)).Order().ToArray();
            var middle = sizes[sizes.Length / 2];
            var agreed = sizes.Count(size => Math.Abs(size - middle) <= Math.Max(45, middle / 5));
            return agreed * 10 >= sizes.Length * 9;
        }
    }

    public bool Touches(int cell) =>
        DisturbanceCells.Apart(cell, Cell) <= Reach && Cells.Any(own => DisturbanceCells.Apart(own, cell) <= 1);

    /// <summary>A line that touches it: one ship alone does not keep it going, so many at once do. True where it changed.</summary>
    public bool GoOn(JumpRow row, DisturbanceThresholds thresholds)
    {
        Lately.RemoveAll(old => old.AtMs < row.AtMs - thresholds.WithinMs);
        if (Lately.Count >= RowsWeighedMax)
        {
            return false;
        }

        Lately.Add(row);
        Pending.Add(row);
        if (Lately.DistinctBy(one => one.Subject).Count() < thresholds.VesselsGoOn)
        {
            Pending.RemoveAll(old => old.AtMs < row.AtMs - thresholds.WithinMs);
            return false;
        }

        Pending.ForEach(Add);
        Pending.Clear();
        return true;
    }

    public void Add(JumpRow row)
    {
        LastAtMs = Math.Max(LastAtMs, row.AtMs);
        Cells.Add(row.Cell);
        IsSimulated |= row.IsSimulated;
        if (Vessels.Count < VesselsMax && row.IsBegin && Vessels.Add(row.Subject) && row.What == "jump")
        {
            Targets[row.ToCell] = Targets.GetValueOrDefault(row.ToCell) + 1;
        }

        if (StandsOn.Count < StandsOnMax && row.IsBegin)
        {
            StandsOn.Add(row.Id);
        }

        if (row.What == "freeze")
        {
            Freezes++;
        }
        else if (row.What == "jump")
        {
            Weigh(row);
        }
    }

    /// <summary>Takes what another area has: they are one.</summary>
    public void Join(DisturbedArea other)
    {
        LastAtMs = Math.Max(LastAtMs, other.LastAtMs);
        Cells.UnionWith(other.Cells);
        Vessels.UnionWith(other.Vessels);
        (Jumps, Freezes, Unexplained) = (Jumps + other.Jumps, Freezes + other.Freezes, Unexplained + other.Unexplained);
        GreatestDecimetres = Math.Max(GreatestDecimetres, other.GreatestDecimetres);
        foreach (var (cell, count) in other.Targets)
        {
            Targets[cell] = Targets.GetValueOrDefault(cell) + count;
        }

        TimeErrorsS.AddRange(other.TimeErrorsS.Take(Math.Max(0, RowsWeighedMax - TimeErrorsS.Count)));
        IsBetweenSources &= other.IsBetweenSources;
        Meet(other.Sources);
        StandsOn.AddRange(other.StandsOn.Take(Math.Max(0, StandsOnMax - StandsOn.Count)));
        IsSimulated |= other.IsSimulated;
        Lately.AddRange(other.Lately.Take(Math.Max(0, RowsWeighedMax - Lately.Count)));
        Pending.AddRange(other.Pending.Take(Math.Max(0, RowsWeighedMax - Pending.Count)));
    }

    private static int Reach => DisturbanceCells.Reach;

    private void Weigh(JumpRow row)
    {
        Jumps++;
        GreatestDecimetres = Math.Max(GreatestDecimetres, row.Decimetres);
        IsBetweenSources &= row.Source != row.SourceBefore;
        Meet([row.Source, row.SourceBefore]);
        if (row.TimeErrorS is not { } error)
        {
            Unexplained++;
        }
        else if (TimeErrorsS.Count < RowsWeighedMax)
        {
            TimeErrorsS.Add(error);
        }
    }

    private void Meet(IReadOnlyCollection<string>? sources)
    {
        if (sources is null)
        {
            return;
        }

        if (Sources is null)
        {
            Sources = [.. sources.Distinct().Order(StringComparer.Ordinal)];
        }
        else
        {
            Sources.RemoveAll(source => !sources.Contains(source));
        }
    }
}
