using System.Text.Json;

namespace MaritimeWatch.Functions.Watch;

/// <summary>What a file beside a scene says of it: a STAC item of the same name with <c>.json</c>.</summary>
internal static class SceneFacts
{
    private const int ItemBytesMax = 1 << 20;
    private static readonly string[] Members = ["datetime", "sensor", "received_at"];

    /// <summary>The facts of a scene as a door would get them; none for other documents or where nothing lies beside.</summary>
    /// <param name="door">The door that the file belongs to.</param>
    /// <param name="path">The file.</param>
    public static SortedDictionary<string, string> Beside(string door, string path)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var item = Path.ChangeExtension(path, ".json");
        if (door != "scenes" || !File.Exists(item) || new FileInfo(item).Length > ItemBytesMax)
        {
            return facts;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(item));
            if (!json.RootElement.TryGetProperty("properties", out var properties))
            {
                return facts;
            }

            foreach (var member in Members)
            {
                if (properties.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String)
                {
                    facts[member == "datetime" ? "at" : member] = value.GetString()!;
                }
            }
        }
        catch (JsonException)
        {
            // No STAC item: the scene's own tags may still say when it was taken.
        }

        return facts;
    }
}
