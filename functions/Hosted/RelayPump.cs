using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// Keeps one stage's relay warm between messages: it looks when a producer has committed something that the stage hears,
/// one look for all who ask. It remembers which groups it has given entries until somebody has taken them on.
/// </summary>
internal sealed class RelayPump
{
    private readonly Rounds<long?> rounds;
    private readonly Relay relay;
    private readonly Lock gate = new();
    private readonly Dictionary<GroupName, long> owed = [];
    private Dictionary<GroupName, Checkpoint?> news = [];
    private bool isAllToBeLookedAt;
    private bool isAllRead;

    /// <summary>A pump of one stage; nothing is read yet.</summary>
    /// <param name="plan">The stage.</param>
    /// <param name="level">How many stages stand between it and the watch, from 1.</param>
    /// <param name="newRelay">Makes its relay; told whom to tell what was appended.</param>
    /// <param name="pace">Its pace.</param>
    /// <param name="time">The clock.</param>
    public RelayPump(
        StagePlan plan, int level, Func<Action<GroupName, long>, Relay> newRelay, HostedPace pace, TimeProvider time)
    {
        (Plan, Level) = (plan, level);
        relay = newRelay(OnAppended);
        rounds = new Rounds<long?>(RoundAsync, pace.LookPause, time);
    }

    /// <summary>Whose relay it is.</summary>
    public StagePlan Plan { get; }

    /// <summary>How many stages stand between it and the watch, from 1.</summary>
    public int Level { get; }

    /// <summary>What the last failure said; null when the last look was good.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Any producer may have something new.</summary>
    public void MarkDirty()
    {
        lock (gate)
        {
            isAllToBeLookedAt = true;
        }
    }

    /// <summary>Every producer has been read: what they have committed is to be looked at, and the last round to be completed.</summary>
    /// <param name="read">All groups that have committed anything, each with its checkpoint.</param>
    public void MarkRead(IReadOnlyDictionary<GroupName, Checkpoint> read)
    {
        lock (gate)
        {
            isAllRead = true;
            foreach (var ear in Plan.Hears)
            {
                // What was committed here meanwhile is newer.
                if (read.TryGetValue(ear.Group, out var checkpoint) && !(news.GetValueOrDefault(ear.Group)?.Generation >= checkpoint.Generation))
                {
                    news[ear.Group] = checkpoint;
                }
            }
        }
    }

    /// <summary>Takes the mark away: somebody else looks. True where there was one.</summary>
    public bool TakeDirty()
    {
        var (taken, isAll, isRead) = TakeNews();
        return isAll || isRead || taken.Count > 0;
    }

    /// <summary>True where a producer has said what this stage hears, and no look has begun since.</summary>
    public bool IsDirty
    {
        get
        {
            lock (gate)
            {
                return isAllToBeLookedAt || isAllRead || news.Count > 0;
            }
        }
    }

    /// <summary>A producer has committed.</summary>
    /// <param name="producer">The group.</param>
    /// <param name="checkpoint">Its new checkpoint.</param>
    public void OnCommitted(GroupName producer, Checkpoint checkpoint)
    {
        if (Plan.Hears.FirstOrDefault(hears => hears.Group == producer) is { } ear && Says(checkpoint, ear.Collections))
        {
            lock (gate)
            {
                news[producer] = checkpoint;
            }
        }
    }

    /// <summary>
    /// Ends when all that producers had committed before this call is in the stage's inboxes; at once where nothing new was
    /// committed that it hears.
    /// </summary>
    /// <param name="cancel">Stops waiting; the look is ended all the same.</param>
    /// <exception cref="StoreException">Trouble in the store; ask again.</exception>
    public async Task LookAsync(CancellationToken cancel)
    {
        if (IsDirty)
        {
            await rounds.NextAsync().WaitAsync(cancel);
        }
        else if (rounds.IsRunning)
        {
            await rounds.JoinAsync().WaitAsync(cancel);
        }
    }

    /// <summary>The groups that were given entries, each with the last, and that nobody has taken on yet.</summary>
    public IReadOnlyList<(GroupName Group, long Number)> Owed()
    {
        lock (gate)
        {
            return [.. owed.Select(one => (one.Key, one.Value))];
        }
    }

    /// <summary>A group has got so far, or somebody else was told.</summary>
    /// <param name="group">The group.</param>
    /// <param name="number">The entry.</param>
    public void OnTakenOn(GroupName group, long number)
    {
        lock (gate)
        {
            if (owed.TryGetValue(group, out var last) && last <= number)
            {
                owed.Remove(group);
            }
        }
    }

    // A checkpoint names the segments of its own commit, unless they are many: then it is better to look.
    private static bool Says(Checkpoint checkpoint, IReadOnlyList<string> collections)
    {
        var fresh = checkpoint.Tail.Where(segment => CheckpointReader.GenerationOf(segment) == checkpoint.Generation).ToList();
        return fresh.Count == 0 || fresh.Any(segment => collections.Contains(segment.Collection));
    }

    private void OnAppended(GroupName group, long number)
    {
        lock (gate)
        {
            owed[group] = Math.Max(number, owed.GetValueOrDefault(group));
        }
    }

    private (Dictionary<GroupName, Checkpoint?> News, bool IsAll, bool IsRead) TakeNews()
    {
        lock (gate)
        {
            var taken = (news, isAllToBeLookedAt, isAllRead);
            (news, isAllToBeLookedAt, isAllRead) = ([], false, false);
            return taken;
        }
    }

    private async Task<long?> RoundAsync()
    {
        var (taken, isAll, isRead) = TakeNews();
        try
        {
            // What this process has committed or read itself needs not be read to be known.
            var last = isAll || isRead
                ? await relay.RunOnceAsync(isAll ? null : taken, CancellationToken.None)
                : await relay.LookAsync(taken, CancellationToken.None);
            Trouble = null;
            return last;
        }
        catch (Exception failure)
        {
            MarkDirty();
            Trouble = failure.Message;
            throw;
        }
    }
}
