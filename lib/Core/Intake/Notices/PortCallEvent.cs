using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Notices;

/// <summary>
/// One event of the open port-call schema (version 3.2.1), or a pick-up of our own:
/// <c>{"type":"pickup","container","plate","port","at","sent_at"}</c>.
/// </summary>
internal static class PortCallEvent
{
    private const int TextMax = 128;
    private static readonly TimeSpan FarOff = TimeSpan.FromDays(400);

    // Activities and times of the schema's event types; what is known and not about a call is only counted.
    private static readonly string[] Activities =
    [
        "120nm", "12nm", "240nm", "60nm", "anchorArea", "berth", "bunkerPW", "bunkerService", "cargoOperations", "customs", "fairway",
        "firstLineReleased", "firstLineSecured", "floatingCrane", "immigration", "lastLineReleased", "lastLineSecured", "movement",
        "pilotBoardingPlace", "pilotDisembarked", "pilotOnBoard", "port", "portAuthority", "portBasin", "provision", "repairService",
        "safeAccessToShoreOpen", "slops", "stores", "surveyor", "tender", "tugArea", "tugsFromBerth", "tugsNoMoreStandby", "tugsStandby",
        "tugsToBerth", "vtsArea", "waste", "waterSupply",
    ];

    private static readonly string[] Times =
        ["ata", "atd", "eta", "etd", "pta", "ptd", "cancel", "at", "atc", "ats", "et", "etc", "ets", "clearance", "reportnumber"];

    private static readonly string[] Parties =
    [
        "vessel", "agent", "portAuthority", "carrier", "terminal", "captain", "pilot", "bunkerService", "serviceProvider", "linesmen",
        "tugService",
    ];

    public static void Take(StrictValue item, int line, long offset, int length, NoticeList notices)
    {
        if (item.Kind != JsonValueKind.Object)
        {
            notices.Refuse(NoticeFault.NotANotice, "it is no object", line, offset, length);
            return;
        }

        var (fault, what) = Text(item, "type") == "pickup" ? TakePickup(item, line, offset, length, notices)
            : item.Members.ContainsKey("eventType") ? TakeEvent(item, line, offset, length, notices)
            : (NoticeFault.NotANotice, "it has neither eventType nor type \"pickup\"");
        if (fault != NoticeFault.None)
        {
            notices.Refuse(fault, what, line, offset, length);
        }
    }

    private static (NoticeFault Fault, string What) TakeEvent(StrictValue item, int line, long offset, int length, NoticeList notices)
    {
        var type = Text(item, "eventType")?.Split('.') ?? [];
        if (type.Length != 3 || !Activities.Contains(type[0]) || !Times.Contains(type[1]) || !Parties.Contains(type[2]))
        {
            return (NoticeFault.EventType, $"eventType {Quote(Text(item, "eventType"))} is not one of the schema");
        }

        if (Text(item, "version") is { } version && !version.StartsWith("3.", StringComparison.Ordinal))
        {
            return (NoticeFault.Version, $"version {Quote(version)}; 3.2.1 is read");
        }

        if (!UnLocode.TryParse(Text(item, "port"), out var port))
        {
            return (NoticeFault.Port, $"port {Quote(Text(item, "port"))} is no UN/LOCODE");
        }

        if (!Rfc3339Text.TryRead(Text(item, "eventTime"), out var atMs))
        {
            return (NoticeFault.Time, $"eventTime {Quote(Text(item, "eventTime"))} is no time by RFC 3339");
        }

        if (!Rfc3339Text.TryRead(Text(item, "recordTime") ?? Text(item, "sent_at"), out var sentAtMs))
        {
            return (NoticeFault.Time, $"recordTime {Quote(Text(item, "recordTime"))} is no time by RFC 3339");
        }

        if (Math.Abs(atMs - sentAtMs) > FarOff.TotalMilliseconds)
        {
            return (NoticeFault.TimeFarOff, $"eventTime {Instants.ToText(atMs)} is more than 400 days from recordTime {Instants.ToText(sentAtMs)}");
        }

        if (!IsAboutACall(type[0], type[1]))
        {
            notices.NotAboutCalls();
            return default;
        }

        var context = item.Members.GetValueOrDefault("context");
        var notice = WithShip(item, context, line, notices, new CallNotice { Port = port.Value, SentAtMs = sentAtMs, Line = line });
        if (notice is null)
        {
            return (NoticeFault.Ship, "the ship has neither IMO number, MMSI nor call sign that can be used");
        }

        Missing(item, line, notices);
        notices.Add(WithTime(notice, type[0], type[1], atMs, BerthOf(item)), offset, length);
        return default;
    }

    private static CallNotice? WithShip(StrictValue item, StrictValue? context, int line, NoticeList notices, CallNotice notice)
    {
        var ship = item.Members.GetValueOrDefault("ship");
        var (imo, mmsi) = (ShipNumbers.Imo(Text(ship, "imo"), line, notices), ShipNumbers.Mmsi(Text(ship, "mmsi"), line, notices));
        var callSign = Text(context, "callSign")?.ToUpperInvariant();
        return imo is null && mmsi is null && callSign is null
            ? null
            : notice with
            {
                Imo = imo,
                Mmsi = mmsi,
                CallSign = callSign,
                Name = Text(ship, "name"),
                CallId = Text(item, "portcallId"),
                Voyage = Text(context, "voyage"),
                LastPort = UnLocode.TryParse(Text(context, "lastPort"), out var last) ? last.Value : null,
                NextPort = UnLocode.TryParse(Text(context, "nextPort"), out var next) ? next.Value : null,
                IsSimulated = IsTrue(item, "simulated") || IsTrue(context, "simulated"),
            };
    }

    private static bool IsAboutACall(string activity, string time) => (activity, time) switch
    {
        ("port" or "berth", "eta" or "pta" or "etd" or "ptd" or "ata" or "atd") => true,
        ("port", "cancel") => true, // A cancelled berth is another berth, not another call.
        ("anchorArea" or "pilotBoardingPlace", "eta" or "pta" or "ata") => true, // Leaving the roads is no departure.
        _ => false,
    };

    private static CallNotice WithTime(CallNotice notice, string activity, string time, long atMs, string? berth)
    {
        var isBerth = activity == "berth";
        notice = notice with { Berth = isBerth ? berth : null };
        return time switch
        {
            "eta" or "pta" => isBerth ? notice with { BerthEtaMs = atMs } : notice with { EtaMs = atMs },
            "etd" or "ptd" => notice with { EtdMs = atMs },
            "ata" => isBerth ? notice with { BerthedAtMs = atMs } : notice with { AtaMs = atMs },
            "atd" => notice with { AtdMs = atMs },
            _ => notice with { IsCancelled = true, EtaMs = null },
        };
    }

    private static string? BerthOf(StrictValue item) =>
        item.Members.GetValueOrDefault("location") is { } location ? Text(location, "name") ?? Text(location, "gln") : null;

    private static void Missing(StrictValue item, int line, NoticeList notices)
    {
        foreach (var name in (ReadOnlySpan<string>)["uuid", "source", "version", "recordTime"])
        {
            if (Text(item, name) is null)
            {
                notices.Defect(line, $"member {name} of the schema is missing; read without it");
            }
        }
    }

    private static (NoticeFault Fault, string What) TakePickup(StrictValue item, int line, long offset, int length, NoticeList notices)
    {
        var given = Text(item, "container");
        if (given is null)
        {
            return (NoticeFault.Container, "the pick-up names no container");
        }

        if (!Plate.TryParse(Text(item, "plate"), out var plate))
        {
            return (NoticeFault.Plate, "the pick-up has no plate of 2 to 16 letters and digits");
        }

        if (!UnLocode.TryParse(Text(item, "port"), out var port))
        {
            return (NoticeFault.Port, $"port {Quote(Text(item, "port"))} is no UN/LOCODE");
        }

        if (!Rfc3339Text.TryRead(Text(item, "at"), out var atMs))
        {
            return (NoticeFault.Time, $"at {Quote(Text(item, "at"))} is no time by RFC 3339");
        }

        var sentAtMs = atMs;
        if (item.Members.ContainsKey("sent_at") && !Rfc3339Text.TryRead(Text(item, "sent_at"), out sentAtMs))
        {
            return (NoticeFault.Time, $"sent_at {Quote(Text(item, "sent_at"))} is no time by RFC 3339");
        }

        if (Math.Abs(atMs - sentAtMs) > FarOff.TotalMilliseconds)
        {
            return (NoticeFault.TimeFarOff, "at is more than 400 days from sent_at");
        }

        var isRight = ContainerNumber.TryParse(given, out var container);
        if (!isRight)
        {
            notices.Defect(line, $"{Quote(given)} is no container number by ISO 6346; kept as given");
        }

        notices.Add(
            new PickupNotice(isRight ? container.Value : ContainerNumber.Bare(given), plate, port.Value, atMs, sentAtMs, IsTrue(item, "simulated"), line),
            offset, length);
        return default;
    }

    private static string? Text(StrictValue? item, string name) =>
        item?.Members.GetValueOrDefault(name)?.Text is { Length: > 0 and <= TextMax } text ? text.Trim() : null;

    private static bool IsTrue(StrictValue? item, string name) => item?.Members.GetValueOrDefault(name)?.Kind == JsonValueKind.True;

    private static string Quote(string? text) => text is null ? "(none)" : Manifests.DefectList.Quote(text);
}

/// <summary>The numbers that name a ship.</summary>
internal static class ShipNumbers
{
    public static int? Imo(string? text, int line, NoticeList notices)
    {
        if (text is null || !int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return null;
        }

        if (ImoNumber.TryCreate(number, out var imo))
        {
            return imo.Value;
        }

        notices.Defect(line, FormattableString.Invariant($"the check digit of IMO number {number} is wrong; left out"));
        return null;
    }

    public static int? Mmsi(string? text, int line, NoticeList notices)
    {
        if (text is null || !int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return null;
        }

        if (Terms.Mmsi.KindOf(number) == MmsiKind.Ship)
        {
            return number;
        }

        notices.Defect(line, FormattableString.Invariant($"{number} is no MMSI of a ship; left out"));
        return null;
    }
}
