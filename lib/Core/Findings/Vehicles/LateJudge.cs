using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>
/// <c>vehicle-deviation</c> by time: a vehicle took far longer between two cameras than others do, both in proportion and in
/// minutes, and those on the same way at the same time did not. While too few of those others have arrived the finding is
/// open and low; when they come late too it is retracted as a jam.
/// </summary>
/// <remarks>
/// Medians and high quantiles instead of mean and deviation, because travel times have long tails; the comparison with the
/// other vehicles on the link follows the practice of screening plate-matched travel times (Robinson and Polak, 2006).
/// </remarks>
internal sealed class LateJudge(GateState state, GateThresholds thresholds, RoadSense roads)
{
    private const int PendingMax = 1_000;

    /// <summary>Judges a passage, before it is learned.</summary>
    public void Judge(Vehicle vehicle, Journey journey, Stop left, HeldRead came, long entry, IFoldOutput output)
    {
        var read = came.Read;
        var way = state.Ways.Find(left.Camera, read.Camera);
        var travelMs = read.AtMs - left.LastSeenMs;
        if (roads.UsualMs(way, left.LastSeenMs) is not { } usual)
        {
            state.Count("too_few_to_judge");
            return;
        }

        HearOthers(vehicle.Token, way!, left.LastSeenMs, read.AtMs, read.KnownAtMs, usual.MedianMs, entry, output);
        if (travelMs < thresholds.LateFactor * usual.MedianMs || travelMs - usual.MedianMs < thresholds.LateMs || travelMs <= usual.MostMs)
        {
            return;
        }

        var late = new PendingLate(
            vehicle.Token, left.Camera, read.Camera, left.LastSeenMs, read.AtMs, usual.MedianMs, usual.MostMs,
            read.IsSimulated || journey.IsSimulated, read.KnownAtMs, left.Evidence, came.Evidence);
        if (IsJam(way!, late))
        {
            state.Count("late_in_a_jam");
            return;
        }

        state.Findings.Say(late.Key, FindingOf(late, FindingLife.Open, read.KnownAtMs, null), entry, 0, output);
        if (state.Late.Count < PendingMax)
        {
            state.Late.Add(late);
        }
        else
        {
            state.Findings.Forget(late.Key);
        }
    }

    /// <summary>Settles what nobody can say more about.</summary>
    public void Advance(long nowMs, long entry, IFoldOutput output)
    {
        for (var i = state.Late.Count - 1; i >= 0; i--)
        {
            if (state.Late[i] is var late && late.ArrivedMs + thresholds.JamMs <= nowMs)
            {
                Settle(i, FindingLife.Closed, late.ArrivedMs + thresholds.JamMs, null, entry, output);
            }
        }
    }

    /// <summary>A vehicle that was on the way while a late one was says whether the way was slow for all.</summary>
    private void HearOthers(string token, Way way, long departedMs, long arrivedMs, long knownAtMs, long medianMs, long entry, IFoldOutput output)
    {
        for (var i = state.Late.Count - 1; i >= 0; i--)
        {
            var late = state.Late[i];
            if (late.From != way.From || late.To != way.To || late.Token == token || departedMs > late.ArrivedMs)
            {
                continue;
            }

            var isLate = arrivedMs - departedMs >= 2 * medianMs;
            (late.OthersLate, late.OthersInTime) = (late.OthersLate + (isLate ? 1 : 0), late.OthersInTime + (isLate ? 0 : 1));
            if (late.OthersLate >= thresholds.JamOthers)
            {
                state.Count("late_in_a_jam");
                Settle(i, FindingLife.Retracted, knownAtMs, "others on the same road at the same time were late too: a jam", entry, output);
            }
            else if (late.OthersInTime >= thresholds.JamOthers)
            {
                Settle(i, FindingLife.Closed, knownAtMs, null, entry, output);
            }
        }
    }

    private void Settle(int index, FindingLife life, long knownAtMs, string? because, long entry, IFoldOutput output)
    {
        var late = state.Late[index];
        state.Late.RemoveAt(index);
        state.Findings.Say(late.Key, FindingOf(late, life, Math.Max(knownAtMs, late.KnownAtMs), because), entry, 0, output);
        state.Findings.Forget(late.Key);
    }

    /// <summary>The latest others who arrived were mostly late as well.</summary>
    private bool IsJam(Way way, PendingLate late)
    {
        var (others, slow) = (0, 0);
        foreach (var passage in way.Recent)
        {
            if (passage.Token != late.Token && passage.ArrivedMs >= late.ArrivedMs - thresholds.JamMs && passage.ArrivedMs > late.DepartedMs)
            {
                others++;
                slow += passage.ArrivedMs - passage.DepartedMs >= 2 * late.MedianMs ? 1 : 0;
            }
        }

        return slow >= thresholds.JamOthers && 2 * slow > others;
    }

    private StageFinding FindingOf(PendingLate late, FindingLife life, long knownAtMs, string? because)
    {
        var travelMs = late.ArrivedMs - late.DepartedMs;
        var isSettled = life != FindingLife.Open;
        var isVeryLate = travelMs - late.MedianMs >= thresholds.VeryLateMs && late.OthersInTime >= thresholds.JamOthers;
        var clearsMs = Math.Max(late.MostMs, Math.Max(thresholds.LateFactor * late.MedianMs, late.MedianMs + thresholds.LateMs));
        var others = late.OthersInTime > 0 ? $"; {late.OthersInTime} others there at the time were not late" : "";
        return new StageFinding
        {
            Kind = FindingKind.VehicleDeviation,
            Subject = "plate:" + late.Token,
            Concerns = $"{late.From}>{late.To}",
            Severity = isSettled && isVeryLate ? Severity.Medium : Severity.Low,
            Life = life,
            IsSettled = isSettled,
            StartAtMs = late.DepartedMs,
            EndAtMs = late.ArrivedMs,
            KnownAtMs = knownAtMs,
            Reason = $"It took {Instants.ToWords(travelMs)} from {roads.NameOf(late.From)} to {roads.NameOf(late.To)}, where half need less than {Instants.ToWords(late.MedianMs)}{others}.",
            Because = because,
            Rule = "vehicle-late",
            Measure = [new Figure("travel_s", travelMs / 1000), new Figure("median_s", late.MedianMs / 1000), new Figure("others_late", late.OthersLate), new Figure("others_in_time", late.OthersInTime)],
            Thresholds = [new Figure("times_the_median", thresholds.LateFactor), new Figure("over_the_median_s", thresholds.LateMs / 1000), new Figure("quantile_98_s", late.MostMs / 1000)],
            ClearsIf = new Figure("travel_s", clearsMs / 1000),
            ClearsIfText = "it had taken no longer than that, or others had been late too",
            Places = PlacesOf(roads, late.From, late.To),
            Evidence = [late.Left, late.Came],
            Reference = CloneJudge.ReferenceOf(roads),
            IsSimulated = late.IsSimulated,
        };
    }

    public static IReadOnlyList<Position> PlacesOf(RoadSense roads, string from, string to) =>
        roads.Network.Find(from) is { } left && roads.Network.Find(to) is { } right && left.Place != right.Place ? [left.Place, right.Place] : [];
}
