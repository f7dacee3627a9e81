using System.Text.Json;

namespace MaritimeWatch.Log;

/// <summary>What was decided for good when a store was made: <c>store.json</c>.</summary>
public sealed record StoreFormat
{
    /// <summary>The newest format that this build knows.</summary>
    public const int FormatNow = 1;

    /// <summary>Where it is kept.</summary>
    public const string BlobNameOf = "store.json";

    /// <summary>Format of everything in the store.</summary>
    public required int Format { get; init; }

    /// <summary>How many groups share the 256 shards, 1 to 256; default 4.</summary>
    public required int Groups { get; init; }

    /// <summary>The store holds invented data; everything shown from it says so.</summary>
    public required bool Simulated { get; init; }

    /// <summary>When the store was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The map from shards to groups.</summary>
    public GroupMap Map() => new(Groups);

    /// <summary>Reads what a store is, or null where nothing has been made yet.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">Stop: made by a newer version, or store.json is damaged.</exception>
    public static async ValueTask<StoreFormat?> ReadAsync(IBlobStore store, CancellationToken cancel = default) =>
        await store.GetAsync(BlobNameOf, cancel) is { } blob ? Parse(blob.Bytes.Span) : null;

    /// <summary>Opens a store that must have been made.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">FixInput: there is no store; Stop: as <see cref="ReadAsync"/>.</exception>
    public static async ValueTask<StoreFormat> OpenAsync(IBlobStore store, CancellationToken cancel = default) =>
        await ReadAsync(store, cancel)
        ?? throw new StoreException(StoreTrouble.FixInput, "there is no store here (store.json is missing)");

    /// <summary>Opens a store, and makes it first where there is none. Who loses a race takes what the winner made.</summary>
    /// <param name="store">The store.</param>
    /// <param name="createdAt">Now, UTC.</param>
    /// <param name="groups">How many groups a new store has, 1 to 256.</param>
    /// <param name="simulated">A new store will hold invented data.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="StoreException">Stop: made by a newer version, or store.json is damaged.</exception>
    public static async ValueTask<StoreFormat> OpenOrCreateAsync(
        IBlobStore store, DateTimeOffset createdAt, int groups = 4, bool simulated = false, CancellationToken cancel = default)
    {
        if (await ReadAsync(store, cancel) is { } there)
        {
            return there;
        }

        var made = new StoreFormat
        {
            Format = FormatNow,
            Groups = new GroupMap(groups).Groups,
            Simulated = simulated,
            CreatedAt = createdAt.ToUniversalTime(),
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(made, LogJson.Default.StoreFormat);
        var put = await store.PutAsync(BlobNameOf, bytes, PutCondition.IfAbsent, cancel);
        return put.Written ? made : await OpenAsync(store, cancel);
    }

    private static StoreFormat Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            // The format comes first: a newer one may have changed everything else.
            var format = JsonSerializer.Deserialize(json, LogJson.Default.FormatOnly)?.Format ?? 0;
            if (format > FormatNow)
            {
                throw LogJson.Newer(BlobNameOf, format, FormatNow);
            }

            var read = JsonSerializer.Deserialize(json, LogJson.Default.StoreFormat)!;
            return read.Groups is >= 1 and <= GroupMap.Shards
                ? read
                : throw new StoreException(StoreTrouble.Stop, $"store.json is damaged: {read.Groups} groups");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"store.json is damaged: {e.Message}", e);
        }
    }
}
