using MaritimeWatch.Functions.Evaluate.Matching;
using MaritimeWatch.Functions.Evaluate.Trajectory;
using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary>
/// Puts detours, stops and changes of speed into tracks. It begins at a report at least an hour after the first, while the
/// ship is under way: it makes at least 3 knots over each ten minutes of a detour, or of half an hour from the start of the
/// rest. A detour goes off the ship's own way, to port or starboard, as half a sine over 90 minutes. In a stop the ship lies
/// still, then goes on late. A change of speed, up or down, lasts to the end, at least half an hour; a faster ship's track
/// ends where the file's does not go on. What lasts longer than a third of its track is left out. Reports come when the
/// file's do, rounded as the file rounds, and say the speed and course that the ship then has.
/// </summary>
/// <param name="grain">How the file rounds.</param>
/// <param name="chance">Draws where and to which side.</param>
internal sealed class Injector(FileGrain grain, Chance chance)
{
    private const double UnderWayKnots = 3;
    private const long Minute = 60_000;
    private const long FirstMs = 60 * Minute;
    private const long LegMs = 10 * Minute;
    private const long ChordMs = 20 * Minute;
    private const long UnderWayMs = 30 * Minute;

    /// <summary>Puts something into a track.</summary>
    /// <returns>The track, or null where it is too short or the ship nowhere long enough under way.</returns>
    public InjectedTrack? Into(VesselTrack track, Injection what)
    {
        var third = track.LengthMs / 3;
        var length = (long?)what.Length?.TotalMilliseconds;
        if (length > third)
        {
            return null;
        }

        var (points, last) = (track.Points, track.Points[^1].AtMs);
        int[] starts =
        [
            .. Enumerable.Range(0, points.Length).Where(at => points[at].AtMs - points[0].AtMs >= FirstMs
                && (length is { } ms ? points[at].AtMs + ms <= last : last - points[at].AtMs <= third && last - points[at].AtMs >= UnderWayMs)
                && IsUnderWay(points, points[at].AtMs, what.Kind == "detour" ? length!.Value : UnderWayMs)),
        ];
        if (starts.Length == 0)
        {
            return null;
        }

        var start = points[starts[chance.Below(starts.Length)]].AtMs;
        var side = chance.Below(2) == 0 ? -1 : 1;
        return Made(points, what, start, what.Kind switch
        {
            "detour" => point => Detour(points, point, start, length!.Value, side * what.Size),
            "stop" => point => At(points, point, Math.Max(start, point.AtMs - length!.Value), point.AtMs - start < length!.Value ? 0 : 1),
            _ => point => At(points, point, start + (long)((point.AtMs - start) * Pace(what, side)), Pace(what, side)),
        });
    }

    private static double Pace(Injection what, int side) => 1 + (side * what.Size / 100.0);

    private static bool IsUnderWay(TrackPoint[] points, long fromMs, long lengthMs)
    {
        for (var at = fromMs; at + LegMs <= fromMs + lengthMs; at += LegMs)
        {
            if (TrackWay.PlaceAt(points, at) is not { } before || TrackWay.PlaceAt(points, at + LegMs) is not { } after
                || OffsetNm.Between(before, after).LengthNm < UnderWayKnots * LegMs / (60.0 * Minute))
            {
                return false;
            }
        }

        return true;
    }

    private InjectedTrack Made(TrackPoint[] points, Injection what, long start, Func<TrackPoint, TrackPoint?> change)
    {
        var (made, off) = (new List<TrackPoint>(), new List<double>());
        foreach (var point in points)
        {
            if (point.AtMs <= start)
            {
                made.Add(point);
                off.Add(0);
            }
            else if (change(point) is { } changed)
            {
                made.Add(grain.Round(changed));
                off.Add(OffsetNm.Between(point.Place, made[^1].Place).LengthNm);
            }
            else
            {
                break;
            }
        }

        return new InjectedTrack(what, start, [.. made], [.. off]);
    }

    // Where the ship was at another moment, with the speed that it then reported times how fast it now goes.
    private static TrackPoint? At(TrackPoint[] points, TrackPoint point, long atMs, double pace)
    {
        if (TrackWay.PlaceAt(points, atMs, long.MaxValue) is not { } place)
        {
            return null;
        }

        var said = points[TrackWay.Nearest(points, atMs, long.MaxValue)];
        return new TrackPoint(point.AtMs, place, said.SpeedKnots * pace, said.CourseDegrees);
    }

    private static TrackPoint? Detour(TrackPoint[] points, TrackPoint point, long start, long length, double sizeNm)
    {
        var phase = Math.PI * (point.AtMs - start) / length;
        if (phase >= Math.PI)
        {
            return point;
        }

        // Across the way that it makes from 20 minutes before to 20 minutes after, which the rounding of places shakes little.
        var from = TrackWay.PlaceAt(points, Math.Max(points[0].AtMs, point.AtMs - ChordMs), long.MaxValue)!.Value;
        var to = TrackWay.PlaceAt(points, Math.Min(points[^1].AtMs, point.AtMs + ChordMs), long.MaxValue)!.Value;
        var way = OffsetNm.Between(from, to);
        var across = way.LengthNm > 0 ? new OffsetNm(way.NorthNm / way.LengthNm, -way.EastNm / way.LengthNm) : new OffsetNm(1, 0);
        var off = sizeNm * Math.Sin(phase);
        var drift = sizeNm * Math.Cos(phase) * Math.PI / (length / (60.0 * Minute));
        var place = new OffsetNm(across.EastNm * off, across.NorthNm * off).From(point.Place);
        return point is { SpeedKnots: { } speed, CourseDegrees: { } course }
            ? Moving(point.AtMs, place, speed, course, across, drift)
            : point with { Place = place };
    }

    private static TrackPoint Moving(long atMs, Position place, double speed, double course, OffsetNm across, double drift)
    {
        var (sine, cosine) = Math.SinCos(course * Math.PI / 180);
        var velocity = new OffsetNm((speed * sine) + (across.EastNm * drift), (speed * cosine) + (across.NorthNm * drift));
        var turned = Math.Atan2(velocity.EastNm, velocity.NorthNm) * 180 / Math.PI;
        return new TrackPoint(atMs, place, velocity.LengthNm, turned < 0 ? turned + 360 : turned);
    }
}
