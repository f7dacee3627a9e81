using System.Globalization;
using System.Text;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Reads the query parameters of a page of items; the first one that is wrong is the answer.</summary>
internal sealed class ItemsRequest
{
    public const int LimitDefault = 100;
    public const int LimitMax = 10_000;

    private const int ValueLengthMax = 2_000;
    private const int ValuesMax = 100;

    private static readonly string[] Own = ["f", "limit", "bbox", "datetime", "since", "snapshot", "before"];

    private ItemsRequest(FeedSnapshot snapshot) => Snapshot = snapshot;

    /// <summary>What is asked.</summary>
    public FeedQuery Query { get; private set; } = new();

    /// <summary>The generation that answers.</summary>
    public FeedSnapshot Snapshot { get; private set; }

    /// <summary>The parameters that a next link repeats: all but the place in the pages and the format.</summary>
    public string Kept { get; private set; } = string.Empty;

    /// <summary>The names that a collection's items take.</summary>
    public static IReadOnlyList<string> NamesOf(FeedCollection collection) =>
        [.. Own, .. collection.Queryables.Select(q => q.Name)];

    /// <summary>Reads a request.</summary>
    public static FeedProblem? Read(
        IQueryCollection parameters, FeedCollection collection, ReadModel model, out ItemsRequest request)
    {
        request = new ItemsRequest(model.Current);
        var kept = new StringBuilder();
        foreach (var (name, values) in parameters)
        {
            var value = values.Count == 1 ? values[0] ?? string.Empty : string.Empty;
            var problem =
                !NamesOf(collection).Contains(name, StringComparer.Ordinal)
                    ? FeedProblem.BadParameter(name, "This parameter is not known here.", NamesOf(collection))
                : values.Count != 1 ? FeedProblem.BadParameter(name, "Give this parameter once.")
                : value.Length is 0 or > ValueLengthMax
                    ? FeedProblem.BadParameter(name, $"A value has 1 to {ValueLengthMax} characters.")
                : request.Take(name, value, collection, model);
            if (problem is not null)
            {
                return problem;
            }

            if (name is not ("snapshot" or "before"))
            {
                kept.Append(kept.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        request.Kept = kept.ToString();
        return parameters.ContainsKey("before") && !parameters.ContainsKey("snapshot")
            ? FeedProblem.BadParameter("before", "A place in the pages means something only with its 'snapshot'.")
            : null;
    }

    private FeedProblem? Take(string name, string value, FeedCollection collection, ReadModel model)
    {
        switch (name)
        {
            case "f":
                return null;
            case "limit":
                if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit < 1)
                {
                    return FeedProblem.BadParameter(name, $"A whole number from 1 to {LimitMax}.");
                }

                Query = Query with { Limit = (int)Math.Min(limit, LimitMax) };
                return null;
            case "bbox":
                return TakeBox(value);
            case "datetime":
                if (!TimeRange.TryParse(value, out var from, out var to))
                {
                    return FeedProblem.BadParameter(
                        name, "An RFC 3339 time, or a range of two; '..' leaves one end of a range open.",
                        ["2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z/2026-11-22T00:00:00Z", "../2026-11-22T00:00:00Z"]);
                }

                Query = Query with { FromMs = from, ToMs = to };
                return null;
            case "since":
                if (!model.TryGeneration(value, out var since))
                {
                    return FeedProblem.Gone(name);
                }

                Query = Query with { SinceGeneration = since };
                return null;
            case "snapshot":
                if (model.Find(value) is not { } snapshot)
                {
                    return FeedProblem.Gone(name);
                }

                Snapshot = snapshot;
                return null;
            case "before":
                if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
                {
                    return FeedProblem.BadParameter(name, "Take this from a next link; it is a whole number.");
                }

                Query = Query with { Before = before };
                return null;
            default:
                return TakeFilter(name, value, collection, model);
        }
    }

    private FeedProblem? TakeBox(string value)
    {
        const string Shape = "Four numbers (west,south,east,north) or six (with heights third and sixth), in degrees.";
        var parts = value.Split(',');
        Span<double> numbers = stackalloc double[6];
        if (parts.Length is not (4 or 6))
        {
            return FeedProblem.BadParameter("bbox", Shape);
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i]))
            {
                return FeedProblem.BadParameter("bbox", Shape);
            }
        }

        var half = parts.Length / 2;
        var (west, south, east, north) = (numbers[0], numbers[1], numbers[half], numbers[half + 1]);
        if (south > north || (half == 3 && numbers[2] > numbers[5]))
        {
            return FeedProblem.BadParameter("bbox", "South comes before north, and the lower height before the upper.");
        }

        if (Math.Abs(west) > 540 || Math.Abs(east) > 540)
        {
            return FeedProblem.BadParameter("bbox", "Longitudes are -180 to 180; once around the world is taken too.");
        }

        Query = Query with { Area = FeedArea.Of(west, south, east, north) };
        return null;
    }

    // An area's name has a comma of its own: area:57.25,11.25.
    private static string[] Subjects(string value)
    {
        var parts = value.Split(',').ToList();
        for (var i = 0; i + 1 < parts.Count; i++)
        {
            if (parts[i].StartsWith("area:", StringComparison.Ordinal))
            {
                parts[i] += "," + parts[i + 1];
                parts.RemoveAt(i + 1);
            }
        }

        return [.. parts];
    }

    private FeedProblem? TakeFilter(string name, string value, FeedCollection collection, ReadModel model)
    {
        // A plus that was not escaped arrives as a space, and no subject holds a space (mmsi:A+mmsi:B).
        var values = name is "subject" or "party" ? Subjects(value.Replace(' ', '+')) : value.Split(',');
        var queryable = collection.Queryables.First(q => q.Name == name);
        if (values.Length > ValuesMax)
        {
            return FeedProblem.BadParameter(name, $"At most {ValuesMax} values.");
        }

        if (model.Filter(collection, name, values) is not { } filter)
        {
            return queryable.Type switch
            {
                QueryableType.Boolean => FeedProblem.BadParameter(name, "True or false.", ["true", "false"]),
                QueryableType.Number => FeedProblem.BadParameter(name, "Whole numbers from 1, separated by commas."),
                QueryableType.Choice => FeedProblem.BadParameter(
                    name, "One of a list, or several separated by commas.", queryable.Choices),
                _ => FeedProblem.BadParameter(name, "Texts separated by commas, none of them empty."),
            };
        }

        Query = Query with { Filters = [.. Query.Filters, filter] };
        return null;
    }
}
