using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// Decides how much is taken: from how many landed blobs wait, and from what the store says. One for a process; its
/// doors ask it. A level begins and ends at different depths.
/// </summary>
/// <param name="depth">How many wait, and how many may.</param>
/// <param name="limits">When a level begins and ends.</param>
/// <param name="time">The clock.</param>
public sealed class LoadGauge(QueueDepth depth, LoadLimits limits, TimeProvider time)
{
    private const LoadLevel Highest = LoadLevel.NoScenes;

    private readonly Lock gate = new();
    private LoadLevel byDepth;
    private DateTimeOffset? heldSince;
    private LoadLevel byStore;
    private DateTimeOffset storeUntil;

    /// <summary>The level now.</summary>
    public LoadLevel Level
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                ByDepth(now);
                return now < storeUntil && byStore > byDepth ? byStore : byDepth;
            }
        }
    }

    /// <summary>True where what a level turns away is turned away now.</summary>
    /// <param name="level">A level after <see cref="LoadLevel.All"/>.</param>
    public bool Sheds(LoadLevel level) => Level >= level;

    /// <summary>The store has said "later" (throttled, timed out): what can wait does not add to it for a moment.</summary>
    public void OnStoreLater() => Raise(LoadLevel.NoExtras);

    /// <summary>The store takes no more: documents stay with their senders for a moment.</summary>
    public void OnStoreStopped() => Raise(LoadLevel.NoDocuments);

    private void Raise(LoadLevel level)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            byStore = now < storeUntil && byStore > level ? byStore : level;
            storeUntil = now + limits.StoreLaterFor;
        }
    }

    private void ByDepth(DateTimeOffset now)
    {
        var percent = depth.Waiting * 100L / depth.Max;
        while (byDepth < Highest && percent >= limits.BeginPercent[(int)byDepth])
        {
            byDepth++;
        }

        while (byDepth > LoadLevel.All && percent < limits.EndPercent[(int)byDepth - 1] && !IsHeld(byDepth, percent, now))
        {
            byDepth--;
        }

        heldSince = byDepth >= LoadLevel.NoStreams ? heldSince ?? now : null;
        if (now - heldSince >= limits.ScenesAfter)
        {
            byDepth = Highest;
        }
    }

    // The last level may have come by waiting and not by depth: then it ends with the level before it.
    private bool IsHeld(LoadLevel level, long percent, DateTimeOffset now) =>
        level == Highest && now - heldSince >= limits.ScenesAfter && percent >= limits.EndPercent[(int)LoadLevel.NoStreams - 1];
}
