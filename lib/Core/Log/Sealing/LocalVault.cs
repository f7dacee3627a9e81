namespace MaritimeWatch.Log.Sealing;

/// <summary>A vault in the process: AES-256-GCM under a master key of 32 bytes that the caller keeps.</summary>
public sealed class LocalVault : IVault
{
    /// <summary>Bytes of a master key.</summary>
    public const int MasterKeyBytes = Seal.KeyBytes;

    private const int KeyBytesMax = 64;

    private readonly byte[] master;
    private readonly Func<int, byte[]> random;

    /// <summary>A vault.</summary>
    /// <param name="master">32 bytes.</param>
    /// <param name="random">Gives as many cryptographically random bytes as it is asked for.</param>
    /// <exception cref="ArgumentException">The master key is not of 32 bytes.</exception>
    public LocalVault(ReadOnlySpan<byte> master, Func<int, byte[]> random)
    {
        if (master.Length != MasterKeyBytes)
        {
            throw new ArgumentException($"a master key has {MasterKeyBytes} bytes, not {master.Length}", nameof(master));
        }

        this.master = master.ToArray();
        this.random = random;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Wrap(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfZero(key.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, KeyBytesMax);
        return Seal.Close(master, random, key, "wrapped key"u8);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Unwrap(ReadOnlySpan<byte> wrapped)
    {
        try
        {
            return Seal.Open(master, wrapped, "wrapped key"u8);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("a key of the store does not open under this vault key: was the vault key changed?", e);
        }
    }
}
