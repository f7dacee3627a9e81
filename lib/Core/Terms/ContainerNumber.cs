namespace MaritimeWatch.Terms;

/// <summary>What is wrong with a text that should be a container's number.</summary>
public enum ContainerFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is not three letters of an owner, U, J or Z, six digits and a check digit.</summary>
    Form,

    /// <summary>Its form is right and its check digit is not: probably a typing error.</summary>
    CheckDigit,
}

/// <summary>
/// The number painted on a container, by ISO 6346: owner (three letters), category (U container, J detachable equipment,
/// Z trailer or chassis), six digits and a check digit.
/// </summary>
public readonly record struct ContainerNumber
{
    private const int Length = 11;

    private readonly string? value;

    private ContainerNumber(string value) => this.value = value;

    /// <summary>The number, eleven characters without spaces: <c>MWCU6059784</c>.</summary>
    public string Value => value ?? string.Empty;

    /// <summary>Reads a number; spaces and hyphens between its parts are left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="container">The number when true.</param>
    public static bool TryParse(string text, out ContainerNumber container) => Read(text, out container) == ContainerFault.None;

    /// <summary>Reads a number and says what is wrong with it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="container">The number where nothing is wrong.</param>
    public static ContainerFault Read(string text, out ContainerNumber container)
    {
        container = default;
        var bare = Bare(text);
        if (!HasForm(bare))
        {
            return ContainerFault.Form;
        }

        if (CheckDigitOf(bare) != bare[^1] - '0')
        {
            return ContainerFault.CheckDigit;
        }

        container = new ContainerNumber(bare);
        return ContainerFault.None;
    }

    /// <summary>Upper case, without the spaces and hyphens that people put between its parts.</summary>
    /// <param name="text">The text.</param>
    public static string Bare(string text) =>
        string.Concat(text.Where(c => c is not (' ' or '-' or '/')).Select(char.ToUpperInvariant));

    /// <summary>
    /// The check digit by ISO 6346: letters are 10 to 38 without 11, 22 and 33, the position doubles the weight, modulo 11,
    /// and 10 becomes 0.
    /// </summary>
    /// <param name="number">At least the first ten characters, four letters and six digits.</param>
    public static int CheckDigitOf(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
        {
            sum += ValueOf(number[i]) << i;
        }

        return sum % 11 % 10;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool HasForm(string bare) => bare.Length == Length
        && bare.AsSpan(0, 3).IndexOfAnyExceptInRange('A', 'Z') < 0
        && bare[3] is 'U' or 'J' or 'Z'
        && bare.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0;

    private static int ValueOf(char c)
    {
        if (char.IsAsciiDigit(c))
        {
            return c - '0';
        }

        var plain = c - 'A' + 10;
        return plain + ((plain - 1) / 10); // One more after each multiple of 11: 11, 22 and 33 are left out.
    }
}
