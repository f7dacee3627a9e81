using System.Globalization;
using System.Runtime.CompilerServices;

namespace MaritimeWatch.Log;

/// <summary>How long each class of data is kept, in whole days after the day it came; configuration.</summary>
public sealed record Retention
{
    private const string PoisonSuffix = "-poison";

    /// <summary>Bytes as received; default 90 days. Without them a finding can no longer be replayed.</summary>
    public int LandingDays { get; init; } = 90;

    /// <summary>What was refused; default 30 days.</summary>
    public int RejectsDays { get; init; } = 30;

    /// <summary>Landed and refused bytes of the personal sources; default 30 days.</summary>
    public int PersonalDataDays { get; init; } = 30;

    /// <summary>Findings, tracks and the other output; default 730 days.</summary>
    public int OutputDays { get; init; } = 730;

    /// <summary>Messages that failed too often, and the notes that they were sent again; default 30 days.</summary>
    public int PoisonDays { get; init; } = 30;

    /// <summary>
    /// Which pushes were delivered to whom; default 90 days: longer than <see cref="PoisonDays"/>, or a push that is sent
    /// again would reach those once more who have it.
    /// </summary>
    public int PushDays { get; init; } = 90;

    /// <summary>Sources whose bytes are personal data; a source <c>DOOR.SENDER</c> counts as its door.</summary>
    public IReadOnlySet<string> PersonalSources { get; init; } =
        new HashSet<string>(StringComparer.Ordinal) { "plates", "manifests", "notices" };

    /// <summary>
    /// Deletes the days of <c>landing/</c>, <c>rejects/</c>, dead letters (in <c>dead/</c> and in the poison blobs of
    /// embedded queues) and <c>pushes/</c> that their class no longer allows: a day goes when it ended longer ago than the
    /// class's days.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="now">Now, UTC.</param>
    /// <param name="cancel">Stops the work; what is left goes next time.</param>
    /// <returns>How many blobs were deleted.</returns>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async ValueTask<int> PurgeAsync(IBlobStore store, DateTimeOffset now, CancellationToken cancel = default)
    {
        var deleted = 0;
        await foreach (var name in ExpiredAsync(store, DateOnly.FromDateTime(now.UtcDateTime), cancel))
        {
            deleted += await store.DeleteAsync(name, cancel) ? 1 : 0;
        }

        return deleted;
    }

    private bool IsPersonal(string source) =>
        PersonalSources.Contains(source) || PersonalSources.Contains(source.Split('.', 2)[0]);

    private async IAsyncEnumerable<string> ExpiredAsync(
        IBlobStore store, DateOnly today, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (folder, days) in new[] { ("landing", LandingDays), ("rejects", RejectsDays), ("dead", PoisonDays), ("pushes", PushDays) })
        {
            await foreach (var entry in store.ListAsync(folder + "/", cancel))
            {
                var parts = entry.Name.Split('/');
                if (parts.Length >= 4
                    && DateOnly.TryParseExact(parts[2], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    && IsOver(day, parts[1], days, today))
                {
                    yield return entry.Name;
                }
            }
        }

        await foreach (var entry in store.ListAsync("queue/", cancel))
        {
            var parts = entry.Name.Split('/');
            if (parts.Length == 3 && parts[1].EndsWith(PoisonSuffix, StringComparison.Ordinal)
                && BlobQueue.SentAt(parts[2]) is { } sentAt
                && IsOver(DateOnly.FromDateTime(sentAt.UtcDateTime), parts[1][..^PoisonSuffix.Length], PoisonDays, today))
            {
                yield return entry.Name;
            }
        }
    }

    private bool IsOver(DateOnly day, string source, int days, DateOnly today) =>
        day.AddDays(IsPersonal(source) ? Math.Min(days, PersonalDataDays) : days) < today;
}
