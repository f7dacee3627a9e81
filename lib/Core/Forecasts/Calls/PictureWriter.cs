namespace MaritimeWatch.Forecasts.Calls;

/// <summary>Turns visits into hours: who waited, who was alongside, how long it took.</summary>
internal static class PictureWriter
{
    private const long HourMs = PortPicture.HourMs;
    private const long DayMs = 24 * HourMs;

    public static PortPicture Draw(
        string port, long atMs, IEnumerable<PortVisit> known, IEnumerable<DeclaredRevision> notices, Heard heard, ForecastOptions options)
    {
        var floor = atMs - (options.HistoryDays * DayMs);
        PortVisit[] visits = [.. known.Where(visit => (visit.Call.DepartureAtMs ?? atMs) >= floor)
            .OrderBy(visit => visit.Call.Subject, StringComparer.Ordinal).ThenBy(visit => visit.Call.ArrivalAtMs)
            .ThenBy(visit => visit.Call.Id, StringComparer.Ordinal)];
        var from = CeilingHour(Math.Max(floor, heard.FromAtMs));
        var hours = (int)Math.Max(0, ((atMs - from) / HourMs) + 1);
        var (queue, berths) = (new double?[hours], new double?[hours]);
        var isUnknown = new bool[hours];
        for (var hour = 0; hour < hours; hour++)
        {
            isUnknown[hour] = heard.IsHole(from + (hour * HourMs));
            queue[hour] = berths[hour] = isUnknown[hour] ? null : 0;
        }

        Array.ForEach(visits, visit => Count(visit, visit.IsAtAnchorage ? queue : berths, from));
        var calls = Calls(visits, atMs, options);
        var declared = Declared(visits, notices, atMs, options);
        return new PortPicture
        {
            Port = port,
            PortName = visits.Select(visit => visit.Call.PortName).FirstOrDefault(name => name is not null),
            AtMs = atMs,
            FromHourMs = from,
            Queue = queue,
            Berths = berths,
            WaitingH = MeanWaits(calls, from, hours),
            Arrivals = CountArrivals(calls, from, hours),
            Waits = Spells(visits, isAtAnchorage: true, atMs),
            Stays = Spells(visits, isAtAnchorage: false, atMs),
            Straight = calls.Count(call => call.IsStraight),
            WentAway = calls.Count(call => call.IsOver && !call.HasBerthed),
            Expected = declared.Expected,
            LateHours = declared.LateHours,
            DeclaredCame = declared.LateHours.Count,
            DeclaredFailed = declared.Failed,
            UnknownHours = isUnknown.Count(unknown => unknown),
            IsSimulated = visits.Any(visit => visit.Call.IsSimulated),
        };
    }

    private static void Count(PortVisit visit, double?[] hours, long from)
    {
        var first = Math.Max(0, (CeilingHour(visit.StartAtMs) - from) / HourMs);
        for (var hour = first; hour < hours.Length && visit.IsThere(from + (hour * HourMs)); hour++)
        {
            hours[hour]++; // null stays null
        }
    }

    /// <summary>A call: a wait at anchor and the berth after it, or a berth alone.</summary>
    private static List<OneCall> Calls(PortVisit[] visits, long atMs, ForecastOptions options)
    {
        var calls = new List<OneCall>();
        var linkMs = (long)options.AnchorToBerthMax.TotalMilliseconds;
        for (var index = 0; index < visits.Length; index++)
        {
            var (visit, next) = (visits[index], index + 1 < visits.Length ? visits[index + 1] : default);
            var gone = visit.Call.DepartureAtMs;
            var isFollowed = visit.IsAtAnchorage && gone is not null && next.Call is not null && !next.IsAtAnchorage
                && next.Call.Subject == visit.Call.Subject && next.Call.ArrivalAtMs <= gone + linkMs;
            if (!visit.IsAtAnchorage)
            {
                calls.Add(new OneCall(visit.Call.ArrivalAtMs, 0, true, true, true));
                continue;
            }

            var waited = (double)((gone ?? atMs) - visit.StartAtMs) / HourMs;
            calls.Add(new OneCall(visit.Call.ArrivalAtMs, waited, false, isFollowed, gone is not null && (isFollowed || gone + linkMs < atMs)));
            index += isFollowed ? 1 : 0;
        }

        return calls;
    }

    private static double?[] MeanWaits(List<OneCall> calls, long from, int hours)
    {
        var (sums, counts) = (new double[hours], new int[hours]);
        foreach (var call in calls.Where(call => call.HasBerthed))
        {
            var hour = (call.ArrivalAtMs - from) / HourMs;
            if (hour >= 0 && hour < hours && call.ArrivalAtMs >= from)
            {
                sums[hour] += call.WaitHours;
                counts[hour]++;
            }
        }

        return [.. sums.Select((sum, hour) => counts[hour] == 0 ? (double?)null : Math.Round(sum / counts[hour], 2))];
    }

    private static int[] CountArrivals(List<OneCall> calls, long from, int hours)
    {
        var counts = new int[hours];
        foreach (var call in calls.Where(call => hours > 0 && call.ArrivalAtMs >= from))
        {
            counts[Math.Min(hours - 1, (call.ArrivalAtMs - from) / HourMs)]++;
        }

        return counts;
    }

    private static Spell[] Spells(PortVisit[] visits, bool isAtAnchorage, long atMs) =>
    [
        .. visits.Where(visit => visit.IsAtAnchorage == isAtAnchorage).OrderBy(visit => visit.StartAtMs).Select(visit => new Spell(
            visit.StartAtMs,
            Math.Max(0, (double)((visit.Call.DepartureAtMs ?? atMs) - visit.StartAtMs) / HourMs),
            visit.Call.DepartureAtMs is null)),
    ];

    /// <summary>Who was announced: still to come, came (how late), or did not.</summary>
    private static (List<DeclaredRevision> Expected, List<double> LateHours, int Failed) Declared(
        PortVisit[] visits, IEnumerable<DeclaredRevision> notices, long atMs, ForecastOptions options)
    {
        var arrivals = visits.ToLookup(visit => visit.Call.Subject, visit => visit.Call.ArrivalAtMs, StringComparer.Ordinal);
        var (expected, late, failed) = (new List<DeclaredRevision>(), new List<double>(), 0);
        var overdueMs = (long)options.OverdueMax.TotalMilliseconds;
        foreach (var notice in notices.OrderBy(notice => notice.EtaAtMs).ThenBy(notice => notice.Key, StringComparer.Ordinal))
        {
            var came = notice.Subject is { } subject
                ? arrivals[subject].Where(arrival => Math.Abs(arrival - notice.EtaAtMs) <= overdueMs)
                    .OrderBy(arrival => Math.Abs(arrival - notice.EtaAtMs)).Cast<long?>().FirstOrDefault()
                : null;
            if (came is { } arrival)
            {
                late.Add((double)(arrival - notice.EtaAtMs) / HourMs);
            }
            else if (notice.EtaAtMs + overdueMs >= atMs)
            {
                expected.Add(notice);
            }
            else if (notice.Subject is not null)
            {
                failed++;
            }
        }

        return (expected, late, failed);
    }

    private static long CeilingHour(long atMs) => (atMs + HourMs - 1) / HourMs * HourMs;

    private readonly record struct OneCall(long ArrivalAtMs, double WaitHours, bool IsStraight, bool HasBerthed, bool IsOver);
}
