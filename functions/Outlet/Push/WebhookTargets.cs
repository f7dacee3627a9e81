using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>The targets of a store: one small blob, <c>webhooks/targets</c>, changed by conditional writes.</summary>
/// <param name="store">The store.</param>
public sealed class WebhookTargets(IBlobStore store)
{
    /// <summary>Where they are kept.</summary>
    public const string BlobName = "webhooks/targets";

    /// <summary>Targets of a store.</summary>
    public const int TargetsMax = 200;

    private const int TriesMax = 20;

    /// <summary>All targets, closed ones too.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">Stop: they are damaged or from a newer version. Else trouble in the store.</exception>
    public async ValueTask<IReadOnlyList<WebhookTarget>> ReadAsync(CancellationToken cancel = default) =>
        (await ReadListAsync(cancel)).Targets;

    /// <summary>Adds a target, or replaces the one of its id.</summary>
    /// <param name="target">The target.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">FixInput: there are <see cref="TargetsMax"/> already. Else trouble in the store.</exception>
    public async ValueTask PutAsync(WebhookTarget target, CancellationToken cancel = default) => await ChangeAsync(
        targets => [.. targets.Where(one => one.Id != target.Id), target], cancel);

    /// <summary>Removes a target; false where there was none.</summary>
    /// <param name="id">The target.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public ValueTask<bool> RemoveAsync(string id, CancellationToken cancel = default) =>
        ChangeAsync(targets => targets.Any(one => one.Id == id) ? [.. targets.Where(one => one.Id != id)] : null, cancel);

    /// <summary>Changes one target; false where there is none or nothing to change.</summary>
    /// <param name="id">The target.</param>
    /// <param name="change">Gives it as it shall be, or null to leave it.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public ValueTask<bool> ChangeAsync(string id, Func<WebhookTarget, WebhookTarget?> change, CancellationToken cancel = default) =>
        ChangeAsync(
            targets => targets.FirstOrDefault(one => one.Id == id) is { } there && change(there) is { } changed
                ? [.. targets.Select(one => one.Id == id ? changed : one)]
                : null,
            cancel);

    private async ValueTask<bool> ChangeAsync(
        Func<IReadOnlyList<WebhookTarget>, IReadOnlyList<WebhookTarget>?> change, CancellationToken cancel)
    {
        for (var tried = 0; tried < TriesMax; tried++)
        {
            var blob = await store.GetAsync(BlobName, cancel);
            var list = blob is { } there ? Parse(there.Bytes.Span) : new WebhookList();
            if (change(list.Targets) is not { } changed)
            {
                return false;
            }

            if (changed.Count > TargetsMax)
            {
                throw new StoreException(StoreTrouble.FixInput, $"a store has at most {TargetsMax} targets: remove some first");
            }

            var bytes = JsonSerializer.SerializeToUtf8Bytes(list with { Targets = changed }, PushJson.Default.WebhookList);
            if ((await store.PutAsync(BlobName, bytes, blob is { } old ? PutCondition.IfMatch(old.ETag) : PutCondition.IfAbsent, cancel)).Written)
            {
                return true;
            }
        }

        throw new StoreException(StoreTrouble.Retry, $"others change {BlobName} all the time");
    }

    private async ValueTask<WebhookList> ReadListAsync(CancellationToken cancel) =>
        await store.GetAsync(BlobName, cancel) is { } blob ? Parse(blob.Bytes.Span) : new WebhookList();

    private static WebhookList Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, PushJson.Default.WebhookList) is { Format: WebhookList.FormatNow } list
                ? list
                : throw new StoreException(StoreTrouble.Stop, $"{BlobName} is from a newer version");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"{BlobName} is damaged", e);
        }
    }
}
