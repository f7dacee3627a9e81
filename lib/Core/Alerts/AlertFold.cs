using System.Buffers;
using MaritimeWatch.Log;

namespace MaritimeWatch.Alerts;

/// <summary>
/// The stage alerts: what was observed beside what was declared, its risk, and one alert for a situation. It writes
/// <c>findings</c> (declared-mismatch), <c>assessments</c>, <c>alerts</c> and <c>deliveries</c>.
/// </summary>
/// <param name="options">Settings.</param>
public sealed class AlertFold(AlertOptions options) : IFold
{
    /// <summary>Settings.</summary>
    public AlertOptions Options { get; } = options;

    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta)
    {
    }

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target)
    {
    }

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target)
    {
    }

    /// <inheritdoc/>
    public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel) =>
        ValueTask.FromResult(FoldStep.EntryDone);

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
    }
}
