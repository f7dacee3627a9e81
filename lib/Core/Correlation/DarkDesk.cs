using MaritimeWatch.Geodesy;

namespace MaritimeWatch.Correlation;

/// <summary>
/// Which silent ship an echo without a report may be: the one that the scene's own match gives, and any whose gap lasts
/// over the scene's time and that could have come there. The chance weighs her against the other silent ships that could and against hulls that nobody knows of.
/// </summary>
/// <remarks>
/// With n silent ships that could be there and lambda unknown hulls expected at least as near to where she was last heard,
/// each is as likely as another: duty / (n + lambda), where duty is the chance that a hull of that length must report at
/// all. lambda is a density times the circle through the echo. A first model: it knows no lengths and no courses.
/// </remarks>
internal sealed class DarkDesk(CaseBook book)
{
    private const long DecimetresPerNm = 18_520;
    private const int CandidatesMax = 8;

    /// <summary>A line of <c>detections</c>; gives the finding that is about it, or null. False where it cannot be read.</summary>
    public bool TakeDetection(LineFields line, out EvidenceItem? dark)
    {
        dark = null;
        if (line.Text("subject") is not { } subject || line.AtMs("at") is not { } atMs)
        {
            return false;
        }

        if (line.Text("status") is "dark" or "unsettled" || book.Echoes.ContainsKey(subject))
        {
            book.Echoes[subject] = new EchoCard(subject, atMs, Duty(line.Number("duty_odds")), line.Number("length_m") is { } length ? (int)Math.Round(length) : null);
            while (book.Echoes.Count > book.Limits.PickupsMax)
            {
                book.Echoes.Remove(book.Echoes.Values.OrderBy(echo => echo.AtMs).ThenBy(echo => echo.Subject, StringComparer.Ordinal).First().Subject);
                book.Forgotten++;
            }

            dark = book.Darks.Values.FirstOrDefault(item => item.Subject == subject);
        }

        return true;
    }

    /// <summary>The silent ships that an echo may be, most likely first.</summary>
    public List<DarkCandidate> CandidatesOf(EvidenceItem dark)
    {
        if (!dark.IsLive || dark.First is not { } place)
        {
            return [];
        }

        List<(uint Mmsi, long Decimetres, long SilentMs)> near = [];
        foreach (var gap in book.Gaps.Values)
        {
            if (gap.StartAtMs <= dark.StartAtMs && !(gap.EndAtMs < dark.StartAtMs)
                && book.Counts(gap) && gap.Mmsis.Length == 1 && gap.First is { } lost && !near.Exists(other => other.Mmsi == gap.Mmsis[0]))
            {
                var from = GreatCircle.DistanceDecimetres(lost, place);
                var isBackInTime = gap.EndAtMs is not { } end || gap.Last is not { } found
                    || GreatCircle.DistanceDecimetres(found, place) <= ReachDecimetres(gap, end - dark.StartAtMs);
                if (from <= ReachDecimetres(gap, dark.StartAtMs - gap.StartAtMs) && isBackInTime)
                {
                    near.Add((gap.Mmsis[0], from, dark.StartAtMs - gap.StartAtMs));
                }
            }
        }

        var duty = book.Echoes.TryGetValue(dark.Subject, out var echo) ? echo.DutyPerMille : 1000;
        var candidates = near.Select(ship =>
            new DarkCandidate(ship.Mmsi, Chance(duty, near.Count, ship.Decimetres), (int)((ship.Decimetres + 926) / 1852), ship.SilentMs));

        // The scene's own match knows positions that are not said here: hers is the last word on that vessel.
        return [.. (dark.Given is { } given ? candidates.Where(ship => ship.Mmsi != given.Mmsi).Append(given) : candidates)
            .OrderByDescending(candidate => candidate.PerMille).ThenBy(candidate => candidate.Mmsi)
            .Take(CandidatesMax)];
    }

    // By the speed that her own history allows, where her gap says it.
    private long ReachDecimetres(EvidenceItem gap, long forMs) =>
        (forMs * (gap.ReachDeciKnots ?? (book.Limits.DarkSpeedKnots * 10)) * DecimetresPerNm / (10 * CorrelationThresholds.HourMs))
        + (book.Limits.DarkMarginNm * DecimetresPerNm);

    private int Chance(int duty, int ships, long decimetres)
    {
        var radiusNm = Math.Max(book.Limits.DarkMarginNm, decimetres / (double)DecimetresPerNm);
        var unknown = Math.PI * radiusNm * radiusNm * book.Limits.OtherHullsPerThousandSquareNmMilli / 1e6;
        return (int)Math.Round(duty / (ships + unknown));
    }

    // Odds above one are turned into a chance; a number up to one is taken as the chance itself.
    private static int Duty(double? odds) => odds switch
    {
        null => 1000,
        <= 0 => 0,
        <= 1 => (int)Math.Round(odds.Value * 1000),
        _ => (int)Math.Round(1000 * odds.Value / (1 + odds.Value)),
    };
}
