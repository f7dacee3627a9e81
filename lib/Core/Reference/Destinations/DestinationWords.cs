using System.Text;

namespace MaritimeWatch.Reference.Destinations;

/// <summary>
/// The free text of a destination (ITU-R M.1371 message 5: 20 characters, padded with <c>@</c>) cut into what it says:
/// places that it may name, in the order typed, and whether arrows say which one is meant.
/// </summary>
internal sealed class DestinationWords
{
    /// <summary>Longer texts are cut: AIS sends 20, a stored card 35 characters.</summary>
    public const int LengthMax = 64;

    private const int SegmentsMax = 8;

    // Words that say what is done there, or what sort of place it is, and never which.
    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal)
    {
        "FOR", "ORDER", "ORDERS", "ORD", "FO", "F", "O", "PILOT", "PILOTS", "PILOTAGE", "PS", "PBP", "PBG", "STN", "STATION", "BOARDING",
        "ANCH", "ANCHOR", "ANCHORAGE", "ANCHARAGE", "ANC", "OPL", "ROADS", "ROAD", "RDS", "RD", "ROADSTEAD", "REDE", "REED", "PORT",
        "HARBOUR", "HARBOR", "HAFEN", "HAVN", "HAMN", "HAVEN", "TERMINAL", "TERM", "QUAY", "BERTH", "DOCK", "AREA", "CITY", "TO", "BACK", "THE", "OF",
        "AT", "SEA", "ATSEA", "SEATRIAL", "SEATRIALS", "SEATRAIL", "SEATRAILS", "TRIAL", "TRIALS", "TRAIL", "TEST", "HIGHSEA", "HIGHSEAS", "HIGH", "SEAS",
        "HOME", "HOMEPORT", "SWEET", "HJEM", "FISHING", "FISHINGGROUND", "FISHINGGROUNDS", "GROUND", "GROUNDS", "ENGAGED", "IN", "ON", "DUTY", "SERVICE",
        "WORK", "WORKING", "JOB", "SITE", "UNDER", "TOW", "TOWING", "WAITING", "TBA", "TBN", "TBC", "NIL", "NONE", "NA", "UNKNOWN", "UNKOWN", "NOT", "DEFINED",
        "KEEP", "CLEAR", "TRAFFIC", "LOCAL", "CRUISE", "CRUISING", "SAILING", "TRAINING", "PATROL", "PATROUILLE", "CH", "VHF", "DEST", "DESTINATION",
        "STATIONARY", "PLATFORM", "WINDFARM", "FARM", "WIND", "FERRY", "RR", "RUTE", "ROUTE", "ETA", "BUNKER", "BUNKERS", "BUNKERING", "EAST", "WEST", "NORTH",
        "SOUTH", "INNER", "OUTER", "ARMED", "GUARDS", "ONBOARD", "SUPPLY", "SURVEY", "MOORED", "DRIFTING", "MOBILE", "TLF", "MOB", "TEL", "PEC", "DP", "NOK",
    };

    private DestinationWords(bool isEmpty, List<DestinationSegment> segments) => (IsEmpty, Segments) = (isEmpty, segments);

    /// <summary>Nothing was typed.</summary>
    public bool IsEmpty { get; }

    /// <summary>What may name a place.</summary>
    public IReadOnlyList<DestinationSegment> Segments { get; }

    /// <summary>True for a word that names no place.</summary>
    public static bool IsNoise(string word) => Noise.Contains(word) || (word.Length <= 5 && word.StartsWith("CH", StringComparison.Ordinal) && word[2..].All(char.IsAsciiDigit));

    /// <summary>Cuts a text.</summary>
    public static DestinationWords Of(string? text)
    {
        var plain = PlainLetters.Of((text ?? string.Empty).TrimEnd('@', ' '), LengthMax).Trim();
        if (plain.Length == 0)
        {
            return new DestinationWords(true, []);
        }

        plain = plain.Replace("U.K", " UK", StringComparison.Ordinal).Replace("U.S.A", " USA", StringComparison.Ordinal)
            .Replace("U.S", " US", StringComparison.Ordinal).Replace("N.Z", " NZ", StringComparison.Ordinal)
            .Replace("<=>", "<>", StringComparison.Ordinal).Replace("<->", "<>", StringComparison.Ordinal)
            .Replace("->", ">", StringComparison.Ordinal).Replace("=>", ">", StringComparison.Ordinal)
            .Replace(" TO ", ">", StringComparison.Ordinal);
        var segments = new List<DestinationSegment>();
        if (plain.Contains("<>", StringComparison.Ordinal))
        {
            Add(segments, plain.Split("<>"), SegmentRole.OneOf);
        }
        else
        {
            var parts = plain.Split('>', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            for (var part = 0; part < parts.Length; part++)
            {
                Add(segments, [parts[part]], part < parts.Length - 1 ? SegmentRole.Origin : SegmentRole.Target);
            }
        }

        return new DestinationWords(false, segments);
    }

    private static void Add(List<DestinationSegment> segments, string[] parts, SegmentRole role)
    {
        foreach (var part in parts)
        {
            var words = Words(part.Replace('/', ' '));
            if (words.Count > 0 && segments.Count < SegmentsMax)
            {
                segments.Add(new DestinationSegment(role, WithoutVia(words), Pieces(part)));
            }
        }
    }

    // "ROTTERDAM VIA KIEL" is Rotterdam; "VIA NOK ROTTERDAM" too.
    private static List<string> WithoutVia(List<string> words)
    {
        var via = words.IndexOf("VIA");
        return via < 0 ? words : via > 0 ? words[..via] : words.Count > 2 ? words[2..] : words[1..];
    }

    // A hyphen, a stroke or an equals sign may stand between two places, or within one name: both are tried.
    private static List<List<string>> Pieces(string part)
    {
        var pieces = part.Split(['-', '/', '=', '&', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return pieces.Length < 2 ? [] : [.. pieces.Take(SegmentsMax).Select(piece => WithoutVia(Words(piece))).Where(words => words.Count > 0)];
    }

    private static List<string> Words(string part)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in part + " ")
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                word.Append(letter);
            }
            else if (letter != '\'' && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return words;
    }
}

/// <summary>A part of a destination text that may name a place.</summary>
/// <param name="Role">What it stands for.</param>
/// <param name="Words">Its words, capitals and digits; at least one unless it only said VIA.</param>
/// <param name="Pieces">The places that it names where its hyphens and strokes part places; empty where it has none.</param>
internal sealed record DestinationSegment(SegmentRole Role, List<string> Words, List<List<string>> Pieces);

/// <summary>What a part of a destination text stands for.</summary>
internal enum SegmentRole
{
    /// <summary>Where it goes.</summary>
    Target,

    /// <summary>Where it comes from: before an arrow.</summary>
    Origin,

    /// <summary>One end of a line that is sailed to and fro.</summary>
    OneOf,
}
