using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>The lines of the collections <c>scenes</c> (STAC items) and <c>detections</c>.</summary>
internal sealed class SceneLines : IDisposable
{
    private const string StacVersion = "1.0.0";
    private const string FileExtension = "https://stac-extensions.github.io/file/v2.1.0/schema.json";
    private const string CloudOptimised = "image/tiff; application=geotiff";

    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly GeoJsonWriter writer;

    public SceneLines() => writer = new GeoJsonWriter(buffer);

    public void Dispose() => writer.Dispose();

    public void WriteScene(IFoldOutput output, SceneEntry entry, SceneTally tally, IReadOnlyList<UnseenVessel> unseen)
    {
        var json = Start(entry.Scene);
        Position[] corners = [.. entry.Corners];
        json.WriteString("stac_version"u8, StacVersion);
        json.WriteStartArray("stac_extensions"u8);
        json.WriteStringValue(FileExtension);
        json.WriteEndArray();
        writer.WriteBbox(GeoBox.Of(corners));
        writer.WritePolygon(corners);
        json.WriteStartArray("links"u8);
        json.WriteEndArray();
        json.WriteStartObject("assets"u8);
        json.WriteStartObject("scene"u8);
        json.WriteString("href"u8, entry.Landing);
        json.WriteString("type"u8, CloudOptimised);
        json.WriteString("title"u8, entry.FileName ?? entry.Scene);
        json.WriteString("file:checksum"u8, "1220" + entry.Hash); // A multihash of SHA-256.
        json.WriteNumber("file:size"u8, entry.Length);
        Roles(json, "data"u8);
        json.WriteEndObject();
        json.WriteStartObject("thumbnail"u8);
        json.WriteString("href"u8, $"/scenes/{entry.Scene}/quicklook.png");
        json.WriteString("type"u8, "image/png");
        Roles(json, "thumbnail"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        writer.StartProperties();
        json.WriteString("id"u8, entry.Scene);
        json.WriteString("datetime"u8, Instants.ToText(entry.AtMs));
        json.WriteString("sensor"u8, SceneSensors.NameOf(entry.Sensor));
        json.WriteString("known_at"u8, Instants.ToText(entry.KnownAtMs));
        json.WriteString("source"u8, entry.Source);
        Text(json, "file_name"u8, entry.FileName);
        json.WriteNumber("width"u8, entry.Width);
        json.WriteNumber("height"u8, entry.Height);
        Raw(json, "pixel_m"u8, new Figure("", entry.PixelCentimetres, 2));
        Raw(json, "gsd"u8, new Figure("", Math.Max(1, entry.PixelCentimetres), 2));
        json.WriteString("detector"u8, entry.Detector);
        json.WriteNumber("detector_version"u8, entry.DetectorVersion);
        json.WriteNumber("smallest_length_m"u8, SceneSensors.SmallestLengthMetres(entry.Sensor));
        json.WriteNumber("check"u8, entry.Check);
        json.WriteStartArray("silent_ships"u8);
        foreach (var subject in entry.SilentShips ?? [])
        {
            json.WriteStringValue(subject);
        }

        json.WriteEndArray();
        json.WriteNumber("ships"u8, entry.Detections.Count);
        json.WriteNumber("matched"u8, tally.Matched);
        json.WriteNumber("dark"u8, tally.Dark);
        json.WriteNumber("unsettled"u8, tally.Unsettled);
        WriteUnseen(json, unseen);
        json.WriteNumber("left_out"u8, entry.DetectionsLeftOut);
        json.WriteBoolean("simulated"u8, entry.IsSimulated);
        End(output, "scenes");
    }

    public void WriteDetection(IFoldOutput output, SceneEntry entry, SceneDetection detection, JudgedDetection judged)
    {
        var subject = SubjectOf(entry, detection);
        var json = Start(subject);
        writer.WritePoint(detection.Where);
        writer.StartProperties();
        json.WriteString("id"u8, subject);
        json.WriteString("subject"u8, subject);
        json.WriteString("scene"u8, entry.Scene);
        json.WriteString("at"u8, Instants.ToText(entry.AtMs));
        json.WriteString("known_at"u8, Instants.ToText(entry.KnownAtMs));
        json.WriteString("sensor"u8, SceneSensors.NameOf(entry.Sensor));
        json.WriteNumber("length_m"u8, detection.LengthM);
        json.WriteNumber("width_m"u8, detection.WidthM);
        if (detection.Axis is { } axis)
        {
            json.WriteNumber("heading_deg"u8, axis);
        }
        else
        {
            json.WriteNull("heading_deg"u8);
        }

        Milli(json, "confidence"u8, detection.Confidence);
        json.WriteString("status"u8, judged.Judgement switch { Judgement.Matched => "matched", Judgement.Dark => "dark", _ => "unsettled" });
        json.WriteString("because"u8, judged.Judgement switch
        {
            Judgement.NotHeard => "not-heard",
            var other => other.ToString().ToLowerInvariant(),
        });
        if (judged.Vessel?.Mmsi is { } mmsi)
        {
            json.WriteNumber("mmsi"u8, mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        Text(json, "name"u8, judged.Vessel?.Name);
        Milli(json, "match_probability"u8, judged.ProbabilityMilli);
        Milli(json, "duty_odds"u8, judged.OddsMilli);
        Text(json, "finding_id"u8, judged.FindingId);
        json.WriteBoolean("simulated"u8, entry.IsSimulated);
        End(output, "detections");
    }

    /// <summary>What lies at one stopping place: the port's view of the scene.</summary>
    public void WriteCount(IFoldOutput output, SceneEntry entry, AreaCount count)
    {
        var place = count.Place;
        var id = $"{entry.Scene}:{place.Id}";
        var json = Start(id);
        writer.WritePoint(place.Where);
        writer.StartProperties();
        json.WriteString("id"u8, id);
        json.WriteString("scene"u8, entry.Scene);
        json.WriteString("at"u8, Instants.ToText(entry.AtMs));
        json.WriteString("known_at"u8, Instants.ToText(entry.KnownAtMs));
        json.WriteString("sensor"u8, SceneSensors.NameOf(entry.Sensor));
        json.WriteString("place"u8, place.Id);
        json.WriteString("place_kind"u8, place.Kind switch { StoppingPlace.Anchorage => "anchorage", StoppingPlace.Berth => "berth", _ => "port" });
        Text(json, "port"u8, place.PortLocode);
        json.WriteString("port_name"u8, place.PortName);
        json.WriteNumber("ships"u8, count.Ships);
        json.WriteNumber("with_ais"u8, count.WithAis);
        json.WriteNumber("without_ais"u8, count.WithoutAis);
        json.WriteNumber("unsettled"u8, count.Unsettled);
        json.WriteNumber("passing"u8, count.Passing);
        json.WriteNumber("within_m"u8, (int)AreaCounts.WithinMetres);
        json.WriteNumber("smallest_length_m"u8, SceneSensors.SmallestLengthMetres(entry.Sensor));
        json.WriteBoolean("settled"u8, entry.IsLast);
        json.WriteBoolean("simulated"u8, entry.IsSimulated);
        End(output, "scene-counts");
    }

    // Counts for those who filter, and the vessels that should show by name: they are the ones to ask about.
    private static void WriteUnseen(Utf8JsonWriter json, IReadOnlyList<UnseenVessel> unseen)
    {
        const int NamedMax = 100;
        int Count(UnseenReason reason) => unseen.Count(one => one.Reason == reason);
        json.WriteNumber("expected_unseen"u8, Count(UnseenReason.Absent));
        json.WriteNumber("unseen_outside"u8, Count(UnseenReason.Outside));
        json.WriteNumber("unseen_too_small"u8, Count(UnseenReason.TooSmall));
        json.WriteNumber("unseen_place_unsure"u8, Count(UnseenReason.PlaceUnsure));
        json.WriteNumber("unseen_silent"u8, Count(UnseenReason.Silent));
        json.WriteStartArray("ais_without_echo"u8);
        foreach (var (vessel, reason) in unseen.Where(one => one.Reason != UnseenReason.Outside).OrderByDescending(one => one.Reason).Take(NamedMax))
        {
            json.WriteStartObject();
            json.WriteString("subject"u8, vessel.Subject);
            Text(json, "name"u8, vessel.Name);
            json.WriteString("reason"u8, UnseenVessels.Word(reason));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string SubjectOf(SceneEntry entry, SceneDetection detection) => $"detection:{entry.Scene}:{detection.N}";

    private static void Roles(Utf8JsonWriter json, ReadOnlySpan<byte> role)
    {
        json.WriteStartArray("roles"u8);
        json.WriteStringValue(role);
        json.WriteEndArray();
    }

    private static void Milli(Utf8JsonWriter json, ReadOnlySpan<byte> property, int value) => Raw(json, property, new Figure("", value, 3));

    private static void Raw(Utf8JsonWriter json, ReadOnlySpan<byte> property, Figure figure)
    {
        json.WritePropertyName(property);
        json.WriteRawValue(figure.ToString(), skipInputValidation: true);
    }

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> property, string? text)
    {
        if (text is null)
        {
            json.WriteNull(property);
        }
        else
        {
            json.WriteString(property, text);
        }
    }

    private Utf8JsonWriter Start(string id)
    {
        buffer.ResetWrittenCount();
        writer.Retarget(buffer);
        writer.StartFeature(id);
        return writer.Json;
    }

    private void End(IFoldOutput output, string collection)
    {
        writer.EndFeature();
        output.WriteLine(collection, buffer.WrittenSpan);
    }
}

/// <summary>How many of each there are in a scene.</summary>
internal readonly record struct SceneTally(int Matched, int Dark, int Unsettled);

/// <summary>What a detection was judged to be.</summary>
/// <param name="Judgement">What.</param>
/// <param name="Vessel">The vessel that it is, or most likely is, or null.</param>
/// <param name="ProbabilityMilli">The probability of that, thousandths; of the most likely explanation where there is no vessel.</param>
/// <param name="OddsMilli">Odds that a hull of that length must carry AIS.</param>
/// <param name="FindingId">The finding on it, or null.</param>
internal readonly record struct JudgedDetection(
    Judgement Judgement, SceneCandidate? Vessel, int ProbabilityMilli, int OddsMilli, string? FindingId);
