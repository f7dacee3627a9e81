using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Forecasts;

/// <summary>Forecasts as JSON: snake_case, instants in UTC with a Z.</summary>
public static class ForecastText
{
    /// <summary>A forecast as one JSON object.</summary>
    /// <param name="forecast">The forecast.</param>
    public static byte[] ToBytes(PortForecast forecast) => JsonSerializer.SerializeToUtf8Bytes(forecast, ForecastJson.Default.PortForecast);

    /// <summary>Errors as one JSON object.</summary>
    /// <param name="errors">The errors.</param>
    public static byte[] ToBytes(ForecastErrors errors) => JsonSerializer.SerializeToUtf8Bytes(errors, ForecastJson.Default.ForecastErrors);

    /// <summary>Reads what <see cref="ToBytes(PortForecast)"/> wrote.</summary>
    /// <param name="bytes">One JSON object.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PortForecast Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ForecastJson.Default.PortForecast)
                ?? throw new InvalidDataException("a stored forecast is empty");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"a stored forecast is damaged: {fault.Message}", fault);
        }
    }
}

/// <summary>How forecasts are written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcText)])]
[JsonSerializable(typeof(PortForecast))]
[JsonSerializable(typeof(ForecastErrors))]
internal sealed partial class ForecastJson : JsonSerializerContext;

/// <summary>Instants as everywhere in the feeds: <c>2026-11-20T14:00:00Z</c>.</summary>
internal sealed class UtcText : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Instants.ToText(value.ToUnixTimeMilliseconds()));
}
