using System.Buffers;
using MaritimeWatch.Findings.Gap;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Reach;

/// <summary>
/// Says where a silent ship can be, one line of <c>reach</c> per ship: when its gap opens, when the radius has grown by a
/// quarter, when a report that came late makes it smaller, and a last one when it is heard.
/// </summary>
internal sealed class ReachDesk(WatchState state)
{
    private const int HeardSquaresAround = 1;
    private const int HeardHours = 2;
    private const double SquareMetresPerSquareNm = 1852.0 * 1852.0;

    /// <summary>It is silent still: says so where there is news.</summary>
    /// <param name="slot">The vessel.</param>
    /// <param name="nowMs">Event time.</param>
    /// <param name="permille">The chance that it is silent on purpose.</param>
    /// <param name="isFromElsewhere">A report that came late has moved where it was heard last.</param>
    public void OnSilent(int slot, long nowMs, int permille, bool isFromElsewhere)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        var metres = RadiusOf(slot, nowMs);
        var said = vessel.ReachMetresSaid;
        if (isFromElsewhere || said == 0 || metres >= said + (said / 4) || (metres == ReachArea.RadiusMetresMax && metres > said))
        {
            Write(slot, nowMs, permille, metres, isOpen: true);
            vessel.ReachMetresSaid = metres;
            state.Changed.Add(slot);
        }
    }

    /// <summary>It is silent no more, or nobody says so any more.</summary>
    public void Close(int slot, long nowMs, int permille)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        if (vessel.ReachMetresSaid > 0)
        {
            Write(slot, nowMs, permille, RadiusOf(slot, nowMs), isOpen: false);
            vessel.ReachMetresSaid = 0;
            state.Changed.Add(slot);
        }
    }

    private int RadiusOf(int slot, long nowMs)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        return ReachArea.Metres(
            ReachSpeed.Of(in vessel, in state.Table.Cards[slot]), Math.Max(0, nowMs - vessel.Last.EventAtMs));
    }

    private void Write(int slot, long nowMs, int permille, int metres, bool isOpen)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        var area = ReachArea.Find(vessel.Last.Position, metres, state.Reference.View);
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var writer = new GeoJsonWriter(buffer);
        writer.StartFeature(vessel.Vessel.Subject);
        writer.WritePolygon(area.Ring());
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, vessel.Vessel.Subject);
        json.WriteString("subject"u8, vessel.Vessel.Subject);
        if (vessel.Vessel.IsMmsi)
        {
            json.WriteNumber("mmsi"u8, vessel.Vessel.Mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        json.WriteString("name"u8, state.Table.Cards[slot].Name);
        json.WriteString("silent_since"u8, Instants.ToText(vessel.Last.EventAtMs));
        json.WriteString("at"u8, Instants.ToText(nowMs));
        json.WriteString("closed_at"u8, isOpen ? null : Instants.ToText(nowMs));
        Figure.NauticalMiles("radius_nm", metres * 10L).WriteTo(json);
        Figure.NauticalMiles("farthest_nm", area.FarthestMetres * 10L).WriteTo(json);
        new Figure("speed_knots", ReachSpeed.Of(in vessel, in state.Table.Cards[slot]), 1).WriteTo(json);
        new Figure("deliberate_probability", permille, 3).WriteTo(json);
        new Figure("area_nm2", SquareNm(area, area.Water.Count)).WriteTo(json);
        new Figure("area_if_sending_nm2", SquareNm(area, Unheard(in vessel, area, nowMs))).WriteTo(json);
        json.WriteString("known_at"u8, Instants.ToText(Math.Max(nowMs, state.KnownAtMs)));
        json.WriteString("state"u8, isOpen ? "open" : "closed");
        json.WriteBoolean("simulated"u8, vessel.Last.Has(ReportTraits.Simulated));
        writer.EndFeature();
        state.Output.WriteLine("reach", buffer.WrittenSpan);
    }

    private static long SquareNm(ReachArea area, int places) =>
        (long)Math.Round(places * area.StepMetres * (double)area.StepMetres / SquareMetresPerSquareNm);

    // Where its like was heard in each of the last hours it would have been heard too, were it sending.
    private int Unheard(in VesselState vessel, ReachArea area, long nowMs)
    {
        var hour = HeardCell.HourOf(HeardMark.BucketOf(nowMs));
        var like = GapSigns.LikeOf(in vessel.Last);
        var unheard = 0;
        foreach (var place in area.Water)
        {
            var heard = state.Coverage.HoursHeardNear(place, HeardSquaresAround, hour - HeardHours, hour - 1, like);
            unheard += heard < HeardHours ? 1 : 0;
        }

        return unheard;
    }
}
