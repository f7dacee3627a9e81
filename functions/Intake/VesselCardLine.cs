using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>What the line of a vessel says that the matching of scenes asks for.</summary>
/// <param name="Name">Its name, or null.</param>
/// <param name="LengthM">Its length by its own word, metres, or null.</param>
/// <param name="Hull">Which of its hulls was heard last.</param>
/// <param name="Last">Its last report with speed and course, or null.</param>
internal sealed record VesselCardLine(string? Name, int? LengthM, int Hull, TrackFix? Last)
{
    /// <summary>Reads a line of <c>vessels</c>.</summary>
    /// <param name="feature">The feature.</param>
    public static VesselCardLine Of(JsonElement feature)
    {
        var properties = feature.GetProperty("properties");
        TrackFix? last = properties.TryGetProperty("last_at", out var at) && at.TryGetDateTimeOffset(out var instant)
            && feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind == JsonValueKind.Object
            && geometry.GetProperty("type").GetString() == "Point"
            ? new TrackFix(
                instant.ToUnixTimeMilliseconds(),
                Position.FromDegrees(geometry.GetProperty("coordinates")[1].GetDouble(), geometry.GetProperty("coordinates")[0].GetDouble()),
                Tenths(properties, "speed_knots"), Tenths(properties, "course_degrees"))
            : null;
        return new VesselCardLine(
            properties.TryGetProperty("name", out var name) ? name.GetString() : null,
            properties.TryGetProperty("length_m", out var length) && length.ValueKind == JsonValueKind.Number ? length.GetInt32() : null,
            properties.TryGetProperty("hull", out var hull) && hull.ValueKind == JsonValueKind.Number ? hull.GetInt32() : 0,
            last);
    }

    private static int? Tenths(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? (int)Math.Round(value.GetDouble() * 10) : null;
}
