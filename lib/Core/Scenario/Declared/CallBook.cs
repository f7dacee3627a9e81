namespace MaritimeWatch.Scenario;

/// <summary>From true stays to port calls of merchant ships, in order of arrival.</summary>
internal static class CallBook
{
    private const long HourMs = 3_600_000;

    /// <summary>Away for less, a ship cannot have been in a port beyond these waters.</summary>
    private const long AwayLeastMs = 14 * HourMs;

    private static readonly Dictionary<string, string[]> Beyond = new(StringComparer.Ordinal)
    {
        ["W1"] = ["NLRTM", "DEHAM", "GBFXT", "BEANR", "GBIMM"],
        ["SB"] = ["DEKEL", "PLGDY", "DKAAR"],
        ["SS"] = ["PLGDY", "FIHEL", "LTKLJ"],
        ["N3"] = ["NOOSL", "NOMSS", "NOFRK"],
    };

    /// <summary>Every call that was made or is on its way when the recording ends.</summary>
    public static List<SimCall> Of(PlayedWeek week, WeekLog log, Cast cast)
    {
        var random = new SimRandom(week.Options.Seed, 0x5709_0001);
        var calls = new List<SimCall>();
        Stay? anchored = null;
        SimCall? last = null;
        foreach (var stay in log.Stays)
        {
            if (last is not null && !ReferenceEquals(last.Identity, week.Fleet[stay.Vessel].Identity))
            {
                last = null;
            }

            if (!WeekLog.IsBerth(stay.Stop))
            {
                anchored = stay;
                continue;
            }

            var identity = week.Fleet[stay.Vessel].Identity;
            var anchoredAtMs = WaitedFrom(anchored, stay);
            anchored = null;
            var isSeen = stay.FromAtMs > week.World.StartAtMs + (HourMs / 60) && !ReferenceEquals(identity, cast.Bunker.Identity);
            last = new SimCall
            {
                Number = 0,
                Identity = identity,
                Port = stay.Stop.Locode,
                ArrivedAtMs = anchoredAtMs ?? stay.FromAtMs - (40 * HourMs / 60),
                AnchoredAtMs = anchoredAtMs,
                BerthedAtMs = stay.FromAtMs,
                LeftAtMs = stay.ToAtMs,
                LoadedIn = isSeen ? LoadedIn(log, stay, last, random) : null,
                Part = PartOf(cast, identity, stay),
            };
            if (isSeen)
            {
                calls.Add(last);
            }
        }

        calls.Sort((a, b) => a.ArrivedAtMs != b.ArrivedAtMs ? a.ArrivedAtMs.CompareTo(b.ArrivedAtMs) : a.Identity.Mmsi.CompareTo(b.Identity.Mmsi));
        for (var index = 0; index < calls.Count; index++)
        {
            calls[index] = calls[index] with { Number = index + 1 };
        }

        return calls;
    }

    private static long? WaitedFrom(Stay? anchored, Stay berth) =>
        anchored is not null && anchored.Vessel == berth.Vessel && anchored.Stop.Locode == berth.Stop.Locode
        && berth.FromAtMs - anchored.ToAtMs < 6 * HourMs
            ? anchored.FromAtMs
            : null;

    private static string? LoadedIn(WeekLog log, Stay stay, SimCall? last, SimRandom random)
    {
        var since = last?.LeftAtMs ?? long.MinValue;
        if (log.CameIn(stay.Vessel, stay.FromAtMs) is { } came && came.BackAtMs > since
            && (last is null || came.BackAtMs - came.GoneAtMs >= AwayLeastMs))
        {
            var ports = Beyond[came.Exit];
            return ports[random.Below(ports.Length)];
        }

        return last?.Port;
    }

    private static char PartOf(Cast cast, Identity identity, Stay stay)
    {
        var off = 2 * HourMs;
        if (ReferenceEquals(identity, cast.FeederIdentity) && Math.Abs(stay.FromAtMs - cast.Times.BerthedAtMs) < off)
        {
            return 'f';
        }

        if (ReferenceEquals(identity, cast.Liner.Identity) && Math.Abs(stay.FromAtMs - cast.Liner.Plan.DetouredAtMs) < off)
        {
            return 'd';
        }

        return ReferenceEquals(identity, cast.Late?.Identity) && stay.Stop.Locode == "SEGOT" ? 'r' : ' ';
    }
}
