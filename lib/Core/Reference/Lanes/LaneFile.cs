using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// The stored form of an atlas: one GeoJSON FeatureCollection whose features are the lanes, with a format number and the
/// SHA-256 of what it holds, so that a damaged or a newer file is refused by name and never half read.
/// </summary>
public static class LaneFile
{
    /// <summary>The newest format that this build writes and reads: 2 where there are priors, else 1.</summary>
    public const int FormatNow = 2;

    /// <summary>Most lanes of one file.</summary>
    public const int LanesMax = 20_000;

    /// <summary>Writes an atlas.</summary>
    /// <param name="atlas">The lanes.</param>
    public static ReadOnlyMemory<byte> Write(LaneAtlas atlas)
    {
        ArgumentNullException.ThrowIfNull(atlas);
        var origins = Part(json => WriteOrigins(json, atlas.Origins));
        var features = Part(json =>
        {
            json.WriteStartArray();
            foreach (var lane in atlas.All)
            {
                LaneFeature.Write(json, lane);
            }

            json.WriteEndArray();
        });
        var priors = atlas.Priors.Count == 0 ? default : Part(json =>
        {
            json.WriteStartArray();
            foreach (var prior in atlas.Priors)
            {
                prior.Write(json);
            }

            json.WriteEndArray();
        });
        var buffer = new ArrayBufferWriter<byte>(priors.Length + features.Length + origins.Length + 512);
        using var whole = new Utf8JsonWriter(buffer);
        whole.WriteStartObject();
        whole.WriteString("type"u8, "FeatureCollection"u8);
        whole.WriteString("kind"u8, ReferenceKinds.Lanes);
        whole.WriteNumber("format"u8, priors.IsEmpty ? 1 : FormatNow);
        whole.WriteString("sha256"u8, HashOf(atlas.LearnedAtMs, origins.Span, features.Span, priors.Span));
        whole.WriteNumber("learned_at_ms"u8, atlas.LearnedAtMs);
        whole.WritePropertyName("origins"u8);
        whole.WriteRawValue(origins.Span, skipInputValidation: true);
        whole.WritePropertyName("features"u8);
        whole.WriteRawValue(features.Span, skipInputValidation: true);
        if (!priors.IsEmpty)
        {
            whole.WritePropertyName("priors"u8);
            whole.WriteRawValue(priors.Span, skipInputValidation: true);
        }

        whole.WriteEndObject();
        whole.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads a stored atlas.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="ReferenceException">It is no file of lanes, damaged, or from a newer version; says which.</exception>
    public static LaneAtlas Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var root = document.RootElement;
            var format = root.GetProperty("format").GetInt32();
            if (format > FormatNow)
            {
                throw new ReferenceException($"lanes: the file is from a newer version (format {format}; this build knows up to {FormatNow})");
            }

            if (format < 1 || root.GetProperty("kind").GetString() != ReferenceKinds.Lanes)
            {
                throw new ReferenceException("lanes: the file holds no lanes of a format that this build reads");
            }

            var (origins, features) = (root.GetProperty("origins"), root.GetProperty("features"));
            var hasPriors = root.TryGetProperty("priors", out var priors);
            var learnedAtMs = root.GetProperty("learned_at_ms").GetInt64();
            if (root.GetProperty("sha256").GetString() != HashOf(learnedAtMs, RawOf(origins), RawOf(features), hasPriors ? RawOf(priors) : default))
            {
                throw new ReferenceException("lanes: the file is damaged: what it holds does not have the SHA-256 that it names");
            }

            if (features.GetArrayLength() > LanesMax)
            {
                throw new ReferenceException($"lanes: the file has {features.GetArrayLength()} lanes, more than {LanesMax}");
            }

            return new LaneAtlas(
                [.. features.EnumerateArray().Select(LaneFeature.Read)], [.. origins.EnumerateArray().Select(ReadOrigin)], learnedAtMs)
            {
                Priors = hasPriors ? [.. priors.EnumerateArray().Take(PriorLanes.PriorsMax).Select(PriorLane.Read)] : [],
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new ReferenceException($"lanes: the file does not read: {fault.Message}", fault);
        }
    }

    private static ReadOnlySpan<byte> RawOf(JsonElement element) => JsonMarshal.GetRawUtf8Value(element);

    private static string HashOf(long learnedAtMs, ReadOnlySpan<byte> origins, ReadOnlySpan<byte> features, ReadOnlySpan<byte> priors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(learnedAtMs.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        hash.AppendData(origins);
        hash.AppendData(features);
        hash.AppendData(priors);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ReadOnlyMemory<byte> Part(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        write(json);
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteOrigins(Utf8JsonWriter json, IReadOnlyList<LaneOrigin> origins)
    {
        json.WriteStartArray();
        foreach (var origin in origins)
        {
            json.WriteStartObject();
            json.WriteString("port"u8, origin.Port);
            json.WriteString("type"u8, origin.Type);
            json.WriteNumber("voyages"u8, origin.Voyages);
            json.WriteNumber("outside"u8, origin.Outside);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static LaneOrigin ReadOrigin(JsonElement origin) => new(
        origin.GetProperty("port").GetString()!,
        origin.GetProperty("type").GetString()!,
        origin.GetProperty("voyages").GetInt32(),
        origin.GetProperty("outside").GetInt32());
}
