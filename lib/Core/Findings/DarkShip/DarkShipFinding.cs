using System.Globalization;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>Says what a dark detection is: dark is not unlawful, so the odds of a duty to carry AIS stand in it.</summary>
internal static class DarkShipFinding
{
    public const string Rule = "dark-ship-scene";

    /// <summary>What it is judged by.</summary>
    public static IReadOnlyList<Figure> Thresholds { get; } =
    [
        new("explained_probability_max", SceneJudgement.DarkMilli, 3),
        new("heard_within_m", (long)SceneJudgement.HeardMetres),
        new("low_duty_odds", SceneJudgement.LowOddsMilli, 3),
        new("medium_duty_odds", SceneJudgement.MediumOddsMilli, 3),
        new("medium_confidence", SceneJudgement.MediumConfidenceMilli, 3),
    ];

    /// <summary>A ship that no report explains.</summary>
    public static StageFinding Of(SceneEntry scene, SceneDetection detection, JudgedDetection judged, IReferenceView view) =>
        Base(scene, detection, judged, view) with
        {
            IsSettled = scene.IsLast,
            Because = scene.Check > 0 ? "checked again with the reports that had come in by then: still no report explains it" : null,
        };

    /// <summary>It was taken for one, and later reports explain it.</summary>
    public static StageFinding Retracted(SceneEntry scene, SceneDetection detection, JudgedDetection judged, IReferenceView view) =>
        Base(scene, detection, judged, view) with
        {
            Life = FindingLife.Retracted,
            IsSettled = true,
            Because = judged.Judgement switch
            {
                Judgement.Matched => $"reports that came later explain it: {judged.Vessel?.Name ?? judged.Vessel?.Subject}",
                Judgement.Fixed => "an echo stood at the same place at another time: a fixed structure",
                _ => "with the reports that came later it can no longer be said",
            },
        };

    private static StageFinding Base(SceneEntry scene, SceneDetection detection, JudgedDetection judged, IReferenceView view)
    {
        var silent = judged.Judgement == Judgement.Dark ? judged.Vessel : null;
        return new StageFinding
        {
            Kind = FindingKind.DarkShip,
            Subject = SceneLines.SubjectOf(scene, detection),
            Concerns = null,
            Mmsi = silent?.Mmsi,
            Name = silent?.Name,
            Severity = SceneJudgement.SeverityOf(detection, judged.OddsMilli, view),
            StartAtMs = scene.AtMs,
            EndAtMs = scene.AtMs,
            KnownAtMs = scene.KnownAtMs,
            Reason = Reason(scene, detection, judged, silent, view),
            Rule = Rule,
            Measure =
            [
                new Figure("duty_odds", judged.OddsMilli, 3),
                new Figure("length_m", detection.LengthM),
                new Figure("confidence", detection.Confidence, 3),
                new Figure("explained_probability", silent is null ? judged.ProbabilityMilli : 0, 3),
                new Figure("silent_vessel_probability", silent is null ? 0 : judged.ProbabilityMilli, 3),
            ],
            Thresholds = Thresholds,
            ClearsIf = new Figure("explained_probability", SceneJudgement.DarkMilli, 3),
            ClearsIfText = "a report, even a late one, that puts a vessel there at the scene's time",
            Places = [detection.Where],
            Evidence = [new StageEvidence(scene.Landing, scene.Hash, 0, 0, scene.AtMs)],
            Reference = new SortedDictionary<string, int>(view.Versions.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
            {
                ["carriage-duty"] = CarriageDuty.Version,
                [scene.Detector] = scene.DetectorVersion,
            },
            IsSimulated = scene.IsSimulated,
        };
    }

    private static string Reason(
        SceneEntry scene, SceneDetection detection, JudgedDetection judged, SceneCandidate? silent, IReferenceView view)
    {
        var instrument = scene.Sensor == SceneSensor.Sar ? "radar" : "optical";
        var who = silent is null
            ? string.Empty
            : $" It {(judged.ProbabilityMilli >= 500 ? "is likely" : "may be")} ({Percent(judged.ProbabilityMilli)}) {silent.Name ?? silent.Subject}, silent{Silence(silent)}.";
        var near = view.NearestAnchorage(detection.Where, SceneJudgement.StoppingPlaceMetres, out _) is >= 0 and var index
            ? $" It lies near {view.AnchorageAt(index).PortName}, where ships and cranes stand."
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"A ship of about {detection.LengthM} m in a {instrument} scene that no AIS report explains, though others were heard there. A hull of that length must carry AIS with odds of {Percent(judged.OddsMilli)}; dark is not unlawful.{who}{near}");
    }

    private static string Silence(SceneCandidate silent) => (silent.BeforeS, silent.AfterS) switch
    {
        ({ } before, { } after) => $" from {Instants.ToWords(before * 1000L)} before the scene to {Instants.ToWords(after * 1000L)} after it",
        ({ } before, null) => $" since {Instants.ToWords(before * 1000L)} before the scene",
        _ => string.Empty,
    };

    private static string Percent(int milli) => string.Create(CultureInfo.InvariantCulture, $"{milli / 10}.{milli % 10} %");
}
