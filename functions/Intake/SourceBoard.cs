using System.Collections.Concurrent;

namespace MaritimeWatch.Functions.Intake;

/// <summary>How one source stands, for people and for <c>/health</c>.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Door">Which door: http, tcp-client, tcp-server or udp.</param>
/// <param name="Connected">Whether a connection stands; null where the door knows none (http, udp).</param>
/// <param name="LastHeardAt">When bytes last came; null when never.</param>
/// <param name="SilentSince">Since when it has been silent for too long; null when it is not.</param>
/// <param name="FeedDown">True when it should be sending and is not.</param>
/// <param name="Lines">Lines received.</param>
/// <param name="Refused">Lines refused.</param>
/// <param name="Bytes">Bytes received.</param>
/// <param name="Shed">Datagrams or requests turned away because too much waited.</param>
public sealed record SourceStatus(
    string Source,
    string Door,
    bool? Connected,
    DateTimeOffset? LastHeardAt,
    DateTimeOffset? SilentSince,
    bool FeedDown,
    long Lines,
    long Refused,
    long Bytes,
    long Shed);

/// <summary>All sources that were heard or are waited for; bounded, because names come from outside.</summary>
public sealed class SourceBoard(TimeProvider time)
{
    /// <summary>Sources kept at most; later ones share the entry <c>other</c>.</summary>
    public const int SourcesMax = 1000;

    private readonly ConcurrentDictionary<(string Source, string Door), SourceEntry> entries = new();

    /// <summary>Finds or makes the entry of a source.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="door">Which door.</param>
    /// <param name="silentAfter">When silence means that it is down; null for a source that sends when it likes.</param>
    public SourceEntry Entry(string source, string door, TimeSpan? silentAfter)
    {
        var key = entries.Count < SourcesMax || entries.ContainsKey((source, door)) ? (source, door) : ("other", door);
        return entries.GetOrAdd(key, _ => new SourceEntry(door, silentAfter, time));
    }

    /// <summary>Lines of a source were refused; counted at the door that it came through.</summary>
    public void OnRefused(string source, long count)
    {
        foreach (var (key, entry) in entries)
        {
            if (key.Source == source)
            {
                entry.OnRefused(count);
                return;
            }
        }
    }

    /// <summary>How every source stands now, by name.</summary>
    public IReadOnlyList<SourceStatus> Snapshot() =>
        [.. entries.OrderBy(entry => entry.Key.Source, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.Door, StringComparer.Ordinal)
            .Select(entry => entry.Value.ToStatus(entry.Key.Source))];

    /// <summary>True once a receiver has been heard by a socket door; recordings come by http.</summary>
    public bool AnyLiveHeard => entries.Any(entry => entry.Key.Door != "http" && entry.Value.ToStatus("").LastHeardAt is not null);

    /// <summary>True when a source should be sending and is not.</summary>
    public bool AnyFeedDown => entries.Values.Any(entry => entry.ToStatus("").FeedDown);
}
