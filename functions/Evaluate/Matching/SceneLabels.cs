using System.Globalization;

namespace MaritimeWatch.Functions.Evaluate.Matching;

/// <summary>A ship that people marked in a scene.</summary>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="LengthM">Metres, or null.</param>
/// <param name="ShoreKm">Distance from shore, kilometres; large where it is not known.</param>
internal readonly record struct MarkedShip(double Latitude, double Longitude, double? LengthM, double ShoreKm);

/// <summary>Reads a CSV file of marked scenes: the columns <c>scene_id</c>, <c>detect_lat</c>, <c>detect_lon</c>, <c>is_vessel</c>, and the length where it is known.</summary>
internal static class SceneLabels
{
    private const int LineLengthMax = 10_000;
    private const int ShipsMax = 1_000_000;
    private const double Unknown = 9_999;

    /// <summary>The ships of each scene, scenes in the order of the file; what is no vessel is left out.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It is no such file; the message says why.</exception>
    public static IReadOnlyList<(string Scene, IReadOnlyList<MarkedShip> Ships)> Read(string path)
    {
        using var reader = new StreamReader(path);
        var heading = (reader.ReadLine() ?? string.Empty).Split(',').Select(name => name.Trim()).ToList();
        var (scene, lat, lon, vessel, length, shore) = (
            Need(heading, "scene_id"), Need(heading, "detect_lat"), Need(heading, "detect_lon"), Need(heading, "is_vessel"),
            heading.IndexOf("vessel_length_m"), heading.IndexOf("distance_from_shore_km"));
        var (scenes, order) = (new Dictionary<string, List<MarkedShip>>(StringComparer.Ordinal), new List<string>());
        var count = 0;
        while (reader.ReadLine() is { } line && count < ShipsMax)
        {
            var fields = line.Length > LineLengthMax ? [] : line.Split(',');
            if (fields.Length != heading.Count || !bool.TryParse(fields[vessel], out var isVessel) || !isVessel
                || Number(fields[lat]) is not (>= -85 and <= 85) || Number(fields[lon]) is not (>= -180 and <= 180))
            {
                continue;
            }

            if (!scenes.TryGetValue(fields[scene], out var ships))
            {
                scenes.Add(fields[scene], ships = []);
                order.Add(fields[scene]);
            }

            count++;
            ships.Add(new MarkedShip(
                Number(fields[lat])!.Value, Number(fields[lon])!.Value,
                length < 0 ? null : Number(fields[length]), shore < 0 ? Unknown : Number(fields[shore]) ?? Unknown));
        }

        return [.. order.Select(name => (name, (IReadOnlyList<MarkedShip>)scenes[name]))];
    }

    private static int Need(List<string> heading, string name) =>
        heading.IndexOf(name) is >= 0 and var at ? at : throw new FormatException($"the file has no column {name}");

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
