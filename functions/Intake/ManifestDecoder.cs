using System.Text.Json;
using MaritimeWatch.Correlation.Declared;
using MaritimeWatch.Intake.Manifests;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Takes landed manifests to the declared stage's inbox, their parties as tokens. What cannot be read goes to the sealed
/// rejects. Safe to repeat: the same bytes make an entry of the same key, which the stage folds once.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">Its keys.</param>
/// <param name="time">Only for waiting between tries.</param>
public sealed class ManifestDecoder(IBlobStore store, KeyRing keys, TimeProvider time) : ILandedDecoder
{
    /// <summary>The door.</summary>
    public const string DoorName = "manifests";

    private const int DefectsMax = 100;
    private const long DayMs = 24 * 3_600_000;
    private const string SimulatedSender = "SIMULATED";

    private readonly SealedLanding landing = new(store, keys);
    private readonly SealedRejects rejects = new(store, keys);
    private readonly Inbox inbox = new(store, new GroupName(StageNames.Declared, 0), time);

    /// <inheritdoc/>
    public string Door => DoorName;

    /// <inheritdoc/>
    public string Stage => StageNames.Declared;

    /// <inheritdoc/>
    public async Task<LandedOutcome> DecodeAsync(LandedNote note, CancellationToken cancel)
    {
        var content = await landing.OpenAsync(note.Landed, cancel);
        if (content.IsErased)
        {
            return new LandedOutcome(1, 0, new SortedDictionary<string, long> { ["erased"] = 1 }, 0, null, ["what was landed has been erased since"]);
        }

        var clear = PackedBytes.Unpack(content.Clear, ManifestReader.BytesMax);
        var reading = ManifestReader.Read(clear);
        var refused = Refused(reading, clear);
        await rejects.KeepAsync(LandedBlob.FromName(note.Landed), refused, cancel);
        long? number = null;
        if (reading.Manifests.Count > 0)
        {
            var entry = await EntryAsync(note, content.Clear, reading, cancel);
            number = await inbox.AppendAsync(EntryKind.Batch, entry.ToBytes(), cancel);
        }

        long consignments = reading.Manifests.Sum(manifest => manifest.Consignments.Count);
        return new LandedOutcome(
            consignments + refused.Count, consignments, refused.Faults, 0, number,
            [.. reading.Defects.Take(DefectsMax).Select(defect => defect.ToString())]);
    }

    /// <summary>What was refused: the whole file, or messages of other types in it.</summary>
    internal static RejectBatch Refused(ManifestReading reading, ReadOnlyMemory<byte> clear)
    {
        var batch = new RejectBatch();
        if (reading.Fault != ManifestFault.None)
        {
            batch.Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(reading.Fault.ToString()), 0, clear.Length, 1, clear.Span);
            return batch;
        }

        foreach (var defect in reading.Defects.Where(defect => defect.Kind == DefectKind.MessageTypeOther))
        {
            var from = (int)Math.Min(defect.Place.Offset, clear.Length);
            batch.Add(defect.KindName, from, 0, defect.Place.Line, clear.Span[from..]);
        }

        return batch;
    }

    private async Task<DeclaredEntry> EntryAsync(
        LandedNote note, ReadOnlyMemory<byte> received, ManifestReading reading, CancellationToken cancel)
    {
        var items = new List<DeclaredManifestItem>();
        TokenKeys? tokens = null;
        foreach (var manifest in reading.Manifests)
        {
            var isSimulated = note.IsSimulated || manifest.IsSimulated || manifest.Sender == SimulatedSender;
            tokens = await keys.TokensAsync(note.ReceivedAt, isSimulated, cancel);
            items.Add(ItemOf(manifest, note, tokens, isSimulated));
        }

        return new DeclaredEntry
        {
            Landing = note.Landed,
            Hash = note.Hash,
            Key = tokens!.Current.ContentToken(received.Span),
            Source = note.Source,
            ReceivedAtMs = note.ReceivedAtMs,
            Manifests = items,
        };
    }

    private static DeclaredManifestItem ItemOf(Manifest manifest, LandedNote note, TokenKeys tokens, bool isSimulated)
    {
        // A recorded manifest was known at its own date; without one, a day before the arrival that it declares.
        var documentAtMs = manifest.DocumentAtMs ?? (note.IsRecorded ? manifest.ArrivalAtMs - DayMs : null) ?? note.ReceivedAtMs;
        return new DeclaredManifestItem
        {
            Id = manifest.Id,
            Function = JsonNamingPolicy.SnakeCaseLower.ConvertName(manifest.Function.ToString()),
            DocumentAtMs = documentAtMs,
            KnownAtMs = note.IsRecorded ? documentAtMs : note.ReceivedAtMs,
            IsSimulated = isSimulated,
            Mmsi = manifest.Vessel.Mmsi,
            Imo = manifest.Vessel.Imo?.Value,
            CallSign = manifest.Vessel.CallSign,
            VesselName = manifest.Vessel.Name,
            Voyage = manifest.Voyage,
            ArrivalPort = manifest.ArrivalPort,
            ArrivalAtMs = manifest.ArrivalAtMs,
            LastPort = manifest.LastPort,
            Consignments = [.. Consignments(manifest, tokens)],
        };
    }

    private static IEnumerable<DeclaredConsignmentItem> Consignments(Manifest manifest, TokenKeys tokens)
    {
        var twins = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var consignment in manifest.Consignments)
        {
            var kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(consignment.BillKind.ToString());
            var bill = $"{kind}/{consignment.Bill}";
            var twin = twins[bill] = twins.GetValueOrDefault(bill) + 1;
            yield return new DeclaredConsignmentItem
            {
                Id = DeclaredNames.IdOf(manifest.Id, bill, FormattableString.Invariant($"{twin}")),
                Bill = consignment.Bill,
                BillKind = kind,
                MasterBill = consignment.MasterBill,
                PortOfLoading = consignment.PortOfLoading,
                PortOfDischarge = consignment.PortOfDischarge,
                PortOfOriginalLoading = consignment.PortOfOriginalLoading,
                Containers = consignment.Containers,
                Seals = consignment.Seals,
                HsCodes = [.. consignment.Goods.Select(goods => goods.HsCode).OfType<string>().Distinct()],
                WeightKg = consignment.WeightKg,
                Parties = [.. consignment.Parties.Select(party => new DeclaredParty(party.Role, TokenOf(party, tokens)))],
                Defects = consignment.Defects,
            };
        }
    }

    private static string? TokenOf(ManifestParty party, TokenKeys tokens) =>
        (party.Name ?? party.Id) is { Length: > 0 } text && !DeclaredNames.IsToOrder(text) ? tokens.Current.PartyToken(text) : null;
}
