using System.Buffers;
using System.Text.Json;

namespace MaritimeWatch.Intake.Anpr;

/// <summary>One read as the gate's inbox carries it: a token instead of the plate.</summary>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
/// <param name="KnownAtMs">When it could be known: when received, or in a replay when read.</param>
/// <param name="Camera">The camera's id.</param>
/// <param name="Token">Token of the folded plate.</param>
/// <param name="Written">Token of the plate before look-alikes were folded.</param>
/// <param name="Deletions">Tokens of its one-deletion texts.</param>
/// <param name="Previous">In the overlap of two epochs its token in the epoch before; else null.</param>
/// <param name="ConfidencePermille">How sure the camera is, 0 to 1000, or null.</param>
/// <param name="Direction">Which way, as the camera says it, or null.</param>
/// <param name="Vehicle">Type of vehicle, or null.</param>
/// <param name="IsSimulated">It is invented.</param>
/// <param name="Offset">Where it lies in the clear landed bytes.</param>
/// <param name="Length">How many bytes.</param>
public sealed record TokenRead(
    long AtMs,
    long KnownAtMs,
    string Camera,
    string Token,
    string Written,
    IReadOnlyList<string> Deletions,
    string? Previous,
    int? ConfidencePermille,
    string? Direction,
    string? Vehicle,
    bool IsSimulated,
    long Offset,
    int Length);

/// <summary>
/// The body of a Batch entry of the gate: reads of one landed blob, in order of time. Holds no plate. <see cref="Key"/>
/// tells a repeat, also where the same webhook was landed twice and so has two hashes.
/// </summary>
/// <param name="Landing">The landed blob.</param>
/// <param name="Hash">Hash of its stored bytes.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Content">Token of its clear bytes.</param>
/// <param name="Part">Which part of it, from 0.</param>
/// <param name="Reads">The reads.</param>
public sealed record TokenBatch(
    string Landing, string Hash, string Source, string Content, int Part, IReadOnlyList<TokenRead> Reads)
{
    /// <summary>Most reads of one entry.</summary>
    public const int ReadsMax = 2_000;

    private const int Format = 1;

    /// <summary>The same for the same bytes.</summary>
    public string Key => $"{Content}/{Part}";

    /// <summary>As the inbox carries it.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(512 * (Reads.Count + 1));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("format"u8, Format);
            json.WriteString("landing"u8, Landing);
            json.WriteString("hash"u8, Hash);
            json.WriteString("source"u8, Source);
            json.WriteString("content"u8, Content);
            json.WriteNumber("part"u8, Part);
            json.WriteStartArray("reads"u8);
            foreach (var read in Reads)
            {
                Write(json, read);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="InvalidDataException">It is damaged or from a newer version.</exception>
    public static TokenBatch Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.GetProperty("format").GetInt32() != Format)
            {
                throw new InvalidDataException("an entry of reads is from a newer version");
            }

            return new TokenBatch(
                root.GetProperty("landing").GetString()!,
                root.GetProperty("hash").GetString()!,
                root.GetProperty("source").GetString()!,
                root.GetProperty("content").GetString()!,
                root.GetProperty("part").GetInt32(),
                [.. root.GetProperty("reads").EnumerateArray().Select(ReadOf)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"an entry of reads is damaged: {e.Message}", e);
        }
    }

    internal static void Write(Utf8JsonWriter json, TokenRead read)
    {
        json.WriteStartObject();
        json.WriteNumber("at_ms"u8, read.AtMs);
        json.WriteNumber("known_ms"u8, read.KnownAtMs);
        json.WriteString("camera"u8, read.Camera);
        json.WriteString("token"u8, read.Token);
        json.WriteString("written"u8, read.Written);
        json.WriteStartArray("deletions"u8);
        foreach (var deletion in read.Deletions)
        {
            json.WriteStringValue(deletion);
        }

        json.WriteEndArray();
        WriteText(json, "previous"u8, read.Previous);
        if (read.ConfidencePermille is { } confidence)
        {
            json.WriteNumber("confidence"u8, confidence);
        }

        WriteText(json, "direction"u8, read.Direction);
        WriteText(json, "vehicle"u8, read.Vehicle);
        json.WriteBoolean("simulated"u8, read.IsSimulated);
        json.WriteNumber("offset"u8, read.Offset);
        json.WriteNumber("length"u8, read.Length);
        json.WriteEndObject();
    }

    internal static TokenRead ReadOf(JsonElement read) => new(
        read.GetProperty("at_ms").GetInt64(),
        read.GetProperty("known_ms").GetInt64(),
        read.GetProperty("camera").GetString()!,
        read.GetProperty("token").GetString()!,
        read.GetProperty("written").GetString()!,
        [.. read.GetProperty("deletions").EnumerateArray().Select(deletion => deletion.GetString()!)],
        TextOf(read, "previous"),
        read.TryGetProperty("confidence", out var confidence) ? confidence.GetInt32() : null,
        TextOf(read, "direction"),
        TextOf(read, "vehicle"),
        read.GetProperty("simulated").GetBoolean(),
        read.GetProperty("offset").GetInt64(),
        read.GetProperty("length").GetInt32());

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static string? TextOf(JsonElement read, string name) => read.TryGetProperty(name, out var text) ? text.GetString() : null;
}
