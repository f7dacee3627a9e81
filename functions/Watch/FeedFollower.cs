using System.Threading.Channels;
using MaritimeWatch.Feeds;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Keeps the read model up with the groups' checkpoints: at once after a commit of this process, and now and then for
/// those of others. Only what a checkpoint names is read.
/// </summary>
public sealed class FeedFollower
{
    private static readonly TimeSpan PublishAtMostEvery = TimeSpan.FromMilliseconds(250);

    private readonly CheckpointReader[] readers;
    private readonly long[] generations;
    private readonly HashSet<string> loaded = [];
    private readonly ReadModel model;
    private readonly TimeSpan pollEvery;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Channel<bool> signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile string? trouble;

    /// <summary>A follower of one stage.</summary>
    public FeedFollower(
        IBlobStore store, IEnumerable<GroupName> groups, ReadModel model, TimeSpan pollEvery, TimeProvider time, ILogger log)
    {
        readers = [.. groups.Select(group => new CheckpointReader(store, group))];
        generations = new long[readers.Length];
        (this.model, this.pollEvery, this.time, this.log) = (model, pollEvery, time, log);
    }

    /// <summary>Why the model cannot follow; null while it can.</summary>
    public string? Trouble => trouble;

    /// <summary>Something was committed.</summary>
    public void Wake() => signal.Writer.TryWrite(true);

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(cancel);
                trouble = null;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException failure)
            {
                if (trouble is null)
                {
                    log.LogWarning("The feeds cannot follow the store and try again: {Why}", failure.Message);
                }

                trouble = failure.Message;
            }

            await WaitAsync(cancel);
        }
    }

    /// <summary>Reads what is new in every group and shows it all at once.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        for (var group = 0; group < readers.Length; group++)
        {
            if (await readers[group].NewsAsync(generations[group], cancel) is not { } news)
            {
                continue;
            }

            foreach (var segment in news.Segments)
            {
                // After trouble half-way the rest is read, not all of it again.
                if (!loaded.Contains(segment.Blob))
                {
                    await model.LoadAsync(segment, cancel);
                    loaded.Add(segment.Blob);
                }
            }

            loaded.Clear();

            generations[group] = news.Checkpoint.Generation;
        }

        model.Publish();
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(pollEvery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await signal.Reader.ReadAsync(either.Token);
            await Task.Delay(PublishAtMostEvery, time, cancel); // Commits of several groups make one generation.
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the end has come.
        }
    }
}
