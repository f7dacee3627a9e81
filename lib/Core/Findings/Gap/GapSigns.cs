using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Gap;

/// <summary>What is asked about a silence, in the order in which a finding shows it.</summary>
internal enum GapSign
{
    /// <summary>Its last eight or so intervals to its usual ones, percent: the edge of reception thins reports out.</summary>
    Fading,

    /// <summary>1 where a source that passes like a satellite heard it last, 0 where a steady one did.</summary>
    Passing,

    /// <summary>Of 15 places five to thirteen miles ahead, those heard in the two hours in which it would come there.</summary>
    NearAhead,

    /// <summary>Hours, percent, in which others were heard where it would be by then on its last course and speed.</summary>
    Reckoned,

    /// <summary>Hours, percent, in which others of its class were heard within ten miles of its last place.</summary>
    NearBy,

    /// <summary>How much of the water around its last place was heard in the six hours after, to the six before, percent.</summary>
    SinceToBefore,

    /// <summary>The same of the water eight miles ahead, in the four hours after: has it sailed into a hole?</summary>
    AheadSinceToBefore,

    /// <summary>Neighbours of its class heard in its cell and the eight around, per ten minutes of the silence, tenths.</summary>
    Neighbours,

    /// <summary>How often those were heard compared with how often it was itself, percent: less where ships are missed.</summary>
    HeardOfNeighbours,
}

/// <summary>
/// Reads the signs of a silence off the state. All look at the hours around its beginning, so that they stand still from
/// about seven hours on; -1 says that nothing can be known.
/// </summary>
internal sealed class GapSigns(WatchState state)
{
    public const int Count = 9;

    /// <summary>With a longer usual interval than this, milliseconds, reports do not thin out visibly at the edge.</summary>
    private const int FadingShowsMs = 180_000;

    private const int FadingReports = 16;
    private const int Hours = 6;
    private const int NearSquares = 3;
    private const int ReckonedSquares = 2;
    private const int ReckonedMilesMax = 40;
    private const int SquareHoursKnown = 6;
    private const int VesselsKnown = 6;
    private const int AheadMiles = 8;
    private const int AheadHours = 4;

    /// <summary>Who must be heard to say that this one could be: class B is weaker, so only its like says so.</summary>
    public static ushort LikeOf(in StoredReport report) =>
        report.Has(ReportTraits.ClassB) ? HeardCell.AllOfClassB : HeardCell.AllSources;

    /// <summary>Reads them.</summary>
    /// <param name="vessel">The silent vessel.</param>
    /// <param name="nowMs">When it is judged.</param>
    /// <param name="target">Takes <see cref="Count"/> numbers.</param>
    public void Read(in VesselState vessel, long nowMs, Span<int> target)
    {
        ref readonly var last = ref vessel.Last;
        var like = LikeOf(in last);
        var hour = HeardCell.HourOf(HeardMark.BucketOf(last.EventAtMs));
        var to = Math.Min(hour + Hours, HeardCell.HourOf(HeardMark.BucketOf(nowMs)) - 1);
        var isPassing = !state.Coverage.IsSteady(last.Source);
        target[(int)GapSign.Fading] = isPassing || vessel.UsualIntervalMs > FadingShowsMs || vessel.Reports < FadingReports
            ? -1
            : GapJudge.FadingPercent(in vessel);
        target[(int)GapSign.Passing] = isPassing ? 1 : 0;
        target[(int)GapSign.NearAhead] = GapJudge.IsSailing(in last) ? GapJudge.PlacesHeardNear(state, in last, like) : -1;
        target[(int)GapSign.Reckoned] = Reckoned(in last, hour, to, like);
        target[(int)GapSign.NearBy] = to > hour
            ? state.Coverage.HoursHeardNear(last.Position, NearSquares, hour + 1, to, like) * 100 / (to - hour)
            : -1;
        target[(int)GapSign.SinceToBefore] = SinceToBefore(last.Position, hour, to, like);
        target[(int)GapSign.AheadSinceToBefore] = GapJudge.IsSailing(in last)
            ? SinceToBefore(Ahead(in last, AheadMiles), hour, Math.Min(to, hour + AheadHours), like)
            : -1;
        var (vessels, reports) = state.Coverage.TallyAround(GridCells.Of(last.Position), hour + 1, to, like);
        target[(int)GapSign.Neighbours] = to > hour ? vessels * 10 / (6 * (to - hour)) : -1;
        target[(int)GapSign.HeardOfNeighbours] = vessels < VesselsKnown
            ? -1
            : (int)(reports * (long)vessel.UsualIntervalMs / (vessels * 6000L));
    }

    private int Reckoned(in StoredReport last, int hour, int to, ushort like)
    {
        if (to <= hour || (last.CourseDeciDegrees < 0 && last.SpeedDeciKnots >= GapJudge.SailingDeciKnots) || last.SpeedDeciKnots < 0)
        {
            return -1;
        }

        var heard = 0;
        for (var each = hour + 1; each <= to; each++)
        {
            var miles = Math.Min(ReckonedMilesMax, last.SpeedDeciKnots * (each - hour) / 10.0);
            heard += state.Coverage.HoursHeardNear(Ahead(in last, miles), ReckonedSquares, each, each, like);
        }

        return heard * 100 / (to - hour);
    }

    private int SinceToBefore(Position place, int hour, int to, ushort like)
    {
        var before = state.Coverage.SquareHoursNear(place, NearSquares, hour - Hours, hour - 1, like);
        if (to <= hour || before < SquareHoursKnown)
        {
            return -1;
        }

        var since = state.Coverage.SquareHoursNear(place, NearSquares, hour + 1, to, like);
        return since * 100 * Hours / (before * (to - hour));
    }

    private static Position Ahead(in StoredReport last, double miles) => GreatCircle.Destination(
        last.Position, last.CourseDeciDegrees / 10.0, miles * GreatCircle.MetresPerNauticalMile);
}
