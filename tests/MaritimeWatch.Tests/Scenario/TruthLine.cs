using System.Text.Json;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>One entry of truth.json.</summary>
internal sealed record TruthLine(
    string Kind, string Subject, DateTimeOffset StartAt, DateTimeOffset EndAt, double Magnitude, bool Lawful)
{
    public static List<TruthLine> ReadFile(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. file.RootElement.EnumerateArray().Select(one => new TruthLine(
            one.GetProperty("kind").GetString()!,
            one.GetProperty("subject").GetString()!,
            one.GetProperty("start_at").GetDateTimeOffset(),
            one.GetProperty("end_at").GetDateTimeOffset(),
            one.GetProperty("magnitude").GetDouble(),
            one.GetProperty("lawful").GetBoolean()))];
    }
}

/// <summary>What the score needs of a finding; one that has not ended yet ends at the end of time.</summary>
internal sealed record FoundLine(
    string Id, long Revision, string Kind, string Subject, DateTimeOffset StartAt, DateTimeOffset EndAt, bool IsAlarm, bool IsRetracted)
{
    /// <summary>Reads one GeoJSON feature; a line of a collection may end in a comma.</summary>
    public static FoundLine Parse(string line)
    {
        using var json = JsonDocument.Parse(line.AsMemory().TrimEnd([',', ' ', '\r', '\n']));
        return Read(json.RootElement);
    }

    /// <summary>The features of a file: one FeatureCollection, or one feature a line.</summary>
    public static IEnumerable<string> LinesOf(string path)
    {
        var text = File.ReadAllText(path);
        if (text.AsSpan().TrimStart().StartsWith("{") && IsCollection(text, out var features))
        {
            return features;
        }

        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static bool IsCollection(string text, out List<string> features)
    {
        features = [];
        try
        {
            using var json = JsonDocument.Parse(text);
            if (!json.RootElement.TryGetProperty("features", out var list))
            {
                return false;
            }

            features.AddRange(list.EnumerateArray().Select(one => one.GetRawText()));
            return true;
        }
        catch (JsonException)
        {
            return false; // one feature a line
        }
    }

    private static FoundLine Read(JsonElement feature)
    {
        var of = feature.GetProperty("properties");
        var start = of.GetProperty("start_at").GetDateTimeOffset();
        var hasEnd = of.TryGetProperty("end_at", out var end) && end.ValueKind == JsonValueKind.String;
        return new FoundLine(
            of.GetProperty("id").GetString()!,
            of.TryGetProperty("revision", out var revision) ? revision.GetInt64() : 1,
            of.GetProperty("kind").GetString()!,
            of.GetProperty("subject").GetString()!,
            start,
            hasEnd ? end.GetDateTimeOffset() : DateTimeOffset.MaxValue,
            of.GetProperty("severity").GetString() is "medium" or "high",
            of.GetProperty("state").GetString() == "retracted");
    }
}
