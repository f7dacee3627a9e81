namespace MaritimeWatch.Scenario;

/// <content>The parts.</content>
internal sealed partial class MotionPlan
{
    private const byte UnderWay = 0;
    private const byte NoCommand = 2;
    private const byte FishesNow = 7;

    // Skewed to the small: sizes near the limits of a definition are the interesting ones.
    private long Lasts() => act switch
    {
        MotionAct.Loiter => Grown(4.4 * 60, 30 * 60),
        MotionAct.LoiterStopped => Grown(4.4 * 60, 20 * 60),
        MotionAct.LoiterShort => Grown(2.6 * 60, 3.5 * 60),
        MotionAct.LoiterFaster => Grown(6 * 60, 9 * 60),
        MotionAct.LoiterNearAnchorage => Grown(5 * 60, 9 * 60),
        MotionAct.LoiterFishing => Grown(5 * 60, 14 * 60),
        MotionAct.AnchoredOutside => Grown(6 * 60, 30 * 60),
        MotionAct.Drift or MotionAct.StormDrift => Grown(15, 240),
        MotionAct.DriftShort => Grown(4, 8),
        MotionAct.DriftOblique or MotionAct.DriftHauling or MotionAct.DriftUnknown or MotionAct.DriftWorking => Grown(30, 100),
        MotionAct.AnchoredSheering => Grown(120, 400),
        MotionAct.Halt or MotionAct.HaltThinned => Grown(20, 90),
        MotionAct.Beacon => Grown(15, 420),
        MotionAct.BeaconTest => Grown(3, 12),
        MotionAct.ShipInDistress => Grown(20, 240),
        MotionAct.NotUnderCommand => Grown(60, 200),
        MotionAct.Circles or MotionAct.CirclesStopped => Grown(45, 240),
        MotionAct.OneTurn => Grown(20, 22),
        MotionAct.TrueCircles => Grown(70, 150),
        MotionAct.Frozen => Grown(36, 400),
        MotionAct.DeadReckoning => Grown(36, 55),
        MotionAct.FrozenShort => Grown(8, 22),
        MotionAct.FrozenAtAnchor => Grown(200, 500),
        MotionAct.Stale => Grown(40, 90),
        MotionAct.OnLand => Grown(16, 200),
        MotionAct.QuayNoise => Grown(40, 200),
        MotionAct.Clock or MotionAct.ClockNear or MotionAct.ClockOnce => Grown(120, 900),
        MotionAct.HoveTo => Grown(6 * 60, 14 * 60),
        MotionAct.BadSpeed => Grown(16, 24),
        MotionAct.Shelter => Grown(10 * 60, 16 * 60),
        _ => Grown(20, 40),
    };

    private long Grown(double leastMinutes, double mostMinutes) =>
        (long)((leastMinutes + ((mostMinutes - leastMinutes) * size * size)) * MinuteMs);

    private void Play(long lastsMs, GeoPoint place)
    {
        var begins = Clock;
        switch (act)
        {
            case MotionAct.Loiter: Roam(place, 2200, lastsMs, Random.Between(0.8, 1.6)); break;
            case MotionAct.LoiterShort: Roam(place, 2200, lastsMs, Random.Between(0.8, 1.6)); break;
            case MotionAct.LoiterFaster: Roam(place, 2200, lastsMs, Random.Between(2.4, 2.8)); break;
            case MotionAct.LoiterNearAnchorage: Roam(place, 500, lastsMs, Random.Between(0.8, 1.5)); break;
            case MotionAct.LoiterFishing: Roam(place, 2200, lastsMs, Random.Between(0.9, 1.5), FishesNow); break;
            case MotionAct.HoveTo: Carry(lastsMs, Random.Between(0.5, 0.9), 0, UnderWay); break;
            case MotionAct.LoiterStopped: Carry(lastsMs, Random.Between(0.25, 0.6), 75, UnderWay); break;
            case MotionAct.AnchoredOutside or MotionAct.Shelter: Anchor(lastsMs); break;
            case MotionAct.AnchoredSheering: Sheer(lastsMs); break;
            case MotionAct.Drift: Carry(lastsMs, Random.Between(1.4, 3.4), Random.Between(62, 112), Random.Chance(0.4) ? NoCommand : UnderWay); break;
            case MotionAct.StormDrift: Carry(lastsMs, Random.Between(1.8, 3.6), Random.Between(70, 105), NoCommand); break;
            case MotionAct.DriftShort: Carry(lastsMs, Random.Between(2, 3.5), Random.Between(65, 110), UnderWay); break;
            case MotionAct.DriftOblique: Carry(lastsMs, Random.Between(2.4, 4), Random.Between(20, 30), UnderWay); break;
            case MotionAct.DriftHauling: Carry(lastsMs, Random.Between(1.4, 2.2), Random.Between(65, 110), FishesNow); break;
            case MotionAct.DriftUnknown or MotionAct.DriftWorking or MotionAct.NotUnderCommand:
                Carry(lastsMs, Random.Between(1.4, 2.6), act == MotionAct.NotUnderCommand ? 12 : Random.Between(65, 110),
                    act == MotionAct.NotUnderCommand ? NoCommand : UnderWay);
                break;
            case MotionAct.Halt or MotionAct.HaltSlow or MotionAct.HaltLong or MotionAct.HaltBrief or MotionAct.HaltThinned: Stop(lastsMs); break;
            case MotionAct.BadSpeed: Steam(lastsMs, SpeedNow); break;
            case MotionAct.TrueCircles: GoRound(lastsMs); break;
            case MotionAct.CirclesStopped: Carry(lastsMs, Random.Between(0.1, 0.3), 60, UnderWay); break;
            case MotionAct.FrozenAtAnchor: Lie(lastsMs, 1); break;
            case MotionAct.DeadReckoning: Steam(lastsMs + (10 * MinuteMs), Random.Between(4.2, 5)); break;
            case MotionAct.Clock or MotionAct.ClockNear or MotionAct.ClockOnce: Roam(place, OpenM, lastsMs, Random.Between(5, 9)); break;
            case MotionAct.OnLand or MotionAct.OneFixInland: Roam(place, 400, lastsMs, Random.Between(3, 5)); break;
            default: Roam(place, 2600, lastsMs, Random.Between(5, 7.5)); break;
        }

        Tell(new Stretch(begins, Math.Min(begins + lastsMs, Clock)), place);
    }

    // What the transmitter tells wrongly meanwhile.
    private void Tell(Stretch when, GeoPoint place)
    {
        switch (act)
        {
            case MotionAct.Circles or MotionAct.CirclesStopped or MotionAct.OneTurn: TellCircles(when, place); break;
            case MotionAct.Frozen or MotionAct.FrozenAtAnchor: Faults.Add(new FrozenReport(when) { KeepsSpeed = act == MotionAct.Frozen }); break;
            case MotionAct.DeadReckoning: Faults.Add(new LineReport(new Stretch(when.FromAtMs + (2 * MinuteMs), when.ToAtMs))); break;
            case MotionAct.Stale: Faults.Add(new StaleReport(when)); break;
            case MotionAct.FrozenShort:
                Faults.Add(new FrozenReport(when) { KeepsSpeed = true });
                break;
            case MotionAct.OnLand or MotionAct.OneFixInland:
                Faults.Add(new ShiftReport(when, inland.EastM, inland.NorthM) { IsOnce = act == MotionAct.OneFixInland });
                break;
            case MotionAct.Clock: Faults.Add(new ClockReport(when, (11 + (int)(size * 19)) * (Random.Chance(0.5) ? 1 : -1))); break;
            case MotionAct.ClockNear: Faults.Add(new ClockReport(when, (3 + (int)(size * 4)) * (Random.Chance(0.5) ? 1 : -1))); break;
            case MotionAct.ClockOnce: TellOddSeconds(when); break;
            case MotionAct.ShipInDistress: Faults.Add(new StatusReport(when, 14)); break;
            case MotionAct.StatusTypo: Faults.Add(new StatusReport(new Stretch(when.FromAtMs + (5 * MinuteMs), when.ToAtMs), 14) { IsOnce = true }); break;
            case MotionAct.BadSpeed:
                Faults.Watch(when.FromAtMs - (10 * MinuteMs), when.ToAtMs);
                Faults.Add(new SpeedReport(new Stretch(when.FromAtMs + (8 * MinuteMs), when.ToAtMs), 0) { IsOnce = true });
                break;
        }
    }

    private void TellCircles(Stretch when, GeoPoint place)
    {
        // As fast as a ship, and eight minutes and more for a turn, so that a report a minute shows it.
        var knotsRound = Random.Between(7, 15);
        var least = Math.Max(300, knotsRound * SimMaths.KnotMs * 520 / 6.2831853);
        var radius = Random.Between(least, least + 500);
        var seconds = 6.2831853 * radius / (knotsRound * SimMaths.KnotMs);
        var turns = act == MotionAct.OneTurn ? 1.1 + (0.4 * size) : 2.4 + (12 * size * size);
        var until = when.FromAtMs + (long)(seconds * 1000 * turns);
        Faults.Add(new CircleReport(
            new Stretch(when.FromAtMs, until), place, radius, Random.Chance(0.5) ? seconds : -seconds, Random.Between(0, 360)));
    }

    private void TellOddSeconds(Stretch when)
    {
        for (var at = when.FromAtMs + (20 * MinuteMs); at < when.ToAtMs; at += Random.Minutes(30, 60))
        {
            Faults.Add(new ClockReport(new Stretch(at, at + (5 * MinuteMs)), 12 + Random.Below(36)) { IsOnce = true });
        }
    }

    // To and fro about a place, and at the end wherever it then is.
    private void Roam(GeoPoint middle, double radiusM, long lastsMs, double pace, byte status = UnderWay)
    {
        const int LegsMax = 3000;
        const int Rounds = 4; // rounding the corners saves some way: a little more until it is long enough
        var way = new List<GeoPoint> { Here };
        for (var round = 0; round < Rounds; round++)
        {
            var spent = way.Count > 1 ? TimeOver(way, SpeedNow, pace, pace) : 0;
            var left = (lastsMs - spent) / 1000.0 * pace * SimMaths.KnotMs;
            while (left > 0 && way.Count < LegsMax)
            {
                var (metres, bearing) = (radiusM * Math.Sqrt(Random.Between(0.15, 1)), Random.Between(0, 360));
                var next = middle.Moved(metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing));
                var metresOn = SimMaths.Metres(way[^1], next);
                way.Add(metresOn <= left ? next : way[^1].Toward(next, Math.Max(left, 1) / metresOn));
                left -= metresOn;
            }
        }

        Follow(way, pace, pace, status);
    }

    private void Carry(long lastsMs, double pace, double acrossDegrees, byte status)
    {
        // To where there is most room: the wind is as the ship needs it.
        var bearing = 0.0;
        var room = double.MinValue;
        var metres = lastsMs / 1000.0 * pace * SimMaths.KnotMs;
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var candidate = Random.Between(0, 360);
            var end = Here.Moved(metres * SimMaths.SinDegrees(candidate), metres * SimMaths.CosDegrees(candidate));
            var open = Math.Min(Shore.Here.IsClear(Here, end, 2500) ? 1 : 0, World.NearestStop(end, 10_500).Metres / 10_500);
            foreach (var (zone, _) in Geography.Zones)
            {
                open = Math.Min(open, -zone.DepthM(end) / 3000);
                open = Math.Min(open, -zone.DepthM(Here.Toward(end, 0.5)) / 3000);
            }

            if (open > room)
            {
                (room, bearing) = (open, candidate);
            }
        }

        var heading = bearing + (Random.Chance(0.5) ? acrossDegrees : -acrossDegrees);
        var leg = new CarriedLeg(Clock, Clock + lastsMs, Here, (pace, bearing, heading + 360), status);
        Add(leg, leg.StateAt(leg.EndAtMs).At, pace);
    }

    private void Sheer(long lastsMs) =>
        Add(new SheerLeg(Clock, Clock + lastsMs, Here, Random.Between(0, 360)), Here, 0);

    private void Steam(long lastsMs, double pace)
    {
        var metres = lastsMs / 1000.0 * pace * SimMaths.KnotMs;
        var end = Here;
        for (var attempt = 0; attempt < 24; attempt++)
        {
            var bearing = Random.Between(0, 360);
            end = Here.Moved(metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing));
            if (Shore.Here.IsClear(Here, end, 1500) && Array.TrueForAll(Geography.Zones, one => one.Zone.DepthM(end) < -800))
            {
                break;
            }
        }

        Follow([Here, end], pace, pace);
    }

    private void Stop(long lastsMs)
    {
        var pace = SpeedNow;
        Steam(12 * MinuteMs, pace);
        var course = Random.Between(0, 360);
        Follow([Here, Here.Moved(1800 * SimMaths.SinDegrees(course), 1800 * SimMaths.CosDegrees(course))], pace, pace);
        var seconds = act == MotionAct.HaltLong ? Random.Between(75, 110) : Random.Between(4, 16);
        var halt = new HaltLeg(Clock, seconds, Here, pace, course);
        if (act != MotionAct.HaltThinned)
        {
            Faults.Watch(Clock - (10 * MinuteMs), Clock + (10 * MinuteMs));
        }

        Add(halt, halt.StopsAt, 0);
        Add(new LieLeg(Clock, Clock + (act == MotionAct.HaltBrief ? Random.Below(8000) + 18_000 : lastsMs), Here, course, UnderWay), Here, 0);
        if (act == MotionAct.HaltBrief)
        {
            Steam(15 * MinuteMs, pace);
        }
    }

    private void GoRound(long lastsMs)
    {
        var pace = Random.Between(5, 9);
        var radius = Random.Between(pace * SimMaths.KnotMs * 560 / 6.2831853, 700);
        var bearing = Random.Between(0, 360);
        var centre = Here.Moved(-radius * SimMaths.SinDegrees(bearing), -radius * SimMaths.CosDegrees(bearing));
        var leg = new RoundLeg(Clock, Clock + lastsMs, centre, (radius, pace, bearing), UnderWay);
        Add(leg, leg.StateAt(leg.EndAtMs).At, pace);
    }
}
