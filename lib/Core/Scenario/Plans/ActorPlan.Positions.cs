namespace MaritimeWatch.Scenario;

/// <content>Parts played with wrong positions.</content>
internal sealed partial class ActorPlan
{
    private void Jump()
    {
        var water = ArriveInHeardWater();
        var at = Clock + Random.Minutes(50, 90);
        for (var count = Random.Below(3) + 1; count > 0; count--)
        {
            // Between 45 and 75 minutes it would be a matter of taste whether the way back is an episode of its own.
            var lasts = Random.Chance(0.5) ? Random.Minutes(8, 45) : Random.Minutes(80, 200);
            if (TryOffset(water, 5.5, 60, out var east, out var north))
            {
                Faults.Move(at, at + lasts, east, north);
            }

            at += lasts + Random.Minutes(130, 240);
        }

        Wander(water, at, Random.Between(4, 8));
    }

    private void BadFix()
    {
        var water = ArriveInHeardWater();
        var at = Clock + Random.Minutes(50, 90);
        for (var count = Random.Below(3) + 1; count > 0; count--)
        {
            if (TryOffset(water, 5.5, 300, out var east, out var north))
            {
                Faults.Misplace(at, east, north);
            }

            at += Random.Minutes(130, 240);
        }

        Wander(water, at, Random.Between(4, 8));
    }

    private void Glitch()
    {
        var water = ArriveInHeardWater();
        var at = Clock + Random.Minutes(20, 60);
        for (var count = Random.Below(6) + 2; count > 0; count--)
        {
            var metres = Random.Between(300, 800);
            var bearing = Random.Between(0, 360);
            var lasts = Random.Minutes(1, 6);
            Faults.Move(at, at + lasts, metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing));
            at += lasts + Random.Minutes(20, 70);
        }

        Wander(water, at, Random.Between(4, 9));
    }

    private Water ArriveInHeardWater()
    {
        var water = HeardWaters[Random.Below(HeardWaters.Length)];
        Sail(water.Node, knots, 5);
        return water;
    }

    // A moved position must not fall into a zone or a port: that would be another behaviour, and no truth of ours.
    private bool TryOffset(Water water, double fromNm, double toNm, out double east, out double north)
    {
        const int AttemptsMax = 40;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var metres = Random.Skewed(fromNm, toNm) * SimMaths.MetresPerNm;
            var bearing = Random.Between(0, 360);
            east = metres * SimMaths.SinDegrees(bearing);
            north = metres * SimMaths.CosDegrees(bearing);
            var middle = Geography.At(water.Node).Moved(east, north);
            var clear = water.RadiusM + 7000;
            if (Array.TrueForAll(Geography.Stops, stop => SimMaths.Metres(stop.Where, middle) > clear)
                && Array.TrueForAll(Geography.Zones, one => SimMaths.Metres(one.Zone.Centre, middle) > clear + one.Zone.ReachM))
            {
                return true;
            }
        }

        east = north = 0;
        return false;
    }
}

/// <summary>The other hull of an MMSI: wanders far from the first and transmits only now and then.</summary>
internal sealed class TwinPlan : Plan
{
    private long silentFromAtMs;

    public TwinPlan(World world, Faults faults, SimRandom random, long startAtMs)
        : base(world, faults, random, Geography.Bank.Node, startAtMs)
    {
        silentFromAtMs = startAtMs;
        AccelerationMs2 = 0.02;
    }

    protected override void Extend()
    {
        var on = Clock + Random.Hours(6, 30);
        var off = on + Random.Hours(2, 14);
        Faults.Silence(silentFromAtMs, on);
        silentFromAtMs = off;
        Wander(Geography.Bank, off + 3_600_000, Random.Between(4, 8));
        Faults.Silence(off, Clock);
        silentFromAtMs = Clock;
    }
}
