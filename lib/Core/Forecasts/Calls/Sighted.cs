namespace MaritimeWatch.Forecasts.Calls;

/// <summary>Ships that were seen under way to a port, as it was known at a moment.</summary>
/// <param name="Latest">What is said last of the ships that are under way to it, by subject.</param>
/// <param name="Spells">From when to when each ship was known to be bound for it, of all that were: a voyage each.</param>
internal sealed record Sighted(IReadOnlyList<ExpectedRevision> Latest, IReadOnlyList<(string Subject, long FromAtMs, long ToAtMs)> Spells)
{
    private const double LikelyMin = 0.5;
    private const long OverdueMs = 6 * PortPicture.HourMs;
    private const long SameVoyageMs = 24 * PortPicture.HourMs;

    /// <summary>Reads the lines that were known at a moment.</summary>
    /// <param name="port">UN/LOCODE.</param>
    /// <param name="lines">By ship and then by time.</param>
    /// <param name="atMs">The moment.</param>
    public static Sighted Of(string port, IReadOnlyList<ExpectedRevision> lines, long atMs)
    {
        var (latest, spells) = (new List<ExpectedRevision>(), new List<(string, long, long)>());
        for (var from = 0; from < lines.Count;)
        {
            var to = from;
            (long FromAtMs, long ToAtMs)? spell = null;
            ExpectedRevision? last = null;
            for (; to < lines.Count && lines[to].Subject == lines[from].Subject; to++)
            {
                if (lines[to].KnownAtMs > atMs)
                {
                    continue;
                }

                last = lines[to];
                var isHere = last.Port == port && last.Probability >= LikelyMin;
                if (isHere && spell is { } going && last.KnownAtMs - going.ToAtMs <= SameVoyageMs)
                {
                    spell = (going.FromAtMs, last.KnownAtMs);
                }
                else if (spell is { } ended && (isHere || last.Port != port))
                {
                    spells.Add((last.Subject, ended.FromAtMs, ended.ToAtMs));
                    spell = isHere ? (last.KnownAtMs, last.KnownAtMs) : null;
                }
                else if (isHere)
                {
                    spell = (last.KnownAtMs, last.KnownAtMs);
                }
            }

            if (spell is { } open)
            {
                spells.Add((lines[from].Subject, open.FromAtMs, open.ToAtMs));
            }

            // Out of hearing it goes on; long after it should have been there it went elsewhere, or nobody saw it come.
            if (last is { } ship && ship.Port == port && ship.Probability >= LikelyMin && ship.HighAtMs + OverdueMs >= atMs)
            {
                latest.Add(ship);
            }

            from = to;
        }

        return new Sighted(latest, spells);
    }
}
