using System.Security.Cryptography;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// The key of a store that signs its tokens: random, wrapped by the vault, kept as the blob <c>keys/tokens</c>. Deleting
/// the blob ends every token at the next start.
/// </summary>
public static class TokenKey
{
    /// <summary>Where it is kept.</summary>
    public const string BlobNameOf = "keys/tokens";

    /// <summary>Bytes of the key.</summary>
    public const int Bytes = 32;

    /// <summary>Opens the key, and makes it first where there is none. Who loses a race takes what the winner made.</summary>
    /// <param name="store">The store.</param>
    /// <param name="vault">What wraps it.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Stop: it does not open under this vault. Else trouble in the store.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> OpenOrCreateAsync(IBlobStore store, IVault vault, CancellationToken cancel)
    {
        if (await store.GetAsync(BlobNameOf, cancel) is { } there)
        {
            return Open(vault, there.Bytes.Span);
        }

        var fresh = RandomNumberGenerator.GetBytes(Bytes);
        if ((await store.PutAsync(BlobNameOf, vault.Wrap(fresh), PutCondition.IfAbsent, cancel)).Written)
        {
            return fresh;
        }

        return await store.GetAsync(BlobNameOf, cancel) is { } winner
            ? Open(vault, winner.Bytes.Span)
            : throw new StoreException(StoreTrouble.Retry, $"{BlobNameOf} went away while it was being read");
    }

    private static ReadOnlyMemory<byte> Open(IVault vault, ReadOnlySpan<byte> wrapped)
    {
        try
        {
            var key = vault.Unwrap(wrapped);
            return key.Length == Bytes ? key : throw new InvalidDataException($"a key of {key.Length} bytes");
        }
        catch (InvalidDataException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"{e.Message} ({BlobNameOf})", e);
        }
    }
}
