using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>A push as a CloudEvent 1.0 in JSON (structured mode): always the same bytes for the same push and target.</summary>
internal static class AlertEvent
{
    /// <summary>What happened.</summary>
    public const string EventType = "maritimewatch.alert.revised";

    private const string Source = "urn:maritimewatch:alerts";

    /// <summary>Writes it.</summary>
    /// <param name="message">The push.</param>
    /// <param name="alert">The whole alert as JSON, where the target gets it and it is still kept; else null.</param>
    public static ReadOnlyMemory<byte> Of(AlertMessage message, ReadOnlyMemory<byte>? alert)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", message.Id);
            json.WriteString("source", Source);
            json.WriteString("type", EventType);
            json.WriteString("subject", message.Alert);
            json.WriteString("time", Instants.ToText(message.KnownAt.ToUnixTimeMilliseconds()));
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            json.WriteString("alert", message.Alert);
            json.WriteNumber("revision", message.Revision);
            json.WriteString("port", message.Port);
            json.WriteString("urgency", message.Urgency);
            json.WriteString("state", message.State);
            json.WriteString("text", message.Text);
            json.WriteBoolean("simulated", message.Simulated);
            if (alert is { } whole)
            {
                json.WritePropertyName("detail");
                json.WriteRawValue(whole.Span, skipInputValidation: true);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
