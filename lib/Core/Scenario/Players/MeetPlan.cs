namespace MaritimeWatch.Scenario;

/// <summary>Two ships side by side.</summary>
/// <param name="When">From when until when.</param>
/// <param name="Where">Where the first is when it begins.</param>
/// <param name="Knots">How fast they go: below a knot they drift, else they steam.</param>
/// <param name="BearingDegrees">Where to.</param>
internal sealed record Rendezvous(Stretch When, GeoPoint Where, double Knots, double BearingDegrees);

/// <summary>Roams, comes to each rendezvous at its time, stays, and roams on.</summary>
internal sealed class MeetPlan : RoamPlan
{
    private const double SteamsFromKnots = 1;
    private const long ApproachMs = 80 * MinuteMs;
    private const double SlowestKnots = 3;
    private const double FastestKnots = 13;

    /// <param name="world">The world.</param>
    /// <param name="faults">None.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="patch">Where it roams.</param>
    /// <param name="meetings">
    /// In order of time, some hours between them; the place is that of the first ship, and it keeps so many metres to the right.
    /// </param>
    public MeetPlan(
        World world, Faults faults, SimRandom random, Patch patch, IReadOnlyList<(Rendezvous Meeting, double OffM)> meetings)
        : base(world, faults, random, patch, world.StartAtMs - (2 * HourMs))
    {
        foreach (var (meeting, offM) in meetings)
        {
            var (east, north) = (SimMaths.SinDegrees(meeting.BearingDegrees), SimMaths.CosDegrees(meeting.BearingDegrees));
            Roam(meeting.When.FromAtMs - ApproachMs - (30 * MinuteMs));
            Approach(meeting, meeting.Where.Moved(north * offM, -east * offM));
            var forMs = meeting.When.ToAtMs - Clock;
            if (meeting.Knots < SteamsFromKnots)
            {
                Drift(forMs, meeting.Knots, meeting.BearingDegrees);
            }
            else
            {
                var metres = forMs / 1000.0 * meeting.Knots * SimMaths.KnotMs;
                Follow([Here, Here.Moved(east * metres, north * metres)], meeting.Knots, meeting.Knots);
            }
        }
    }

    // A way whose length fits the time that is left, at a speed that brings it there to the second.
    private void Approach(Rendezvous meeting, GeoPoint place)
    {
        const int Halvings = 40;
        var leftMs = meeting.When.FromAtMs - Clock;
        var metres = SimMaths.Metres(Here, place);
        var wantedM = Math.Max(metres, leftMs / 1000.0 * 5 * SimMaths.KnotMs);
        var way = new List<GeoPoint> { Here, place };
        if (wantedM > metres + 500)
        {
            var outM = Math.Sqrt((wantedM * wantedM) - (metres * metres)) / 2;
            var middle = Here.Toward(place, 0.5);
            var (east, north) = SimMaths.Offset(Here, place);
            var length = Math.Max(1, metres);
            var left = middle.Moved(-north / length * outM, east / length * outM);
            var right = middle.Moved(north / length * outM, -east / length * outM);
            way.Insert(1, SimMaths.Metres(left, Patch.Centre) < SimMaths.Metres(right, Patch.Centre) ? left : right);
        }

        var (slow, fast) = (SlowestKnots, FastestKnots);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var knots = (slow + fast) / 2;
            (slow, fast) = TimeOver(way, Knots, knots, meeting.Knots) > leftMs ? (knots, fast) : (slow, knots);
        }

        Follow(way, fast, meeting.Knots);
    }
}
