using System.Buffers;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation.Declared;

/// <summary>Writes the lines of the declared stage; what it returns is good until the next call.</summary>
internal sealed class DeclaredLines : IDisposable
{
    private readonly ArrayBufferWriter<byte> buffer = new(2048);
    private readonly GeoJsonWriter writer;

    public DeclaredLines() => writer = new GeoJsonWriter(buffer);

    private Utf8JsonWriter Json => writer.Json;

    public void Dispose() => writer.Dispose();

    public ReadOnlySpan<byte> Call(CallMemory call, DeclaredCallItem notice, DeclaredEntry entry)
    {
        Start(call.Id);
        if (call is { PortLatitudeE7: { } latitude, PortLongitudeE7: { } longitude })
        {
            writer.WritePoint(new Position(latitude, longitude));
        }
        else
        {
            writer.WriteNoGeometry();
        }

        writer.StartProperties();
        Json.WriteString("id", call.Id);
        Json.WriteString("subject", call.Id);
        Json.WriteString("port", call.Port);
        Number("mmsi", call.Mmsi);
        Number("imo", call.Imo);
        Json.WriteString("call_sign", call.CallSign);
        Json.WriteString("name", call.Name);
        Json.WriteString("voyage", call.Voyage.Value);
        Json.WriteString("call_id", call.CallId);
        Json.WriteString("eta_at", Time(call.Eta) ?? Time(call.BerthEta));
        Json.WriteString("berth_eta_at", Time(call.BerthEta));
        Json.WriteString("etd_at", Time(call.Etd));
        Json.WriteString("ata_at", Time(call.Ata));
        Json.WriteString("berthed_at", Time(call.Berthed));
        Json.WriteString("atd_at", Time(call.Atd));
        Json.WriteString("last_port", call.LastPort.Value);
        Json.WriteString("next_port", call.NextPort.Value);
        Json.WriteString("berth", call.Berth.Value);
        Json.WriteString("status", StatusOf(call));
        Json.WriteNumber("revision", call.Revision);
        Json.WriteString("first_known_at", Instants.ToText(call.FirstKnownAtMs));
        Json.WriteString("sent_at", Instants.ToText(notice.SentAtMs));
        End(call.KnownAtMs, call.IsSimulated, entry);
        return buffer.WrittenSpan;
    }

    public ReadOnlySpan<byte> Consignment(DeclaredManifestItem manifest, DeclaredConsignmentItem item, string status, DeclaredEntry entry)
    {
        StartConsignment(item.Id, manifest, status);
        Json.WriteString("bill", item.Bill);
        Json.WriteString("bill_kind", item.BillKind);
        Json.WriteString("master_bill", item.MasterBill);
        Json.WriteString("port_of_loading", item.PortOfLoading);
        Json.WriteString("port_of_discharge", item.PortOfDischarge);
        Json.WriteString("port_of_original_loading", item.PortOfOriginalLoading);
        Texts("containers", item.Containers);
        Texts("seals", item.Seals);
        Texts("hs_codes", item.HsCodes);
        if (item.WeightKg is { } kg)
        {
            Json.WriteNumber("weight_kg", kg);
        }
        else
        {
            Json.WriteNull("weight_kg");
        }

        Json.WriteStartArray("parties");
        foreach (var party in item.Parties)
        {
            Json.WriteStartObject();
            Json.WriteString("role", party.Role);
            Json.WriteString("token", party.Token);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
        Json.WriteNumber("defects", item.Defects);
        End(manifest.KnownAtMs, manifest.IsSimulated, entry);
        return buffer.WrittenSpan;
    }

    /// <summary>A consignment that a later revision of its manifest no longer has.</summary>
    public ReadOnlySpan<byte> Withdrawn(string id, DeclaredManifestItem manifest, string status, DeclaredEntry entry)
    {
        StartConsignment(id, manifest, status);
        Texts("containers", []);
        Texts("seals", []);
        Texts("hs_codes", []);
        Texts("parties", []);
        Json.WriteNumber("defects", 0);
        End(manifest.KnownAtMs, manifest.IsSimulated, entry);
        return buffer.WrittenSpan;
    }

    public ReadOnlySpan<byte> Pickup(DeclaredPickupItem pickup, DeclaredEntry entry)
    {
        Start(pickup.Id);
        writer.WriteNoGeometry();
        writer.StartProperties();
        Json.WriteString("id", pickup.Id);
        Json.WriteString("container", pickup.Container);
        Json.WriteString("token", pickup.Token);
        Json.WriteString("port", pickup.Port);
        Json.WriteString("at", Instants.ToText(pickup.AtMs));
        End(pickup.KnownAtMs, pickup.IsSimulated, entry);
        return buffer.WrittenSpan;
    }

    private static string StatusOf(CallMemory call) => call switch
    {
        { IsCancelled: true } => "cancelled",
        { Atd.Value: not 0 } => "departed",
        { Berthed.Value: not 0 } => "berthed",
        { Ata.Value: not 0 } => "arrived",
        _ => "expected",
    };

    private static string? Time(Told<long> told) => told.Value == 0 ? null : Instants.ToText(told.Value);

    private void Start(string id)
    {
        buffer.ResetWrittenCount();
        writer.Retarget(buffer);
        writer.StartFeature(id);
    }

    private void StartConsignment(string id, DeclaredManifestItem manifest, string status)
    {
        Start(id);
        writer.WriteNoGeometry();
        writer.StartProperties();
        Json.WriteString("id", id);
        Json.WriteString("manifest", manifest.Id);
        Json.WriteString("status", status);
        Number("mmsi", manifest.Mmsi);
        Number("imo", manifest.Imo);
        Json.WriteString("call_sign", manifest.CallSign);
        Json.WriteString("vessel_name", manifest.VesselName);
        Json.WriteString("voyage", manifest.Voyage);
        Json.WriteString("last_port", manifest.LastPort);
        Json.WriteString("arrival_port", manifest.ArrivalPort);
        Json.WriteString("declared_arrival_at", manifest.ArrivalAtMs is { } at ? Instants.ToText(at) : null);
    }

    private void End(long knownAtMs, bool isSimulated, DeclaredEntry entry)
    {
        Json.WriteString("known_at", Instants.ToText(knownAtMs));
        Json.WriteString("received_at", Instants.ToText(entry.ReceivedAtMs));
        Json.WriteString("source", entry.Source);
        Json.WriteString("landing", entry.Landing);
        Json.WriteString("hash", entry.Hash);
        Json.WriteBoolean("simulated", isSimulated);
        writer.EndFeature();
        writer.Flush();
    }

    private void Number(string name, int? value)
    {
        if (value is { } number)
        {
            Json.WriteNumber(name, number);
        }
        else
        {
            Json.WriteNull(name);
        }
    }

    private void Texts(string name, IReadOnlyList<string> texts)
    {
        Json.WriteStartArray(name);
        foreach (var text in texts)
        {
            Json.WriteStringValue(text);
        }

        Json.WriteEndArray();
    }
}
