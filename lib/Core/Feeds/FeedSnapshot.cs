namespace MaritimeWatch.Feeds;

/// <summary>One generation of the read model: it answers the same for as long as it is held.</summary>
public sealed class FeedSnapshot
{
    private readonly ReadModel _model;
    private readonly Dictionary<string, TableView> _views;

    internal FeedSnapshot(
        ReadModel model, int generation, string token, DateTimeOffset madeAt, Dictionary<string, TableView> views)
    {
        (_model, _views) = (model, views);
        (Generation, Token, MadeAt) = (generation, token, madeAt);
    }

    /// <summary>Counts the model's changes, from 1 (empty).</summary>
    public int Generation { get; }

    /// <summary>Names this generation to clients. Only <see cref="ReadModel.Hold"/> makes it last.</summary>
    public string Token { get; }

    /// <summary>When the generation was made.</summary>
    public DateTimeOffset MadeAt { get; }

    /// <summary>The latest time at which any vessel was heard, in event time; null before the first.</summary>
    public DateTimeOffset? LastEventAt => _views["vessels"].LatestStartMs(Generation) is { } at
        ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(at, DateTimeOffset.MinValue.ToUnixTimeMilliseconds()))
        : null;

    /// <summary>Finds and counts.</summary>
    /// <param name="collection">One of <see cref="FeedCollections"/>.</param>
    /// <param name="query">What to find.</param>
    public FeedPage Query(FeedCollection collection, FeedQuery query)
    {
        var isHistory = collection == FeedCollections.Revisions;
        var view = _views[isHistory ? FeedCollections.Findings.Id : collection.Id];
        return view.Query(query, Generation, !isHistory);
    }

    /// <summary>Counts what matches by the values of some queryables; exact, however many there are.</summary>
    /// <param name="collection">One of <see cref="FeedCollections"/>, but the revisions.</param>
    /// <param name="query">What to count; its limit and place mean nothing here.</param>
    /// <param name="names">Queryables that hold texts; one group for each combination that occurs.</param>
    /// <returns>The values in the order of the names, null where a line has none, and how many; ordered by the values.</returns>
    public IReadOnlyList<(IReadOnlyList<string?> Values, int Count)> CountBy(
        FeedCollection collection, FeedQuery query, params IReadOnlyList<string> names)
    {
        int[] columns = [.. names.Select(name => collection.Queryables.Select(q => q.Name).ToList().IndexOf(name))];
        return
        [
            .. _views[collection.Id].CountBy(query, Generation, columns)
                .Select(group => (Values: (IReadOnlyList<string?>)[.. group.Codes.Select(_model.TextOf)], group.Count))
                .OrderBy(group => string.Join('\n', group.Values), StringComparer.Ordinal),
        ];
    }

    /// <summary>The row of an id, or null; a revision's id is the finding's, a dot and the revision.</summary>
    public FeedRow? Find(FeedCollection collection, string id) => _model.FindRow(collection.Id, id, Generation);
}
