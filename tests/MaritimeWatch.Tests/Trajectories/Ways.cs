using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Trajectories;

/// <summary>Made tracks.</summary>
internal static class Ways
{
    public const long Start = 1_500_000_000_000;

    /// <summary>Straight on from a place.</summary>
    public static TrackPoint[] Straight(
        double latitude, double longitude, double knots, double course, int reports, double everyMinutes = 10, double? said = null)
    {
        var origin = Position.FromDegrees(latitude, longitude);
        var (sine, cosine) = Math.SinCos(course * Math.PI / 180);
        return
        [
            .. Enumerable.Range(0, reports).Select(at =>
            {
                var miles = knots * at * everyMinutes / 60;
                return new TrackPoint(
                    Start + (long)(at * everyMinutes * 60_000), new OffsetNm(miles * sine, miles * cosine).From(origin), said ?? knots, course);
            }),
        ];
    }
}
