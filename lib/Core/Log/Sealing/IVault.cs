namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// Wraps keys under one key that never lies in the store: a file or an environment variable for the embedded store, a
/// key vault in the cloud. Whoever has only the store's blobs has nothing.
/// </summary>
public interface IVault
{
    /// <summary>Wraps a key, 1 to 64 bytes.</summary>
    ReadOnlyMemory<byte> Wrap(ReadOnlySpan<byte> key);

    /// <summary>Takes a key out of what <see cref="Wrap"/> gave.</summary>
    /// <exception cref="InvalidDataException">It was altered, or was wrapped under another key.</exception>
    ReadOnlyMemory<byte> Unwrap(ReadOnlySpan<byte> wrapped);
}
