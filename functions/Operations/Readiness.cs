using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Operations;

/// <summary>What readiness is judged by.</summary>
public sealed record ReadinessParts
{
    /// <summary>The store.</summary>
    public required IBlobStore Store { get; init; }

    /// <summary>What wraps its keys.</summary>
    public required IVault Vault { get; init; }

    /// <summary>What groups cannot get over now; only whether there is any is told.</summary>
    public required Func<bool> IsAnyGroupInTrouble { get; init; }

    /// <summary>The intake turns everything away.</summary>
    public required Func<bool> IsIntakeStopped { get; init; }

    /// <summary>How many landed blobs wait.</summary>
    public required QueueDepth Depth { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>How long an answer is kept, so that probes cost little; default 5 s.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the store may take to answer; default 3 s.</summary>
    public TimeSpan StoreWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Trouble of a group that lasts longer counts as stuck; default 30 s.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Whether this process should be sent work, and why not, in words of a closed list that give nothing away.</summary>
/// <param name="parts">What it is judged by.</param>
public sealed class Readiness(ReadinessParts parts) : IDisposable
{
    /// <summary>The store does not answer, or says no.</summary>
    public const string StoreUnreachable = "store-unreachable";

    /// <summary>The store answers, and it is not a store of ours or of a newer version.</summary>
    public const string StoreUnknown = "store-unknown";

    /// <summary>The keys of the store do not open.</summary>
    public const string VaultClosed = "vault-closed";

    /// <summary>A group has not got on for a while.</summary>
    public const string GroupStuck = "group-stuck";

    /// <summary>The doors turn everything away because the store takes nothing.</summary>
    public const string IntakeStopped = "intake-stopped";

    /// <summary>So much waits that nothing more is taken.</summary>
    public const string QueueDeep = "queue-deep";

    private readonly SemaphoreSlim turn = new(1, 1);
    private IReadOnlyList<string> kept = [];
    private DateTimeOffset? keptAt;
    private DateTimeOffset? troubleSince;

    /// <summary>All reasons that may be given.</summary>
    public static IReadOnlyList<string> Reasons { get; } =
        [StoreUnreachable, StoreUnknown, VaultClosed, GroupStuck, IntakeStopped, QueueDeep];

    /// <summary>Why not; empty where it is ready.</summary>
    /// <param name="cancel">Stops the waiting.</param>
    public async Task<IReadOnlyList<string>> ReasonsAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var now = parts.Time.GetUtcNow();
            if (keptAt is null || now - keptAt >= parts.KeptFor)
            {
                (kept, keptAt) = (await LookAsync(now), now);
            }

            return kept;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<IReadOnlyList<string>> LookAsync(DateTimeOffset now)
    {
        List<string> reasons = [];
        if (await StoreAsync() is { } trouble)
        {
            reasons.Add(trouble);
        }

        troubleSince = parts.IsAnyGroupInTrouble() ? troubleSince ?? now : null;
        if (now - troubleSince >= parts.StuckAfter)
        {
            reasons.Add(GroupStuck);
        }

        if (parts.IsIntakeStopped())
        {
            reasons.Add(IntakeStopped);
        }

        if (parts.Depth.IsTooDeep)
        {
            reasons.Add(QueueDeep);
        }

        return reasons;
    }

    // Not under the probe's own token: an answer is kept for others, and a probe that gives up must not make it a no.
    private async Task<string?> StoreAsync()
    {
        using var limit = new CancellationTokenSource(parts.StoreWithin, parts.Time);
        try
        {
            if (await StoreFormat.ReadAsync(parts.Store, limit.Token) is null)
            {
                return StoreUnknown;
            }

            var key = await parts.Store.GetAsync(TokenKey.BlobNameOf, limit.Token);
            return key is { } there && parts.Vault.Unwrap(there.Bytes.Span).Length > 0 ? null : VaultClosed;
        }
        catch (InvalidDataException)
        {
            return VaultClosed;
        }
        catch (StoreException trouble)
        {
            return trouble.Trouble == StoreTrouble.Retry ? StoreUnreachable : StoreUnknown;
        }
        catch (OperationCanceledException)
        {
            return StoreUnreachable;
        }
    }
}
