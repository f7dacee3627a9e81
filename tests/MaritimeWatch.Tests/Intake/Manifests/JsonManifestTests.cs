using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Intake.Manifests;

namespace MaritimeWatch.Tests.Intake.Manifests;

[TestFixture]
public sealed class JsonManifestTests
{
    private const string Good = """
        {
          "format": "maritimewatch-manifest/1", "document_number": "SIM-0001", "sender": "SIM AGENT", "document_at": "2026-03-01T09:00:00Z", "function": "original",
          "vessel": { "imo": "9347346", "mmsi": "265000001", "call_sign": "SIMF", "name": "SIM FEEDER" },
          "voyage": "V17", "arrival_port": "SEGOT", "arrival_at": "2026-03-02T12:00:00Z", "last_port": "NOLAR", "simulated": true,
          "consignments": [
            { "bill": "B1", "bill_kind": "house", "master_bill": "M1", "port_of_loading": "NOLAR", "port_of_discharge": "SEGOT",
              "port_of_original_loading": "CNSHA", "weight_kg": 1200.5,
              "goods": [ { "description": "machine parts", "hs_code": "847130", "weight_kg": 1200.5, "containers": ["MWCU6059784"] } ],
              "containers": [ { "number": "MWCU6059784", "seals": ["S1"] } ],
              "parties": [ { "role": "consignor", "name": "Sender AS" }, { "role": "consignee", "name": "Receiver AB", "id": "556000-0000" } ] }
          ]
        }
        """;

    // What is changed in the good one, by JSON pointer; null removes the member. True where the schema still allows it.
    private static readonly (string Name, string Pointer, string? Value, bool IsAllowed)[] Changes =
    [
        ("unchanged", "/voyage", "\"V17\"", true),
        ("no imo", "/vessel/imo", "null", true),
        ("no voyage", "/voyage", null, true),
        ("a zone in the time", "/document_at", "\"2026-03-01T09:00:00+01:00\"", true),
        ("a weight without decimals", "/consignments/0/weight_kg", "7", true),
        ("a wrong check digit is for the reader, not the schema", "/consignments/0/containers/0/number", "\"MWCU6059785\"", true),
        ("another member", "/colour", "\"red\"", false),
        ("another member deep down", "/consignments/0/containers/0/colour", "1", false),
        ("a wrong function", "/function", "\"new\"", false),
        ("a port by name", "/arrival_port", "\"Gothenburg\"", false),
        ("a time without a zone", "/document_at", "\"2026-03-01T09:00:00\"", false),
        ("a negative weight", "/consignments/0/weight_kg", "-1", false),
        ("a weight as text", "/consignments/0/weight_kg", "\"1200\"", false),
        ("an HS code of letters", "/consignments/0/goods/0/hs_code", "\"84AB\"", false),
        ("no port of loading", "/consignments/0/port_of_loading", null, false),
        ("no vessel", "/vessel", null, false),
        ("an unknown role", "/consignments/0/parties/0/role", "\"ZZ\"", false),
        ("no consignments in the list", "/consignments", "[]", false),
        ("an empty voyage", "/voyage", "\"\"", false),
        ("a truth as text", "/simulated", "\"yes\"", false),
        ("part of a package", "/consignments/0/goods/0/packages", "1.5", false),
        ("no number", "/document_number", null, false),
    ];

    [Test]
    public void A_good_manifest_is_read_whole()
    {
        var reading = Read(Good);
        var manifest = reading.Manifests.Single();
        var bill = manifest.Consignments.Single();
        Assert.Multiple(() =>
        {
            Assert.That(reading.Defects, Is.Empty);
            Assert.That((manifest.Id, manifest.Voyage, manifest.ArrivalPort, manifest.LastPort), Is.EqualTo(("SIM AGENT/SIM-0001", "V17", "SEGOT", "NOLAR")));
            Assert.That(manifest.IsSimulated);
            Assert.That((bill.Bill, bill.BillKind, bill.MasterBill, bill.WeightKg), Is.EqualTo(("B1", BillKind.House, "M1", 1200.5m)));
            Assert.That(bill.Containers.Concat(bill.Seals), Is.EqualTo((string[])["MWCU6059784", "S1"]));
            Assert.That(bill.Goods[0].HsCode, Is.EqualTo("847130"));
            Assert.That(bill.Parties.Select(p => p.Role), Is.EqualTo((string[])["consignor", "consignee"]));
        });
    }

    [Test]
    public async Task The_reader_and_a_validator_of_JSON_Schema_agree_on_what_the_schema_allows()
    {
        if (!Directory.Exists(Path.Combine(NodeTools.Root(), "node_modules", "ajv")))
        {
            Assert.Ignore("ajv is not installed: run npm ci");
        }

        const string Script = """
            const Ajv = require('ajv/dist/2020');
            const { schema, examples } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
            const check = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true }).compile(schema);
            console.log(JSON.stringify(examples.map(e => check(e))));
            """;
        var input = new JsonObject
        {
            ["schema"] = JsonNode.Parse(ManifestSchema.Bytes.Span),
            ["examples"] = new JsonArray([.. Changes.Select(change => Changed(change.Pointer, change.Value))]),
        };
        var said = JsonSerializer.Deserialize<bool[]>(await NodeTools.RunAsync("node", ["-e", Script], input.ToJsonString()))!;
        for (var i = 0; i < Changes.Length; i++)
        {
            var (name, pointer, value, isAllowed) = Changes[i];
            var reading = Read(Changed(pointer, value).ToJsonString());
            var hasBroken = reading.Defects.Any(d => d.Kind is DefectKind.UnknownMember or DefectKind.BadMember or DefectKind.Missing);
            Assert.That((said[i], !hasBroken), Is.EqualTo((isAllowed, isAllowed)), $"{name}: {string.Join('\n', reading.Defects)}");
        }
    }

    [Test]
    public void What_breaks_the_schema_is_left_out_with_its_line_and_pointer_and_the_rest_is_read()
    {
        var reading = Read(Good.Replace("\"weight_kg\": 1200.5,\n", "\"weight_kg\": -3,\n", StringComparison.Ordinal).Replace("\"NOLAR\", \"port_of_discharge\"", "\"Larvik\", \"port_of_discharge\"", StringComparison.Ordinal));
        Assert.That(reading.Defects.Select(d => (d.MemberPath, d.Place.Line)), Is.EquivalentTo(new[]
        {
            ("/consignments/0/weight_kg", 7), ("/consignments/0/port_of_loading", 6),
        }));
        var bill = reading.Manifests.Single().Consignments.Single();
        Assert.That((bill.WeightKg, bill.PortOfLoading, bill.PortOfDischarge, bill.Defects), Is.EqualTo(((decimal?)1200.5m, (string?)null, "SEGOT", 2)));
    }

    [TestCase("""{"format":"A","format":"B","consignments":[]}""", "stands twice")]
    [TestCase("""{"manifest":"A","consignments":[1,]}""", "no sound JSON")]
    [TestCase("""{"manifest":"A","consignments":[]} x""", "no sound JSON")]
    [TestCase("""{"manifest":"A" /* b */}""", "no sound JSON")]
    public void JSON_that_is_not_strict_is_refused_with_its_line(string text, string says)
    {
        var reading = Read(text);
        Assert.That(reading.Fault, Is.EqualTo(ManifestFault.BadJson));
        Assert.That(reading.FaultText, Does.Contain(says).And.Contains("line 1"));
    }

    [Test]
    public void Nesting_and_texts_are_bounded()
    {
        var deep = $$"""{"format":"maritimewatch-manifest/1","consignments":{{new string('[', 33)}}{{new string(']', 33)}}}""";
        Assert.That(Read(deep).Fault, Is.EqualTo(ManifestFault.BadJson));
        Assert.That(Read($$"""{"format":"{{new string('x', 20_000)}}","consignments":[]}""").Fault, Is.EqualTo(ManifestFault.BadJson));
    }

    [Test]
    public void A_file_cut_anywhere_is_refused_and_says_where()
    {
        for (var length = 1; length < Good.Length - 1; length += 7)
        {
            Assert.That(Read(Good[..length]).Fault, Is.EqualTo(ManifestFault.BadJson), $"{length}");
        }
    }

    private static ManifestReading Read(string text) => ManifestReader.Read(Encoding.UTF8.GetBytes(text));

    private static JsonNode Changed(string pointer, string? value)
    {
        var root = JsonNode.Parse(Good)!;
        var at = root;
        var steps = pointer.TrimStart('/').Split('/');
        foreach (var step in steps[..^1])
        {
            at = at is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        }

        if (at is JsonArray list)
        {
            list[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(value!);
        }
        else if (value is null)
        {
            at.AsObject().Remove(steps[^1]);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(value);
        }

        return root;
    }
}
