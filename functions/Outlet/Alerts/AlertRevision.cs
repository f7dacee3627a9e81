using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What was decided, as a line of an alert says it.</summary>
/// <param name="Outcome">inspect, release, no-finding or finding.</param>
/// <param name="Note">The officer's words, or null.</param>
public sealed record AlertVerdict(string Outcome, string? Note);

/// <summary>One revision of an alert, as the stage wrote it and as callers get it.</summary>
/// <param name="Sequence">Its place among all revisions of the store; grows, and is the same after a restart.</param>
/// <param name="Id">Of the alert.</param>
/// <param name="Revision">From 1.</param>
/// <param name="Port">LOCODE of the port whose officers get it.</param>
/// <param name="State">open, acknowledged, decided or closed.</param>
/// <param name="OpenedAt">When the alert opened.</param>
/// <param name="UpdatedAt">When this revision could be said.</param>
/// <param name="IsAcknowledged">An officer has taken it up.</param>
/// <param name="Verdict">What was decided, or null.</param>
/// <param name="Json">The alert as a JSON object without a newline: the line's properties and its geometry.</param>
public sealed record AlertRevision(
    long Sequence, string Id, int Revision, string Port, string State, DateTimeOffset OpenedAt, DateTimeOffset UpdatedAt,
    bool IsAcknowledged, AlertVerdict? Verdict, ReadOnlyMemory<byte> Json)
{
    /// <summary>The states of an alert.</summary>
    public static IReadOnlyList<string> States { get; } = ["open", "acknowledged", "decided", "closed"];

    /// <summary>The line of an alert as callers get it: the properties and the geometry as one flat object.</summary>
    /// <param name="line">A feature of the collection <c>alerts</c>.</param>
    /// <param name="sequence">Its place among all revisions.</param>
    /// <returns>Null where the line is no alert.</returns>
    public static AlertRevision? Parse(ReadOnlySpan<byte> line, long sequence)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 32 });
            var feature = JsonElement.ParseValue(ref reader);
            var properties = feature.GetProperty("properties");
            return new AlertRevision(
                sequence,
                Name(properties.GetProperty("id")),
                properties.GetProperty("revision").GetInt32(),
                Name(properties.GetProperty("port")),
                properties.GetProperty("state").GetString() is { } state && States.Contains(state) ? state : throw new FormatException(),
                properties.GetProperty("opened_at").GetDateTimeOffset(),
                properties.GetProperty("updated_at").GetDateTimeOffset(),
                properties.TryGetProperty("acknowledged_at", out var at) && at.ValueKind == JsonValueKind.String,
                VerdictOf(properties),
                Flat(feature, properties));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string Name(JsonElement value) =>
        value.GetString() is { Length: > 0 and <= 128 } text ? text : throw new FormatException();

    private static AlertVerdict? VerdictOf(JsonElement properties) =>
        properties.TryGetProperty("decision", out var decision) && decision.ValueKind == JsonValueKind.Object
            ? new AlertVerdict(
                decision.GetProperty("outcome").GetString() ?? throw new FormatException(),
                decision.TryGetProperty("note", out var note) ? note.GetString() : null)
            : null;

    private static ReadOnlyMemory<byte> Flat(JsonElement feature, JsonElement properties)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in properties.EnumerateObject().Where(m => m.Name != "geometry"))
            {
                member.WriteTo(json);
            }

            json.WritePropertyName("geometry");
            if (feature.TryGetProperty("geometry", out var geometry))
            {
                geometry.WriteTo(json);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}.{Revision}");
}
