using System.Globalization;
using System.Text.Json;

namespace MaritimeWatch.Log.Sealing;

/// <summary>What is left of a key after the purge: that there was one, when it went and why. Nothing personal.</summary>
/// <param name="Key">The key's name: <c>day/2026-11-22</c> or <c>epoch/983</c>.</param>
/// <param name="ErasedAt">When it was erased, UTC.</param>
/// <param name="Because">The rule that asked for it, for people.</param>
public sealed record Erasure(string Key, DateTimeOffset ErasedAt, string Because)
{
    /// <summary>The sentence that explain prints.</summary>
    public string ToWords() => string.Create(
        CultureInfo.InvariantCulture,
        $"erased: the key {Key} was deleted on {ErasedAt.UtcDateTime:yyyy-MM-dd} ({Because}); what was sealed under it can no longer be read by anybody");

    internal static string NameOf(string key) => "keys/erased/" + key;

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, SealingJson.Default.Erasure);

    internal static Erasure Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SealingJson.Default.Erasure)!;
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"a note of an erased key is damaged: {e.Message}", e);
        }
    }
}
