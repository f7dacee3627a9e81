namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// The pairs that were together, as one profile has it. Bounded: pairs are forgotten some hours after their last instant
/// together, and what does not fit is counted and left out.
/// </summary>
internal sealed class MeetingBook(EncounterThresholds thresholds)
{
    public const int MeetingsMax = 50_000;

    private readonly SortedDictionary<string, Meeting> _meetings = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Meeting> Meetings => _meetings;

    /// <summary>Whether the profile counts a contact as together.</summary>
    public bool Takes(ContactRow row) =>
        row.Contact.Decimetres <= thresholds.TogetherMetres * 10
        && (row.IsFar || thresholds.AnchorageKm == 0)
        && row.Contact.SpeedOfFirst < thresholds.SlowDeciKnots
        && row.Contact.SpeedOfSecond < thresholds.SlowDeciKnots;

    /// <summary>Adds an instant to its pair; null where it is known already or there is no room.</summary>
    public Meeting? Add(ContactRow row, out bool isFull)
    {
        isFull = false;
        if (!_meetings.TryGetValue(row.Pair, out var meeting))
        {
            isFull = _meetings.Count >= MeetingsMax;
            if (isFull)
            {
                return null;
            }

            meeting = new Meeting { First = row.First, Second = row.Second };
            _meetings.Add(row.Pair, meeting);
        }

        meeting.First = meeting.First.With(row.First);
        meeting.Second = meeting.Second.With(row.Second);
        return meeting.Recent.TryAdd(row.Contact.AtMs, row.Contact) ? meeting : null;
    }

    public void Put(Meeting meeting) => _meetings[meeting.Subject] = meeting;

    public void Remove(Meeting meeting) => _meetings.Remove(meeting.Subject);

    public void Clear() => _meetings.Clear();
}
