using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>
/// <c>cloned-plate</c>: the same plate at two cameras in less time than any road vehicle needs. Both reads must be sure and
/// agree on every character before look-alikes are folded, and neither may be a misread of a vehicle that could be there.
/// </summary>
internal sealed class CloneJudge(GateState state, GateThresholds thresholds, RoadSense roads, MisreadSense misreads)
{
    public const string Rule = "cloned-plate";

    /// <summary>What it is judged by.</summary>
    public static IReadOnlyList<Figure> Numbers(GateThresholds thresholds) =>
    [
        new("speed_kmh", thresholds.SpeedKmhMax), new("clock_skew_s", thresholds.ClockSkewMs / 1000),
        new("confidence_percent", thresholds.ConfidencePermilleMin, 1),
    ];

    /// <summary>Judges a read that no journey of its plate can reach.</summary>
    /// <returns>True where it is a clone; false where the reads are too doubtful to say.</returns>
    public bool Judge(Vehicle vehicle, Journey journey, HeldRead held, long entry, IFoldOutput output)
    {
        var (read, last) = (held.Read, journey.Last);
        if (read.ConfidencePermille is not { } sure || sure < thresholds.ConfidencePermilleMin
            || last.ConfidencePermille is not { } sureBefore || sureBefore < thresholds.ConfidencePermilleMin
            || read.Written != last.Written
            || (journey.Stops.Count == 1 && journey.CandidateOf is not null)
            || misreads.Find(read) is not null
            || roads.MetresBetween(last.Camera, read.Camera) is not { } metres)
        {
            return false;
        }

        var travelMs = Math.Max(1_000, read.AtMs - last.LastSeenMs);
        var key = string.Create(CultureInfo.InvariantCulture, $"clone:{vehicle.Token}:{last.Camera}:{read.Camera}:{read.AtMs}");
        state.Findings.Say(key, FindingOf(vehicle, held, last, metres, travelMs, journey.IsSimulated), entry, 0, output);
        state.Findings.Forget(key);
        return true;
    }

    private StageFinding FindingOf(Vehicle vehicle, HeldRead held, Stop last, long metres, long travelMs, bool wasSimulated)
    {
        var read = held.Read;
        var speed = metres * 3_600 / travelMs;
        var needed = (metres * 3_600 / thresholds.SpeedKmhMax) - thresholds.ClockSkewMs;
        return new StageFinding
        {
            Kind = FindingKind.ClonedPlate,
            Subject = "plate:" + vehicle.Token,
            Concerns = $"{last.Camera}>{read.Camera}",
            Severity = Severity.High,
            IsSettled = true,
            StartAtMs = last.LastSeenMs,
            EndAtMs = read.AtMs,
            KnownAtMs = read.KnownAtMs,
            Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"The same plate was read at {roads.NameOf(last.Camera)} and, {Instants.ToWords(read.AtMs - last.LastSeenMs)} later, at {roads.NameOf(read.Camera)}, {metres / 1000}.{metres % 1000 / 100} km away: no road vehicle is that fast, so two vehicles carry it."),
            Rule = Rule,
            Measure = [new Figure("speed_kmh", speed), new Figure("distance_m", metres), new Figure("apart_s", (read.AtMs - last.LastSeenMs) / 1000)],
            Thresholds = Numbers(thresholds),
            ClearsIf = new Figure("apart_s", Math.Max(1, needed / 1000)),
            ClearsIfText = "the reads were that many seconds apart, or one of them was another plate",
            Places = [.. new[] { last.Camera, read.Camera }.Select(camera => roads.Network.Find(camera)!.Place)],
            Evidence = [last.Evidence, held.Evidence],
            Reference = ReferenceOf(roads),
            IsSimulated = read.IsSimulated || wasSimulated,
        };
    }

    public static SortedDictionary<string, int> ReferenceOf(RoadSense roads)
    {
        var versions = new SortedDictionary<string, int>(StringComparer.Ordinal);
        if (roads.Network.Version > 0)
        {
            versions.Add("cameras", roads.Network.Version);
        }

        return versions;
    }
}
