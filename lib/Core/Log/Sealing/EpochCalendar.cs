using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// When one token key gives way to the next: epoch N runs for <see cref="EpochDays"/> whole days from day
/// N x <see cref="EpochDays"/> after 1970-01-01 UTC, and its key lives <see cref="OverlapDays"/> longer beside the next
/// one, so that habits carry over. The first use of a store writes its calendar down for good.
/// </summary>
public sealed record EpochCalendar
{
    internal const string BlobNameOf = "keys/calendar";

    /// <summary>Length of an epoch, days, 1 to 366; default 21.</summary>
    public int EpochDays { get; init; } = 21;

    /// <summary>How long both keys run side by side, days, 0 to <see cref="EpochDays"/>; default 7.</summary>
    public int OverlapDays { get; init; } = 7;

    /// <summary>The epoch of an instant.</summary>
    public int NumberAt(DateTimeOffset at) => (int)(DayOf(at) / EpochDays);

    /// <summary>The epoch whose key still runs beside that of the instant's own epoch, or null.</summary>
    public int? PreviousAt(DateTimeOffset at) => DayOf(at) % EpochDays < OverlapDays ? NumberAt(at) - 1 : null;

    /// <summary>When a key has no more use: the end of its epoch and of the overlap.</summary>
    public DateTimeOffset EndsAt(int number) =>
        DateTimeOffset.UnixEpoch.AddDays(((number + 1L) * EpochDays) + OverlapDays);

    /// <summary>Returns this calendar where it holds the rule that a key lives no longer than the reads.</summary>
    /// <param name="retentionDays">How long reads are kept, days.</param>
    /// <exception cref="StoreException">FixInput: an epoch and its overlap are longer than that, or out of range.</exception>
    public EpochCalendar Within(int retentionDays) =>
        EpochDays is >= 1 and <= 366 && OverlapDays >= 0 && OverlapDays <= EpochDays && EpochDays + OverlapDays <= retentionDays
            ? this
            : throw new StoreException(
                StoreTrouble.FixInput,
                $"an epoch of {EpochDays} days with {OverlapDays} days of overlap does not fit reads that are kept {retentionDays} days");

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, SealingJson.Default.EpochCalendar);

    internal static EpochCalendar Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SealingJson.Default.EpochCalendar)!;
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"{BlobNameOf} is damaged: {e.Message}", e);
        }
    }

    private static long DayOf(DateTimeOffset at) => (long)Math.Floor((at - DateTimeOffset.UnixEpoch).TotalDays);
}

/// <summary>How the small files of sealing are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EpochCalendar))]
[JsonSerializable(typeof(Erasure))]
internal sealed partial class SealingJson : JsonSerializerContext;
