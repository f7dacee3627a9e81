namespace MaritimeWatch.Forecasts.Calls;

/// <summary>Turns visits into hours: who waited, who was alongside, how long it took.</summary>
internal static class PictureWriter
{
    private const long HourMs = PortPicture.HourMs;
    private const long DayMs = 24 * HourMs;
    private const long ShareHalfLifeMs = 7 * DayMs;
    private const long RegularWithinMs = 7 * DayMs;
    private const int RegularVisits = 4;
    private const long SeenThenCameMs = 24 * HourMs;

    public static PortPicture Draw(
        string port, long atMs, IEnumerable<PortVisit> known, IEnumerable<Announced> notices, Heard heard, ForecastOptions options, Sighted sighted)
    {
        var floor = atMs - (options.HistoryDays * DayMs);
        PortVisit[] visits = [.. known.Where(visit => (visit.Call.DepartureAtMs ?? atMs) >= floor)
            .OrderBy(visit => visit.Call.Subject, StringComparer.Ordinal).ThenBy(visit => visit.Call.ArrivalAtMs)
            .ThenBy(visit => visit.Call.Id, StringComparer.Ordinal)];
        var from = CeilingHour(Math.Max(floor, heard.FromAtMs));
        
        // A port of which no call is known may be empty or out of hearing: no hour of it is known.
        var hours = visits.Length == 0 ? 0 : (int)Math.Max(0, ((atMs - from) / HourMs) + 1);
        var (queue, berths) = (new double?[hours], new double?[hours]);
        var isUnknown = new bool[hours];
        for (var hour = 0; hour < hours; hour++)
        {
            isUnknown[hour] = heard.IsHole(from + (hour * HourMs));
            queue[hour] = berths[hour] = isUnknown[hour] ? null : 0;
        }

        Array.ForEach(visits, visit => Count(visit, visit.IsAtAnchorage ? queue : berths, from));
        var regulars = Regulars(visits, atMs);
        var calls = Calls(visits, regulars, atMs, options);
        var declared = Declared(visits, notices, atMs, options);
        var seen = Seen(visits, declared, sighted, atMs);
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
            WaitedShare = WaitedShare(calls, atMs),
            QueuingShare = WaitedShare(calls.Where(call => !call.IsRegular), atMs),
            Regulars = regulars.Count,
            WentAway = calls.Count(call => call.IsOver && !call.HasBerthed),
            Expected = declared.Expected,
            LateHours = declared.LateHours,
            LeadHours = [.. declared.LeadHours, .. seen.LeadHours],
            Sighted = seen.Sighted,
            SightedCame = seen.LeadHours.Count,
            SightedFailed = seen.Failed,
            SilentSinceMs = heard.SilentSinceMs,
            DeclaredCame = declared.LateHours.Count,
            DeclaredFailed = declared.Failed,
            UnknownHours = isUnknown.Count(unknown => unknown),
            IsSimulated = visits.Any(visit => visit.Call.IsSimulated) || declared.Expected.Any(notice => notice.IsSimulated)
                || seen.Sighted.Any(ship => ship.IsSimulated),
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

    /// <summary>Ferries, pilots, tugs and the port's own boats: they come every other day or more often and never wait.</summary>
    private static HashSet<string> Regulars(PortVisit[] visits, long atMs) =>
    [
        .. visits.GroupBy(visit => visit.Call.Subject, StringComparer.Ordinal)
            .Where(ship => ship.All(visit => !visit.IsAtAnchorage)
                && ship.Count(visit => visit.Call.ArrivalAtMs > atMs - RegularWithinMs) >= RegularVisits)
            .Select(ship => ship.Key),
    ];

    /// <summary>A call: a wait at anchor and the berth after it, or a berth alone.</summary>
    private static List<OneCall> Calls(PortVisit[] visits, HashSet<string> regulars, long atMs, ForecastOptions options)
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
                calls.Add(new OneCall(visit.Call.ArrivalAtMs, 0, true, true, true, regulars.Contains(visit.Call.Subject)));
                continue;
            }

            var waited = (double)((gone ?? atMs) - visit.StartAtMs) / HourMs;
            calls.Add(new OneCall(visit.Call.ArrivalAtMs, waited, false, isFollowed, gone is not null && (isFollowed || gone + linkMs < atMs), false));
            index += isFollowed ? 1 : 0;
        }

        return calls;
    }

    /// <summary>Share of the arrivals that had to wait, the older the less; half an imagined arrival of each sort keeps it from 0 and 1.</summary>
    private static double WaitedShare(IEnumerable<OneCall> calls, long atMs)
    {
        var (waited, all) = (0.5, 1.0);
        foreach (var call in calls)
        {
            var weight = Math.Pow(0.5, (double)(atMs - call.ArrivalAtMs) / ShareHalfLifeMs);
            waited += call.IsStraight ? 0 : weight;
            all += weight;
        }

        return waited / all;
    }

    private static double?[] MeanWaits(List<OneCall> calls, long from, int hours)
    {
        var (sums, counts) = (new double[hours], new int[hours]);
        foreach (var call in calls.Where(call => call.HasBerthed && !call.IsRegular))
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
    private static DeclaredStanding Declared(
        PortVisit[] visits, IEnumerable<Announced> notices, long atMs, ForecastOptions options)
    {
        var arrivals = visits.ToLookup(visit => visit.Call.Subject, visit => visit.Call.ArrivalAtMs, StringComparer.Ordinal);
        var (expected, late, lead, failed) = (new List<DeclaredRevision>(), new List<double>(), new List<double>(), 0);
        var announced = new HashSet<(string, long)>();
        var overdueMs = (long)options.OverdueMax.TotalMilliseconds;
        foreach (var (notice, firstKnownAtMs) in notices.OrderBy(one => one.Last.EtaAtMs).ThenBy(one => one.Last.Key, StringComparer.Ordinal))
        {
            var came = notice.Subject is { } subject
                ? arrivals[subject].Where(arrival => Math.Abs(arrival - notice.EtaAtMs) <= overdueMs)
                    .OrderBy(arrival => Math.Abs(arrival - notice.EtaAtMs)).Cast<long?>().FirstOrDefault()
                : null;
            if (came is { } arrival)
            {
                announced.Add((notice.Subject!, arrival));
                late.Add((double)(arrival - notice.EtaAtMs) / HourMs);
                lead.Add(Math.Max(0, (double)(arrival - firstKnownAtMs) / HourMs));
            }
            else if (!notice.HasCome && notice.EtaAtMs + overdueMs >= atMs)
            {
                expected.Add(notice);
            }
            else if (!notice.HasCome && notice.Subject is not null)
            {
                failed++;
            }
        }

        return new DeclaredStanding(expected, late, lead, failed, announced);
    }

    /// <summary>Who was seen under way here and is not announced: still to come, came (how long before it was seen), or did not.</summary>
    private static SeenStanding Seen(PortVisit[] visits, DeclaredStanding declared, Sighted sighted, long atMs)
    {
        var arrivals = visits.ToLookup(visit => visit.Call.Subject, visit => visit.Call.ArrivalAtMs, StringComparer.Ordinal);
        var isHere = visits.Where(visit => visit.Call.DepartureAtMs is null).Select(visit => visit.Call.Subject).ToHashSet(StringComparer.Ordinal);
        var isAnnounced = declared.Expected.Select(notice => notice.Subject).ToHashSet(StringComparer.Ordinal);
        var coming = sighted.Latest.Where(ship => !isAnnounced.Contains(ship.Subject) && !isHere.Contains(ship.Subject)).ToList();
        var (lead, failed) = (new List<double>(), 0);
        foreach (var (subject, fromAtMs, toAtMs) in sighted.Spells)
        {
            var came = arrivals[subject].Where(arrival => arrival >= fromAtMs && arrival <= toAtMs + SeenThenCameMs).Order().Cast<long?>().FirstOrDefault();
            if (came is { } arrival)
            {
                if (!declared.Announced.Contains((subject, arrival)))
                {
                    lead.Add((double)(arrival - fromAtMs) / HourMs);
                }
            }
            else if (!coming.Exists(ship => ship.Subject == subject) && toAtMs + SeenThenCameMs < atMs)
            {
                failed++;
            }
        }

        return new SeenStanding(coming, lead, failed);
    }

    private static long CeilingHour(long atMs) => (atMs + HourMs - 1) / HourMs * HourMs;

    private readonly record struct DeclaredStanding(
        List<DeclaredRevision> Expected, List<double> LateHours, List<double> LeadHours, int Failed, HashSet<(string Subject, long ArrivalAtMs)> Announced);

    private readonly record struct SeenStanding(List<ExpectedRevision> Sighted, List<double> LeadHours, int Failed);

    private readonly record struct OneCall(long ArrivalAtMs, double WaitHours, bool IsStraight, bool HasBerthed, bool IsOver, bool IsRegular);
}
