using System.Text.Json;

namespace MaritimeWatch.Functions.Triggers;

/// <summary>An Event Grid event that a blob was created, in the Event Grid schema or as a CloudEvent.</summary>
internal static class SceneEvent
{
    private const string Created = "Microsoft.Storage.BlobCreated";

    /// <summary>Reads an event.</summary>
    /// <param name="value">The event.</param>
    /// <param name="host">The only host whose blobs are taken.</param>
    /// <exception cref="EnvelopeException">It is another event, or of a blob elsewhere.</exception>
    public static SceneCreated Read(JsonElement value, string? host)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object
            || Text(value, "id") is not { Length: > 0 and <= 128 } id)
        {
            throw new EnvelopeException("Data.ev is no event with id and data");
        }

        if ((Text(value, "eventType") ?? Text(value, "type")) is { } type && type != Created)
        {
            throw new EnvelopeException($"the event is not {Created}");
        }

        if (!Uri.TryCreate(Text(data, "url"), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.UserInfo.Length > 0)
        {
            throw new EnvelopeException("the event has no https address of a blob");
        }

        if (host is null || !url.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || !url.IsDefaultPort)
        {
            throw new EnvelopeException("the blob is not on the host that is configured for scenes");
        }

        long? length = data.TryGetProperty("contentLength", out var bytes) && bytes.TryGetInt64(out var number) ? number : null;
        return new SceneCreated(id, url, length, Text(data, "contentType"));
    }

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
