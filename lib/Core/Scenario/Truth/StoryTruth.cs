using System.Globalization;

namespace MaritimeWatch.Scenario;

/// <summary>
/// What the story's ships did, by definition. Route-deviation: more than 5 NM beside the ship's own lane between two
/// ports. Encounter: two ships within 500 m of one another for two hours or more, slower than 2 knots, 10 km or more from
/// any stopping point; nearer to one it is a lawful look-alike.
/// </summary>
internal static class StoryTruth
{
    /// <summary>The truth of the traffic with that of the story, in order.</summary>
    public static IReadOnlyList<TruthEntry> With(IReadOnlyList<TruthEntry> truth, Cast cast, World world)
    {
        var times = cast.Times;
        var feeder = cast.FeederIdentity.About.Vessel.Subject;
        var all = new List<TruthEntry>(truth)
        {
            new("route-deviation", feeder, times.LeftLaneAtMs, times.RejoinedAtMs, OffLaneNm(world, cast.Feeder.MetAt), "nm", false,
                "NOLAR-SEGOT", "left its lane for the open sea"),
            Together(cast.FeederIdentity, cast.CoasterIdentity, new Stretch(times.MetAtMs, times.PartedAtMs), false, "far from any anchorage"),
        };
        if (cast.Liner.Plan is { DetouredAtMs: > 0 } liner)
        {
            all.Add(new TruthEntry(
                "route-deviation", cast.Liner.Identity.About.Vessel.Subject, liner.LeftLaneAtMs, liner.DetouredAtMs,
                OffLaneNm(world, Geography.At("DKFDH-B")), "nm", true, "NOLAR-SEGOT", "a declared call at Frederikshavn"));
        }

        foreach (var meeting in cast.Pair.Meetings)
        {
            all.Add(Together(cast.Pair.First, cast.Pair.Second, meeting, true, "two fishing boats within 10 km of an anchorage"));
        }

        foreach (var (when, host) in cast.Bunker.Visits)
        {
            all.Add(Together(cast.Bunker.Identity, host, when, true, "a bunker boat alongside a ship at anchor"));
        }

        // What the watch of all ships has heard of these meetings too is one event with what the story knows of them.
        var told = all.Skip(truth.Count).Where(entry => entry.Kind == "encounter").ToArray();
        all.RemoveAll(entry => entry.StartAtMs >= world.EndAtMs
            || (entry.Kind == "encounter" && Array.Exists(told, one => !ReferenceEquals(one, entry)
                && one.Subject == entry.Subject && one.StartAtMs <= entry.EndAtMs && entry.StartAtMs <= one.EndAtMs)
                && !Array.Exists(told, one => ReferenceEquals(one, entry))));
        all.Sort(SimulationRun.InOrder);
        return all;
    }

    /// <summary>Nautical miles from a place to the middle of the lane Larvik - Gothenburg.</summary>
    public static double OffLaneNm(World world, GeoPoint place)
    {
        var lane = world.Lanes.Way("NOLAR-B", "SEGOT-B", 0.5);
        var best = double.MaxValue;
        for (var index = 1; index < lane.Count; index++)
        {
            const int Parts = 200;
            for (var part = 0; part <= Parts; part++)
            {
                best = Math.Min(best, SimMaths.Metres(place, lane[index - 1].Toward(lane[index], part / (double)Parts)));
            }
        }

        return Math.Round(best / SimMaths.MetresPerNm, 2);
    }

    private static TruthEntry Together(Identity a, Identity b, Stretch when, bool lawful, string note)
    {
        var (first, second) = a.Mmsi < b.Mmsi ? (a, b) : (b, a);
        var subject = string.Create(CultureInfo.InvariantCulture, $"mmsi:{first.Mmsi:D9}+mmsi:{second.Mmsi:D9}");
        return new TruthEntry(
            "encounter", subject, when.FromAtMs, when.ToAtMs, Math.Round((when.ToAtMs - when.FromAtMs) / 3_600_000.0, 2), "hours", lawful,
            null, note);
    }
}
