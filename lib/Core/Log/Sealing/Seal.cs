using System.Security.Cryptography;

namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// The one form of sealed bytes: <c>version 1 | nonce 12 | ciphertext | tag 16</c>, AES-256-GCM (NIST SP 800-38D) with a
/// random nonce. What they are bound to (the place where they lie) is authenticated with them, so that sealed bytes moved
/// elsewhere do not open.
/// </summary>
internal static class Seal
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>How much longer sealed bytes are than clear ones.</summary>
    public const int OverheadBytes = 1 + NonceBytes + TagBytes;

    /// <summary>The first sealed byte; no text and no packed file begins so.</summary>
    public const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Seals bytes.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">12 bytes that were never used with this key.</param>
    /// <param name="clear">The bytes.</param>
    /// <param name="boundTo">What they belong to.</param>
    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> clear, ReadOnlySpan<byte> boundTo)
    {
        var whole = new byte[clear.Length + OverheadBytes];
        whole[0] = Version;
        nonce[..NonceBytes].CopyTo(whole.AsSpan(1));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            nonce[..NonceBytes], clear, whole.AsSpan(1 + NonceBytes, clear.Length), whole.AsSpan(^TagBytes..), boundTo);
        return whole;
    }

    /// <summary>Seals bytes under a nonce from a source of random bytes.</summary>
    public static byte[] Close(ReadOnlySpan<byte> key, Func<int, byte[]> random, ReadOnlySpan<byte> clear, ReadOnlySpan<byte> boundTo) =>
        Close(key, random(NonceBytes), clear, boundTo);

    /// <summary>Opens sealed bytes.</summary>
    /// <exception cref="InvalidDataException">They are damaged, moved, or sealed under another key.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> boundTo)
    {
        if (whole.Length < OverheadBytes || whole[0] != Version)
        {
            throw new InvalidDataException(
                whole.Length < OverheadBytes ? "sealed bytes are cut short" : $"sealed bytes have the unknown version {whole[0]}");
        }

        var clear = new byte[whole.Length - OverheadBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(
                whole.Slice(1, NonceBytes), whole.Slice(1 + NonceBytes, clear.Length), whole[^TagBytes..], clear, boundTo);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new InvalidDataException("sealed bytes do not open: they were altered, moved, or sealed under another key", e);
        }

        return clear;
    }
}
