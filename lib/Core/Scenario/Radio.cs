using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>From a transmission to the lines of those who heard it: reception, noise, clocks, delay, doubles.</summary>
/// <param name="options">What is simulated.</param>
/// <param name="world">The world.</param>
/// <param name="lines">Takes the lines.</param>
/// <param name="stream">Its stream of chance.</param>
internal sealed class Radio(ScenarioOptions options, World world, LineQueue lines, ulong stream)
{
    /// <summary>Part of a pass's messages that a satellite makes out where ships are many.</summary>
    private const double SatelliteShare = 0.12;

    private const double SatelliteDoubleShare = 0.02;

    private readonly SimRandom random = new(options.Seed, stream);
    private readonly SimRandom larvikRandom = new(options.Seed, stream ^ 0x1A37_1C00);
    private readonly SimRandom laesoRandom = new(options.Seed, stream ^ 0x1AE5_0000);
    private readonly byte[] payload = new byte[AisEncoder.PayloadBytesMax];
    private readonly byte[] text = new byte[2 * AisSentenceWriter.BytesMax];
    private int sequence;
    private int larvikSequence;
    private int laesoSequence;

    /// <summary>Messages delivered, doubles included.</summary>
    public long Messages { get; private set; }

    /// <summary>Sentences delivered.</summary>
    public long Lines { get; private set; }

    /// <summary>Position reports of ships and aircraft delivered, doubles included.</summary>
    public long Reports { get; private set; }

    /// <summary>Sends a ship's message; true when anybody heard it.</summary>
    public bool SendShip(SimVessel vessel, ref Transmission sent)
    {
        var identity = vessel.Identity;
        var report = sent.Payload == Payload.Position ? Observed(vessel, sent) : default;
        sent.Reported = report;
        var heard = false;
        for (var receiver = 0; receiver < Sky.Coastal.Length; receiver++)
        {
            var chance = world.Sky.Reception(receiver, sent.True.At, sent.AtMs, identity.IsClassB, identity.IsAircraft);
            if (chance > 0 && random.Chance(chance) && (!heard || random.Chance(options.DuplicateShare)))
            {
                Deliver(vessel, sent, report, receiver, heard);
                heard = true;
            }
        }

        var satellite = world.Sky.SatelliteDeliveryAtMs(sent.True.At, sent.AtMs);
        if (satellite > 0 && random.Chance(heard ? SatelliteDoubleShare : SatelliteShare))
        {
            var longRange = !identity.IsClassB && !identity.IsAircraft && sent.Payload == Payload.Position && random.Chance(0.5);
            var relayed = longRange ? report with { MessageType = 27 } : report;
            var frame = new AisFrame('A', sequence++, sent.AtMs / 1000);
            Queue(vessel, sent, relayed, frame, Sky.Satellite, satellite + random.Minutes(0, 2));
            heard = true;
        }

        heard = HeardInLarvik(vessel, sent, report, heard) || heard;
        heard = (vessel.Troop >= Troop.Motion && HeardOnLaeso(vessel, sent, report, heard)) || heard;
        if (heard && sent.Payload == Payload.Position && vessel.Relay is { } relay && relay.Carries(sent.AtMs))
        {
            var stampedAtMs = sent.AtMs + relay.LateMs;
            var frame = new AisFrame('A', sequence++ % 10, stampedAtMs / 1000);
            Queue(vessel, sent, report, frame, Sky.Relay, stampedAtMs + 400 + random.Below(2000));
        }

        return heard;
    }

    /// <summary>Sends what stands still: a base station's time, or an aid to navigation.</summary>
    public bool SendFixed(FixedStation station, in Transmission sent)
    {
        var heard = false;
        for (var receiver = 0; receiver < Sky.Coastal.Length; receiver++)
        {
            if (!random.Chance(world.Sky.Reception(receiver, station.Where, sent.AtMs, false, false))
                || (heard && !random.Chance(options.DuplicateShare)))
            {
                continue;
            }

            var second = (int)(sent.AtMs / 1000 % 60);
            var bits = station.IsBase
                ? AisEncoder.BaseStation(station.About.Vessel.Mmsi, sent.AtMs, station.Where.ToPosition(), payload)
                : AisEncoder.AidToNavigation(station.About, 14, station.Where.ToPosition(), second, false, payload);
            var length = AisSentenceWriter.Write(payload, bits, Frame(sent.AtMs, receiver), Sky.Coastal[receiver].Source, text);
            Put(length, 1, Arrival(sent.AtMs, heard));
            heard = true;
        }

        return heard;
    }

    private bool HeardInLarvik(SimVessel vessel, in Transmission sent, in PositionReport report, bool isDouble)
    {
        var chance = world.Sky.LarvikReception(sent.True.At, sent.AtMs, vessel.Identity.IsClassB, vessel.Identity.IsAircraft);
        if (chance <= 0 || !larvikRandom.Chance(chance) || (isDouble && !larvikRandom.Chance(options.DuplicateShare)))
        {
            return false;
        }

        larvikSequence++;
        var clock = sent.AtMs + Sky.Larvik.ClockErrorMs + larvikRandom.Below(600);
        var frame = new AisFrame((larvikSequence & 1) == 0 ? 'A' : 'B', larvikSequence % 10, clock / 1000);
        Queue(vessel, sent, report, frame, Sky.Larvik.Source, sent.AtMs + 400 + larvikRandom.Below(2600));
        return true;
    }

    private bool HeardOnLaeso(SimVessel vessel, in Transmission sent, in PositionReport report, bool isDouble)
    {
        var chance = world.Sky.LaesoReception(sent.True.At, sent.AtMs, vessel.Identity.IsClassB, vessel.Identity.IsAircraft);
        if (chance <= 0 || !laesoRandom.Chance(chance) || (isDouble && !laesoRandom.Chance(options.DuplicateShare)))
        {
            return false;
        }

        laesoSequence++;
        var clock = sent.AtMs + world.Sky.LaesoClockErrorMs(sent.AtMs) + laesoRandom.Below(600);
        var frame = new AisFrame((laesoSequence & 1) == 0 ? 'A' : 'B', laesoSequence % 10, clock / 1000);
        Queue(vessel, sent, report, frame, Sky.Laeso.Source, sent.AtMs + 400 + laesoRandom.Below(2600));
        return true;
    }

    private void Deliver(SimVessel vessel, in Transmission sent, in PositionReport report, int receiver, bool isDouble) =>
        Queue(vessel, sent, report, Frame(sent.AtMs, receiver), Sky.Coastal[receiver].Source, Arrival(sent.AtMs, isDouble));

    private void Queue(
        SimVessel vessel, in Transmission sent, in PositionReport report, in AisFrame frame, byte[] source, long arrivesAtMs)
    {
        if (sent.Payload == Payload.Position)
        {
            var altitudeM = vessel.Identity.IsAircraft ? 300 : 4095;
            var second = (int)(((sent.AtMs / 1000) + sent.ClockOffS) % 60);
            var bits = AisEncoder.Position(report, second, payload, altitudeM);
            Put(AisSentenceWriter.Write(payload, bits, frame, source, text), 1, arrivesAtMs);
            Reports++;
            return;
        }

        var about = vessel.AboutAt(sent.AtMs);
        if (vessel.Identity.IsClassB || vessel.Identity.IsAircraft)
        {
            var length = AisSentenceWriter.Write(payload, AisEncoder.StaticClassBPartA(about, payload), frame, source, text);
            if (about.ShipType is null && about.CallSign is null)
            {
                Put(length, 1, arrivesAtMs); // part B does not come
                return;
            }

            length += AisSentenceWriter.Write(
                payload, AisEncoder.StaticClassBPartB(about, "SIM", payload), frame, source, text.AsSpan(length));
            Messages++;
            Put(length, 2, arrivesAtMs);
            return;
        }

        Put(AisSentenceWriter.Write(payload, AisEncoder.StaticClassA(about, payload), frame, source, text), 2, arrivesAtMs);
    }

    private void Put(int length, int sentences, long arrivesAtMs)
    {
        lines.Add(arrivesAtMs, text.AsSpan(0, length));
        Messages++;
        Lines += sentences;
    }

    private AisFrame Frame(long atMs, int receiver)
    {
        var clock = atMs + Sky.Coastal[receiver].ClockErrorMs + random.Below(600);
        sequence++;
        return new AisFrame((sequence & 1) == 0 ? 'A' : 'B', sequence % 10, clock / 1000);
    }

    // Mostly a second or two; one in fifty waits in some buffer, so lines are out of order by up to half a minute.
    private long Arrival(long atMs, bool isDouble) =>
        atMs + 300 + random.Below(2200) + (isDouble ? random.Below(6000) : 0) + (random.Chance(0.02) ? random.Below(25_000) : 0);

    private static PositionReport Observed(SimVessel vessel, in Transmission sent)
    {
        if (sent.IsExact)
        {
            return Exactly(vessel, sent);
        }

        var noise = vessel.Random;
        var now = sent.Said;
        var stopped = now.SpeedKnots < 0.2;
        var metres = stopped ? 3.5 : vessel.Identity.IsClassB ? 8 : 6;
        var at = sent.Believed.Moved(noise.Noise() * metres, noise.Noise() * metres);
        var speed = Math.Max(0, (now.SpeedKnots * 10) + (noise.Noise() * (stopped ? 0.35 : 0.9)));
        var course = stopped ? noise.Between(0, 360) : now.CourseDegrees + (noise.Noise() * (now.SpeedKnots < 2 ? 8 : 1.2));
        var fast = Math.Abs(now.TurnDegreesPerMinute) > 10;
        return new PositionReport
        {
            EventAtMs = sent.AtMs,
            Vessel = vessel.Identity.About.Vessel,
            Position = at.ToPosition(),
            SpeedDeciKnots = (short)Math.Min(1022, Math.Round(speed)),
            CourseDeciDegrees = (short)((((int)Math.Round(course * 10) % 3600) + 3600) % 3600),
            HeadingDegrees = !vessel.Identity.HasHeading
                ? (short)-1
                : (short)((((int)Math.Round(now.HeadingDegrees + noise.Noise()) % 360) + 360) % 360),
            RateOfTurn = (sbyte)Math.Round(
                Math.Clamp(4.733 * Math.Sqrt(Math.Abs(now.TurnDegreesPerMinute)), 0, 126) * Math.Sign(now.TurnDegreesPerMinute)),
            NavigationStatus = now.Status,
            MessageType = vessel.Identity.IsAircraft ? (byte)9 : vessel.Identity.IsClassB ? (byte)18 : fast ? (byte)3 : (byte)1,
        };
    }

    // A transmitter that repeats or invents numbers adds no noise to them.
    private static PositionReport Exactly(SimVessel vessel, in Transmission sent) => new()
    {
        EventAtMs = sent.AtMs,
        Vessel = vessel.Identity.About.Vessel,
        Position = sent.Believed.ToPosition(),
        SpeedDeciKnots = (short)Math.Round(sent.Said.SpeedKnots * 10),
        CourseDeciDegrees = (short)((int)Math.Round(sent.Said.CourseDegrees * 10) % 3600),
        HeadingDegrees = vessel.Identity.HasHeading ? (short)((int)Math.Round(sent.Said.HeadingDegrees) % 360) : (short)-1,
        NavigationStatus = sent.Said.Status,
        MessageType = vessel.Identity.IsClassB ? (byte)18 : (byte)1,
    };
}
