using System.Globalization;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What is asked of a dossier: about whom, from which generation, and how much of each part.</summary>
/// <param name="Subject"><c>mmsi:N</c>, or the subject as findings name it.</param>
/// <param name="Snapshot">The generation that answers.</param>
/// <param name="Limit">The most lines of each part.</param>
internal sealed record DossierRequest(string Subject, FeedSnapshot Snapshot, int Limit)
{
    public const int LimitDefault = 50;
    public const int LimitMax = 500;

    private const int SubjectMax = 200;
    private static readonly string[] Known = ["f", "limit", "snapshot"];

    /// <summary>Reads a request, or says what is wrong with it.</summary>
    public static (DossierRequest? Request, FeedProblem? Problem) Read(FeedSite site)
    {
        var query = site.Context.Request.Query;
        if (query.FirstOrDefault(pair => !Known.Contains(pair.Key)) is { Key: { } unknown })
        {
            return (null, FeedProblem.BadParameter(unknown, "This parameter is not known here.", Known));
        }

        if (query.FirstOrDefault(pair => pair.Value.Count > 1) is { Key: { } twice })
        {
            return (null, FeedProblem.BadParameter(twice, "Give this parameter once."));
        }

        var limit = LimitDefault;
        if (query.ContainsKey("limit")
            && !(int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit > 0))
        {
            return (null, FeedProblem.BadParameter("limit", string.Create(CultureInfo.InvariantCulture, $"A whole number from 1 to {LimitMax}.")));
        }

        var snapshot = query.ContainsKey("snapshot") ? site.Model.Find(query["snapshot"].ToString()) : site.Model.Current;
        if (snapshot is null)
        {
            return (null, FeedProblem.Gone("snapshot"));
        }

        return SubjectOf((string)site.Context.GetRouteValue("id")!) is { } subject
            ? (new DossierRequest(subject, snapshot, Math.Min(limit, LimitMax)), null)
            : (null, FeedProblem.NotFound("Name a vessel by its nine digits, or by its subject."));
    }

    /// <summary>The subject of a name in an address; null where it can be none.</summary>
    public static string? SubjectOf(string name)
    {
        var bare = Uri.UnescapeDataString(name).Trim();
        return bare.Length is 0 or > SubjectMax || bare.Any(char.IsControl) ? null
            : bare.Length == 9 && bare.All(char.IsAsciiDigit) ? $"mmsi:{uint.Parse(bare, CultureInfo.InvariantCulture)}"
            : bare;
    }
}
