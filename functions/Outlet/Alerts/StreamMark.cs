using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// The id of an event in the stream: the place among all revisions of the store, but enciphered, because the gaps between
/// plain numbers would tell an officer how many alerts other ports get.
/// </summary>
internal sealed class StreamMark : IDisposable
{
    private const int Bytes = 16;

    private readonly Aes aes = Aes.Create();

    /// <summary>Marks under a key of their own.</summary>
    public StreamMark(Tokens tokens) => aes.Key = tokens.Derive("stream mark"u8);

    /// <summary>The mark of a place.</summary>
    public string Of(long sequence)
    {
        Span<byte> plain = stackalloc byte[Bytes];
        plain.Clear();
        BinaryPrimitives.WriteInt64BigEndian(plain, sequence);
#pragma warning disable CA5358 // One block that never repeats and whose other half is zero: a mode has nothing to add.
        return Base64Url.EncodeToString(aes.EncryptEcb(plain, PaddingMode.None));
#pragma warning restore CA5358
    }

    /// <summary>The place of a mark, or null where it is no mark of this store.</summary>
    public long? Parse(string? text)
    {
        var cipher = new byte[Bytes + 8];
        if (text is not { Length: 22 }
            || !Base64Url.TryDecodeFromChars(text, cipher, out var length) || length != Bytes)
        {
            return null;
        }

#pragma warning disable CA5358 // As above.
        var plain = aes.DecryptEcb(cipher.AsSpan(0, Bytes), PaddingMode.None);
#pragma warning restore CA5358
        return plain.AsSpan(8).IndexOfAnyExcept((byte)0) < 0 ? BinaryPrimitives.ReadInt64BigEndian(plain) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => aes.Dispose();
}
