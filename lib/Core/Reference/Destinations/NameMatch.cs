namespace MaritimeWatch.Reference.Destinations;

/// <summary>
/// Which ports a text may name, and how strongly: odds against the text meaning none of them, before it is asked where the
/// ship is. Depends on the text and the ports alone, so that it may be remembered.
/// </summary>
internal sealed class NameMatch(PortNames names)
{
    private const int TextsMax = 4096;
    private const int CandidatesMax = 64;
    private const int NamesLettersMin = 4;

    private readonly Dictionary<string, TextMatch> known = new(StringComparer.Ordinal);

    /// <summary>What a text may name.</summary>
    public TextMatch Of(string text)
    {
        if (!known.TryGetValue(text, out var match))
        {
            if (known.Count >= TextsMax)
            {
                known.Clear();
            }

            known.Add(text, match = Match(DestinationWords.Of(text)));
        }

        return match;
    }

    private TextMatch Match(DestinationWords words)
    {
        var found = new Dictionary<int, Named>();
        var sort = words.IsEmpty ? DestinationSort.Empty : DestinationSort.NoPlace;
        foreach (var segment in words.Segments)
        {
            var said = new List<(List<string> Words, int Place)>();
            var whole = Candidates(segment.Words, isPiece: false);
            if (segment.Pieces.Count > 1 && whole.Best < MatchOdds.Name)
            {
                said.AddRange(segment.Pieces.Select((piece, place) => (piece, place)));
            }
            else
            {
                said.Add((segment.Words, 0));
            }

            var read = said.ConvertAll(one => said.Count == 1 ? whole : Candidates(one.Words, isPiece: true));
            for (var i = 0; i < said.Count; i++)
            {
                var here = read[i];
                var role = segment.Role == SegmentRole.Target && said.Count > 1 ? SegmentRole.OneOf : segment.Role;
                sort = Later(sort, here.Sort);
                foreach (var (port, like) in here.Ports)
                {
                    Keep(found, port, new Named(port, like.Odds / Doubt(read, i), role, said[i].Place, like.By, like.IsNearly));
                }
            }
        }

        return new TextMatch(
            found.Count > 0 ? DestinationSort.Ports : sort,
            [.. found.Values.OrderByDescending(one => one.OddsHundredths).ThenBy(one => one.Port).Take(CandidatesMax)],
            CountryOnly(words));
    }

    // Of two places the reference has one: the other may be where it goes, the later one of both most likely.
    private static int Doubt(List<Segment> read, int at) =>
        read.Skip(at + 1).Any(later => later.Sort == DestinationSort.UnknownPlace) ? MatchOdds.UnknownLaterDivisor
        : read.Take(at).Any(earlier => earlier.Sort == DestinationSort.UnknownPlace) ? MatchOdds.UnknownEarlierDivisor : 1;

    private string? CountryOnly(DestinationWords words) => words.Segments.Count == 0 ? null
        : CountryWords.CodeOf(string.Concat(words.Segments[^1].Words), names.Countries);

    private static DestinationSort Later(DestinationSort a, DestinationSort b) => a > b ? a : b;

    private static void Keep(Dictionary<int, Named> found, int port, Named one)
    {
        // Where it comes from is no place that it goes to, unless it is named again.
        if (!found.TryGetValue(port, out var before) || before.Role == SegmentRole.Origin || one.OddsHundredths > before.OddsHundredths)
        {
            found[port] = one;
        }
    }

    private Segment Candidates(List<string> all, bool isPiece)
    {
        if (all.Count == 0)
        {
            return new Segment(DestinationSort.NoPlace, []);
        }

        var country = CountryOf(all, out var left);
        var words = left.Where(word => !DestinationWords.IsNoise(word) && !word.All(char.IsAsciiDigit)).ToList();
        var ports = new Dictionary<int, Likeness>();
        ByCode(all, ports);
        ByName(left, words, ports);
        if (ports.Count == 0 && words.Count > 0)
        {
            ByLikeness(left, words, isPiece, ports);
        }

        var sort = ports.Count > 0 ? DestinationSort.Ports
            : words.Count == 0 ? country is null ? DestinationSort.NoPlace : DestinationSort.CountryOnly
            : words.Exists(word => word.Length >= 3 && word.All(char.IsAsciiLetter)) ? DestinationSort.UnknownPlace : DestinationSort.NoPlace;
        return new Segment(sort, [.. ports.Select(port => (port.Key, port.Value with { Odds = Fits(port.Key, port.Value.Odds, country) }))]);
    }

    private int Fits(int port, int odds, string? country) =>
        country is null ? odds : names.Ports[port].Locode.StartsWith(country, StringComparison.Ordinal) ? odds * 3 : odds / 20;

    // The country may stand anywhere but where its code begins a UN/LOCODE that the reference has.
    private string? CountryOf(List<string> words, out List<string> left)
    {
        left = words;
        for (var i = words.Count - 1; i >= 0; i--)
        {
            if (words.Count > 1 && !DestinationWords.IsNoise(words[i]) && CountryWords.CodeOf(words[i], names.Countries) is { } code && (words[i].Length > 2 || i > 0)
                && names.OfKey(PlainLetters.Key(string.Concat(words))).Count == 0)
            {
                left = [.. words.Where((_, at) => at != i)];
                return code;
            }
        }

        if (words.Count != 1 || CountryWords.CodeOf(words[0], names.Countries) is not { } only)
        {
            return null;
        }

        // Singapore and Gibraltar are ports as well.
        left = names.OfKey(PlainLetters.Key(words[0])).Count > 0 ? words : [];
        return only;
    }

    // SEGOT, SE GOT, SE-GOT; and the first five of the 20 characters of an inland location code (ISRS: code, fairway, kilometre).
    private void ByCode(List<string> words, Dictionary<int, Likeness> ports)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Length == 5 && names.OfCode(words[i]) is >= 0 and var port)
            {
                Best(ports, port, words.Count == 1 ? MatchOdds.Code : MatchOdds.CodeAmongWords, "code");
            }
            else if (words[i].Length == 20 && words[i].Any(char.IsAsciiDigit) && names.OfCode(words[i][..5]) is >= 0 and var inland)
            {
                Best(ports, inland, MatchOdds.Code, "inland location code");
            }
            else if (i + 1 < words.Count && words[i].Length == 2 && words[i + 1].Length == 3
                && names.OfCode(words[i] + words[i + 1]) is >= 0 and var parted)
            {
                Best(ports, parted, MatchOdds.Code, "code");
            }
        }
    }

    // Runs of words, the longest first; what is left beside them is doubt, unless it is a word of no place.
    private void ByName(List<string> all, List<string> words, Dictionary<int, Likeness> ports)
    {
        foreach (var run in (List<string>[])[all, words])
        {
            var name = string.Concat(run);
            Take(PlainLetters.Key(name), words.Count == 0 ? MatchOdds.NoiseName : name.Length >= NamesLettersMin ? MatchOdds.Name : MatchOdds.ShortName, "name", ports);
        }

        if (ports.Values.Any(port => port.Odds >= MatchOdds.Name))
        {
            return;
        }

        for (var length = words.Count - 1; length >= 1; length--)
        {
            for (var from = 0; from + length <= words.Count; from++)
            {
                var run = string.Concat(words.Skip(from).Take(length));
                if (run.Length >= NamesLettersMin)
                {
                    Take(PlainLetters.Key(run), from == 0 ? MatchOdds.NameFirst : MatchOdds.NameAmongWords, "name among other words", ports);
                }
            }
        }
    }

    private void Take(string key, int odds, string by, Dictionary<int, Likeness> ports)
    {
        var those = names.OfKey(key);
        var isOwned = those.Any(one => one.IsOwn);
        foreach (var one in those)
        {
            Best(ports, one.Port, one.IsOwn || !isOwned ? odds : odds / MatchOdds.OthersNameDivisor, by);
        }
    }

    // All words in one first: "FREDRIKS HAVN" is one name, though HAVN alone says nothing.
    private void ByLikeness(List<string> all, List<string> words, bool isPiece, Dictionary<int, Likeness> ports)
    {
        Nearly(string.Concat(all), isPiece ? MatchOdds.PartNearly : MatchOdds.WholeNearly, ports);
        if (ports.Count == 0)
        {
            Nearly(string.Concat(words), isPiece ? MatchOdds.PartNearly : MatchOdds.WholeNearly, ports);
        }

        foreach (var word in words.Where(word => words.Count > 1 && ports.Count == 0))
        {
            Nearly(word, MatchOdds.PartNearly, ports);
        }

        if (ports.Count == 0 && words.Count == 1 && words[0].Length == 3)
        {
            foreach (var port in names.OfSuffix(words[0]))
            {
                Best(ports, port, MatchOdds.Suffix, "last letters of a code");
            }
        }
    }

    private void Nearly(string text, NearlyOdds odds, Dictionary<int, Likeness> ports)
    {
        var key = PlainLetters.Key(text);
        if (key.Length < 5)
        {
            return;
        }

        var limit = key.Length >= 9 ? 2 : 1;
        foreach (var (name, those) in names.Names)
        {
            var (strength, by) = Nearness(key, name, limit, odds);
            foreach (var one in strength == 0 ? [] : those)
            {
                Best(ports, one.Port, strength, by, isNearly: true);
            }
        }
    }

    private static (int Odds, string By) Nearness(string key, string name, int limit, NearlyOdds odds)
    {
        if (name.Length > key.Length && name.StartsWith(key, StringComparison.Ordinal))
        {
            return (key.Length >= 6 && key.Length * 5 >= name.Length * 3 ? odds.Cut : 0, "the first letters of a name");
        }

        if (key.Length > name.Length && name.Length >= 6 && key.StartsWith(name, StringComparison.Ordinal))
        {
            return (odds.Longer, "name with an ending");
        }

        var edits = name.Length < 5 ? limit + 1 : PlainLetters.Edits(key, name, limit);
        var isFirstSame = key[0] == name[0];
        return edits == 1 && isFirstSame ? (key.Length >= 7 ? odds.OneEdit : odds.OneEditShort, "name but for a letter")
            : edits == 1 && key.Length >= 7 ? (odds.OneEditShort, "name but for a letter")
            : edits == 2 && limit == 2 && isFirstSame ? (odds.TwoEdits, "name but for two letters") : (0, string.Empty);
    }

    private static void Best(Dictionary<int, Likeness> ports, int port, int odds, string by, bool isNearly = false)
    {
        if (!ports.TryGetValue(port, out var before) || odds > before.Odds)
        {
            ports[port] = new Likeness(odds, by, isNearly);
        }
    }

    private readonly record struct Likeness(int Odds, string By, bool IsNearly);

    private sealed record Segment(DestinationSort Sort, List<(int Port, Likeness Likeness)> Ports)
    {
        public int Best => Ports.Count == 0 ? 0 : Ports.Max(port => port.Likeness.Odds);
    }
}

/// <summary>What a text may name.</summary>
internal sealed record TextMatch(DestinationSort Sort, List<Named> Ports, string? CountryOnly);

/// <summary>A port that a text may name: odds in hundredths, what for, its place among several, by what, and whether it was guessed at.</summary>
internal readonly record struct Named(int Port, int OddsHundredths, SegmentRole Role, int Place, string By, bool IsNearly);
