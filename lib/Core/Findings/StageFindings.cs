using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings;

/// <summary>
/// The findings of a stage after the watch: gives each an id and revisions, and writes a revision only when something
/// that counts has changed (state, severity, settled, start, end, object, the reason for an amendment, or a measure that
/// doubled). Part of the stage's state; owned by one fold.
/// </summary>
/// <remarks>
/// The id is a hash of kind, subject, object, rule, profile and the stage's own key of what triggered it (a scene's hash
/// and the detection's number, say), not of the inbox number: an entry that stands twice after a crash shifts numbers,
/// and the finding must still be the same. See lib/decisions.
/// </remarks>
/// <param name="stage">The stage, one of <see cref="StageNames"/>.</param>
/// <param name="profile">Name of the profile that judges.</param>
/// <param name="group">The stage's group, from 0; it says where a finding lies and is no part of its id.</param>
public sealed class StageFindings(string stage, string profile = "default", int group = 0)
{
    private const int IdBytes = 16;

    private readonly SortedDictionary<string, Said> book = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> buffer = new(2048);

    /// <summary>Name of the profile that judges.</summary>
    public string Profile => profile;

    /// <summary>How many are remembered.</summary>
    public int Count => book.Count;

    /// <summary>Says what is now known; writes a line to <c>findings</c> where it is news.</summary>
    /// <param name="key">The stage's own name for what triggered it, the same for every revision.</param>
    /// <param name="finding">What is known.</param>
    /// <param name="entry">The inbox entry that brought it, from 1.</param>
    /// <param name="record">The record in it, from 0.</param>
    /// <param name="output">Takes the line.</param>
    /// <returns>The finding's id.</returns>
    public string Say(string key, StageFinding finding, long entry, long record, IFoldOutput output)
    {
        var signature = SignatureOf(finding);
        var measure = finding.Measure.Count > 0 ? finding.Measure[0].Value : 0;
        if (!book.TryGetValue(key, out var said))
        {
            said = new Said { Id = IdOf(key, finding), Entry = entry, Record = record };
            book.Add(key, said);
        }
        else if (said.Signature == signature && !HasDoubled(said.Measure, measure))
        {
            return said.Id;
        }

        (said.Signature, said.Measure) = (signature, measure);
        said.Revision++;
        buffer.ResetWrittenCount();
        StageFindingJson.Write(buffer, finding, said.Id, said.Revision, profile, new StagePlace(stage, said.Entry, said.Record, group));
        output.WriteLine("findings", buffer.WrittenSpan);
        return said.Id;
    }

    /// <summary>The id under a key, or null where nothing was said.</summary>
    public string? IdOf(string key) => book.TryGetValue(key, out var said) ? said.Id : null;

    /// <summary>Forgets a finding that can no longer change; bounds the state.</summary>
    public void Forget(string key) => book.Remove(key);

    /// <summary>Forgets everything.</summary>
    public void Clear() => book.Clear();

    /// <summary>Writes the state as one JSON object.</summary>
    public void Save(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (key, said) in book)
        {
            json.WriteStartArray(key);
            json.WriteStringValue(said.Id);
            json.WriteNumberValue(said.Revision);
            json.WriteStringValue(said.Signature);
            json.WriteNumberValue(said.Measure);
            json.WriteNumberValue(said.Entry);
            json.WriteNumberValue(said.Record);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Takes the state that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Restore(JsonElement state)
    {
        book.Clear();
        try
        {
            foreach (var member in state.EnumerateObject())
            {
                var value = member.Value;
                book.Add(member.Name, new Said
                {
                    Id = value[0].GetString()!,
                    Revision = value[1].GetInt32(),
                    Signature = value[2].GetString()!,
                    Measure = value[3].GetInt64(),
                    Entry = value[4].GetInt64(),
                    Record = value[5].GetInt64(),
                });
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new InvalidDataException($"the findings of {stage} are damaged: {e.Message}", e);
        }
    }

    private string IdOf(string key, StageFinding finding)
    {
        var text = $"{FindingNames.Of(finding.Kind)}\n{finding.Subject}\n{finding.Concerns}\n{finding.Rule}\n{profile}\n{stage}\n{key}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdBytes));
    }

    private static string SignatureOf(StageFinding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(int)finding.Life}|{(int)finding.Severity}|{finding.IsSettled}|{finding.StartAtMs}|{finding.EndAtMs}|{finding.Subject}|{finding.Concerns}|{finding.Because}");

    private static bool HasDoubled(long before, long now) => Math.Abs(now) >= 2 * Math.Max(1, Math.Abs(before));

    private sealed class Said
    {
        public required string Id { get; init; }

        public required long Entry { get; init; }

        public required long Record { get; init; }

        public int Revision { get; set; }

        public string Signature { get; set; } = string.Empty;

        public long Measure { get; set; }
    }
}

/// <summary>Where in the inbox of a stage's group a finding began.</summary>
internal readonly record struct StagePlace(string Stage, long Entry, long Record, int Group = 0);
