namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Takes what a door has landed to the inbox of its stage. Stateless and safe to repeat: the stage skips what it has
/// seen. Live it hangs on the door's queue; a replay and an Azure function call it straight.
/// </summary>
public interface ILandedDecoder
{
    /// <summary>The door, which is the queue's name too: <c>plates</c>, <c>manifests</c>, <c>notices</c>, <c>scenes</c>.</summary>
    string Door { get; }

    /// <summary>The stage whose inbox it appends to, one of <see cref="Log.StageNames"/>.</summary>
    string Stage { get; }

    /// <summary>Decodes and appends; what cannot be read goes to rejects and is counted.</summary>
    /// <param name="note">What was landed.</param>
    /// <param name="cancel">Stops; the note comes again.</param>
    /// <exception cref="Log.StoreException">Trouble outside: the note comes again.</exception>
    Task<LandedOutcome> DecodeAsync(LandedNote note, CancellationToken cancel);
}

/// <summary>What became of a landed thing. Used + refused + ignored is what it held.</summary>
/// <param name="Items">What it held: reads, consignments, notices, scenes.</param>
/// <param name="Used">Taken.</param>
/// <param name="Refused">Refused, by fault.</param>
/// <param name="Ignored">Comments, blank lines, headers.</param>
/// <param name="EntryNumber">The last inbox entry that it became, or null where it became none.</param>
/// <param name="Defects">What was wrong and could be read all the same: where and what, at most 100.</param>
public sealed record LandedOutcome(
    long Items,
    long Used,
    IReadOnlyDictionary<string, long> Refused,
    long Ignored,
    long? EntryNumber,
    IReadOnlyList<string> Defects);
