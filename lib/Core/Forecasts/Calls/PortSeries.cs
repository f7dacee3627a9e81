using MaritimeWatch.Reference;

namespace MaritimeWatch.Forecasts.Calls;

/// <summary>
/// What was said of one port, every revision with the time at which it could be known, so that the past can be seen as
/// it was seen then: <see cref="AsKnownAt"/>.
/// </summary>
public sealed class PortSeries
{
    private readonly PortCallRevision[] calls;
    private readonly DeclaredRevision[] declared;
    private readonly IReadOnlyList<long> newsAtMs;
    private readonly IReadOnlyDictionary<string, StoppingPlace> places;

    /// <summary>A port's past.</summary>
    /// <param name="port">UN/LOCODE.</param>
    /// <param name="calls">Revisions of visits, in any order.</param>
    /// <param name="declared">Revisions of announcements, in any order.</param>
    /// <param name="newsAtMs">When anything at any port became known, ascending: where it stops, reception stopped.</param>
    /// <param name="places">What sort each stopping place is.</param>
    public PortSeries(
        string port,
        IEnumerable<PortCallRevision> calls,
        IEnumerable<DeclaredRevision> declared,
        IReadOnlyList<long> newsAtMs,
        IReadOnlyDictionary<string, StoppingPlace> places)
    {
        Port = port;

        // A total order, so that the order in which lines were read makes no difference.
        this.calls = [.. calls.OrderBy(call => call.KnownAtMs).ThenBy(call => call.DepartureAtMs is null ? 0 : 1)
            .ThenBy(call => call.Id, StringComparer.Ordinal)];
        this.declared = [.. declared.OrderBy(notice => notice.KnownAtMs).ThenBy(notice => notice.EtaAtMs)
            .ThenBy(notice => notice.Key, StringComparer.Ordinal)];
        (this.newsAtMs, this.places) = (newsAtMs, places);
    }

    /// <summary>UN/LOCODE.</summary>
    public string Port { get; }

    /// <summary>What scenes show at its stopping places, every check of each, in any order.</summary>
    public IReadOnlyList<SceneCount> SceneCounts { get; init; } = [];

    /// <summary>
    /// What was said of where ships under way are bound for, by ship and then by time: every line of the ships that were ever bound
    /// for this port.
    /// </summary>
    public IReadOnlyList<ExpectedRevision> Expected { get; init; } = [];

    /// <summary>The port as it was known at a time: lines with a later <c>known_at</c> do not count.</summary>
    /// <param name="atMs">Milliseconds since 1970 UTC.</param>
    /// <param name="options">How far back, and what is a hole.</param>
    public PortPicture AsKnownAt(long atMs, ForecastOptions options)
    {
        var latest = new Dictionary<string, PortCallRevision>(StringComparer.Ordinal);
        foreach (var call in calls.TakeWhile(call => call.KnownAtMs <= atMs))
        {
            latest[call.Id] = call;
        }

        var notices = new Dictionary<string, Announced>(StringComparer.Ordinal);
        foreach (var notice in declared.TakeWhile(notice => notice.KnownAtMs <= atMs))
        {
            notices[notice.Key] = new Announced(
                notice, notices.TryGetValue(notice.Key, out var before) ? before.FirstKnownAtMs : notice.KnownAtMs);
        }

        var visits = latest.Values.Where(call => !call.IsRetracted && call.ArrivalAtMs <= atMs)
            .Select(call => new PortVisit(call, IsAnchorage(call.Place)));
        return PictureWriter.Draw(
            Port, atMs, visits, notices.Values.Where(notice => !notice.Last.IsCancelled), Heard.UpTo(newsAtMs, atMs, options), options,
            Sighted.Of(Port, Expected, atMs));
    }

    // A place that nobody described is taken for a berth: a queue must not be made of ships alongside.
    private bool IsAnchorage(string? place) =>
        place is not null && places.TryGetValue(place, out var kind) && kind == StoppingPlace.Anchorage;
}

/// <summary>An announced call as it stands, and since when it is known.</summary>
/// <param name="Last">Its latest revision.</param>
/// <param name="FirstKnownAtMs">When the first revision was known.</param>
internal readonly record struct Announced(DeclaredRevision Last, long FirstKnownAtMs);

/// <summary>A visit, and what sort of place it was to.</summary>
/// <param name="Call">The visit as it was known.</param>
/// <param name="IsAtAnchorage">At an anchorage; else at a berth.</param>
internal readonly record struct PortVisit(PortCallRevision Call, bool IsAtAnchorage)
{
    /// <summary>Since when it counts: waiting from coming in, being at berth from stopping.</summary>
    public long StartAtMs => IsAtAnchorage ? Call.ArrivalAtMs : Call.StopAtMs ?? Call.ArrivalAtMs;

    public bool IsThere(long atMs) => StartAtMs <= atMs && (Call.DepartureAtMs ?? long.MaxValue) > atMs;
}
