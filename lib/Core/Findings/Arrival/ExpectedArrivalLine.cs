using System.Buffers;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Arrival;

/// <summary>The lines of the collection <c>expected-arrivals</c>: one id for each ship; later lines replace earlier.</summary>
internal static class ExpectedArrivalLine
{
    private const int OthersMax = 3;

    /// <summary>A ship is under way to a port.</summary>
    public static void Write(WatchState state, int slot, in StoredReport report, ExpectedArrival expected)
    {
        var (first, estimate) = (expected.Ports[0], expected.Estimate);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = Start(state, slot, in report, buffer, "under-way");
        var json = writer.Json;
        json.WriteString("destination_locode"u8, first.Locode);
        json.WriteString("destination_name"u8, first.Name);
        new Figure("destination_probability", first.Thousandths, 3).WriteTo(json);
        json.WriteString("destination_by"u8, first.By);
        json.WriteStartArray("other_destinations"u8);
        foreach (var other in expected.Ports.Skip(1).Take(OthersMax))
        {
            json.WriteStartObject();
            json.WriteString("locode"u8, other.Locode);
            new Figure("probability", other.Thousandths, 3).WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("eta_low_at"u8, Instants.ToText(estimate.LowAtMs));
        json.WriteString("eta_at"u8, Instants.ToText(estimate.EtaAtMs));
        json.WriteString("eta_high_at"u8, Instants.ToText(estimate.HighAtMs));
        json.WriteString("eta_by"u8, estimate.By);
        json.WriteString("eta_why"u8, estimate.Why);
        json.WriteString("announced_eta_at"u8, expected.AnnouncedAtMs is { } at ? Instants.ToText(at) : null);
        if (estimate.DistanceDecimetres is { } left)
        {
            Figure.NauticalMiles("distance_nm", left).WriteTo(json);
        }
        else
        {
            json.WriteNull("distance_nm"u8);
        }

        json.WriteNull("arrival_at"u8);
        End(state, in report, writer, buffer);
    }

    /// <summary>It has come to a port, or nothing can be said of it any more.</summary>
    public static void WriteEnd(WatchState state, int slot, in StoredReport report, Place? port, long arrivalAtMs)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = Start(state, slot, in report, buffer, port is null ? "unknown" : "arrived");
        var json = writer.Json;
        json.WriteString("destination_locode"u8, port?.Locode);
        json.WriteString("destination_name"u8, port?.PortName);
        json.WriteNull("destination_probability"u8);
        json.WriteNull("eta_low_at"u8);
        json.WriteNull("eta_at"u8);
        json.WriteNull("eta_high_at"u8);
        json.WriteNull("eta_by"u8);
        json.WriteString("arrival_at"u8, port is null ? null : Instants.ToText(arrivalAtMs));
        End(state, in report, writer, buffer);
    }

    private static GeoJsonWriter Start(WatchState state, int slot, in StoredReport report, ArrayBufferWriter<byte> buffer, string standing)
    {
        var vessel = state.Table.Vessels[slot].Vessel;
        ref var card = ref state.Table.Cards[slot];
        var writer = new GeoJsonWriter(buffer);
        writer.StartFeature(vessel.Subject);
        writer.WritePoint(report.Position);
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, vessel.Subject);
        if (vessel.IsMmsi)
        {
            json.WriteNumber("mmsi"u8, vessel.Mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        json.WriteString("subject"u8, vessel.Subject);
        json.WriteString("name"u8, card.Name);
        json.WriteString("state"u8, standing);
        json.WriteString("at"u8, Instants.ToText(report.EventAtMs));
        json.WriteString("destination"u8, card.Destination);
        return writer;
    }

    private static void End(WatchState state, in StoredReport report, GeoJsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Json.WriteString("known_at"u8, Instants.ToText(state.KnownAtMs));
        writer.Json.WriteBoolean("simulated"u8, report.Has(ReportTraits.Simulated));
        writer.EndFeature();
        state.Output.WriteLine("expected-arrivals", buffer.WrittenSpan);
    }
}
