using System.Text.Json;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Scenario;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>One entry of truth.json.</summary>
internal sealed record TruthLine(
    string Kind, string Subject, DateTimeOffset StartAt, DateTimeOffset EndAt, double Magnitude, bool Lawful)
{
    private const string PlainPlate = "plate:";

    /// <summary>Where it was, for what has no identity before it is found.</summary>
    public GeoPoint? Place { get; init; }

    /// <summary>The entries; plates become the tokens that the key beside the file gives them.</summary>
    public static List<TruthLine> ReadFile(string path)
    {
        var key = Path.Combine(Path.GetDirectoryName(path)!, "epoch.key");
        var tokens = File.Exists(key) ? new PlateTokens(SimulatedEpochKey.Parse(File.ReadAllText(key))) : null;
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. file.RootElement.EnumerateArray().Select(one => Read(one, tokens))];
    }

    /// <summary>A kind with several rules is judged rule by rule: <c>spoofing/circles</c>.</summary>
    internal static string KindOf(string kind, JsonElement of, string rule) =>
        kind == "spoofing" && of.TryGetProperty(rule, out var text) && text.ValueKind == JsonValueKind.String
            ? $"{kind}/{text.GetString()}"
            : kind;

    private static TruthLine Read(JsonElement one, PlateTokens? tokens)
    {
        var subject = one.GetProperty("subject").GetString()!;
        if (tokens is not null && subject.StartsWith(PlainPlate, StringComparison.Ordinal) && Plate.TryParse(subject[PlainPlate.Length..], out var plate))
        {
            subject = PlainPlate + tokens.Of(plate).Exact;
        }

        return new TruthLine(
            KindOf(one.GetProperty("kind").GetString()!, one, "object"),
            subject,
            one.GetProperty("start_at").GetDateTimeOffset(),
            one.GetProperty("end_at").GetDateTimeOffset(),
            one.GetProperty("magnitude").GetDouble(),
            one.GetProperty("lawful").GetBoolean())
        {
            Place = one.TryGetProperty("lat", out var lat) ? new GeoPoint(lat.GetDouble(), one.GetProperty("lon").GetDouble()) : null,
        };
    }
}

/// <summary>What the score needs of a finding; one that has not ended yet ends at the end of time.</summary>
internal sealed record FoundLine(
    string Id, long Revision, string Kind, string Subject, DateTimeOffset StartAt, DateTimeOffset EndAt, bool IsAlarm, bool IsRetracted)
{
    /// <summary>Where it is, where it is a point.</summary>
    public GeoPoint? Place { get; init; }

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
            TruthLine.KindOf(of.GetProperty("kind").GetString()!, of, "object"),
            of.GetProperty("subject").GetString()!,
            start,
            hasEnd ? end.GetDateTimeOffset() : DateTimeOffset.MaxValue,
            of.GetProperty("severity").GetString() is "medium" or "high",
            of.GetProperty("state").GetString() == "retracted")
        {
            Place = feature.TryGetProperty("geometry", out var shape) && shape.ValueKind == JsonValueKind.Object
                && shape.GetProperty("type").GetString() == "Point"
                ? new GeoPoint(shape.GetProperty("coordinates")[1].GetDouble(), shape.GetProperty("coordinates")[0].GetDouble())
                : null,
        };
    }
}
