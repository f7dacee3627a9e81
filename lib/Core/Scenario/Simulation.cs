namespace MaritimeWatch.Scenario;

/// <summary>What a run of the simulator made.</summary>
/// <param name="Lines">Sentences in the file.</param>
/// <param name="Messages">AIS messages in the file, doubles included.</param>
/// <param name="Reports">Position reports of ships and aircraft in the file, doubles included.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Vessels">Ships and aircraft, a second hull of an MMSI not counted.</param>
/// <param name="Truth">What happened, in order of start, subject and kind.</param>
public sealed record SimulationResult(
    long Lines, long Messages, long Reports, long Bytes, int Vessels, IReadOnlyList<TruthEntry> Truth);

/// <summary>
/// The labelled simulator: moves every hull, sends, lets receivers hear, and watches the truth. It goes through time in
/// half minutes and holds one of them, what the satellite has not delivered yet, and the truth.
/// </summary>
public static class Simulation
{
    /// <summary>Writes a scenario's AIS lines; the same options give the same bytes on every machine.</summary>
    /// <param name="options">What to simulate.</param>
    /// <param name="nmea">Takes the lines, in order of arrival at the network.</param>
    /// <param name="progress">Takes the part done, 0 to 1, now and then; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static SimulationResult Generate(
        ScenarioOptions options, Stream nmea, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        return Play(options, nmea, progress, cancellation).Result;
    }

    /// <summary>As <see cref="Generate"/>, and keeps what the other sources are made from.</summary>
    internal static PlayedWeek Play(
        ScenarioOptions options, Stream nmea, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        options.Check();
        var world = new World(options);
        var lines = new LineQueue(nmea, world.StartAtMs);
        var fleet = Fleet.Of(world, options);
        var cast = Cast.Of(world, options);
        cast?.Join(fleet, options.Seed);
        if (options.Behaviours)
        {
            MotionPlayers.Join(fleet, world, options);
            IdentityPlayers.Join(fleet, world, options);
        }

        var log = cast is null ? null : new WeekLog([cast.Times.QuietSceneAtMs, cast.Times.SceneAtMs]);
        var run = new SimulationRun(options, world, fleet, lines, log);
        var slots = (world.EndAtMs - world.StartAtMs + LineQueue.SlotMs - 1) / LineQueue.SlotMs;
        for (long slot = 0; slot < slots; slot++)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Step(world.StartAtMs + (slot * LineQueue.SlotMs));
            if (slot % 64 == 0)
            {
                progress?.Invoke((double)slot / slots);
            }
        }

        var result = run.Finish(fleet.Count(vessel => !vessel.IsTwin));
        if (cast is not null && log is not null)
        {
            SailOn(world, fleet, log);
            result = result with { Truth = StoryTruth.With(result.Truth, cast, world) };
        }

        return new PlayedWeek(options, world, fleet, result, cast, log);
    }

    // Ships that are announced at the end of the recording come after it: nobody hears that, but notices know of it.
    private static void SailOn(World world, List<SimVessel> fleet, WeekLog log)
    {
        const long StepMs = 120_000;
        const long AfterMs = 60 * 3_600_000L;
        for (var at = world.EndAtMs + StepMs; at < world.EndAtMs + AfterMs; at += StepMs)
        {
            foreach (var vessel in fleet)
            {
                log.OnTick(vessel, vessel.StateAt(at), at);
            }
        }

        log.Close();
    }
}
