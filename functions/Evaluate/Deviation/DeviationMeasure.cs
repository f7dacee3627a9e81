using MaritimeWatch.Functions.Evaluate.Matching;
using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary>How well unlikely ways are found that were put into the tracks of a file.</summary>
/// <remarks>
/// The usual 99 % is that quantile, over all judged moments of the untouched tracks of the same file, of how far a ship is
/// from the model's best guess made 30 minutes before. An injection has left it at the first report that was moved farther.
/// The delay runs from there to the first moment over the threshold at or after the start of the injection, and is 0 where that came
/// first. One that is never found, though it left, counts as an endless delay in the median.
/// </remarks>
/// <param name="score">Judges tracks.</param>
internal sealed class DeviationMeasure(WayScore score)
{
    private const double InjectedShare = 0.3;
    private const double UsualShare = 0.99;

    /// <summary>Injects and measures.</summary>
    /// <param name="tracks">The tracks of a file.</param>
    /// <param name="seed">Seed of which tracks, where and to which side.</param>
    /// <param name="cancel">Stops the work.</param>
    public DeviationResult Of(IReadOnlyList<VesselTrack> tracks, int seed, CancellationToken cancel)
    {
        var chance = new Chance(seed);
        var injector = new Injector(FileGrain.Of(tracks), chance);
        List<VesselTrack> drawn = [.. tracks];
        for (var at = drawn.Count - 1; at > 0; at--)
        {
            var other = chance.Below(at + 1);
            (drawn[at], drawn[other]) = (drawn[other], drawn[at]);
        }

        var share = (int)Math.Round(drawn.Count * InjectedShare);
        var made = drawn.Take(share).Select((track, at) => injector.Into(track, Injection.All[at % Injection.All.Count])).ToList();
        List<IReadOnlyList<WayMoment>> untouched = [.. drawn.Skip(share).Select(Judged).Where(IsJudged)];
        List<(InjectedTrack Track, IReadOnlyList<WayMoment> Moments)> injected =
        [
            .. made.OfType<InjectedTrack>().Select(track => (track, Moments(track.Points))).Where(static one => IsJudged(one.Item2)),
        ];
        if (untouched.Count == 0)
        {
            return new DeviationResult(0, 0, share, null, 1, []);
        }

        var lengths = new EqualLengths(untouched.Select(static track => track.Select(static moment => moment.Score).ToList()));
        var usual = TrackStatistics.Quantile(untouched.SelectMany(static track => track).Select(static moment => moment.OffNm).OfType<double>(), UsualShare);
        return new DeviationResult(
            untouched.Count,
            lengths.FalseMax,
            share - injected.Count,
            usual,
            ExactBound.Upper95(lengths.FalseMax, untouched.Count),
            [.. injected.Select(one => Found(one.Track, one.Moments, lengths, usual))]);

        IReadOnlyList<WayMoment> Judged(VesselTrack track) => Moments(track.Points);

        IReadOnlyList<WayMoment> Moments(TrackPoint[] points)
        {
            cancel.ThrowIfCancellationRequested();
            return score.Moments(points);
        }
    }

    // A track of which no forecast could be made has a score of 0 that says nothing.
    private static bool IsJudged(IReadOnlyList<WayMoment> moments) => moments.Any(static moment => moment.OffNm is not null);

    /// <summary>What became of one injection.</summary>
    internal static FoundInjection Found(InjectedTrack track, IReadOnlyList<WayMoment> moments, EqualLengths lengths, double usualNm)
    {
        var (most, threshold) = (moments.Max(static moment => moment.Score), lengths.ThresholdAt1Pct(moments.Count));
        var left = Array.FindIndex(track.OffNm, off => off > usualNm);
        double? delay = null;
        if (left >= 0)
        {
            var alarm = moments.Where(moment => moment.AtMs >= track.StartMs && moment.Score > threshold).Select(static moment => (long?)moment.AtMs).FirstOrDefault();
            delay = alarm is { } at ? Math.Max(0, at - track.Points[left].AtMs) / 60_000.0 : double.PositiveInfinity;
        }

        return new FoundInjection(track.What, lengths.ShareUnder(most, moments.Count), most > threshold, delay);
    }
}

/// <summary>What became of one injection.</summary>
/// <param name="What">What was put in.</param>
/// <param name="ShareUnder">The share of untouched tracks of equal length with a smaller score.</param>
/// <param name="IsFound">Whether its score is over the threshold at 1 % false.</param>
/// <param name="DelayMinutes">From leaving the usual 99 % to the first alarm, endless where none came; null where it never left.</param>
internal sealed record FoundInjection(Injection What, double ShareUnder, bool IsFound, double? DelayMinutes);

/// <summary>What was measured on a file.</summary>
/// <param name="Untouched">Untouched tracks that could be judged.</param>
/// <param name="False">How many of them the threshold lets be over it.</param>
/// <param name="LeftOut">Tracks drawn for an injection that were too short for it, nowhere under way or could not be judged.</param>
/// <param name="UsualNm">The usual 99 %, nautical miles.</param>
/// <param name="FalseBound">Upper 95 % bound of the false rate.</param>
/// <param name="Injected">What became of each injection.</param>
internal sealed record DeviationResult(
    int Untouched, int False, int LeftOut, double? UsualNm, double FalseBound, IReadOnlyList<FoundInjection> Injected);
