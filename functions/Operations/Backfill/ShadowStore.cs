using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// A store beside the live one, for output that nobody is alerted by. Whatever is written goes under
/// <c>shadow/NAME/</c>; landed data and reference data are read through from the live store. What makes an alert reach
/// somebody (queues, outboxes) cannot be written here at all: names that a fold and its reading do not need are refused.
/// </summary>
/// <remarks>
/// Keys are never stored under a shadow, or a purge would miss them: the live ones are read, new ones live and die with
/// this process. So what a shadow holds of personal documents is erased with the day's key, or is unreadable at once.
/// </remarks>
public sealed partial class ShadowStore : IBlobStore
{
    /// <summary>The folder of all shadows.</summary>
    public const string Folder = "shadow/";

    // What folds, relays, landings and the readers of their output write. Nothing else: no queue, no outbox.
    private static readonly string[] Writable =
    [
        "landing/", "rejects/", "reference/", "inbox/", "groups/", "relay/", "sets/", "replay/", "forecasts/", "packs/", "quicklooks/",
        StoreFormat.BlobNameOf, ProfilesBlob, BackfillState.BlobNameOf,
    ];

    private static readonly string[] InMemory = ["keys/", "replay/key", "replay/plates/", "replay/manifests/", "replay/notices/"];

    private const string ProfilesBlob = "watch.json";

    private readonly IBlobStore live;
    private readonly ShadowReach reach;
    private readonly Func<CancellationToken, ValueTask> pace;
    private readonly MemoryStore memory = new();
    private readonly string prefix;

    /// <summary>A shadow of a store.</summary>
    /// <param name="live">The live store; nothing outside the shadow's folder is changed in it.</param>
    /// <param name="name">The shadow's name; see <see cref="IsName"/>.</param>
    /// <param name="reach">What is read through besides landed and reference data.</param>
    /// <param name="pace">Waited for before every write, so that live traffic goes first; null never waits.</param>
    public ShadowStore(IBlobStore live, string name, ShadowReach? reach = null, Func<CancellationToken, ValueTask>? pace = null)
    {
        if (!IsName(name))
        {
            throw new StoreException(StoreTrouble.FixInput, "a shadow's name has 1 to 40 of a-z 0-9 - and begins with a letter or figure");
        }

        (this.live, this.reach) = (live is ShadowStore ? throw new ArgumentException("a shadow has no shadow", nameof(live)) : live, reach ?? new ShadowReach());
        this.pace = pace ?? (static _ => ValueTask.CompletedTask);
        prefix = PrefixOf(name);
    }

    /// <summary>True for a name that a shadow may have.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) => NameRule().IsMatch(name);

    /// <summary>The folder of a shadow.</summary>
    /// <param name="name">Its name.</param>
    public static string PrefixOf(string name) => $"{Folder}{name}/";

    /// <summary>Gives a store on, unless it is a shadow: for whatever tells somebody of alerts.</summary>
    /// <param name="store">A store.</param>
    /// <exception cref="ArgumentException">It is a shadow.</exception>
    public static IBlobStore Refuse(IBlobStore store) =>
        store is ShadowStore ? throw new ArgumentException("nobody is alerted by a shadow", nameof(store)) : store;

    /// <inheritdoc/>
    public async ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) =>
        await (IsInMemory(name) ? memory : live).GetAsync(IsInMemory(name) ? name : Own(name), cancel)
        ?? (IsReadThrough(name) ? await live.GetAsync(name, cancel) : null);

    /// <inheritdoc/>
    public async ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) =>
        await (IsInMemory(name) ? memory : live).OpenReadAsync(IsInMemory(name) ? name : Own(name), offset, cancel)
        ?? (IsReadThrough(name) ? await live.OpenReadAsync(name, offset, cancel) : null);

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetRangeAsync(string name, long offset, int length, CancellationToken cancel) =>
        await (IsInMemory(name) ? memory : live).GetRangeAsync(IsInMemory(name) ? name : Own(name), offset, length, cancel)
        ?? (IsReadThrough(name) ? await live.GetRangeAsync(name, offset, length, cancel) : null);

    /// <inheritdoc/>
    public async ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        var own = await ToWriteAsync(name, cancel);
        return await IsHeldByLiveAsync(name, cancel)
            ? new PutResult(false, null)
            : await (IsInMemory(name) ? memory : live).PutAsync(own, content, condition, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel)
    {
        var own = await ToWriteAsync(name, cancel);
        return await IsHeldByLiveAsync(name, cancel)
            ? new PutResult(false, null)
            : await (IsInMemory(name) ? memory : live).PutStreamIfAbsentAsync(own, content, cancel);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Two sorted listings side by side; the shadow's own blob hides the live one of its name.
        await using var own = OwnAsync(prefix, cancel).GetAsyncEnumerator(cancel);
        await using var through = ThroughAsync(prefix, cancel).GetAsyncEnumerator(cancel);
        var (hasOwn, hasThrough) = (await own.MoveNextAsync(), await through.MoveNextAsync());
        while (hasOwn || hasThrough)
        {
            var order = !hasOwn ? 1 : !hasThrough ? -1 : string.CompareOrdinal(own.Current.Name, through.Current.Name);
            yield return order <= 0 ? own.Current : through.Current;
            hasOwn = order <= 0 ? await own.MoveNextAsync() : hasOwn;
            hasThrough = order >= 0 ? await through.MoveNextAsync() : hasThrough;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) =>
        await (IsInMemory(name) ? memory : live).DeleteAsync(await ToWriteAsync(name, cancel), cancel);

    private static bool IsInMemory(string name) => Array.Exists(InMemory, start => name.StartsWith(start, StringComparison.Ordinal));

    private string Own(string name) => prefix + BlobName.Check(name);

    private async ValueTask<string> ToWriteAsync(string name, CancellationToken cancel)
    {
        if (IsInMemory(name))
        {
            return name;
        }

        if (!Array.Exists(Writable, start => start[^1] == '/' ? name.StartsWith(start, StringComparison.Ordinal) : name == start))
        {
            throw new InvalidOperationException($"a shadow does not write {name.Split('/')[0]}");
        }

        await pace(cancel);
        return Own(name);
    }

    private async ValueTask<bool> IsHeldByLiveAsync(string name, CancellationToken cancel)
    {
        if (!IsReadThrough(name))
        {
            return false;
        }

        await using var there = await live.OpenReadAsync(name, 0, cancel);
        return there is not null;
    }

    // Keys with the notes of those that were erased. Whether groups were told of a version is the shadow's own matter: its inboxes are its own.
    private bool IsReadThrough(string name) =>
        name.StartsWith("landing/", StringComparison.Ordinal)
        || (name.StartsWith("reference/", StringComparison.Ordinal) && !name.EndsWith(".told", StringComparison.Ordinal))
        || name.StartsWith("keys/", StringComparison.Ordinal)
        || (name == ProfilesBlob && reach.SharesProfiles)
        || (name.StartsWith("inbox/", StringComparison.Ordinal) && reach.Includes(name));

    private async IAsyncEnumerable<BlobEntry> OwnAsync(string under, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (IsInMemory(under))
        {
            await foreach (var entry in memory.ListAsync(under, cancel))
            {
                yield return entry;
            }

            yield break;
        }

        await foreach (var entry in live.ListAsync(prefix + under, cancel))
        {
            yield return entry with { Name = entry.Name[prefix.Length..] };
        }
    }

    private async IAsyncEnumerable<BlobEntry> ThroughAsync(string under, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (under.Length == 0 || under.StartsWith("shadow", StringComparison.Ordinal))
        {
            yield break; // Everything, or other shadows: only a shadow's own blobs are listed so.
        }

        await foreach (var entry in live.ListAsync(under, cancel))
        {
            if (IsReadThrough(entry.Name))
            {
                yield return entry;
            }
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex NameRule();
}

/// <summary>What a shadow reads through from the live store besides landed and reference data.</summary>
public sealed record ShadowReach
{
    /// <summary>It watches with the live store's profiles.</summary>
    public bool SharesProfiles { get; init; }

    /// <summary>The live inboxes that it folds, with the last entry of each: what comes later is not part of it.</summary>
    public IReadOnlyDictionary<string, long> InboxUntil { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    internal bool Includes(string name)
    {
        var slash = name.LastIndexOf('/');
        return InboxUntil.TryGetValue(name["inbox/".Length..Math.Max(slash, "inbox/".Length)], out var until)
            && long.TryParse(name.AsSpan(slash + 1), out var number) && number <= until;
    }
}
