using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Learning;

/// <summary>One vessel that stayed in one place for a while, as the watch stage writes it.</summary>
/// <param name="Subject">Who.</param>
/// <param name="StartAtMs">Since when, ms UTC.</param>
/// <param name="EndAtMs">Until when, ms UTC.</param>
/// <param name="Where">The middle of its positions.</param>
/// <param name="RadiusMetres">How far it swung about that middle, metres.</param>
/// <param name="NavigationStatus">What it reported (ITU-R M.1371 table 45: 1 at anchor, 5 moored), or null.</param>
/// <param name="ShipType">Its type, or null.</param>
/// <param name="LengthMetres">Its length, or null.</param>
public sealed record Stay(
    string Subject,
    long StartAtMs,
    long EndAtMs,
    Position Where,
    double RadiusMetres,
    int? NavigationStatus = null,
    int? ShipType = null,
    double? LengthMetres = null)
{
    private const int AtAnchor = 1;
    private const int Moored = 5;

    /// <summary>Reads one line of the collection <c>stays</c>: a GeoJSON point with what the ship did there.</summary>
    /// <param name="line">UTF-8 JSON.</param>
    /// <returns>The stay, or null where the line is none.</returns>
    public static Stay? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var at = document.RootElement.GetProperty("geometry").GetProperty("coordinates");
            var of = document.RootElement.GetProperty("properties");
            return new Stay(
                of.GetProperty("subject").GetString() ?? throw new FormatException("no subject"),
                At(of.GetProperty("start_at")),
                At(of.GetProperty("end_at")),
                Position.FromDegrees(at[1].GetDouble(), at[0].GetDouble()),
                of.GetProperty("radius_m").GetDouble(),
                of.GetProperty("status").GetString() switch { "anchored" => AtAnchor, "moored" => Moored, _ => null },
                (int?)Number(of, "ship_type"),
                Number(of, "length_m"));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static long At(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetInt64()
        : DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    private static double? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
