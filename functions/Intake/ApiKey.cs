using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Functions.Intake;

/// <summary>The configured key; only its digest is held, and keys are compared in constant time.</summary>
public sealed class ApiKey
{
    /// <summary>A shorter key can be guessed.</summary>
    public const int CharactersMin = 16;

    private readonly byte[] digest;

    private ApiKey(byte[] digest) => this.digest = digest;

    /// <summary>A key from text.</summary>
    /// <exception cref="FormatException">The key is shorter than <see cref="CharactersMin"/>.</exception>
    public static ApiKey Parse(string text)
    {
        var key = text.Trim();
        return key.Length >= CharactersMin
            ? new ApiKey(SHA256.HashData(Encoding.UTF8.GetBytes(key)))
            : throw new FormatException($"the API key is shorter than {CharactersMin} characters");
    }

    /// <summary>Takes the key from a file, else from the environment (MW_API_KEY), else there is none.</summary>
    /// <exception cref="FormatException">The key is too short.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ApiKey? Find(string? file)
    {
        var text = file is not null ? File.ReadAllText(file) : Environment.GetEnvironmentVariable("MW_API_KEY");
        return string.IsNullOrWhiteSpace(text) && file is null ? null : Parse(text ?? "");
    }

    /// <summary>True when the offered text is the key; the time taken does not depend on how much agrees.</summary>
    public bool Matches(string? offered) =>
        offered is { Length: <= 1024 }
        && CryptographicOperations.FixedTimeEquals(digest, SHA256.HashData(Encoding.UTF8.GetBytes(offered)));
}
