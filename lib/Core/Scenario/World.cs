namespace MaritimeWatch.Scenario;

/// <summary>What all vessels of one scenario share.</summary>
internal sealed class World
{
    public World(ScenarioOptions options)
    {
        StartAtMs = options.StartAt.ToUnixTimeMilliseconds();
        EndAtMs = StartAtMs + (long)(options.Days * 86_400_000);
        Storm = options.Storm ? new Storm(options.Seed, StartAtMs, EndAtMs) : null;
        Sky = new Sky(options.Seed, StartAtMs, EndAtMs, options.HasStory) { Storm = Storm };
    }

    public long StartAtMs { get; }

    public long EndAtMs { get; }

    /// <summary>The storm that passes; null in fair weather.</summary>
    public Storm? Storm { get; }

    public LaneGraph Lanes { get; } = new();

    public Sky Sky { get; }

    /// <summary>Metres from a place to the nearest stopping point, and which.</summary>
    public static (double Metres, StoppingPoint? Nearest) NearestStop(GeoPoint at, double withinM)
    {
        var best = withinM;
        StoppingPoint? nearest = null;
        var withinDegrees = withinM / SimMaths.MetresPerDegree;
        foreach (var stop in Geography.Stops)
        {
            if (Math.Abs(stop.Where.Lat - at.Lat) > withinDegrees)
            {
                continue;
            }

            var metres = SimMaths.Metres(at, stop.Where);
            if (metres < best)
            {
                best = metres;
                nearest = stop;
            }
        }

        return (best, nearest);
    }
}
