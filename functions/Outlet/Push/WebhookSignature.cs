using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Signatures as Standard Webhooks 1.0 wants them: <c>v1,</c> and HMAC-SHA256 of <c>{id}.{timestamp}.{body}</c> in base64.</summary>
public static class WebhookSignature
{
    /// <summary>Names the push: the same at every try.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>Seconds since 1970 UTC of this try.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>One signature per secret, a space between them.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>What a secret begins with in text.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>The shortest secret, bytes.</summary>
    public const int SecretBytesMin = 24;

    /// <summary>The longest secret, bytes.</summary>
    public const int SecretBytesMax = 64;

    /// <summary>The value of <see cref="SignatureHeader"/>.</summary>
    /// <param name="secrets">The secrets' bytes; two while one is being replaced.</param>
    /// <param name="id">The push's id; it holds no full stop.</param>
    /// <param name="timestamp">Seconds since 1970 UTC.</param>
    /// <param name="body">The body as sent.</param>
    public static string Of(IEnumerable<ReadOnlyMemory<byte>> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var whole = new byte[signed.Length + body.Length];
        signed.CopyTo(whole, 0);
        body.CopyTo(whole.AsSpan(signed.Length));
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret.Span, whole))));
    }

    /// <summary>A secret's bytes from its text.</summary>
    /// <param name="text"><c>whsec_</c> and base64 of 24 to 64 bytes.</param>
    /// <exception cref="FormatException">It is none; the message does not repeat it.</exception>
    public static byte[] ParseSecret(string text)
    {
        var bytes = new byte[SecretBytesMax];
        return text.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[SecretPrefix.Length..], bytes, out var length) && length >= SecretBytesMin
                ? bytes[..length]
                : throw new FormatException($"a secret is {SecretPrefix} and base64 of {SecretBytesMin} to {SecretBytesMax} bytes");
    }

    /// <summary>A secret's text.</summary>
    /// <param name="bytes">Its bytes.</param>
    public static string TextOf(ReadOnlySpan<byte> bytes) => SecretPrefix + Convert.ToBase64String(bytes);
}
