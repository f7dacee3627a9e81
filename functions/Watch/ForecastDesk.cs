using MaritimeWatch.Forecasts;
using MaritimeWatch.Forecasts.Calls;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// A store seen by those who plan: reads the committed lines of calls, issues forecasts, and looks up those that were
/// issued. Lines are read again only when a group has committed since.
/// </summary>
/// <param name="blobs">The store.</param>
/// <param name="watchGroups">How many groups its watch has.</param>
/// <param name="options">How forecasts are made, or null for the usual values.</param>
internal sealed class ForecastDesk(IBlobStore blobs, int watchGroups, ForecastOptions? options = null) : IDisposable
{
    private static readonly string[] Collections = ["port-calls", "declared-calls", "scene-counts", "expected-arrivals"];
    private readonly SemaphoreSlim gate = new(1, 1);
    private (string Key, PortHistory History)? kept;

    /// <summary>Forecasts that were issued.</summary>
    public ForecastStore Issued { get; } = new(blobs);

    /// <summary>How forecasts are made.</summary>
    public ForecastOptions Options { get; } = options ?? ForecastOptions.Default;

    private IReadOnlyList<GroupName> Groups => StageNames.AllGroups(watchGroups);

    /// <summary>What is known of all ports now.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async Task<PortHistory> HistoryAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            var key = await KeyAsync(cancel);
            if (kept is not { } same || same.Key != key)
            {
                kept = same = (key, await ReadAsync(cancel));
            }

            return same.History;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Issues a forecast of every port as of a time.</summary>
    /// <param name="at">The time.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>How many were new.</returns>
    public async Task<int> IssueAsync(DateTimeOffset at, CancellationToken cancel) =>
        await new ForecastRun(await HistoryAsync(cancel), Issued, Options).RunAsync(null, at, cancel);

    /// <summary>Issues what is due by the clock; call it at least once an hour.</summary>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>How many were new.</returns>
    public async Task<int> IssueDueAsync(DateTimeOffset now, CancellationToken cancel) =>
        await new ForecastRun(await HistoryAsync(cancel), Issued, Options).RunDueAsync(now, cancel);

    /// <summary>Issues one forecast per port for each day that the store covers, and one for its end (a replay).</summary>
    /// <param name="until">The end, or null for when the last line became known.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>How many were new.</returns>
    public async Task<int> IssueDaysAsync(DateTimeOffset? until, CancellationToken cancel) =>
        await new ForecastRun(await HistoryAsync(cancel), Issued, Options).RunDaysAsync(until, cancel);

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<string> KeyAsync(CancellationToken cancel)
    {
        var key = new System.Text.StringBuilder();
        foreach (var group in Groups)
        {
            key.Append((await new CheckpointReader(blobs, group).ReadAsync(cancel))?.Generation ?? 0).Append(' ');
        }

        return key.ToString();
    }

    private async Task<PortHistory> ReadAsync(CancellationToken cancel)
    {
        var history = new PortHistory(await PlaceKinds.ReadAsync(new ReferenceStore(blobs), cancel));
        var output = new StoreOutput(blobs, Groups);
        foreach (var collection in Collections)
        {
            await foreach (var line in output.LinesAsync(collection, cancel))
            {
                history.Add(collection, line);
            }
        }

        return history;
    }
}
