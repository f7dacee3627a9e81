using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation.Declared;

/// <summary>
/// The declared calls. A notice belongs to a call by the port's own id of it; else by port, ship and voyage; else by port
/// and ship where its time is within 36 hours. The id of a call is fixed by the first notice.
/// </summary>
internal sealed class CallBook(DeclaredState state)
{
    /// <summary>Calls remembered; the longest unheard of are forgotten first.</summary>
    public const int CallsMax = 8_192;

    private const long HourMs = 3_600_000;
    private const long NearMs = 36 * HourMs;
    private const long StayMs = 10 * 24 * HourMs;
    private const long VoyageMs = 10 * 24 * HourMs;

    private readonly Dictionary<string, List<CallMemory>> byPort = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Port, string CallId), CallMemory> byCallId = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    /// <summary>Builds its look-ups anew from the state.</summary>
    public void Load()
    {
        byPort.Clear();
        byCallId.Clear();
        ids.Clear();
        foreach (var call in state.Calls)
        {
            Index(call);
        }
    }

    /// <summary>Takes a notice; the call it belongs to, and whether anything is new in it.</summary>
    public (CallMemory Call, bool IsNews) Take(DeclaredCallItem notice)
    {
        var call = Find(notice);
        var isNew = call is null;
        call ??= Open(notice);
        var isNews = Merge(call, notice) || isNew;
        if (call.CallId is { } callId)
        {
            Name(callId, call); // A call that was opened without it has it now.
        }

        if (isNews)
        {
            call.Revision++;
            call.KnownAtMs = Math.Max(call.KnownAtMs, notice.KnownAtMs);
        }

        return (call, isNews);
    }

    private CallMemory? Find(DeclaredCallItem notice)
    {
        if (notice.CallId is { } callId && byCallId.TryGetValue((notice.Port, callId), out var named) && !Differ(named, notice))
        {
            return named;
        }

        if (!byPort.TryGetValue(notice.Port, out var calls))
        {
            return null;
        }

        CallMemory? best = null;
        var nearest = long.MaxValue;
        foreach (var call in calls)
        {
            if ((notice.CallId is null || call.CallId is null) && IsSameShip(call, notice) && Distance(call, notice) is { } distance
                && distance < nearest)
            {
                (best, nearest) = (call, distance);
            }
        }

        return best;
    }

    private static bool Differ(CallMemory call, DeclaredCallItem notice) =>
        (call.Imo is { } imo && notice.Imo is { } otherImo && imo != otherImo)
        || (call.Mmsi is { } mmsi && notice.Mmsi is { } otherMmsi && mmsi != otherMmsi && (call.Imo is null || notice.Imo is null));

    private static bool IsSameShip(CallMemory call, DeclaredCallItem notice)
    {
        if (call.Imo is { } imo && notice.Imo is { } otherImo)
        {
            return imo == otherImo;
        }

        return call.Mmsi is { } mmsi && notice.Mmsi is { } otherMmsi
            ? mmsi == otherMmsi
            : call.CallSign is not null && call.CallSign == notice.CallSign;
    }

    // How far the notice's time is from the call, milliseconds; null where it is too far to be the same call.
    private static long? Distance(CallMemory call, DeclaredCallItem notice)
    {
        var arrival = notice.EtaMs ?? notice.BerthEtaMs ?? notice.AtaMs ?? notice.BerthedAtMs;
        var departure = notice.AtdMs ?? notice.EtdMs;
        var isSameVoyage = notice.Voyage is not null && notice.Voyage == call.Voyage.Value;
        long? distance = (arrival, call.ArrivalMs, departure, call.DepartureMs) switch
        {
            ({ } at, { } known, _, _) => Math.Abs(at - known),
            (_, _, { } at, { } known) => Math.Abs(at - known),
            (null, { } known, { } at, _) => at >= known - NearMs && at <= known + StayMs ? Math.Abs(at - known) / 8 : null,
            ({ } at, null, _, { } known) => at <= known + NearMs && at >= known - StayMs ? Math.Abs(known - at) / 8 : null,
            _ => notice.SentAtMs - call.FirstKnownAtMs is var age && Math.Abs(age) < VoyageMs ? Math.Abs(age) / 8 : null, // A cancellation has no time of its own.
        };
        return distance is { } found && found <= (isSameVoyage ? VoyageMs : NearMs) ? found : null;
    }

    private CallMemory Open(DeclaredCallItem notice)
    {
        MakeRoom();
        var atMs = notice.EtaMs ?? notice.BerthEtaMs ?? notice.AtaMs ?? notice.BerthedAtMs ?? notice.EtdMs ?? notice.AtdMs ?? notice.SentAtMs;
        var ship = notice.Mmsi is { } mmsi ? mmsi.ToString("D9", CultureInfo.InvariantCulture)
            : notice.Imo is { } imo ? string.Create(CultureInfo.InvariantCulture, $"imo{imo:D7}")
            : $"cs-{notice.CallSign}";
        var id = $"call:{notice.Port}:{ship}:{Instants.ToText(atMs)}";
        if (ids.Contains(id))
        {
            // Two calls of one ship for one time: only the port's own ids tell them apart.
            var name = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{notice.CallId} {notice.Imo}")));
            id = $"{id}~{Convert.ToHexStringLower(name.AsSpan(0, 4))}";
        }

        var call = new CallMemory { Id = id, Port = notice.Port, FirstKnownAtMs = notice.KnownAtMs };
        state.Calls.Add(call);
        Index(call);
        return call;
    }

    private void MakeRoom()
    {
        if (state.Calls.Count < CallsMax)
        {
            return;
        }

        var keep = state.Calls.OrderByDescending(call => call.KnownAtMs).ThenBy(call => call.Id, StringComparer.Ordinal).Take(CallsMax * 7 / 8).ToHashSet();
        state.Evicted += state.Calls.RemoveAll(call => !keep.Contains(call));
        Load();
    }

    private void Index(CallMemory call)
    {
        if (!byPort.TryGetValue(call.Port, out var calls))
        {
            byPort.Add(call.Port, calls = []);
        }

        calls.Add(call);
        ids.Add(call.Id);
        if (call.CallId is { } callId)
        {
            Name(callId, call);
        }
    }

    // Where two ships claim one id the smaller name wins, so that it does not matter which claimed it first.
    private void Name(string callId, CallMemory call)
    {
        var key = (call.Port, callId);
        if (!byCallId.TryGetValue(key, out var named) || string.CompareOrdinal(call.Id, named.Id) < 0)
        {
            byCallId[key] = call;
        }
    }

    private static bool Merge(CallMemory call, DeclaredCallItem notice)
    {
        var before = call with { };
        call.CallId ??= notice.CallId;
        call.Imo ??= notice.Imo;
        call.Mmsi ??= notice.Mmsi;
        call.CallSign ??= notice.CallSign;
        call.Name ??= notice.Name;
        call.PortLatitudeE7 ??= notice.PortLatitudeE7;
        call.PortLongitudeE7 ??= notice.PortLongitudeE7;
        call.Voyage = Later(call.Voyage, notice.Voyage, notice);
        call.Eta = Later(call.Eta, notice.EtaMs, notice);
        call.BerthEta = Later(call.BerthEta, notice.BerthEtaMs, notice);
        call.Etd = Later(call.Etd, notice.EtdMs, notice);
        call.Ata = Later(call.Ata, notice.AtaMs, notice);
        call.Berthed = Later(call.Berthed, notice.BerthedAtMs, notice);
        call.Atd = Later(call.Atd, notice.AtdMs, notice);
        call.Berth = Later(call.Berth, notice.Berth, notice);
        call.LastPort = Later(call.LastPort, notice.LastPort, notice);
        call.NextPort = Later(call.NextPort, notice.NextPort, notice);
        call.CancelledSentAtMs = notice.IsCancelled ? Math.Max(call.CancelledSentAtMs, notice.SentAtMs) : call.CancelledSentAtMs;
        call.IsSimulated |= notice.IsSimulated;
        return Shown(before) != Shown(call);
    }

    private static Told<string> Later(Told<string> known, string? said, DeclaredCallItem notice) =>
        said is null || notice.SentAtMs < known.SentAtMs ? known : new Told<string>(said, notice.SentAtMs);

    private static Told<long> Later(Told<long> known, long? said, DeclaredCallItem notice) =>
        said is null || notice.SentAtMs < known.SentAtMs ? known : new Told<long>(said.Value, notice.SentAtMs);

    // What a reader of the line would see: a repeated word is no news, though it was said later.
    private static CallMemory Shown(CallMemory call) => call with
    {
        Voyage = new(call.Voyage.Value, 0), Eta = new(call.Eta.Value, 0), BerthEta = new(call.BerthEta.Value, 0), Etd = new(call.Etd.Value, 0),
        Ata = new(call.Ata.Value, 0), Berthed = new(call.Berthed.Value, 0), Atd = new(call.Atd.Value, 0), Berth = new(call.Berth.Value, 0),
        LastPort = new(call.LastPort.Value, 0), NextPort = new(call.NextPort.Value, 0), CancelledSentAtMs = call.IsCancelled ? 1 : 0,
    };
}
