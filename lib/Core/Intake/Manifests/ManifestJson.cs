using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>Writes what was read of a manifest file, in clear: for whoever holds the file.</summary>
public static class ManifestJson
{
    /// <summary>One indented JSON object: manifests, defects with their places, counts, and the fault if it was refused.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="showsPlaces">Whether defects say where they stand.</param>
    public static byte[] Write(ManifestReading reading, bool showsPlaces = true)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("manifests");
            foreach (var manifest in reading.Manifests)
            {
                WriteManifest(json, manifest);
            }

            json.WriteEndArray();
            WriteDefects(json, reading, showsPlaces);
            json.WriteNumber("messages_refused", reading.MessagesRefused);
            json.WriteString("fault", reading.Fault == ManifestFault.None ? null : Snake(reading.Fault.ToString()));
            json.WriteString("fault_text", reading.FaultText);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteManifest(Utf8JsonWriter json, Manifest manifest)
    {
        json.WriteStartObject();
        json.WriteString("id", manifest.Id);
        json.WriteString("format", manifest.Format);
        json.WriteString("release", manifest.Release);
        json.WriteString("message_reference", manifest.MessageReference);
        json.WriteString("sender", manifest.Sender);
        json.WriteString("document_code", manifest.DocumentCode);
        json.WriteString("document_number", manifest.DocumentNumber);
        json.WriteString("function", Snake(manifest.Function.ToString()));
        json.WriteString("document_at", Time(manifest.DocumentAtMs));
        json.WriteString("voyage", manifest.Voyage);
        WriteVessel(json, manifest.Vessel);
        json.WriteString("arrival_port", manifest.ArrivalPort);
        json.WriteString("last_port", manifest.LastPort);
        json.WriteString("next_port", manifest.NextPort);
        json.WriteString("arrival_at", Time(manifest.ArrivalAtMs));
        json.WriteString("departure_at", Time(manifest.DepartureAtMs));
        json.WriteString("arrived_at", Time(manifest.ArrivedAtMs));
        json.WriteBoolean("simulated", manifest.IsSimulated);
        json.WriteStartArray("equipment");
        foreach (var equipment in manifest.Equipment)
        {
            json.WriteStartObject();
            json.WriteString("kind", equipment.Kind);
            json.WriteString("number", equipment.Number);
            WriteTexts(json, "seals", equipment.Seals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("consignments");
        foreach (var consignment in manifest.Consignments)
        {
            WriteConsignment(json, consignment);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteVessel(Utf8JsonWriter json, ManifestVessel vessel)
    {
        json.WriteStartObject("vessel");
        json.WriteString("imo", vessel.Imo?.ToString());
        json.WriteString("mmsi", vessel.Mmsi?.ToString("D9", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("call_sign", vessel.CallSign);
        json.WriteString("name", vessel.Name);
        json.WriteString("id_as_given", vessel.IdAsGiven);
        json.WriteString("carrier", vessel.Carrier);
        json.WriteEndObject();
    }

    private static void WriteConsignment(Utf8JsonWriter json, ManifestConsignment consignment)
    {
        json.WriteStartObject();
        json.WriteString("number", consignment.Number);
        json.WriteString("bill", consignment.Bill);
        json.WriteString("bill_kind", Snake(consignment.BillKind.ToString()));
        json.WriteString("master_bill", consignment.MasterBill);
        json.WriteString("port_of_loading", consignment.PortOfLoading);
        json.WriteString("port_of_discharge", consignment.PortOfDischarge);
        json.WriteString("port_of_original_loading", consignment.PortOfOriginalLoading);
        WriteTexts(json, "containers", consignment.Containers);
        WriteTexts(json, "seals", consignment.Seals);
        Number(json, "weight_kg", consignment.WeightKg);
        json.WriteStartArray("goods");
        foreach (var goods in consignment.Goods)
        {
            json.WriteStartObject();
            json.WriteString("description", goods.Description);
            Number(json, "packages", goods.Packages);
            json.WriteString("package_kind", goods.PackageKind);
            json.WriteString("hs_code", goods.HsCode);
            Number(json, "weight_kg", goods.WeightKg);
            json.WriteString("weight_as_given", goods.WeightAsGiven);
            WriteTexts(json, "containers", goods.Containers);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("parties");
        foreach (var party in consignment.Parties)
        {
            json.WriteStartObject();
            json.WriteString("role", party.Role);
            json.WriteString("code", party.Code);
            json.WriteString("id", party.Id);
            json.WriteString("name", party.Name);
            json.WriteString("address", party.Address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("defects", consignment.Defects);
        json.WriteEndObject();
    }

    private static void WriteDefects(Utf8JsonWriter json, ManifestReading reading, bool showsPlaces)
    {
        json.WriteStartArray("defects");
        foreach (var defect in reading.Defects)
        {
            json.WriteStartObject();
            json.WriteString("kind", defect.KindName);
            if (showsPlaces)
            {
                if (defect.MemberPath is null)
                {
                    json.WriteNumber("segment", defect.Place.Number);
                    json.WriteNumber("message_segment", defect.Place.InMessage);
                    json.WriteString("tag", defect.Place.Tag);
                }
                else
                {
                    json.WriteString("pointer", defect.MemberPath);
                }

                json.WriteNumber("line", defect.Place.Line);
                json.WriteNumber("offset", defect.Place.Offset);
            }

            json.WriteString("what", defect.What);
            json.WriteString("done", defect.Done);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("defect_counts");
        foreach (var (kind, count) in reading.DefectCounts)
        {
            json.WriteNumber(Snake(kind.ToString()), count);
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string? Time(long? atMs) => atMs is { } at ? Instants.ToText(at) : null;

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
