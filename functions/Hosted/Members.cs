using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// Which workers live, so that each may leave the others' groups alone. Only a preference: two workers that both think a
/// group theirs waste work, and the checkpoint's conditional write keeps the result right. So a worker that cannot be
/// heard of, a clock that is some seconds off, or a list that was lost need no care.
/// </summary>
/// <param name="store">Where the list is kept.</param>
/// <param name="id">This worker: random for each start of a process.</param>
/// <param name="pace">How often it is said that this worker lives.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where trouble is said.</param>
internal sealed class Members(IBlobStore store, string id, HostedPace pace, TimeProvider time, ILogger log)
{
    /// <summary>Where the list is kept.</summary>
    public const string BlobNameOf = "workers/live";

    /// <summary>Workers in the list at most; others own nothing, and work on what they are handed.</summary>
    public const int WorkersMax = 64;

    private const int RacesMax = 4;

    private readonly Lock gate = new();
    private IReadOnlyList<LiveWorker> known = [];
    private string? eTag;
    private Task? renewal;
    private DateTimeOffset renewAt = DateTimeOffset.MinValue;
    private string[]? livedBefore;
    private bool isMissed;

    /// <summary>The workers that live now, this one among them, in order.</summary>
    public IReadOnlyList<string> Live
    {
        get
        {
            lock (gate)
            {
                return LiveAt(time.GetUtcNow());
            }
        }
    }

    /// <summary>Says that this worker lives, where that is due.</summary>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>
    /// True where other workers live than at the last call, or lived in between: what was theirs should be looked at.
    /// </returns>
    public async Task<bool> TouchAsync(CancellationToken cancel)
    {
        Task? wait = null;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= renewAt && renewal is null or { IsCompleted: true })
            {
                renewAt = now + pace.RenewEvery;
                wait = renewal = Task.Run(() => RenewAsync(now), CancellationToken.None);
            }
            else if (livedBefore is null)
            {
                wait = renewal; // Without a first look everything would seem ours.
            }
        }

        if (wait is not null)
        {
            await wait.WaitAsync(cancel);
        }

        lock (gate)
        {
            var live = LiveAt(time.GetUtcNow());
            if (!isMissed && livedBefore is not null && live.SequenceEqual(livedBefore))
            {
                return false;
            }

            (livedBefore, isMissed) = (live, false);
            return true;
        }
    }

    /// <summary>True where a group is best folded by this worker.</summary>
    /// <param name="group">The group.</param>
    public bool Owns(GroupName group) =>
        IsMine(StageNames.IsSpread(group.Stage) ? group.Group : Place(group.Stage));

    /// <summary>True where a stage's relay is best run by this worker: the one that folds its only group, if it has one.</summary>
    /// <param name="stage">The stage.</param>
    public bool OwnsRelay(string stage) => IsMine(Place(stage));

    private static int Place(string stage)
    {
        for (var place = 0; place < StageNames.AfterWatch.Count; place++)
        {
            if (StageNames.AfterWatch[place] == stage)
            {
                return place;
            }
        }

        return 0;
    }

    private bool IsMine(int place)
    {
        var live = Live;
        return live[place % live.Count] == id;
    }

    private string[] LiveAt(DateTimeOffset now) =>
        [.. known.Where(worker => worker.UntilAt > now && worker.Id != id).Select(worker => worker.Id).Append(id).Order(StringComparer.Ordinal)];

    private async Task RenewAsync(DateTimeOffset now)
    {
        try
        {
            for (var race = 0; race < RacesMax; race++)
            {
                if (eTag is null || race > 0)
                {
                    await ReadAsync();
                }

                LiveWorker[] next =
                [
                    .. known.Where(worker => worker.UntilAt > now && worker.Id != id).OrderByDescending(worker => worker.UntilAt)
                        .Take(WorkersMax - 1).Append(new LiveWorker(id, now + pace.LiveFor)).OrderBy(worker => worker.Id, StringComparer.Ordinal),
                ];
                var bytes = JsonSerializer.SerializeToUtf8Bytes(new LiveWorkers { Workers = next }, MembersJson.Default.LiveWorkers);
                var put = await store.PutAsync(
                    BlobNameOf, bytes, eTag is null ? PutCondition.IfAbsent : PutCondition.IfMatch(eTag), CancellationToken.None);
                if (put.Written)
                {
                    Take(next, put.ETag);
                    return;
                }
            }
        }
        catch (StoreException trouble)
        {
            log.LogWarning("Nobody can be told that this worker lives, which costs work and nothing else: {Why}", trouble.Message);
        }
    }

    private async Task ReadAsync()
    {
        var blob = await store.GetAsync(BlobNameOf, CancellationToken.None);
        var workers = blob is { } there ? Parse(there.Bytes.Span) : [];
        lock (gate)
        {
            // Who came and went while this worker had nothing to do is in the list and lives no more.
            isMissed |= workers.Any(worker => worker.Id != id && livedBefore?.Contains(worker.Id) == false);
        }

        Take(workers, blob?.ETag);
    }

    // A list that cannot be read is written anew.
    private static IReadOnlyList<LiveWorker> Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, MembersJson.Default.LiveWorkers)?.Workers ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private void Take(IReadOnlyList<LiveWorker> workers, string? version)
    {
        lock (gate)
        {
            (known, eTag) = (workers, version);
        }
    }
}

/// <summary>A worker and until when it counts as alive.</summary>
/// <param name="Id">The worker.</param>
/// <param name="UntilAt">UTC.</param>
internal sealed record LiveWorker(string Id, DateTimeOffset UntilAt);

/// <summary>The list as it is kept.</summary>
internal sealed record LiveWorkers
{
    public int Format { get; init; } = 1;

    public required IReadOnlyList<LiveWorker> Workers { get; init; }
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveWorkers))]
internal sealed partial class MembersJson : JsonSerializerContext;
