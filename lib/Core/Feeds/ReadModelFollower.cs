using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Feeds;

/// <summary>How a follower follows.</summary>
public sealed record FollowerOptions
{
    /// <summary>How often the checkpoints are looked at when nobody wakes the follower; default 2 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The shortest time between two looks, however often it is woken; default 250 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);
}

/// <summary>
/// Brings into the read model what the checkpoints of a store's groups name, and nothing else. All that one look finds
/// becomes visible at once. What fails is tried again at the next look; a segment that is gone for good (retention) is
/// passed over and counted.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="model">The model; the follower is its one writer.</param>
/// <param name="time">For waiting.</param>
/// <param name="options">Settings; null for the defaults.</param>
public sealed class ReadModelFollower(
    IBlobStore store, ReadModel model, TimeProvider time, FollowerOptions? options = null) : IDisposable
{
    private readonly FollowerOptions _options = options ?? new FollowerOptions();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Dictionary<GroupName, long> _seen = [];
    private IReadOnlyList<GroupName> _groups = [];
    private readonly ReferenceStore _reference = new(store);
    private StoreFormat? _format;
    private DateTimeOffset _zonesSeenAt = DateTimeOffset.MinValue;
    private int _zones;
    private int _lanes;
    private IReadOnlyCollection<string> _laneIds = [];

    /// <summary>Why the last look failed, for people; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How many groups the watch has; 0 until there is a store.</summary>
    public int Groups => _format?.Groups ?? 0;

    /// <summary>The store holds invented data.</summary>
    public bool Simulated => _format?.Simulated ?? false;

    /// <summary>Segments that a checkpoint names but that are gone.</summary>
    public long SegmentsGone { get; private set; }

    /// <summary>Looks once: true when something new is visible now.</summary>
    /// <param name="cancel">Stops the look.</param>
    /// <exception cref="StoreException">The store cannot be read; what was visible stays.</exception>
    public async ValueTask<bool> RefreshAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            _format ??= await StoreFormat.ReadAsync(store, cancel).ConfigureAwait(false);
            if (_groups.Count == 0 && _format is not null)
            {
                _groups = StageNames.AllGroups(_format.Groups);
            }

            foreach (var group in _groups)
            {
                await FollowAsync(group, cancel).ConfigureAwait(false);
            }

            await FollowReferenceAsync(cancel).ConfigureAwait(false);
            var before = model.Current.Generation;
            Trouble = null;
            return model.Publish().Generation != before;
        }
        catch (StoreException trouble)
        {
            // The names in the message are ours and may be told; the cause below it stays in the log.
            Trouble = string.Create(CultureInfo.InvariantCulture, $"{trouble.Trouble}: the store cannot be read");
            throw;
        }
        finally
        {
            _turn.Release();
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
                    await RefreshAsync(cancel).ConfigureAwait(false);
                }
                catch (StoreException trouble)
                {
                    onTrouble?.Invoke(trouble);
                }

                await Task.Delay(_options.Pause, time, cancel).ConfigureAwait(false);
                using var poll = new CancellationTokenSource(_options.Poll, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, cancel);
                try
                {
                    await _wake.WaitAsync(either.Token).ConfigureAwait(false);
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

    /// <summary>Says that a group has committed; cheap, and may be called as often as one likes.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been woken already.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();
        _wake.Dispose();
    }

    private async Task FollowAsync(GroupName group, CancellationToken cancel)
    {
        var reader = new CheckpointReader(store, group);
        var news = await reader.NewsAsync(_seen.GetValueOrDefault(group), cancel).ConfigureAwait(false);
        if (news is null)
        {
            return;
        }

        SegmentName[] wanted = [.. news.Segments.Where(segment => model.Takes(segment.Collection))];
        await foreach (var (segment, bytes) in SegmentReader.ReadAllAsync(store, wanted, cancel).ConfigureAwait(false))
        {
            if (bytes is { } found)
            {
                model.Load(segment, found.Span);
            }
            else
            {
                SegmentsGone++;
            }
        }

        _seen[group] = news.Checkpoint.Generation;
    }

    // Zones and lanes in force are the newest version; a listing costs more than a checkpoint, so it is made more seldom.
    private async Task FollowReferenceAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now - _zonesSeenAt < _options.Poll)
        {
            return;
        }

        var latest = await _reference.LatestVersionsAsync(cancel).ConfigureAwait(false);
        var version = latest.GetValueOrDefault(ReferenceKinds.Zones);
        if (version > _zones
            && await _reference.GetAsync(ReferenceKinds.Zones, version, cancel).ConfigureAwait(false) is { } bytes)
        {
            model.Replace("zones", ZoneLines.Of(bytes));
            _zones = version;
        }

        version = latest.GetValueOrDefault(ReferenceKinds.Lanes);
        if (version > _lanes
            && await _reference.GetAsync(ReferenceKinds.Lanes, version, cancel).ConfigureAwait(false) is { } lanes)
        {
            // What ships keep to by their own voyages stands in the same collection, and stays.
            var (lines, ids) = LaneLines.Of(lanes);
            model.Replace("lanes", lines, _laneIds);
            (_lanes, _laneIds) = (version, ids);
        }

        _zonesSeenAt = now;
    }
}
