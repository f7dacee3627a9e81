namespace MaritimeWatch.Reference.Lanes;

/// <summary>Sorts of ships that sail alike, by the first digits of the AIS ship type (ITU-R M.1371-5, table 53).</summary>
public static class ShipClass
{
    /// <summary>Lanes of all sorts together: what is used where a sort has too few voyages.</summary>
    public const string All = "all";

    /// <summary>Every sort, in ordinal order, without <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["cargo", "fast", "fishing", "leisure", "other", "passenger", "service", "tanker"];

    /// <summary>
    /// True for ships that sail from port to port: where none of their own sort was seen, the lanes of all ships hold for
    /// them. Fishing vessels, yachts, tugs and the unknown go where they like.
    /// </summary>
    public static bool IsMerchant(string name) => name is "cargo" or "fast" or "passenger" or "tanker";

    /// <summary>The sort of a ship type.</summary>
    /// <param name="shipType">As reported, 0 to 255; 0 is not available.</param>
    public static string Of(int shipType) => shipType switch
    {
        30 => "fishing",
        36 or 37 => "leisure",
        31 or 32 or (>= 50 and <= 59) => "service",
        >= 40 and <= 49 => "fast",
        >= 60 and <= 69 => "passenger",
        >= 70 and <= 79 => "cargo",
        >= 80 and <= 89 => "tanker",
        _ => "other",
    };
}
