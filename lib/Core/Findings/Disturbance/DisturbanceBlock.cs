using System.Text.Json.Serialization;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>What one block of ten degrees has heard: the lines of the last minutes, and the areas that stand.</summary>
internal sealed class DisturbanceBlock
{
    private const int RowsMax = 20_000;

    public required int Number { get; init; }

    /// <summary>Lines of the last minutes that may begin a disturbance.</summary>
    public List<JumpRow> Recent { get; init; } = [];

    public List<DisturbedArea> Areas { get; init; } = [];

    [JsonIgnore]
    public bool IsEmpty => Recent.Count == 0 && Areas.Count == 0;

    public bool Owns(DisturbedArea area) => DisturbanceCells.BlockOf(area.Cell) == Number;

    /// <summary>Takes a line; tells the area that it changed, or null.</summary>
    /// <param name="row">The line.</param>
    /// <param name="thresholds">What the profile calls a disturbance.</param>
    /// <param name="joined">Called with an area that turned out to be one with an older.</param>
    public DisturbedArea? Take(JumpRow row, DisturbanceThresholds thresholds, Action<DisturbedArea, DisturbedArea> joined)
    {
        Recent.RemoveAll(old => old.AtMs < row.AtMs - thresholds.WithinMs);
        if (row.What != "out" && row.AtMs - row.SinceMs > thresholds.HabitMs)
        {
            return null; // Two hulls on one identity, or a receiver of its own trouble.
        }

        var touched = Areas.Where(area => !area.IsClosed && area.Touches(row.Cell) && row.SinceMs >= area.StartAtMs - thresholds.HabitMs)
            .OrderBy(area => area.StartAtMs).ThenBy(area => area.Subject, StringComparer.Ordinal).ToArray();
        if (touched.Length > 0)
        {
            return GoOn(row, thresholds, touched, joined);
        }

        if (!row.IsBegin || Recent.Count >= RowsMax)
        {
            return null;
        }

        Recent.Add(row);
        return Begin(row, thresholds);
    }

    private DisturbedArea? GoOn(
        JumpRow row, DisturbanceThresholds thresholds, DisturbedArea[] touched, Action<DisturbedArea, DisturbedArea> joined)
    {
        var area = touched[0];
        var isChanged = area.GoOn(row, thresholds);
        foreach (var other in touched.Skip(1))
        {
            // They are one once enough ships between them say so.
            if (isChanged && other.GoOn(row, thresholds))
            {
                area.Join(other);
                area.Because = $"it has become one with the disturbance of {other.Subject}";
                Areas.Remove(other);
                joined(other, area);
            }
        }

        return isChanged ? area : null;
    }

    // The square of four cells around the line that holds the most ships, where they are enough.
    private DisturbedArea? Begin(JumpRow row, DisturbanceThresholds thresholds)
    {
        JumpRow[] best = [];
        var most = thresholds.VesselsMin - 1;
        foreach (var (north, east) in (ReadOnlySpan<(int, int)>)[(0, 0), (0, -1), (-1, 0), (-1, -1)])
        {
            var here = Recent.Where(other => IsInSquare(row.Cell, north, east, other.Cell)).ToArray();
            var count = here.DistinctBy(other => other.Subject).Count();
            if (count > most)
            {
                (most, best) = (count, here);
            }
        }

        if (best.Length == 0)
        {
            return null;
        }

        var named = best.GroupBy(one => one.Cell)
            .OrderByDescending(cell => cell.DistinctBy(one => one.Subject).Count())
            .ThenBy(cell => DisturbanceCells.SubjectOf(cell.Key), StringComparer.Ordinal).First().Key;
        var area = new DisturbedArea { Cell = named, StartAtMs = best.Min(one => one.AtMs) };
        foreach (var one in best)
        {
            area.Add(one);
            area.Lately.Add(one);
            Recent.Remove(one);
        }

        Areas.Add(area);
        return area;
    }

    private static bool IsInSquare(int cell, int north, int east, int other)
    {
        for (var up = 0; up <= 1; up++)
        {
            for (var right = 0; right <= 1; right++)
            {
                if (DisturbanceCells.Beside(cell, north + up, east + right) == other)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
