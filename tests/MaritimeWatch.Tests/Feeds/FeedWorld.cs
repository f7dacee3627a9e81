using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Feeds;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class HandClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public void Move(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}

/// <summary>A read model over a store in memory, fed with lines made by hand.</summary>
internal sealed class FeedWorld
{
    private int _segments;

    public FeedWorld(ReadModelOptions? options = null)
    {
        Model = new ReadModel(Store, Clock, (options ?? new ReadModelOptions()) with { Tag = "test" });
    }

    public HandClock Clock { get; } = new();

    public MemoryStore Store { get; } = new();

    public ReadModel Model { get; }

    /// <summary>A finding's line.</summary>
    public static string Finding(
        string id, int revision = 1, string? geometry = null, string? start = "2026-11-21T10:00:00Z",
        string? end = "2026-11-21T11:00:00Z", string kind = "gap", string severity = "medium", string state = "closed",
        bool settled = true, int mmsi = 235012345, string? name = "EVER GIVEN", string? subject = null,
        string? zone = null, bool simulated = false) =>
        JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["type"] = "Feature",
            ["id"] = id,
            ["geometry"] = JsonSerializer.Deserialize<JsonElement>(geometry ?? Point(1.5, 50.5)),
            ["properties"] = new Dictionary<string, object?>
            {
                ["id"] = id, ["revision"] = revision, ["state"] = state, ["settled"] = settled, ["kind"] = kind,
                ["severity"] = severity, ["subject"] = subject ?? $"mmsi:{mmsi}", ["object"] = zone, ["mmsi"] = mmsi,
                ["name"] = name, ["start_at"] = start, ["end_at"] = end, ["reason"] = "Silent for an hour.",
                ["rule"] = "gap", ["rule_version"] = 1, ["profile"] = "default", ["simulated"] = simulated,
            },
        });

    /// <summary>A point geometry.</summary>
    public static string Point(double longitude, double latitude) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"type":"Point","coordinates":[{{longitude}},{{latitude}}]}""");

    /// <summary>Adds lines as one segment and makes them visible.</summary>
    public async Task<FeedSnapshot> AddAsync(string collection, params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));
        var name = string.Create(CultureInfo.InvariantCulture, $"segments/{_segments++:D6}");

        // A segment lies in its pack between those of other collections.
        byte[] before = [.. Encoding.UTF8.GetBytes(new string('#', 37 * (_segments % 3))), (byte)'\n'];
        await Store.PutAsync(name, (byte[])[.. before, .. bytes, .. before], PutCondition.IfAbsent, CancellationToken.None);
        await Model.LoadAsync(new SegmentName(collection, name, bytes.Length, lines.Length, before.Length), CancellationToken.None);
        return Model.Publish();
    }

    /// <summary>The ids of a query's rows, in order.</summary>
    public async Task<List<string>> IdsAsync(FeedSnapshot snapshot, FeedQuery? query = null, string collection = "findings")
    {
        var ids = new List<string>();
        foreach (var row in snapshot.Query(FeedCollections.Find(collection)!, query ?? new FeedQuery()).Rows)
        {
            using var line = JsonDocument.Parse(await Model.ReadAsync(row, CancellationToken.None));
            ids.Add(line.RootElement.GetProperty("id").GetString()!);
        }

        return ids;
    }
}
