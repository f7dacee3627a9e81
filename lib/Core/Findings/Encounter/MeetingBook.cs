using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// The rows of the last hours by instant, and the pairs that were together. Bounded: rows older than the horizon are gone,
/// pairs end some hours after their last instant together, and what does not fit is counted and left out.
/// </summary>
internal sealed class MeetingBook(EncounterThresholds thresholds)
{
    /// <summary>A row may come so much later than the newest instant, milliseconds.</summary>
    public const long HorizonMs = 3 * 3_600_000;

    /// <summary>The watch knows a place up to so much later than its instant, milliseconds.</summary>
    public const long KnownAfterMs = 3_600_000;

    /// <summary>Most rows and pairs that are held.</summary>
    public const int RowsMax = 200_000;

    public const int MeetingsMax = 50_000;

    private readonly SortedDictionary<long, SlowGrid> _instants = [];
    private readonly SortedDictionary<string, Meeting> _meetings = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Meeting> Meetings => _meetings;

    public IReadOnlyDictionary<long, SlowGrid> Instants => _instants;

    /// <summary>Event time up to which the news have told, milliseconds.</summary>
    public long NowMs { get; private set; } = long.MinValue;

    public int RowCount { get; private set; }

    /// <summary>No row before this is taken.</summary>
    public long HorizonStartMs => NowMs == long.MinValue ? long.MinValue : NowMs - KnownAfterMs - HorizonMs;

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

    /// <summary>Whether there is room for a row.</summary>
    public bool HasRoom => RowCount < RowsMax;

    /// <summary>Adds a row and tells with whom it is together at its instant, in the order of subjects.</summary>
    public List<Meeting> Add(SlowRow row)
    {
        var met = new List<Meeting>();
        if (!Place(row))
        {
            return met;
        }

        foreach (var (other, decimetres) in _instants[row.AtMs].Near(row, thresholds.TogetherMetres))
        {
            var (first, second) = IsBefore(row, other) ? (row, other) : (other, row);
            var key = $"{first.Subject}+{second.Subject}";
            if (!_meetings.TryGetValue(key, out var meeting))
            {
                if (_meetings.Count >= MeetingsMax)
                {
                    continue;
                }

                meeting = new Meeting { First = Party.From(first), Second = Party.From(second) };
                _meetings.Add(key, meeting);
            }

            meeting.First = meeting.First.With(first);
            meeting.Second = meeting.Second.With(second);
            meeting.Recent.Add(row.AtMs, new Contact(
                row.AtMs,
                decimetres,
                Between(first.Where, second.Where),
                first.SpeedDeciKnots,
                second.SpeedDeciKnots,
                first.IsSimulated || second.IsSimulated));
            met.Add(meeting);
        }

        return met;
    }

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

    public void Put(Meeting meeting) => _meetings[meeting.Subject] = meeting;

    public void Remove(Meeting meeting) => _meetings.Remove(meeting.Subject);

    public void Clear()
    {
        _instants.Clear();
        _meetings.Clear();
        NowMs = long.MinValue;
        RowCount = 0;
    }

    // Smaller MMSI first; ids that are no MMSI after those that are.
    private static bool IsBefore(SlowRow one, SlowRow other) => (one.Mmsi, other.Mmsi) switch
    {
        ({ } a, { } b) => a < b,
        ({ }, null) => true,
        (null, { }) => false,
        _ => string.CompareOrdinal(one.Subject, other.Subject) < 0,
    };

    private static Position Between(Position one, Position other) => new(
        (int)(((long)one.LatitudeE7 + other.LatitudeE7) / 2),
        Longitudes.Wrap(one.LongitudeE7 + (Longitudes.Delta(one.LongitudeE7, other.LongitudeE7) / 2)));
}
