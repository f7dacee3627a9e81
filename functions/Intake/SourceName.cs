using System.Text.RegularExpressions;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// What a source is called: it becomes a part of a blob's name, so it is checked and never taken as it comes.
/// </summary>
public sealed partial record SourceName
{
    private SourceName(string value) => Value = value;

    /// <summary>1 to 40 of <c>a-z 0-9 . _ -</c>, beginning with a letter or digit, without two dots in a row.</summary>
    public string Value { get; }

    /// <summary>What the rule is, for messages.</summary>
    public static string Rule => "a source name is 1 to 40 of a-z 0-9 . _ - and begins with a letter or digit";

    /// <summary>Checks a name; capitals are folded.</summary>
    public static bool TryParse(string? text, out SourceName name)
    {
        var folded = text?.ToLowerInvariant() ?? "";
        name = new SourceName(folded);
        return Form().IsMatch(folded) && !folded.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>A name that the program itself made up.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public static SourceName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new ArgumentException(Rule, nameof(text));

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
