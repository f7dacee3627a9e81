using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>Manifests on disk: JSON of our own, or UN/EDIFACT CUSCAR D.95B.</summary>
internal static class ManifestFiles
{
    /// <summary>Writes a folder of manifests.</summary>
    public static void Write(string folder, IEnumerable<SimManifest> manifests)
    {
        foreach (var manifest in manifests)
        {
            if (manifest.IsEdifact)
            {
                File.WriteAllText(Path.Combine(folder, manifest.Id + ".edi"), Edifact(manifest), Encoding.ASCII);
            }
            else
            {
                ScenarioJson.WriteFile(Path.Combine(folder, manifest.Id + ".json"), json => Json(json, manifest));
            }
        }
    }

    private static void Json(Utf8JsonWriter json, SimManifest manifest)
    {
        var about = manifest.Call.Identity.About;
        json.WriteStartObject();
        json.WriteString("format", "maritimewatch-manifest/1");
        json.WriteString("sender", "SIMULATED");
        json.WriteString("document_number", manifest.Id);
        json.WriteString("function", "original");
        json.WriteString("document_at", Instants.ToText(manifest.SentAtMs));
        json.WriteString("voyage", manifest.Call.Voyage);
        json.WriteStartObject("vessel");
        json.WriteString("imo", about.ImoNumber?.ToString("D7", CultureInfo.InvariantCulture));
        json.WriteString("mmsi", manifest.Call.Identity.Mmsi.ToString("D9", CultureInfo.InvariantCulture));
        json.WriteString("call_sign", about.CallSign);
        json.WriteString("name", about.Name);
        json.WriteEndObject();
        json.WriteString("arrival_port", manifest.Call.Port);
        json.WriteString("last_port", manifest.Call.LoadedIn);
        json.WriteString("arrival_at", Instants.ToText(manifest.ArrivesAtMs));
        json.WriteBoolean("simulated", true);
        json.WriteStartArray("consignments");
        foreach (var consignment in manifest.Consignments)
        {
            Json(json, manifest, consignment);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Json(Utf8JsonWriter json, SimManifest manifest, SimConsignment consignment)
    {
        json.WriteStartObject();
        json.WriteString("bill", consignment.Bill);
        json.WriteString("bill_kind", consignment.BillKind == "BM" ? "master" : "house");
        json.WriteString("port_of_loading", consignment.Loaded);
        json.WriteString("port_of_discharge", manifest.Call.Port);
        if (consignment.FirstLoaded is { } first)
        {
            json.WriteString("port_of_original_loading", first);
        }

        json.WriteStartArray("containers");
        json.WriteStartObject();
        json.WriteString("number", consignment.Box);
        json.WriteStartArray("seals");
        json.WriteStringValue(consignment.Seal);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("goods");
        json.WriteStartObject();
        json.WriteString("description", consignment.Goods);
        json.WriteNumber("packages", 20);
        json.WriteString("package_kind", "PK");
        json.WriteString("hs_code", consignment.HsCode);
        json.WriteNumber("weight_kg", consignment.WeightKg);
        json.WriteStartArray("containers");
        json.WriteStringValue(consignment.Box);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("weight_kg", consignment.WeightKg);
        json.WriteStartArray("parties");
        foreach (var (role, _, name) in Parties(consignment))
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteString("name", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (string Role, string Code, string Name)[] Parties(SimConsignment consignment) =>
        [("consignor", "CZ", consignment.Consignor), ("consignee", "CN", consignment.Consignee), ("notify", "NI", consignment.Notify)];

    private static string Edifact(SimManifest manifest)
    {
        var about = manifest.Call.Identity.About;
        var reference = manifest.Id.Replace("-", "", StringComparison.Ordinal);
        var sent = DateTimeOffset.FromUnixTimeMilliseconds(manifest.SentAtMs).UtcDateTime;
        var arrives = DateTimeOffset.FromUnixTimeMilliseconds(manifest.ArrivesAtMs).UtcDateTime;
        var ship = manifest.Call.Number % 2 == 0 ? $"{about.ImoNumber:D7}:146:11" : $"{about.CallSign}:103:";
        var message = new List<string>
        {
            $"UNH+{reference}+CUSCAR:D:95B:UN",
            $"BGM+85+{manifest.Id}+9",
            $"DTM+137:{Stamp(sent)}:203",
            "NAD+MS+SIMULATED:172:20",
            $"TDT+20+{manifest.Call.Voyage}+1++SIM:172:20:SIM LINE+++{ship}:{about.Name}",
            $"LOC+60+{manifest.Call.Port}:139:6",
            $"LOC+125+{manifest.Call.LoadedIn}:139:6",
            $"DTM+132:{Stamp(arrives)}:203",
        };
        foreach (var consignment in manifest.Consignments)
        {
            message.Add($"EQD+CN+{consignment.Box}+22G1:102:5++3+5");
            message.Add($"SEL+{consignment.Seal}+CA");
        }

        for (var index = 0; index < manifest.Consignments.Count; index++)
        {
            message.AddRange(Edifact(manifest, manifest.Consignments[index], index + 1));
        }

        message.Add(string.Create(CultureInfo.InvariantCulture, $"UNT+{message.Count + 1}+{reference}"));
        var head = $"UNB+UNOA:1+SIMULATED+SIMCUSTOMS+{sent.ToString("yyMMdd:HHmm", CultureInfo.InvariantCulture)}+{reference}";
        return string.Join("'\n", [head, .. message, $"UNZ+1+{reference}"]) + "'\n";
    }

    private static IEnumerable<string> Edifact(SimManifest manifest, SimConsignment consignment, int number)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"CNI+{number}+{consignment.Bill}");
        yield return $"RFF+{consignment.BillKind}:{consignment.Bill}";
        yield return string.Create(CultureInfo.InvariantCulture, $"CNT+7:{consignment.WeightKg}:KGM");
        yield return $"LOC+9+{consignment.Loaded}:139:6";
        yield return $"LOC+11+{manifest.Call.Port}:139:6";
        if (consignment.FirstLoaded is { } first)
        {
            yield return $"LOC+76+{first}:139:6";
        }

        yield return "GIS+23";
        foreach (var (_, role, name) in Parties(consignment))
        {
            yield return $"NAD+{role}+++{name}";
        }

        yield return "GID+1+20:PK";
        yield return $"FTX+AAA+++{consignment.Goods}";
        yield return string.Create(CultureInfo.InvariantCulture, $"MEA+AAE+G+KGM:{consignment.WeightKg}");
        yield return $"SGP+{consignment.Box}+20";
        yield return $"CST+1+{consignment.HsCode}:HS";
    }

    private static string Stamp(DateTime at) => at.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
}
