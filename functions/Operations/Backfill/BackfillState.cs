using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Operations;

/// <summary>What a shadow is a shadow of: written when it is begun, so that it can be taken up again and understood later.</summary>
public sealed record BackfillState
{
    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    /// <summary>Where it is kept in a shadow.</summary>
    public const string BlobNameOf = "backfill.json";

    /// <summary>Format of the state.</summary>
    public int Format { get; init; } = FormatNow;

    /// <summary>When it was begun, UTC.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>True where the live store's own inboxes are folded; false for recordings.</summary>
    public required bool IsFromInbox { get; init; }

    /// <summary>Profiles that it watches with; null for the live store's.</summary>
    public IReadOnlyList<string>? Profiles { get; init; }

    /// <summary>The last entry of each live inbox that belongs to it: <c>watch/000</c> and so on.</summary>
    public IReadOnlyDictionary<string, long> InboxUntil { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>It holds plates, manifests or notices: it cannot be taken up by another process, because keys are not stored.</summary>
    public bool HasDocuments { get; init; }

    /// <summary>Up to when its stages were told that time had gone on: what became known live later is not compared.</summary>
    public DateTimeOffset? WatchedUntil { get; init; }

    /// <summary>When it was done, UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The reach of such a shadow.</summary>
    [JsonIgnore]
    public ShadowReach Reach => new() { SharesProfiles = Profiles is null, InboxUntil = InboxUntil };

    /// <summary>Reads the state of a shadow, or null where there is none of that name.</summary>
    /// <param name="live">The live store.</param>
    /// <param name="name">The shadow.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Stop: it is from a newer version, or damaged.</exception>
    public static async ValueTask<BackfillState?> ReadAsync(IBlobStore live, string name, CancellationToken cancel)
    {
        if (await live.GetAsync(ShadowStore.PrefixOf(name) + BlobNameOf, cancel) is not { } blob)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(blob.Bytes.Span, BackfillJson.Default.BackfillState) is { Format: FormatNow } read
                ? read
                : throw new StoreException(StoreTrouble.Stop, $"the shadow {name} is from a newer version");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"the shadow {name} is damaged: {e.Message}", e);
        }
    }

    /// <summary>Writes it; who loses a race is told.</summary>
    /// <param name="shadow">The shadow.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">FixInput: another process has begun or ended it meanwhile.</exception>
    public async ValueTask WriteAsync(IBlobStore shadow, CancellationToken cancel)
    {
        var before = await shadow.GetAsync(BlobNameOf, cancel);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(this, BackfillJson.Default.BackfillState);
        var condition = before is { } there ? PutCondition.IfMatch(there.ETag) : PutCondition.IfAbsent;
        if (!(await shadow.PutAsync(BlobNameOf, bytes, condition, cancel)).Written)
        {
            throw new StoreException(StoreTrouble.FixInput, "another process works on this shadow");
        }
    }
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BackfillState))]
[JsonSerializable(typeof(BackfillDifferences))]
internal sealed partial class BackfillJson : JsonSerializerContext;
