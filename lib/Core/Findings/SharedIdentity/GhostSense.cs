using MaritimeWatch.Geodesy;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.SharedIdentity;

/// <summary>
/// Knows a track that only repeats another one, later or earlier: messages that were long under way, or a receiver's clock.
/// Such a ghost lies where the other has been within the half hour before, or ahead or astern of it on its course, at its
/// speed.
/// </summary>
internal sealed class GhostSense(PointPool points)
{
    private const long DelayMs = 30 * 60_000;
    private const int BesideMetres = 556;
    private const int BesidePerCent = 3;
    private const int SameDeciKnots = 20;
    private const int SameDeciDegrees = 150;
    private readonly TrackPoint[] _points = new TrackPoint[TrackPieces.PointsMax];

    /// <summary>True where one of both hulls only repeats the other.</summary>
    /// <param name="other">The hull that was heard before.</param>
    /// <param name="hull">The hull of the report, before it is its last.</param>
    /// <param name="report">The report.</param>
    public bool IsGhost(in HullState other, in HullState hull, in StoredReport report) =>
        IsAhead(in other.Last, in report) || WasAt(in other, in report) || WasAt(in hull, in other.Last);

    private static bool IsAhead(in StoredReport a, in StoredReport b)
    {
        if (a.SpeedDeciKnots < 10 || b.SpeedDeciKnots < 10 || a.CourseDeciDegrees < 0 || b.CourseDeciDegrees < 0
            || Math.Abs(a.SpeedDeciKnots - b.SpeedDeciKnots) > SameDeciKnots
            || Turned(a.CourseDeciDegrees - b.CourseDeciDegrees) > SameDeciDegrees)
        {
            return false;
        }

        var metres = FlatDistance.Metres(a.Position, b.Position);
        var off = (GreatCircle.InitialBearingDegrees(a.Position, b.Position) - (a.CourseDeciDegrees / 10.0)) * Math.PI / 180;
        return (int)Math.Round(Math.Abs(Math.Sin(off)) * metres) <= Math.Max(BesideMetres, (int)metres * BesidePerCent / 100);
    }

    private static int Turned(int deciDegrees)
    {
        var turned = Math.Abs(deciDegrees) % 3600;
        return Math.Min(turned, 3600 - turned);
    }

    // It was there within the half hour before, by the thinned points of its track and its last report.
    private bool WasAt(in HullState hull, in StoredReport report)
    {
        var count = points.Copy(in hull.Piece, 0, _points);
        var to = hull.Last.Position;
        var endAtMs = hull.Last.EventAtMs;
        for (var i = count - 1; i >= 0 && endAtMs >= report.EventAtMs - DelayMs; i--)
        {
            var from = new Terms.Position(_points[i].LatitudeE7, _points[i].LongitudeE7);
            if (IsBetween(from, to, report.Position))
            {
                return true;
            }

            (to, endAtMs) = (from, hull.Piece.StartAtMs + _points[i].AfterMs);
        }

        return false;
    }

    private static bool IsBetween(Terms.Position from, Terms.Position to, Terms.Position place)
    {
        var length = FlatDistance.Metres(from, to);
        if (length < 1)
        {
            return Math.Round(FlatDistance.Metres(to, place)) <= BesideMetres;
        }

        var along = Math.Round(GreatCircle.AlongTrackMetres(from, to, place));
        return along >= -BesideMetres && along <= length + BesideMetres
            && Math.Round(Math.Abs(GreatCircle.CrossTrackMetres(from, to, place))) <= BesideMetres;
    }
}
