using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// Two ships that stay together at sea for two hours have met: says so while it goes on, and when they have parted.
/// Definition: Global Fishing Watch, see <see cref="EncounterThresholds"/>. Fishing boats among themselves, and pilots and
/// tugs among themselves, do so lawfully and often: low.
/// </summary>
/// <param name="thresholds">What the profile calls an encounter.</param>
/// <param name="findings">What was said in the profile's name.</param>
internal sealed class EncounterJudge(EncounterThresholds thresholds, StageFindings findings)
{
    private const int Fishing = 30;

    /// <summary>The pairs as this profile has them.</summary>
    public MeetingBook Book { get; } = new(thresholds);

    public StageFindings Findings => findings;

    /// <summary>A stretch can no longer change so long after its end: nothing may be missing any more, nor come late.</summary>
    private long SettlesAfterMs => thresholds.MissingMs + ContactBook.KnownAfterMs + ContactBook.HorizonMs;

    private long PartedAfterMs => thresholds.MissingMs + ContactBook.KnownAfterMs;

    /// <summary>Time has gone on: closes, settles, sums up and forgets.</summary>
    /// <param name="nowMs">Now, milliseconds since 1970 UTC.</param>
    /// <param name="horizonMs">Nothing earlier can come any more.</param>
    /// <param name="place">Where in the inbox that is.</param>
    /// <param name="output">Takes what is said.</param>
    public void OnBeat(long nowMs, long horizonMs, in StagePlace place, IFoldOutput output)
    {
        foreach (var meeting in Book.Meetings.Values.ToArray())
        {
            if (meeting.Said.Count > 0 || nowMs > meeting.LastAtMs + SettlesAfterMs)
            {
                Judge(meeting, nowMs, in place, output);
            }

            meeting.SumUp(horizonMs, thresholds.MissingMs);
            if (meeting.Old is null && meeting.Recent.Count == 0)
            {
                Book.Remove(meeting);
            }
        }
    }

    /// <summary>A contact: true where there was room for it.</summary>
    public bool OnContact(ContactRow row, long nowMs, in StagePlace place, IFoldOutput output)
    {
        if (!Book.Takes(row))
        {
            return true;
        }

        if (Book.Add(row, out var isFull) is { } meeting)
        {
            Judge(meeting, nowMs, in place, output);
        }

        return !isFull;
    }

    // Says what is new about a pair.
    private void Judge(Meeting meeting, long nowMs, in StagePlace place, IFoldOutput output)
    {
        foreach (var stretch in meeting.Stretches(thresholds.MissingMs))
        {
            var isParted = nowMs > stretch.LastAtMs + PartedAfterMs;
            var isSettled = nowMs > stretch.LastAtMs + SettlesAfterMs;
            if (isSettled)
            {
                meeting.Forget(stretch);
            }

            if (SaidFor(meeting, stretch, nowMs, in place, output) is not { } said)
            {
                continue;
            }

            (said.StartAtMs, said.LastAtMs) = (stretch.StartAtMs, stretch.LastAtMs);
            var finding = Describe(meeting, stretch, nowMs, isParted) with
            {
                Life = isParted ? FindingLife.Closed : FindingLife.Open,
                EndAtMs = isParted ? stretch.LastAtMs : null,
                IsSettled = isSettled,
                Because = said.Because,
            };
            findings.Say(said.Key, finding, place.Entry, place.Record, output);
            if (isSettled)
            {
                meeting.Said.Remove(said);
                findings.Forget(said.Key);
            }
        }
    }

    // The finding that a stretch goes on with, or a new one where it is long enough. Two that a late row has joined are one.
    private SaidOf? SaidFor(Meeting meeting, Stretch stretch, long nowMs, in StagePlace place, IFoldOutput output)
    {
        var own = meeting.Said
            .Where(said => said.StartAtMs <= stretch.LastAtMs && said.LastAtMs >= stretch.StartAtMs)
            .OrderBy(said => said.StartAtMs).ToArray();
        if (own.Length == 0)
        {
            if (stretch.LastAtMs - stretch.StartAtMs < thresholds.TogetherMs)
            {
                return null;
            }

            var opened = new SaidOf($"{meeting.Subject}/{Instants.ToText(stretch.StartAtMs)}");
            meeting.Said.Add(opened);
            return opened;
        }

        foreach (var other in own.Skip(1))
        {
            own[0].Because = "places that came late show that two times together were one";
            var retracted = Describe(meeting, stretch, nowMs, isParted: false) with
            {
                StartAtMs = other.StartAtMs,
                Life = FindingLife.Retracted,
                IsSettled = true,
                Because = $"it is one with the encounter since {Instants.ToText(stretch.StartAtMs)}: {own[0].Because}",
            };
            findings.Say(other.Key, retracted, place.Entry, place.Record, output);
            findings.Forget(other.Key);
            meeting.Said.Remove(other);
        }

        return own[0];
    }

    private StageFinding Describe(Meeting meeting, Stretch stretch, long nowMs, bool isParted)
    {
        var togetherMs = stretch.LastAtMs - stretch.StartAtMs;
        var (first, second) = (meeting.First, meeting.Second);
        return new StageFinding
        {
            Kind = FindingKind.Encounter,
            Subject = meeting.Subject,
            Mmsi = first.Mmsi,
            Name = first.Name is null && second.Name is null ? null : $"{first.Called} and {second.Called}",
            Severity = AreLawfullyTogether(first.ShipType, second.ShipType) ? Severity.Low : Severity.Medium,
            StartAtMs = stretch.StartAtMs,
            KnownAtMs = nowMs,
            Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{first.Called} and {second.Called} {(isParted ? "lay" : "have lain")} within {thresholds.TogetherMetres} m of each other for {Instants.ToWords(togetherMs)} {(isParted ? "from" : "since")} {Instants.ToText(stretch.StartAtMs)} at {stretch.FirstMiddle}, both slower than {new Figure("knots", thresholds.SlowDeciKnots, 1)} kn{Away}."),
            Rule = Rules.Of(FindingKind.Encounter).Id,
            RuleVersion = Rules.Of(FindingKind.Encounter).Version,
            Measure =
            [
                Figure.Hours("together_h", togetherMs),
                new("nearest_m", stretch.NearestDecimetres / 10),
                new("median_knots", stretch.MedianDeciKnots(), 1),
                new("instants_together", stretch.Instants),
                new("instants_missing", (togetherMs / GridTimes.StepMs) + 1 - stretch.Instants),
            ],
            Thresholds = Rules.Thresholds(thresholds),
            ClearsIf = Figure.Hours("together_h", thresholds.TogetherMs) with { Value = (thresholds.TogetherMs / 360_000) - 1 },
            ClearsIfText = string.Create(
                CultureInfo.InvariantCulture,
                $"{Instants.ToWords(thresholds.TogetherMs - GridTimes.StepMs)} together or less, or {thresholds.TogetherMetres} m apart for more than {Instants.ToWords(thresholds.MissingMs)} in between{Nearer}"),
            Places = stretch.FirstMiddle == stretch.LastMiddle ? [stretch.FirstMiddle] : [stretch.FirstMiddle, stretch.LastMiddle],
            StandsOn =
            [
                LineOf(first, stretch.StartAtMs), LineOf(second, stretch.StartAtMs),
                LineOf(first, stretch.LastAtMs), LineOf(second, stretch.LastAtMs),
            ],
            IsSimulated = stretch.IsSimulated,
        };
    }

    private string Away => thresholds.AnchorageKm == 0
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $" and {thresholds.AnchorageKm} km or more from any known stopping place");

    private string Nearer => thresholds.AnchorageKm == 0
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $", or less than {thresholds.AnchorageKm} km from a stopping place");

    // The lines of the collection slow at the ends of the stretch.
    private static string LineOf(Party party, long atMs) => $"{party.Subject}-{Instants.ToText(atMs)}";

    private static bool AreLawfullyTogether(int first, int second) =>
        (first == Fishing && second == Fishing) || (IsPilotOrTug(first) && IsPilotOrTug(second));

    // Pilot vessel 50, tug 52, towing 31 and 32 (ITU-R M.1371, table 53).
    private static bool IsPilotOrTug(int type) => type is 31 or 32 or 50 or 52;
}
