using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Takes landed plate reads to the gate's inbox as tokens. What cannot be read goes to the sealed rejects. Safe to repeat:
/// the same bytes make entries of the same key, which the gate folds once.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">Its keys.</param>
/// <param name="time">Only for waiting between tries.</param>
public sealed class PlateDecoder(IBlobStore store, KeyRing keys, TimeProvider time) : ILandedDecoder
{
    /// <summary>The door.</summary>
    public const string DoorName = "plates";

    /// <summary>The fact of a note that names the camera of reads that name none.</summary>
    public const string CameraFact = "camera";

    private const int DefectsMax = 100;

    private readonly SealedLanding landing = new(store, keys);
    private readonly SealedRejects rejects = new(store, keys);
    private readonly Inbox inbox = new(store, new GroupName(StageNames.Gate, 0), time);

    /// <inheritdoc/>
    public string Door => DoorName;

    /// <inheritdoc/>
    public string Stage => StageNames.Gate;

    /// <inheritdoc/>
    public async Task<LandedOutcome> DecodeAsync(LandedNote note, CancellationToken cancel)
    {
        if (await ReadAsync(note, cancel) is not { } piece)
        {
            return Nothing("erased", "what was landed has been erased since");
        }

        var last = await AppendAsync(piece, cancel);
        return Outcome(piece.Document, last);
    }

    /// <summary>
    /// Takes several landed things as one, in order of time over all of them: for a replay of many files that may hold any
    /// time each.
    /// </summary>
    /// <param name="notes">What was landed, at most what fits in memory as reads.</param>
    /// <param name="cancel">Stops; repeat it then.</param>
    /// <returns>One outcome for each note.</returns>
    public async Task<IReadOnlyList<LandedOutcome>> DecodeAllAsync(IReadOnlyList<LandedNote> notes, CancellationToken cancel)
    {
        List<Piece?> pieces = [];
        foreach (var note in notes)
        {
            pieces.Add(await ReadAsync(note, cancel));
        }

        // Entries are cut where the landed thing changes, so every read keeps its own evidence.
        var parts = new Dictionary<Piece, int>(ReferenceEqualityComparer.Instance);
        long? last = null;
        List<TokenRead> open = [];
        Piece? current = null;
        foreach (var (piece, read) in pieces
            .Where(piece => piece is not null)
            .SelectMany(piece => piece!.Reads.Select(read => (Piece: piece, Read: read)))
            .OrderBy(pair => pair.Read.AtMs)
            .ThenBy(pair => pair.Read.Camera, StringComparer.Ordinal)
            .ThenBy(pair => pair.Read.Token, StringComparer.Ordinal))
        {
            if (current is not null && (current != piece || open.Count == TokenBatch.ReadsMax))
            {
                last = await AppendAsync(current, parts, open, cancel);
                open = [];
            }

            current = piece;
            open.Add(read);
        }

        if (current is not null)
        {
            last = await AppendAsync(current, parts, open, cancel);
        }

        return [.. pieces.Select(piece => piece is null ? Nothing("erased", "what was landed has been erased since") : Outcome(piece.Document, last))];
    }

    private async Task<Piece?> ReadAsync(LandedNote note, CancellationToken cancel)
    {
        var content = await landing.OpenAsync(note.Landed, cancel);
        if (content.IsErased)
        {
            return null;
        }

        var options = new PlateReadOptions
        {
            ReceivedAtMs = note.ReceivedAtMs,
            ContentType = note.ContentType,
            Camera = note.Facts.GetValueOrDefault(CameraFact),
            IsSimulated = note.IsSimulated,
        };
        var document = PlateReader.Read(content.Clear, options);
        var landed = LandedBlob.FromName(note.Landed);
        await rejects.KeepAsync(landed, document.Rejects, cancel);
        var simulated = document.Reads.Any(read => read.IsSimulated)
            ? await keys.TokensAsync(note.ReceivedAt, isSimulated: true, cancel)
            : null;
        var real = document.Reads.All(read => read.IsSimulated) && simulated is not null
            ? simulated
            : await keys.TokensAsync(note.ReceivedAt, isSimulated: false, cancel);
        return new Piece(
            note,
            real.Current.ContentToken(content.Clear.Span),
            document,
            [.. document.Reads
                .Select(read => ToToken(read, note, read.IsSimulated ? simulated! : real))
                .OrderBy(read => read.AtMs)
                .ThenBy(read => read.Camera, StringComparer.Ordinal)
                .ThenBy(read => read.Token, StringComparer.Ordinal)]);
    }

    private async Task<long?> AppendAsync(Piece piece, CancellationToken cancel)
    {
        long? last = null;
        var parts = new Dictionary<Piece, int>(ReferenceEqualityComparer.Instance);
        foreach (var reads in piece.Reads.Chunk(TokenBatch.ReadsMax))
        {
            last = await AppendAsync(piece, parts, reads, cancel);
        }

        return last;
    }

    private async Task<long> AppendAsync(Piece piece, Dictionary<Piece, int> parts, IReadOnlyList<TokenRead> reads, CancellationToken cancel)
    {
        var part = parts.GetValueOrDefault(piece);
        parts[piece] = part + 1;
        var batch = new TokenBatch(piece.Note.Landed, piece.Note.Hash, piece.Note.Source, piece.Content, part, reads);
        return await inbox.AppendAsync(EntryKind.Batch, batch.ToBytes(), cancel);
    }

    private static TokenRead ToToken(PlateRead read, LandedNote note, TokenKeys tokens)
    {
        var set = tokens.Current.Of(read.Plate);
        return new TokenRead(
            read.AtMs,
            note.IsRecorded ? read.AtMs : Math.Max(read.AtMs, note.ReceivedAtMs),
            read.Camera,
            set.Exact,
            set.Written,
            set.Deletions,
            tokens.Previous?.Of(read.Plate).Exact,
            read.ConfidencePermille,
            read.Direction,
            read.Vehicle,
            read.IsSimulated,
            read.Offset,
            read.Length);
    }

    private static LandedOutcome Outcome(PlateDocument document, long? last) => new(
        document.Items, document.Reads.Count, document.Rejects.Faults, document.Ignored, last,
        [.. document.Rejects.Faults.Select(fault => $"{fault.Value} refused: {fault.Key}").Take(DefectsMax)]);

    private static LandedOutcome Nothing(string fault, string why) =>
        new(1, 0, new SortedDictionary<string, long>(StringComparer.Ordinal) { [fault] = 1 }, 0, null, [why]);

    private sealed record Piece(LandedNote Note, string Content, PlateDocument Document, IReadOnlyList<TokenRead> Reads);
}
