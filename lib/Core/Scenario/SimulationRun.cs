namespace MaritimeWatch.Scenario;

/// <summary>The state of a run, stepped half a minute at a time.</summary>
internal sealed class SimulationRun
{
    private const int ShipsNumbered = 0;
    private const int StationsNumbered = 1 << 20;

    private readonly ScenarioOptions options;
    private readonly World world;
    private readonly List<SimVessel> fleet;
    private readonly List<FixedStation> stations = FixedStation.All();
    private readonly LineQueue lines;
    private readonly Radio radio;
    private readonly Radio castRadio;
    private readonly Radio motionRadio;
    private readonly Radio identityRadio;
    private readonly ITruthWatch[] watches;
    private readonly WeekLog? log;
    private readonly HeardGrid heardGrid = new();
    private readonly List<TruthEntry> truth = [];
    private readonly PlaceTruth[] places;
    private readonly GapTruth[] gaps;
    private readonly JumpTruth[] jumps;
    private Transmission[] sent = new Transmission[256];
    private long[] keys = new long[256];
    private int count;

    public SimulationRun(ScenarioOptions options, World world, List<SimVessel> fleet, LineQueue lines, WeekLog? log = null)
    {
        this.log = log;
        this.options = options;
        this.world = world;
        this.fleet = fleet;
        this.lines = lines;
        radio = new Radio(options, world, lines, 0xAD10);
        castRadio = new Radio(options, world, lines, 0xCA57_AD10);
        motionRadio = new Radio(options, world, lines, 0x3071_AD10);
        identityRadio = new Radio(options, world, lines, 0x1DE7_AD10);
        watches = [.. MotionPlayers.Truths(world, options, fleet), .. IdentityPlayers.Truths(world, options, fleet)];
        places = new PlaceTruth[fleet.Count];
        gaps = new GapTruth[fleet.Count];
        jumps = new JumpTruth[fleet.Count];
        var start = new SimRandom(options.Seed, 0x57A7);
        // The traffic's bytes stay what they are without the cast and the players.
        SimRandom[] starts =
        [
            start, new SimRandom(options.Seed, 0xCA57_57A7), new SimRandom(options.Seed, 0x3071_57A7), new SimRandom(options.Seed, 0x1DE7_57A7),
        ];
        foreach (var vessel in fleet)
        {
            var identity = vessel.Identity;
            var subject = identity.About.Vessel.Subject;
            var index = vessel.Index;
            places[index] = new PlaceTruth(subject);
            gaps[index] = vessel.IsTwin ? gaps[index - 1] : new GapTruth(subject, identity.IsClassB);
            jumps[index] = vessel.IsTwin ? jumps[index - 1] : new JumpTruth(subject, identity.IsAircraft);
            var begins = starts[(int)vessel.Troop];
            vessel.NextPositionAtMs = world.StartAtMs + begins.Minutes(0, 1);
            vessel.NextStaticAtMs = world.StartAtMs + begins.Minutes(0, 6);
        }

        foreach (var station in stations)
        {
            station.NextAtMs = world.StartAtMs + start.Minutes(0, 3);
        }
    }

    /// <summary>Half a minute.</summary>
    public void Step(long fromAtMs)
    {
        var toAtMs = Math.Min(fromAtMs + LineQueue.SlotMs, world.EndAtMs);
        count = 0;
        foreach (var vessel in fleet)
        {
            Collect(vessel, toAtMs);
        }

        Collect(toAtMs);
        Array.Sort(keys, sent, 0, count);
        for (var index = 0; index < count; index++)
        {
            Send(ref sent[index]);
        }

        lines.FlushBefore(toAtMs);
        foreach (var vessel in fleet)
        {
            Observe(vessel, toAtMs);
        }
    }

    /// <summary>Ends the recording.</summary>
    public SimulationResult Finish(int vessels)
    {
        lines.FlushAll();
        foreach (var vessel in fleet)
        {
            places[vessel.Index].OnEnd(world.EndAtMs, truth);
            if (!vessel.IsTwin)
            {
                gaps[vessel.Index].OnHeard(world.EndAtMs, truth);
                jumps[vessel.Index].Close(truth);
            }
        }

        foreach (var watch in watches)
        {
            watch.OnEnd(world.EndAtMs, truth);
        }

        truth.Sort(InOrder);
        Radio[] radios = [radio, castRadio, motionRadio, identityRadio];
        return new SimulationResult(
            radios.Sum(each => each.Lines), radios.Sum(each => each.Messages), radios.Sum(each => each.Reports), lines.BytesWritten, vessels, truth);
    }

    /// <summary>By start, subject, kind, end.</summary>
    public static int InOrder(TruthEntry a, TruthEntry b)
    {
        var order = a.StartAtMs.CompareTo(b.StartAtMs);
        order = order != 0 ? order : string.CompareOrdinal(a.Subject, b.Subject);
        order = order != 0 ? order : string.CompareOrdinal(a.Kind, b.Kind);
        return order != 0 ? order : a.EndAtMs.CompareTo(b.EndAtMs);
    }

    private void Collect(SimVessel vessel, long toAtMs)
    {
        while (Math.Min(vessel.NextPositionAtMs, vessel.NextStaticAtMs) < toAtMs)
        {
            var isPosition = vessel.NextPositionAtMs <= vessel.NextStaticAtMs;
            var at = isPosition ? vessel.NextPositionAtMs : vessel.NextStaticAtMs;
            var now = vessel.StateAt(at);
            if (isPosition)
            {
                vessel.NextPositionAtMs = at + vessel.IntervalMs(now, options.ReportThinningSeconds);
            }
            else
            {
                vessel.NextStaticAtMs = at + (Math.Max(360, 36L * options.ReportThinningSeconds) * 1000) + vessel.Random.Below(5000);
            }

            if (now.Present && !vessel.IsSilent(at))
            {
                var one = new Transmission
                {
                    AtMs = at,
                    Sender = vessel.Index,
                    Payload = isPosition ? Payload.Position : Payload.Static,
                    True = now,
                    Said = now,
                    Believed = isPosition ? vessel.Faults.Believed(now.At, vessel.PlanTime(at)) : now.At,
                };
                if (isPosition)
                {
                    vessel.Faults.Falsify(ref one);
                }

                if (isPosition || !vessel.Identity.IsBeacon)
                {
                    Keep(one);
                }
            }
        }
    }

    private void Collect(long toAtMs)
    {
        for (var index = 0; index < stations.Count; index++)
        {
            var station = stations[index];
            while (station.NextAtMs < toAtMs)
            {
                Keep(new Transmission
                {
                    AtMs = station.NextAtMs,
                    Sender = index,
                    Payload = station.IsBase ? Payload.Station : Payload.Aid,
                });
                station.NextAtMs += station.IsBase ? Math.Max(10, options.ReportThinningSeconds) * 1000 : 180_000;
            }
        }
    }

    private void Keep(in Transmission one)
    {
        if (count == sent.Length)
        {
            Array.Resize(ref sent, count * 2);
            Array.Resize(ref keys, count * 2);
        }

        // By time, then by sender, then positions before statics: no two keys are equal, so the order is certain.
        var number = one.Sender + (one.Payload >= Payload.Station ? StationsNumbered : ShipsNumbered);
        keys[count] = ((one.AtMs - world.StartAtMs) << 24) | ((long)number << 1) | (one.Payload == Payload.Static ? 1L : 0L);
        sent[count++] = one;
    }

    private void Send(ref Transmission one)
    {
        if (one.Payload >= Payload.Station)
        {
            var station = stations[one.Sender];
            if (radio.SendFixed(station, one))
            {
                heardGrid.Mark(station.Where, one.AtMs);
            }

            return;
        }

        var sender = fleet[one.Sender];
        if (!RadioOf(sender).SendShip(sender, ref one))
        {
            return;
        }

        if (one.Payload == Payload.Position)
        {
            heardGrid.Mark(one.True.At, one.AtMs);
            gaps[one.Sender].OnHeard(one.AtMs, truth);
            jumps[one.Sender].OnHeard(one.Believed, one.AtMs, truth);
            places[one.Sender].OnHeard(one.True, one.AtMs);
            foreach (var watch in watches)
            {
                watch.OnHeard(sender, one, truth);
            }

            return;
        }

        var said = watches.Length == 0 ? null : sender.AboutAt(one.AtMs);
        foreach (var watch in watches)
        {
            watch.OnStaticHeard(sender, said!, one.AtMs, truth);
        }
    }

    private Radio RadioOf(SimVessel sender) => sender.Troop switch
    {
        Troop.Cast => castRadio,
        Troop.Motion => motionRadio,
        Troop.Identity => identityRadio,
        _ => radio,
    };

    private void Observe(SimVessel vessel, long atMs)
    {
        var now = vessel.StateAt(atMs);
        places[vessel.Index].OnTick(now, atMs, truth);
        log?.OnTick(vessel, now, atMs);
        foreach (var watch in watches)
        {
            watch.OnTick(vessel, now, atMs, truth);
        }

        if (now.Present && !vessel.IsTwin && vessel.IsSilent(atMs))
        {
            gaps[vessel.Index].OnOff(world, heardGrid, now, atMs);
        }
    }
}
