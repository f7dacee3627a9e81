using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>Why a detection is what it is.</summary>
internal enum Judgement
{
    /// <summary>A reporting vessel is there.</summary>
    Matched,

    /// <summary>Nothing that reported explains it.</summary>
    Dark,

    /// <summary>A reporting vessel may be there, or not.</summary>
    Doubtful,

    /// <summary>Nobody was heard near it, so that silence says nothing.</summary>
    NotHeard,

    /// <summary>It stood there in an earlier scene, or in a zone of fixed structures.</summary>
    Fixed,

    /// <summary>It lies beside a larger ship that reports: its wake, tug or echo.</summary>
    Beside,
}

/// <summary>The rule <c>dark-ship-scene</c>: what a detection is, and how much a dark one asks for a person's eye.</summary>
internal static class SceneJudgement
{
    /// <summary>An echo is explained when all reporting vessels together explain it with this probability, thousandths: a dark ship explained away is worse than one in doubt.</summary>
    public const int MatchedMilli = 600;

    /// <summary>A detection is dark when all reporting vessels together explain it with less than this, thousandths.</summary>
    public const int DarkMilli = 200;

    /// <summary>Somebody who reports must have been within this, metres, or reception is not known.</summary>
    public const double HeardMetres = 40_000;

    /// <summary>Odds of a duty for severity low and for medium, thousandths.</summary>
    public const int LowOddsMilli = 500;

    /// <summary>See <see cref="LowOddsMilli"/>.</summary>
    public const int MediumOddsMilli = 900;

    /// <summary>Confidence of the detector for severity medium, thousandths.</summary>
    public const int MediumConfidenceMilli = 800;

    /// <summary>So near to a stopping place a ship is perhaps moored or a crane, metres: severity info.</summary>
    public const double StoppingPlaceMetres = 3_000;

    private const string StructurePrefix = "structure";

    public static Judgement Of(
        SceneEntry entry, int index, SceneMatch[] matches, IReferenceView view, EchoPlace? earlier)
    {
        var match = matches[index];
        var detection = entry.Detections[index];
        return match.Candidate >= 0 && match.ExplainedMilli >= MatchedMilli ? Judgement.Matched
            : earlier is not null || IsInStructures(detection, view) ? Judgement.Fixed
            : match.ExplainedMilli >= DarkMilli ? Judgement.Doubtful
            : IsBeside(entry, index, matches) ? Judgement.Beside
            : !entry.Candidates.Any(c => c.IsReporting && GreatCircle.DistanceMetres(c.Where, detection.Where) <= HeardMetres)
                ? Judgement.NotHeard
                : Judgement.Dark;
    }

    public static Terms.Severity SeverityOf(SceneDetection detection, int oddsMilli, IReferenceView view) =>
        oddsMilli < LowOddsMilli || view.NearestAnchorage(detection.Where, StoppingPlaceMetres, out _) >= 0 ? Terms.Severity.Info
        : oddsMilli >= MediumOddsMilli && detection.Confidence >= MediumConfidenceMilli ? Terms.Severity.Medium
        : Terms.Severity.Low;

    // Zones whose id begins with "structure" are drawn around turbines, platforms, bridges.
    private static bool IsInStructures(SceneDetection detection, IReferenceView view)
    {
        Span<int> zones = stackalloc int[16];
        var count = view.ZonesAt(detection.Where, zones);
        for (var i = 0; i < count; i++)
        {
            if (view.ZoneAt(zones[i]).Id.StartsWith(StructurePrefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBeside(SceneEntry entry, int index, SceneMatch[] matches)
    {
        var detection = entry.Detections[index];
        for (var other = 0; other < matches.Length; other++)
        {
            var large = entry.Detections[other];
            if (other != index && matches[other].Candidate >= 0 && matches[other].ExplainedMilli >= MatchedMilli
                && large.LengthM >= detection.LengthM
                && GreatCircle.DistanceMetres(large.Where, detection.Where) <= 150 + (large.LengthM / 2.0))
            {
                return true;
            }
        }

        return false;
    }
}
