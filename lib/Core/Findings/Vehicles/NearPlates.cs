namespace MaritimeWatch.Findings.Vehicles;

/// <summary>
/// Vehicles under way by the tokens of their one-deletion texts, so that a misread of one of them can be found. A match is
/// a candidate that time and place must bear out; fleets have consecutive plates.
/// </summary>
internal sealed class NearPlates
{
    private const int AlikeMax = 16;

    private readonly Dictionary<string, SortedSet<string>> byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> texts = new(StringComparer.Ordinal);

    public void Put(Vehicle vehicle)
    {
        if (vehicle.Journeys.Count == 0 || vehicle.Deletions.Count == 0)
        {
            Remove(vehicle.Token);
            return;
        }

        if (texts.ContainsKey(vehicle.Token))
        {
            return;
        }

        IReadOnlyList<string> all = [vehicle.Token, .. vehicle.Deletions];
        texts.Add(vehicle.Token, all);
        foreach (var text in all)
        {
            if (!byText.TryGetValue(text, out var tokens))
            {
                byText.Add(text, tokens = new SortedSet<string>(StringComparer.Ordinal));
            }

            tokens.Add(vehicle.Token);
        }
    }

    public void Remove(string token)
    {
        if (!texts.Remove(token, out var all))
        {
            return;
        }

        foreach (var text in all)
        {
            if (byText[text].Remove(token) && byText[text].Count == 0)
            {
                byText.Remove(text);
            }
        }
    }

    /// <summary>Tokens of vehicles under way that differ by one character, in ordinal order, at most 16.</summary>
    public IReadOnlyList<string> Of(string token, IReadOnlyList<string> deletions)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in (IEnumerable<string>)[token, .. deletions])
        {
            if (byText.TryGetValue(text, out var tokens))
            {
                found.UnionWith(tokens);
            }
        }

        found.Remove(token);
        return [.. found.Take(AlikeMax)];
    }

    public void Clear()
    {
        byText.Clear();
        texts.Clear();
    }
}
