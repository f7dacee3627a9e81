using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace MaritimeWatch.Log;

/// <summary>
/// Keeps what was refused, with its reason, beside what was accepted: one NDJSON blob for each landed blob that had
/// faults, <c>rejects/{source}/{yyyy-MM-dd}/{hash}</c>. The first line has the exact counts; then follow the records.
/// </summary>
/// <param name="store">Where they are kept.</param>
public sealed class Rejects(IBlobStore store)
{
    /// <summary>Keeps a batch, if it has anything; the same batch twice is one blob.</summary>
    /// <param name="landed">What was being decoded.</param>
    /// <param name="batch">What was refused of it.</param>
    /// <param name="cancel">Stops the writing.</param>
    /// <returns>The blob's name, or null where nothing was refused.</returns>
    /// <exception cref="StoreException">They are not (or not surely) kept.</exception>
    public async ValueTask<string?> KeepAsync(LandedBlob landed, RejectBatch batch, CancellationToken cancel = default)
    {
        if (batch.Count == 0)
        {
            return null;
        }

        var content = batch.ToNdjson(landed.Name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var name = LandedBlob.NameIn("rejects", landed.Source, landed.ReceivedAt, hash);
        await store.PutAsync(name, content, PutCondition.IfAbsent, cancel);
        return name;
    }
}

/// <summary>Refused records of one landed blob: every one counted, the first ones kept, each cut to a bound.</summary>
/// <param name="recordsMax">Records kept; more are only counted. Default 1,000.</param>
/// <param name="bytesMax">Bytes kept of one record; the rest is cut. Default 1,024.</param>
public sealed class RejectBatch(int recordsMax = 1_000, int bytesMax = 1_024)
{
    private readonly SortedDictionary<string, long> faults = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> records = new();
    private int kept;

    /// <summary>How many were refused, kept or not.</summary>
    public long Count { get; private set; }

    /// <summary>How many were refused, by fault.</summary>
    public IReadOnlyDictionary<string, long> Faults => faults;

    /// <summary>Counts a refused record, and keeps it while there is room.</summary>
    /// <param name="fault">Why: the name of a closed enum's value.</param>
    /// <param name="offset">Where its bytes begin in the landed blob (in what it unpacks to, if it is packed).</param>
    /// <param name="length">How many bytes it had.</param>
    /// <param name="line">Its line, from 1, or 0 where there are no lines.</param>
    /// <param name="content">Its bytes.</param>
    public void Add(string fault, long offset, long length, long line, ReadOnlySpan<byte> content)
    {
        Count++;
        faults[fault] = faults.GetValueOrDefault(fault) + 1;
        if (kept >= recordsMax)
        {
            return;
        }

        kept++;
        using (var json = new Utf8JsonWriter(records))
        {
            json.WriteStartObject();
            json.WriteNumber("offset", offset);
            json.WriteNumber("length", length);
            json.WriteNumber("line", line);
            json.WriteString("fault", fault);
            json.WriteBase64String("bytes", content[..Math.Min(content.Length, bytesMax)]);
            json.WriteEndObject();
        }

        records.Write("\n"u8);
    }

    /// <summary>The batch as it is stored.</summary>
    internal ReadOnlyMemory<byte> ToNdjson(string landed)
    {
        var target = new ArrayBufferWriter<byte>(records.WrittenCount + 512);
        using (var json = new Utf8JsonWriter(target))
        {
            json.WriteStartObject();
            json.WriteString("landed", landed);
            json.WriteNumber("refused", Count);
            json.WriteNumber("kept", kept);
            json.WriteStartObject("faults");
            foreach (var (fault, count) in faults)
            {
                json.WriteNumber(fault, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        target.Write("\n"u8);
        target.Write(records.WrittenSpan);
        return target.WrittenMemory;
    }
}
