using System.Text.Json;
using MaritimeWatch.Correlation.Declared;
using MaritimeWatch.Intake.Notices;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Takes landed notices to the declared stage's inbox: calls with the port's position, pick-ups with the plate's token.
/// What cannot be read goes to the sealed rejects. Safe to repeat.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">Its keys.</param>
/// <param name="time">Only for waiting between tries.</param>
public sealed class NoticeDecoder(IBlobStore store, KeyRing keys, TimeProvider time) : ILandedDecoder
{
    /// <summary>The door.</summary>
    public const string DoorName = "notices";

    private const int NoticesPerEntry = 2_000;

    private readonly SealedLanding landing = new(store, keys);
    private readonly SealedRejects rejects = new(store, keys);
    private readonly Inbox inbox = new(store, new GroupName(StageNames.Declared, 0), time);
    private readonly PortPositions ports = new(store);

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

        var clear = PackedBytes.Unpack(content.Clear, NoticeReader.BytesMax);
        var reading = NoticeReader.Read(clear);
        await rejects.KeepAsync(LandedBlob.FromName(note.Landed), Refused(reading, clear), cancel);
        var number = await AppendAsync(note, content.Clear, reading, cancel);
        var used = reading.Calls.Count + reading.Pickups.Count;
        var isWhole = reading.Fault != NoticeFault.None;
        return new LandedOutcome(
            reading.Items + (isWhole ? 1 : 0), used, CountsOf(reading), reading.NotAboutCalls, number,
            isWhole ? [reading.FaultText!] : [.. reading.Refusals.Take(100).Select(r => FormattableString.Invariant($"line {r.Line}: {r.What}")), .. reading.Defects]);
    }

    /// <summary>How many were refused, by fault in snake case.</summary>
    internal static SortedDictionary<string, long> CountsOf(NoticeReading reading)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (fault, count) in reading.RefusedCounts)
        {
            counts.Add(NameOf(fault), count);
        }

        if (reading.Fault != NoticeFault.None)
        {
            counts[NameOf(reading.Fault)] = 1;
        }

        return counts;
    }

    /// <summary>What was refused, with its bytes.</summary>
    internal static RejectBatch Refused(NoticeReading reading, ReadOnlyMemory<byte> clear)
    {
        var batch = new RejectBatch();
        if (reading.Fault != NoticeFault.None)
        {
            batch.Add(NameOf(reading.Fault), 0, clear.Length, 1, clear.Span);
        }

        foreach (var refusal in reading.Refusals)
        {
            var from = (int)Math.Min(refusal.Offset, clear.Length);
            batch.Add(NameOf(refusal.Fault), from, refusal.Length, refusal.Line, clear.Span.Slice(from, Math.Min(refusal.Length, clear.Length - from)));
        }

        return batch;
    }

    private async Task<long?> AppendAsync(LandedNote note, ReadOnlyMemory<byte> received, NoticeReading reading, CancellationToken cancel)
    {
        List<DeclaredCallItem> calls = [];
        var places = reading.Calls.Count > 0 ? await ports.ReadAsync(cancel) : null;
        foreach (var notice in reading.Calls)
        {
            calls.Add(ItemOf(notice, note, places!.TryGetValue(notice.Port, out var where) ? where : null));
        }

        List<DeclaredPickupItem> pickups = [];
        foreach (var pickup in reading.Pickups)
        {
            pickups.Add(await ItemOfAsync(pickup, note, cancel));
        }

        // Cut in order of time, so that no entry is larger than is handy and a replay's entries follow each other.
        var key = (await keys.TokensAsync(note.ReceivedAt, note.IsSimulated, cancel)).Current.ContentToken(received.Span);
        var callChunks = calls.OrderBy(call => call.KnownAtMs).Chunk(NoticesPerEntry).ToList();
        var pickupChunks = pickups.OrderBy(pickup => pickup.KnownAtMs).Chunk(NoticesPerEntry).ToList();
        long? number = null;
        for (var part = 0; part < Math.Max(callChunks.Count, pickupChunks.Count); part++)
        {
            var entry = new DeclaredEntry
            {
                Landing = note.Landed,
                Hash = note.Hash,
                Key = FormattableString.Invariant($"{key}/{part}"),
                Source = note.Source,
                ReceivedAtMs = note.ReceivedAtMs,
                Calls = part < callChunks.Count ? callChunks[part] : [],
                Pickups = part < pickupChunks.Count ? pickupChunks[part] : [],
            };
            number = await inbox.AppendAsync(EntryKind.Batch, entry.ToBytes(), cancel);
        }

        return number;
    }

    private static DeclaredCallItem ItemOf(CallNotice notice, LandedNote note, Position? port) => new()
    {
        Port = notice.Port,
        PortLatitudeE7 = port?.LatitudeE7,
        PortLongitudeE7 = port?.LongitudeE7,
        CallId = notice.CallId,
        Imo = notice.Imo,
        Mmsi = notice.Mmsi,
        CallSign = notice.CallSign,
        Name = notice.Name,
        Voyage = notice.Voyage,
        EtaMs = notice.EtaMs,
        BerthEtaMs = notice.BerthEtaMs,
        EtdMs = notice.EtdMs,
        AtaMs = notice.AtaMs,
        BerthedAtMs = notice.BerthedAtMs,
        AtdMs = notice.AtdMs,
        Berth = notice.Berth,
        LastPort = notice.LastPort,
        NextPort = notice.NextPort,
        IsCancelled = notice.IsCancelled,
        SentAtMs = notice.SentAtMs,
        KnownAtMs = note.IsRecorded ? notice.SentAtMs : note.ReceivedAtMs,
        IsSimulated = note.IsSimulated || notice.IsSimulated,
    };

    private async Task<DeclaredPickupItem> ItemOfAsync(PickupNotice pickup, LandedNote note, CancellationToken cancel)
    {
        var isSimulated = note.IsSimulated || pickup.IsSimulated;
        var tokens = await keys.TokensAsync(note.ReceivedAt, isSimulated, cancel);
        var token = tokens.Current.Of(pickup.Plate).Exact;
        return new DeclaredPickupItem
        {
            Id = DeclaredNames.IdOf("pickup", pickup.Container, token, FormattableString.Invariant($"{pickup.AtMs}")),
            Container = pickup.Container,
            Token = token,
            Port = pickup.Port,
            AtMs = pickup.AtMs,
            KnownAtMs = note.IsRecorded ? pickup.SentAtMs : note.ReceivedAtMs,
            IsSimulated = isSimulated,
        };
    }

    private static string NameOf(NoticeFault fault) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());
}
