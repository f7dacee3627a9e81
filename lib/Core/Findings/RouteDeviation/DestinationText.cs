namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>What a master typed as destination, as far as it names a port: by its UN/LOCODE or its name.</summary>
internal static class DestinationText
{
    /// <summary>True where the text names the port: <c>SEGOT</c>, <c>NOLAR&gt;SE GOT</c>, <c>GOTHENBURG</c>.</summary>
    public static bool Names(string? text, Harbour port)
    {
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var letters = Letters(text[(text.LastIndexOf('>') + 1)..]);
        return Holds(letters, Letters(port.Id)) || Holds(letters, Letters(port.Name));
    }

    private static bool Holds(string text, string name) => name.Length >= 4 && text.Contains(name, StringComparison.Ordinal);

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant();
}
