using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Findings.UnlikelyMotion;

/// <summary>Holds ships to what the model expected, and says of one profile what is unlikely.</summary>
/// <param name="thresholds">What the profile calls unlikely.</param>
/// <param name="learned">The model, and where it knows the traffic.</param>
/// <param name="findings">What was said in the profile's name.</param>
internal sealed class MotionJudge(UnlikelyMotionThresholds thresholds, LearnedMotion learned, StageFindings findings)
{
    private const double DecimetresPerNm = 18_520;
    private const int MilliMax = 1_000_000;
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(30);
    private readonly IMotionModel model = learned.Model;
    private readonly WayScoreSettings score = learned.Model.Score;

    /// <summary>A moment of a ship, with the forecasts made before it; steps whose forecast is missing are -1.</summary>
    public void OnMoment(VesselWay way, ReadOnlySpan<int> rows, MotionForecasts forecasts, Position place, long atMs, in StagePlace where, IFoldOutput output)
    {
        if (way.IsAnew || atMs - way.HeardBeforeMs >= thresholds.SilenceMs)
        {
            Close(way, way.HeardBeforeMs, in where, output);
        }

        var (sum, known) = (0.0, 0);
        for (var step = 0; step < rows.Length; step++)
        {
            if (rows[step] >= 0)
            {
                sum += WayScore.Surprise(forecasts[rows[step]], way.Places[^1]);
                known++;
            }
        }

        way.Judge(atMs, known == 0 ? 0 : (int)Math.Min(MilliMax, Math.Round(1000 * sum / known)), score.Moments);
        var last = rows[^1] >= 0 ? forecasts[rows[^1]] : (MotionForecast?)null;
        if (way.Said is not { } said)
        {
            Open(way, last, place, atMs, in where, output);
        }
        else if (ScoreMilli(way) * 100L < said.LimitMilli * (long)thresholds.OverPercent)
        {
            Close(way, atMs, in where, output);
        }
        else
        {
            GoOn(way, said, last, place, atMs, in where, output);
        }
    }

    /// <summary>What is being said is over.</summary>
    public void Close(VesselWay way, long endAtMs, in StagePlace where, IFoldOutput output)
    {
        if (way.Said is { } said)
        {
            Say(way, said, endAtMs, endAtMs, in where, output);
            findings.Forget(KeyOf(way, said));
            way.Said = null;
        }
    }

    private int ScoreMilli(VesselWay way) => way.ScoreMilli(score.Moments);

    private static string KeyOf(VesselWay way, UnlikelyWay said) =>
        string.Create(CultureInfo.InvariantCulture, $"{way.Subject}@{said.OpenedAtMs}");

    private void Open(VesselWay way, MotionForecast? before, Position place, long atMs, in StagePlace where, IFoldOutput output)
    {
        if (score.ScoreReachedBy(thresholds.VoyagesPermille / 1000.0) is not { } reached)
        {
            return; // Nobody measured how often a score is reached by chance.
        }

        // Without a forecast of half an hour before nobody could say how far off it is: the next moment may.
        var limit = (int)Math.Ceiling(1000 * reached);
        if (before is null || ScoreMilli(way) < limit)
        {
            return;
        }

        var (far, usual) = Off(before, place);
        way.Said = new UnlikelyWay
        {
            OpenedAtMs = atMs,
            StartAtMs = Math.Max(way.Places[0].AtMs, atMs - ((score.Moments - 1) * GridTimes.StepMs)),
            LimitMilli = limit,
            WorstMilli = ScoreMilli(way),
            FarthestAtMs = atMs,
            FarthestDecimetres = far,
            UsualDecimetres = usual,
        };
        Say(way, way.Said, null, atMs, in where, output);
    }

    private void GoOn(VesselWay way, UnlikelyWay said, MotionForecast? before, Position place, long atMs, in StagePlace where, IFoldOutput output)
    {
        var (far, usual) = Off(before, place);
        way.Said = said with
        {
            WorstMilli = Math.Max(said.WorstMilli, ScoreMilli(way)),
            FarthestAtMs = far > said.FarthestDecimetres ? atMs : said.FarthestAtMs,
            FarthestDecimetres = Math.Max(far, said.FarthestDecimetres),
            UsualDecimetres = far > said.FarthestDecimetres ? usual : said.UsualDecimetres,
        };
        if (way.Said != said)
        {
            Say(way, way.Said, null, atMs, in where, output);
        }
    }

    // How far from the best guess of half an hour before, and the radius of a circle as large as the region for 9 of 10 ships.
    private static (long FarDecimetres, long UsualDecimetres) Off(MotionForecast? before, Position place)
    {
        if (before is not { } forecast)
        {
            return (0, 0);
        }

        var (guess, there) = (forecast.OffsetAt(Usual), OffsetNm.Between(forecast.Origin.Place, place));
        var far = new OffsetNm(there.EastNm - guess.EastNm, there.NorthNm - guess.NorthNm).LengthNm;
        var radius = Math.Sqrt(forecast.RegionAt(Usual).AreaNm2(0.9) / Math.PI);
        return ((long)Math.Round(far * DecimetresPerNm), (long)Math.Round(radius * DecimetresPerNm));
    }

    private void Say(VesselWay way, UnlikelyWay said, long? endAtMs, long knownAtMs, in StagePlace where, IFoldOutput output)
    {
        var isOver = endAtMs is not null;
        var name = way.Name ?? way.Subject;
        var figures = (Far: Figure.NauticalMiles("nm", said.FarthestDecimetres), Usual: Figure.NauticalMiles("nm", said.UsualDecimetres));
        var share = score.ShareReaching(said.WorstMilli / 1000.0);
        var finding = new StageFinding
        {
            Kind = FindingKind.UnlikelyMotion,
            Subject = way.Subject,
            Mmsi = way.Mmsi,
            Name = way.Name,
            Severity = Severity.Low,
            Life = isOver ? FindingLife.Closed : FindingLife.Open,
            IsSettled = isOver,
            StartAtMs = said.StartAtMs,
            EndAtMs = endAtMs,
            KnownAtMs = knownAtMs,
            Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"{name} {(isOver ? "moved" : "moves")} otherwise than ships do: at {Instants.ToText(said.FarthestAtMs)} it was {figures.Far} NM from where it was expected half an hour before (9 of 10 ships come within about {figures.Usual} NM), and over {score.Moments * MotionSteps.Minutes} minutes {Often(share)}."),
            Rule = Rules.UnlikelyMotion.Id,
            RuleVersion = Rules.UnlikelyMotion.Version,
            Measure =
            [
                new("score", said.WorstMilli, 3),
                Figure.NauticalMiles("off_nm", said.FarthestDecimetres),
                Figure.NauticalMiles("usual_nm", said.UsualDecimetres),
                new("chance_voyages_percent", (long)Math.Ceiling(share * 1000), 1),
                new("voyages", score.Voyages),
            ],
            Thresholds = [new("score", said.LimitMilli, 3), .. thresholds.Figures],
            ClearsIf = new Figure("score", said.LimitMilli - 1, 3),
            ClearsIfText = string.Create(
                CultureInfo.InvariantCulture,
                $"a mean surprise over {score.Moments * MotionSteps.Minutes} minutes of less than {new Figure("score", said.LimitMilli, 3)} under the model {model.Name} version {model.Version}"),
            Places = [.. way.Places.Skip(way.Places.Count - score.Moments - 1).Select(place => place.Place)],
            StandsOn = [LineOf(way, said.StartAtMs), LineOf(way, said.FarthestAtMs)],
            Reference = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["model:" + model.Name] = model.Version },
            IsSimulated = way.IsSimulated,
        };
        findings.Say(KeyOf(way, said), finding, where.Entry, where.Record, output);
    }

    private string Often(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"at most {Math.Max(1, Math.Round(share * (score.Voyages + 1)))} of {score.Voyages + 1} ordinary voyages made so unlikely a way");

    private static string LineOf(VesselWay way, long atMs) => $"{way.Subject}-{Instants.ToText(atMs)}";
}
