using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Tests.Intake.Manifests;

[TestFixture]
public sealed class ManifestVerbTests
{
    [Test]
    public void It_prints_what_was_read_with_every_defect_and_its_segment()
    {
        var (code, json, _) = Run(Cuscar.Interchange(Cuscar.Body).Replace("MWCU6059784+10", "MWCU6059785+10", StringComparison.Ordinal));
        var defect = json.GetProperty("defects")[0];
        Assert.That(code, Is.Zero);
        Assert.That(
            (defect.GetProperty("kind").GetString(), defect.GetProperty("segment").GetInt32(), defect.GetProperty("tag").GetString()),
            Is.EqualTo(("container_check_digit", 23, "SGP")));
        Assert.That(json.GetProperty("manifests")[0].GetProperty("consignments")[0].GetProperty("parties")[0].GetProperty("name").GetString(), Is.EqualTo("SENDER AS"));
    }

    [TestCase("", 3)]
    [TestCase("<x/>", 3)]
    [TestCase("{\"manifest\":1}", 3)]
    public void Nothing_usable_ends_with_three_and_a_reason(string text, int expected)
    {
        var (code, json, log) = Run(text);
        Assert.That(code, Is.EqualTo(expected));
        Assert.That(json.GetProperty("fault_text").GetString(), Is.Not.Empty);
        Assert.That(log, Is.Not.Empty);
    }

    [Test]
    public void A_part_that_was_refused_ends_with_one_when_asked_strictly()
    {
        var text = Cuscar.Interchange(Cuscar.Body) + Cuscar.Interchange(Cuscar.Body, "IFCSUM:D:95B:UN");
        Assert.That((Run(text).Code, Run(text, isStrict: true).Code), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_file_that_is_not_there_is_wrong_usage() =>
        Assert.That(ManifestVerb.Run("/nowhere/x.edi", false, Stream.Null, TextWriter.Null), Is.EqualTo(2));

    private static (int Code, JsonElement Json, string Log) Run(string text, bool isStrict = false)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"m-{TestContext.CurrentContext.Test.ID}.edi");
        File.WriteAllText(file, text, Encoding.Latin1);
        using var output = new MemoryStream();
        using var log = new StringWriter();
        var code = ManifestVerb.Run(file, isStrict, output, log);
        File.Delete(file);
        return (code, JsonSerializer.Deserialize<JsonElement>(output.ToArray()), log.ToString());
    }
}
