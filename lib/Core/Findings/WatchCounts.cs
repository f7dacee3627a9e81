using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>What became of the records of a group: nothing is dropped without being counted.</summary>
public sealed record WatchCounts
{
    /// <summary>Positions folded, of any kind.</summary>
    public long Reports { get; internal set; }

    /// <summary>Positions of fixed stations: they count as heard and are not tracked.</summary>
    public long FixedStations { get; internal set; }

    /// <summary>The same message again, from another receiver or copied.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Older than the watermark: used to correct only.</summary>
    public long Late { get; internal set; }

    /// <summary>Older than the vessel's own last report although in time: used to correct only.</summary>
    public long OutOfOrder { get; internal set; }

    /// <summary>Times ahead that nobody confirmed.</summary>
    public long TimeAhead { get; internal set; }

    /// <summary>Batches or sets that came twice.</summary>
    public long Repeated { get; internal set; }

    /// <summary>Silences that reception does not let us judge.</summary>
    public long NotObservable { get; internal set; }

    /// <summary>Vessels that stopped between two reports too far apart to say how suddenly.</summary>
    public long StopsNotObservable { get; internal set; }

    /// <summary>Vessels that were slow under way for long and sent no heading, so that a drift cannot be seen.</summary>
    public long DriftsNotObservable { get; internal set; }

    internal void Save(StateWriter writer)
    {
        writer.Int64(Reports);
        writer.Int64(FixedStations);
        writer.Int64(Duplicates);
        writer.Int64(Late);
        writer.Int64(OutOfOrder);
        writer.Int64(TimeAhead);
        writer.Int64(Repeated);
        writer.Int64(NotObservable);
        writer.Int64(StopsNotObservable);
        writer.Int64(DriftsNotObservable);
    }

    internal void Restore(ref StateReader reader)
    {
        Reports = reader.Int64();
        FixedStations = reader.Int64();
        Duplicates = reader.Int64();
        Late = reader.Int64();
        OutOfOrder = reader.Int64();
        TimeAhead = reader.Int64();
        Repeated = reader.Int64();
        NotObservable = reader.Int64();
        StopsNotObservable = reader.Int64();
        DriftsNotObservable = reader.Int64();
    }
}
