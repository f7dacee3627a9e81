namespace MaritimeWatch.Tracks;

/// <summary>
/// How a fold gets the records of a Set entry for its own group. The records of a set are always the same: they are
/// decoded and sorted from landed, immutable bytes.
/// </summary>
public interface IRecordSource
{
    /// <summary>Opens the group's records of a set.</summary>
    /// <param name="set">What the entry names.</param>
    /// <param name="fromRecord">The first record wanted, from 0; beyond the end gives an empty stream.</param>
    /// <param name="cancel">Stops the opening.</param>
    ValueTask<IRecordStream> OpenAsync(ReplaySet set, long fromRecord, CancellationToken cancel);
}

/// <summary>Records in order, piece by piece.</summary>
public interface IRecordStream : IDisposable
{
    /// <summary>The landed blobs that records point into.</summary>
    IReadOnlyList<LandingName> Landings { get; }

    /// <summary>Names of the sources that records point into.</summary>
    IReadOnlyList<string> Sources { get; }

    /// <summary>The next whole records (for <see cref="RecordReader"/>), valid until the next call; empty at the end.</summary>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancel);
}
