using MaritimeWatch.Geodesy;

namespace MaritimeWatch.Functions.Intake;

/// <summary>How a vessel moved when it reported, by that report and those beside it.</summary>
/// <param name="Speed">Metres per second over ground.</param>
/// <param name="Course">Degrees true.</param>
/// <param name="IsCourseSaid">The report says the course; else it is that of the way behind.</param>
/// <param name="IsTurning">Its way about that time was not straight.</param>
internal readonly record struct VesselMotion(double Speed, double Course, bool IsCourseSaid, bool IsTurning)
{
    /// <summary>Slower than this it lies still, metres per second.</summary>
    public const double StoppedMetresPerSecond = 0.4;

    /// <summary>One tenth of a knot.</summary>
    public const double MetresPerSecondOfDeciKnot = 1852.0 / 36_000;

    private const long LookMsMax = 60 * 60_000;
    private const double MovedMetres = 100;
    private const double StraightShare = 0.8;
    private const double TurnDegrees = 30;
    private const double SlowMetresPerSecond = 2.6;

    /// <summary>Metres per second east and north.</summary>
    public FlatVector Velocity => FlatVector.Along(Course) * Speed;

    /// <summary>How unsure the course is, as a share of the way gone.</summary>
    /// <param name="said">Where the report says it.</param>
    /// <param name="derived">More where it is derived.</param>
    public double AcrossShare(double said, double derived) => IsCourseSaid ? said : said + derived;

    /// <summary>Of one report.</summary>
    /// <param name="fixes">In order of time.</param>
    /// <param name="at">Which.</param>
    /// <param name="step">-1 looks at those before it, 1 at those after it.</param>
    public static VesselMotion At(IReadOnlyList<TrackFix> fixes, int at, int step)
    {
        var own = fixes[at];
        var speed = own.SpeedDeciKnots * MetresPerSecondOfDeciKnot;
        double? course = own.CourseDeciDegrees / 10.0;
        double? derived = null;
        double path = 0;
        var from = at;
        for (var i = at + step; i >= 0 && i < fixes.Count && Math.Abs(fixes[i].AtMs - own.AtMs) <= LookMsMax; i += step)
        {
            path += GreatCircle.DistanceMetres(fixes[i].Where, fixes[i - step].Where);
            var metres = GreatCircle.DistanceMetres(fixes[i].Where, own.Where);
            if (derived is null && metres > MovedMetres)
            {
                derived = step < 0
                    ? GreatCircle.InitialBearingDegrees(fixes[i].Where, own.Where)
                    : GreatCircle.InitialBearingDegrees(own.Where, fixes[i].Where);
                speed ??= metres / (Math.Abs(fixes[i].AtMs - own.AtMs) / 1000.0);
            }

            from = i;
        }

        // A way much longer than its ends are apart, or a course that is not that of the way beside it: it turns about.
        var straight = from == at ? 0 : GreatCircle.DistanceMetres(fixes[from].Where, own.Where);
        var isTurning = (path > 2 * MovedMetres && straight < StraightShare * path)
            || (course is { } said && derived is { } was && Math.Abs(Math.IEEERemainder(said - was, 360)) > TurnDegrees)
            || speed is > StoppedMetresPerSecond and < SlowMetresPerSecond;
        return course is null && derived is null
            ? new VesselMotion(Math.Min(speed ?? 0, StoppedMetresPerSecond / 2), 0, false, isTurning)
            : new VesselMotion(speed ?? 0, course ?? derived!.Value, course is not null, isTurning);
    }
}
