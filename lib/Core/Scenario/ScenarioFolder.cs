using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>
/// A scenario on disk: ais.nmea, reference/zones.geojson, reference/anchorages.geojson, truth.json and scenario.json; where
/// the week has a story, also notices.ndjson, manifests/, plates.ndjson, scenes/, reference/cameras.json and epoch.key.
/// scenario.json is written last, so a folder without it is not whole.
/// </summary>
public static class ScenarioFolder
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Makes the folder and what is in it.</summary>
    /// <param name="folder">Made where it is absent; files of an earlier scenario are replaced.</param>
    /// <param name="options">What to simulate.</param>
    /// <param name="progress">Takes the part done, 0 to 1.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static SimulationResult Write(
        string folder, ScenarioOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var (week, story) = WriteWeek(folder, options, progress, cancellation);
        return story is null ? week.Result : week.Result with { Truth = story.Truth };
    }

    /// <summary>As <see cref="Write"/>, and gives what was written.</summary>
    internal static (PlayedWeek Week, StoryFiles? Story) WriteWeek(
        string folder, ScenarioOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        options.Check();
        var reference = Directory.CreateDirectory(Path.Combine(folder, "reference")).FullName;
        var last = Path.Combine(folder, "scenario.json");
        File.Delete(last);
        StoryFiles.Clear(folder);
        PlayedWeek week;
        using (var nmea = new FileStream(Path.Combine(folder, "ais.nmea"), FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes))
        {
            week = Simulation.Play(options, nmea, progress, cancellation);
        }

        var story = StoryFiles.Of(week);
        story?.Write(folder);
        var result = story is null ? week.Result : week.Result with { Truth = story.Truth };
        ScenarioJson.WriteFile(Path.Combine(reference, "zones.geojson"), WriteZones);
        ScenarioJson.WriteFile(Path.Combine(reference, "anchorages.geojson"), WriteStops);
        ScenarioJson.WriteFile(Path.Combine(folder, "truth.json"), json => WriteTruth(json, result.Truth));
        ScenarioJson.WriteFile(last, json => WriteOptions(json, options, result, story));
        return (week, story);
    }

    private static void WriteZones(Utf8JsonWriter json)
    {
        BeginCollection(json);
        foreach (var (zone, _) in Geography.Zones)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteString("id", zone.Id);
            json.WriteStartObject("geometry");
            json.WriteString("type", "Polygon");
            json.WriteStartArray("coordinates");
            json.WriteStartArray();
            foreach (var corner in zone.Corners)
            {
                WritePlace(json, corner);
            }

            WritePlace(json, zone.Corners[0]);
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("id", zone.Id);
            json.WriteString("name", zone.Name);
            json.WriteString("severity", zone.EntrySeverity.ToString().ToLowerInvariant());
            json.WriteBoolean("simulated", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        EndCollection(json);
    }

    private static void WriteStops(Utf8JsonWriter json)
    {
        BeginCollection(json);
        foreach (var stop in Geography.Stops)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteString("id", stop.Id);
            json.WriteStartObject("geometry");
            json.WriteString("type", "Point");
            json.WritePropertyName("coordinates");
            WritePlace(json, stop.Where);
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("id", stop.Id);
            json.WriteString("port", stop.Locode);
            json.WriteString("port_name", stop.PortName);
            json.WriteString("kind", stop.Kind.ToString().ToLowerInvariant());
            json.WriteBoolean("simulated", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        EndCollection(json);
    }

    private static void WriteTruth(Utf8JsonWriter json, IReadOnlyList<TruthEntry> truth)
    {
        json.WriteStartArray();
        foreach (var entry in truth)
        {
            json.WriteStartObject();
            json.WriteString("kind", entry.Kind);
            json.WriteString("subject", entry.Subject);
            json.WriteString("start_at", Instants.ToText(entry.StartAtMs));
            json.WriteString("end_at", Instants.ToText(entry.EndAtMs));
            json.WriteNumber("magnitude", entry.Magnitude);
            json.WriteString("units", entry.Units);
            json.WriteBoolean("lawful", entry.Lawful);
            if (entry.Place is not null)
            {
                json.WriteString("object", entry.Place);
            }

            if (entry is { Longitude: { } lon, Latitude: { } lat })
            {
                json.WriteNumber("lon", lon);
                json.WriteNumber("lat", lat);
            }

            if (entry.Note is not null)
            {
                json.WriteString("note", entry.Note);
            }

            json.WriteBoolean("simulated", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter json, ScenarioOptions options, SimulationResult result, StoryFiles? story)
    {
        json.WriteStartObject();
        json.WriteBoolean("simulated", true);
        json.WriteString("notice", "SIMULATED: no ship, zone or event in this folder is real");
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("days", options.Days);
        json.WriteNumber("vessels", options.Vessels);
        json.WriteString("start_at", Instants.ToText(options.StartAt.ToUnixTimeMilliseconds()));
        json.WriteNumber("report_thinning_seconds", options.ReportThinningSeconds);
        json.WriteNumber("duplicate_share", options.DuplicateShare);
        json.WriteBoolean("behaviours", options.Behaviours);
        json.WriteBoolean("storm", options.Storm);
        json.WriteBoolean("congested", options.Congested);
        json.WriteNumber("lines", result.Lines);
        json.WriteNumber("messages", result.Messages);
        json.WriteNumber("reports", result.Reports);
        if (story is null)
        {
            json.WriteNull("story");
            json.WriteString("no_story_because", options.Story ? "the recording is shorter than 6.5 days" : "none was asked for");
        }
        else
        {
            story.Describe(json);
        }

        json.WriteEndObject();
    }

    private static void BeginCollection(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
    }

    private static void EndCollection(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, GeoPoint place)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(place.Lon, 7));
        json.WriteNumberValue(Math.Round(place.Lat, 7));
        json.WriteEndArray();
    }
}
