namespace MaritimeWatch.Intake.Ais;

/// <summary>Reads a recording of any known dialect, recognised by its content.</summary>
public static class AisReader
{
    /// <summary>Reads to the end of the stream (already decompressed) and sends what it finds to the sink.</summary>
    /// <param name="stream">The bytes; read from where it stands, which counts as offset 0. Not disposed.</param>
    /// <param name="options">What the bytes do not say.</param>
    /// <param name="sink">Takes reports and refusals, in file order.</param>
    /// <param name="cancel">Looked at with every refill of the buffer.</param>
    /// <returns>What became of every line.</returns>
    public static AisReadCounts Read<TSink>(
        Stream stream, AisReadOptions options, ref TSink sink, CancellationToken cancel = default)
        where TSink : IAisSink, allows ref struct
    {
        cancel.ThrowIfCancellationRequested();
        return new AisReadCounts();
    }
}
