using System.Globalization;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Bounds of the board.</summary>
public sealed record AlertBoardOptions
{
    /// <summary>How often the checkpoint is looked at when nobody wakes the board; default 2 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The shortest time between two looks; default 100 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Revisions kept for a stream that goes on after a cut; who was away longer gets the latest of each alert.</summary>
    public int RevisionsMax { get; init; } = 20_000;

    /// <summary>Alerts kept; those that have been silent for longest go first.</summary>
    public int AlertsMax { get; init; } = 20_000;
}

/// <summary>
/// The alerts of a store: what the checkpoint of the alerts stage names, and nothing else. It has the latest revision of
/// each alert and the newest revisions in their order. One writer (<see cref="RefreshAsync"/>), any number of readers.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">For waiting.</param>
/// <param name="options">Bounds; null for the defaults.</param>
public sealed class AlertBoard(IBlobStore store, TimeProvider time, AlertBoardOptions? options = null) : IDisposable
{
    // Room for the lines of one commit; the generation stands above them, so numbers grow and stay after a restart.
    private const int LineBits = 20;

    private readonly AlertBoardOptions bounds = options ?? new AlertBoardOptions();
    private readonly CheckpointReader reader = new(Operations.ShadowStore.Refuse(store), Group);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, AlertRevision> latest = new(StringComparer.Ordinal);
    private readonly List<AlertRevision> log = [];
    private TaskCompletionSource changed = NewSignal();
    private long seen;
    private bool hasLooked;
    private long floor;
    private long last;
    private long nextEntry = 1;

    /// <summary>The group that is followed.</summary>
    public static GroupName Group { get; } = new(StageNames.Alerts, 0);

    /// <summary>Why the last look failed, for people; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Lines that are no alert.</summary>
    public long LinesRefused { get; private set; }

    /// <summary>Segments that a checkpoint names but that are gone.</summary>
    public long SegmentsGone { get; private set; }

    /// <summary>The entry that the stage folds next, from 1: what stands before it has had its effect.</summary>
    public long NextEntry => Interlocked.Read(ref nextEntry);

    /// <summary>The place of the newest revision; 0 before any.</summary>
    public long Last => Interlocked.Read(ref last);

    /// <summary>The latest revision of an alert, or null.</summary>
    public AlertRevision? Find(string id)
    {
        lock (gate)
        {
            return latest.GetValueOrDefault(id);
        }
    }

    /// <summary>The latest revision of each alert that fits, newest alert first.</summary>
    public IReadOnlyList<AlertRevision> Latest(Func<AlertRevision, bool> fits)
    {
        lock (gate)
        {
            return (List<AlertRevision>)[.. latest.Values.Where(fits).OrderByDescending(a => a.OpenedAt).ThenBy(a => a.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>
    /// What came after a place, in order: every revision while the log reaches back so far, else the latest of each
    /// alert that changed since.
    /// </summary>
    /// <param name="sequence">The place seen last; 0 at first, which gives the latest of each alert.</param>
    /// <param name="fits">Which revisions to give.</param>
    public IReadOnlyList<AlertRevision> After(long sequence, Func<AlertRevision, bool> fits)
    {
        lock (gate)
        {
            return sequence > 0 && sequence >= floor
                ? (List<AlertRevision>)[.. log.Skip(FirstAfter(sequence)).Where(fits)]
                : [.. latest.Values.Where(a => a.Sequence > sequence && fits(a)).OrderBy(a => a.Sequence)];
        }
    }

    /// <summary>Ends when there is something after a place.</summary>
    public Task ChangedAsync(long sequence)
    {
        lock (gate)
        {
            return last > sequence ? Task.CompletedTask : changed.Task;
        }
    }

    /// <summary>Looks once.</summary>
    /// <exception cref="StoreException">The store cannot be read; what was there stays.</exception>
    public async ValueTask RefreshAsync(CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (await reader.NewsAsync(seen, cancel) is { } news)
            {
                await TakeAsync(news, cancel);
            }

            Trouble = null;
            hasLooked = true;
        }
        catch (StoreException trouble)
        {
            Trouble = string.Create(CultureInfo.InvariantCulture, $"{trouble.Trouble}: the alerts cannot be read");
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Looks now, then whenever it is woken or the poll time has passed, until it is cancelled.</summary>
    /// <param name="onTrouble">Told about each look that failed; the loop goes on.</param>
    /// <param name="cancel">Ends it, without an exception.</param>
    public async Task RunAsync(Action<StoreException>? onTrouble = null, CancellationToken cancel = default)
    {
        try
        {
            while (true)
            {
                try
                {
                    await RefreshAsync(cancel);
                }
                catch (StoreException trouble)
                {
                    onTrouble?.Invoke(trouble);
                }

                await Task.Delay(bounds.Pause, time, cancel);
                using var poll = new CancellationTokenSource(bounds.Poll, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, cancel);
                try
                {
                    await wake.WaitAsync(either.Token);
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
                {
                    // Nobody woke us: look all the same.
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }

    /// <summary>Says that the stage has committed; cheap, and may be called as often as one likes.</summary>
    public void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been woken already.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        turn.Dispose();
        wake.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // All of a look is read before any of it is seen: a look that fails half-way is made again from where it began.
    private async ValueTask TakeAsync(GroupNews news, CancellationToken cancel)
    {
        using var span = Traces.Start("alert")?.SetTag("generation", news.Checkpoint.Generation);
        List<AlertRevision> taken = [];
        var (refused, gone) = (0L, 0L);
        var (generation, line) = (0L, 0);
        SegmentName[] wanted = [.. news.Segments.Where(s => s.Collection == StageNames.Alerts)];
        await foreach (var (segment, bytes) in SegmentReader.ReadAllAsync(store, wanted, cancel))
        {
            (generation, line) = CheckpointReader.GenerationOf(segment) is var of && of != generation ? (of, 0) : (generation, line);
            if (bytes is not { } content)
            {
                gone++;
                continue;
            }

            foreach (var range in Lines(content))
            {
                line = Math.Min(line + 1, (1 << LineBits) - 1);
                var revision = AlertRevision.Parse(range.Span, (generation << LineBits) | (uint)line);
                if (revision is null)
                {
                    refused++;
                }
                else
                {
                    taken.Add(revision);
                }
            }
        }

        Publish(taken, news.Checkpoint, refused, gone);
    }

    private void Publish(List<AlertRevision> taken, Checkpoint checkpoint, long refused, long gone)
    {
        TaskCompletionSource? told = null;
        lock (gate)
        {
            (LinesRefused, SegmentsGone) = (LinesRefused + refused, SegmentsGone + gone);
            foreach (var revision in taken)
            {
                // A line that was written again, or late, is no news to anybody.
                if (!latest.TryGetValue(revision.Id, out var before) || before.Revision < revision.Revision)
                {
                    latest[revision.Id] = revision;
                    log.Add(revision);
                    if (hasLooked && before is null)
                    {
                        IntakeMeters.AlertLatency.Record(Math.Max(0, (time.GetUtcNow() - revision.OpenedAt).TotalSeconds));
                    }
                }
            }

            Bound();
            seen = checkpoint.Generation;
            Interlocked.Exchange(ref nextEntry, checkpoint.NextEntry);
            if (taken.Count > 0)
            {
                Interlocked.Exchange(ref last, taken[^1].Sequence);
                (told, changed) = (changed, NewSignal());
            }
        }

        told?.SetResult();
    }

    private void Bound()
    {
        if (log.Count > bounds.RevisionsMax)
        {
            var drop = log.Count - bounds.RevisionsMax;
            floor = log[drop - 1].Sequence;
            log.RemoveRange(0, drop);
        }

        if (latest.Count > bounds.AlertsMax)
        {
            foreach (var old in latest.Values.OrderBy(a => a.UpdatedAt).ThenBy(a => a.Sequence).Take(latest.Count - bounds.AlertsMax).ToList())
            {
                latest.Remove(old.Id);
            }
        }
    }

    private int FirstAfter(long sequence)
    {
        var (low, high) = (0, log.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = log[middle].Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (!line.Span.Trim(" \r\t"u8).IsEmpty)
            {
                yield return line;
            }
        }
    }
}
