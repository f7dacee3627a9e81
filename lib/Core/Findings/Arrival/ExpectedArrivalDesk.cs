using MaritimeWatch.Findings.RouteDeviation;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Findings.VoyageChange;
using MaritimeWatch.Reference.Destinations;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Arrival;

/// <summary>
/// Says of every ship under way, once in each hour of event time, where it is bound for and when it will be there. Holds no
/// state but one bit of a hull: that a line of it stands, so that it is taken back when it no longer holds and ended when
/// the ship has come.
/// </summary>
internal sealed class ExpectedArrivalDesk(WatchState state)
{
    /// <summary>How often, milliseconds of event time.</summary>
    public const long EveryMs = 3_600_000;

    /// <summary>A destination less likely than this is none, thousandths.</summary>
    public const int ChanceMin = 200;

    private readonly DestinationBelief _belief = new(state);

    /// <summary>A report of a hull that is believed, after the port next to it was looked up, before it replaces the hull's last.</summary>
    public void OnReport(int slot, ref HullState hull, in StoredReport report)
    {
        if (report.EventAtMs / EveryMs == hull.Last.EventAtMs / EveryMs || hull.Reports == 0
            || hull.Last.EventAtMs != state.Table.Vessels[slot].Last.EventAtMs || !WatchState.IsShip(state.Table.Vessels[slot].Vessel))
        {
            return;
        }

        var ports = LiesInPort(in hull) ? [] : _belief.Of(slot, in report);
        if (ports.Count > 0 && ports[0].Thousandths >= ChanceMin && !IsAt(ports[0].Locode, in hull)
            && ArrivalEstimator.Of(Question(slot, ports[0], in hull, in report)) is { } estimate)
        {
            hull.Port.IsExpected = 1;
            ExpectedArrivalLine.Write(state, slot, in report, new ExpectedArrival(ports, estimate, Announced(slot, report.EventAtMs)?.EtaAtMs));
        }
        else if (hull.Port.IsExpected != 0 && !IsAt(ports.Count > 0 ? ports[0].Locode : null, in hull))
        {
            hull.Port.IsExpected = 0;
            ExpectedArrivalLine.WriteEnd(state, slot, in report, null, 0);
        }
    }

    /// <summary>A hull has stopped or fallen silent in a port.</summary>
    public void OnArrival(int slot, ref HullState hull, in StoredReport report)
    {
        if (hull.Port.IsExpected != 0)
        {
            hull.Port.IsExpected = 0;
            ExpectedArrivalLine.WriteEnd(state, slot, in report, state.Places[hull.Port.Place - 1], hull.Port.EntryAtMs);
        }
    }

    private static bool LiesInPort(in HullState hull) =>
        hull.Port.EntryAtMs != 0 && (hull.Port.Flags & (PortFlags.Stopped | PortFlags.Gap)) != 0;

    // Within the port that it is bound for there is nothing left to expect.
    private bool IsAt(string? locode, in HullState hull) =>
        hull.Port.EntryAtMs != 0 && state.Places[hull.Port.Place - 1].Locode is { } here && here == locode;

    private ArrivalQuestion Question(int slot, DestinationPort port, in HullState hull, in StoredReport report)
    {
        var (from, ways) = EarlierWays(slot, hull.Number, port.Locode);
        return new ArrivalQuestion
        {
            AtMs = report.EventAtMs,
            Where = report.Position,
            Port = port.Where,
            SpeedDeciKnots = report.SpeedDeciKnots,
            UsualDeciKnots = state.Table.Vessels[slot].UsualDeciKnotsTimes64 / 64,
            CourseDeciDegrees = report.CourseDeciDegrees,
            LiesStill = report.SaysItLiesStill,
            OwnWays = ways,
            Lane = LaneTimes.Of(state.Reference.View, from, port.Locode, state.Table.Cards[slot].ShipType, in report),
            SeaLanes = state.Reference.View.SeaLanes,
            Announced = Announced(slot, report.EventAtMs),
        };
    }

    // Where the hull comes from, and its earlier ways from there to the port.
    private (string? From, Position[][] Ways) EarlierWays(int slot, int hull, string to)
    {
        if (state.Routes.Of(slot) is not { } routes || FromOf(routes, hull) is not { } from)
        {
            return (null, []);
        }

        return (from, [.. routes.Pairs.Where(pair => pair.From.Id == from && pair.To.Id == to)
            .SelectMany(pair => pair.Voyages).Select(earlier => earlier.Places)]);
    }

    private static string? FromOf(VesselRoutes routes, int hull) =>
        routes.InProgress is { } voyage && voyage.Hull == hull ? voyage.From.Id : null;

    // The year rolls over as for a change of voyage; a time that has passed announces nothing.
    private (long EtaAtMs, long SaidAtMs)? Announced(int slot, long atMs)
    {
        if (state.Statics.Of(slot)?.Claims[(int)ClaimField.Eta] is not { Value: { } text } claim)
        {
            return null;
        }

        var saidAtMs = Math.Max(claim.First.AtMs, claim.Bucket * Intake.Ais.StaticMemory.BucketMs);
        var eta = EtaText.Resolve(text, saidAtMs);
        return eta > atMs ? (eta, saidAtMs) : null;
    }
}

/// <summary>What a line says of a ship under way.</summary>
/// <param name="Ports">Where it may be bound for, the likeliest first; at least one.</param>
/// <param name="Estimate">When it is at the first of them.</param>
/// <param name="AnnouncedAtMs">The ETA that it announces, or null.</param>
internal sealed record ExpectedArrival(IReadOnlyList<DestinationPort> Ports, ArrivalEstimate Estimate, long? AnnouncedAtMs);
