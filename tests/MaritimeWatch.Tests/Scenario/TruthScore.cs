using System.Globalization;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>
/// Compares findings with what is true. A finding matches a truth entry when kind and subject agree and the times
/// overlap within 15 minutes; a dark ship has no identity and matches by place, a call matches whatever its arrival was
/// thought to be. Retracted findings are dropped. Findings that match no truth entry are false; those that
/// match lawful entries only are alarms on look-alikes when medium or high, and neither hit nor false when not.
/// </summary>
internal sealed class TruthScore
{
    /// <summary>A detection's place is good to some pixels, and a hull is long.</summary>
    private const double SamePlaceM = 300;

    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    private static readonly SortedDictionary<string, double[]> SizeBounds = new(StringComparer.Ordinal)
    {
        ["cloned-plate"] = [0],
        ["congestion"] = [0, 5, 10, 20],
        ["dark-ship"] = [0, 20, 50, 100],
        ["declared-mismatch"] = [0],
        ["distress"] = [0, 10, 30, 60],
        ["draught-change"] = [0, 10, 20, 40],
        ["drift"] = [0, 15, 30, 60, 120],
        ["encounter"] = [0, 2, 3],
        ["gap"] = [0, 7, 9, 12, 18, 24],
        ["identity-change"] = [0, 2, 3],
        ["impossible-movement"] = [0, 8, 16, 32, 64, 128],
        ["loitering"] = [0, 5, 6, 8, 12],
        ["port-visit"] = [0, 0.5, 1, 2, 6, 12],
        ["route-deviation"] = [0, 5, 10, 20],
        ["shared-identity"] = [0, 5, 20, 80],
        ["spoofing"] = [0],
        ["spoofing/circles"] = [0, 3, 5, 10],
        ["spoofing/frozen-noise"] = [0, 45, 60, 120],
        ["spoofing/gnss-disturbance"] = [0, 8, 12, 16],
        ["spoofing/impossible-imo"] = [0],
        ["spoofing/impossible-mid"] = [0],
        ["spoofing/on-land"] = [0, 4, 8, 16],
        ["spoofing/wrong-clock"] = [0, 15, 20, 25],
        ["sudden-stop"] = [0, 8, 10, 14],
        ["vehicle-deviation"] = [0, 30, 60],
        ["voyage-change"] = [0, 6, 12, 24],
        ["zone-entry"] = [0, 100, 200, 400, 800],
    };

    private readonly SortedDictionary<string, KindScore> kinds = new(StringComparer.Ordinal);
    private readonly List<string> misses = [];

    private TruthScore()
    {
        foreach (var (kind, bounds) in SizeBounds)
        {
            kinds[kind] = new KindScore(bounds);
        }
    }

    /// <summary>Scores by kind of finding.</summary>
    public IReadOnlyDictionary<string, KindScore> Kinds => kinds;

    /// <summary>Over all kinds.</summary>
    public double Recall => Ratio(kinds.Values.Sum(kind => kind.Hit), kinds.Values.Sum(kind => kind.Planted));

    /// <summary>Over all kinds.</summary>
    public double Precision => Ratio(kinds.Values.Sum(kind => kind.Right), kinds.Values.Sum(kind => kind.Right + kind.False));

    /// <summary>Findings of medium or high severity that match lawful entries only.</summary>
    public int LawfulAlarms => kinds.Values.Sum(kind => kind.LawfulAlarms);

    /// <summary>Findings of medium or high severity that match nothing.</summary>
    public int FalseAlarms => kinds.Values.Sum(kind => kind.FalseAlarms);

    /// <summary>Ships times days, so that false alarms can be told by their rate.</summary>
    public double VesselDays { get; set; }

    /// <summary>Findings of medium or high severity that match nothing or only what is lawful, in 1,000 vessel-days.</summary>
    public double FalseAlarmsPerThousandVesselDays => (FalseAlarms + LawfulAlarms) * 1000 / Math.Max(1, VesselDays);

    /// <summary>What was missed, false or alarmed wrongly, in words, for whoever looks into it.</summary>
    public IReadOnlyList<string> Misses => misses;

    /// <summary>Scores one scenario.</summary>
    /// <param name="truth">Entries of truth.json.</param>
    /// <param name="findingLines">GeoJSON features; of one id the highest revision counts.</param>
    public static TruthScore Compute(IEnumerable<TruthLine> truth, IEnumerable<string> findingLines)
    {
        var score = new TruthScore();
        var entries = truth.ToLookup(entry => (entry.Kind, KeyOf(entry.Kind, entry.Subject)));
        var found = findingLines.Select(FoundLine.Parse)
            .GroupBy(line => line.Id, StringComparer.Ordinal)
            .Select(revisions => revisions.MaxBy(line => line.Revision)!)
            .Where(line => !line.IsRetracted && score.kinds.ContainsKey(line.Kind))
            .ToList();
        var hit = new HashSet<TruthLine>(ReferenceEqualityComparer.Instance);
        foreach (var line in found)
        {
            var matched = entries[(line.Kind, KeyOf(line.Kind, line.Subject))].Where(entry => Overlap(entry, line) && SamePlace(entry, line)).ToList();
            hit.UnionWith(matched);
            score.Judge(line, matched);
        }

        foreach (var entry in entries.SelectMany(group => group).Where(entry => !entry.Lawful && score.kinds.ContainsKey(entry.Kind)))
        {
            score.kinds[entry.Kind].Plant(entry.Magnitude, hit.Contains(entry));
            if (!hit.Contains(entry))
            {
                score.Note($"missed {entry.Kind} {entry.Subject} {entry.StartAt:u} to {entry.EndAt:u}, size {entry.Magnitude}");
            }
        }

        return score;
    }

    /// <summary>Adds another scenario's score.</summary>
    public void Add(TruthScore other)
    {
        foreach (var (kind, score) in other.kinds)
        {
            kinds[kind].Add(score);
        }

        VesselDays += other.VesselDays;
        misses.AddRange(other.misses);
    }

    /// <summary>An empty score to add to.</summary>
    public static TruthScore Empty() => new();

    /// <summary>Recall, precision and the curve over size.</summary>
    public void Print(TextWriter to)
    {
        to.WriteLine(FormattableString.Invariant($"all: recall {Recall:F4}, precision {Precision:F4}, alarms on look-alikes {LawfulAlarms}"));
        to.WriteLine(FormattableString.Invariant(
            $"false alarms: {FalseAlarms} on nothing, {LawfulAlarms} on look-alikes in {VesselDays:F0} vessel-days: {FalseAlarmsPerThousandVesselDays:F3} in 1,000"));
        foreach (var (kind, score) in kinds)
        {
            to.WriteLine(FormattableString.Invariant(
                $"{kind}: {score.Hit} of {score.Planted} found (recall {score.Recall:F4}), {score.False} false (precision {score.Precision:F4})"));
            foreach (var (from, planted, found) in score.Curve.Where(bin => bin.Planted > 0))
            {
                to.WriteLine(FormattableString.Invariant($"    from {from,6:G4}: {found,5} of {planted,5}"));
            }
        }
    }

    private static bool Overlap(TruthLine entry, FoundLine found) =>
        found.StartAt - Slack <= entry.EndAt && entry.StartAt - Slack <= found.EndAt;

    private static bool SamePlace(TruthLine entry, FoundLine found) =>
        entry.Place is not { } there || (found.Place is { } here && SimMaths.Metres(here, there) < SamePlaceM);

    // call:PORT:MMSI without the arrival; all detections alike.
    private static string KeyOf(string kind, string subject) => kind switch
    {
        "dark-ship" => "",
        "declared-mismatch" => string.Join(':', subject.Split(':').Take(3)),
        _ => subject,
    };

    private static double Ratio(int part, int whole) => whole == 0 ? 1 : (double)part / whole;

    private void Judge(FoundLine line, List<TruthLine> matched)
    {
        var score = kinds[line.Kind];
        if (matched.Exists(entry => !entry.Lawful))
        {
            score.Right++;
        }
        else if (matched.Count == 0)
        {
            score.False++;
            score.FalseAlarms += line.IsAlarm ? 1 : 0;
            Note($"false {line.Kind} {line.Subject} {line.StartAt:u} to {line.EndAt:u}{(line.IsAlarm ? ", an alarm" : "")}");
        }
        else if (line.IsAlarm)
        {
            score.LawfulAlarms++;
            Note($"alarm on a look-alike: {line.Kind} {line.Subject} {line.StartAt:u} to {line.EndAt:u}");
        }
    }

    private void Note(FormattableString text) => misses.Add(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The counts of one kind.</summary>
    internal sealed class KindScore(double[] bounds)
    {
        private readonly int[] planted = new int[bounds.Length];
        private readonly int[] found = new int[bounds.Length];

        public int Planted => planted.Sum();

        public int Hit => found.Sum();

        /// <summary>Findings that match what is true and not lawful.</summary>
        public int Right { get; set; }

        /// <summary>Findings that match nothing.</summary>
        public int False { get; set; }

        /// <summary>Of those, of medium or high severity.</summary>
        public int FalseAlarms { get; set; }

        public int LawfulAlarms { get; set; }

        public double Recall => Ratio(Hit, Planted);

        public double Precision => Ratio(Right, Right + False);

        /// <summary>Planted and found from each size on.</summary>
        public IEnumerable<(double From, int Planted, int Found)> Curve =>
            bounds.Select((from, index) => (from, planted[index], found[index]));

        public void Plant(double magnitude, bool wasFound)
        {
            var bin = Math.Max(0, Array.FindLastIndex(bounds, from => from <= magnitude));
            planted[bin]++;
            found[bin] += wasFound ? 1 : 0;
        }

        public void Add(KindScore other)
        {
            for (var bin = 0; bin < bounds.Length; bin++)
            {
                planted[bin] += other.planted[bin];
                found[bin] += other.found[bin];
            }

            Right += other.Right;
            False += other.False;
            FalseAlarms += other.FalseAlarms;
            LawfulAlarms += other.LawfulAlarms;
        }
    }
}
