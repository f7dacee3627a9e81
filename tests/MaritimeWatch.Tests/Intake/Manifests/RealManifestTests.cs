using MaritimeWatch.Intake.Manifests;

namespace MaritimeWatch.Tests.Intake.Manifests;

/// <summary>The two real messages that lie beside the repository, with what is wrong in them.</summary>
[TestFixture]
public sealed class RealManifestTests
{
    [Test]
    public void The_carriers_message_is_read_with_all_its_bills_and_boxes()
    {
        var reading = Read("cuscar_d95b_msc.edi");
        var manifest = reading.Manifests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(manifest.Vessel.CallSign, Is.EqualTo("D5LQ7"));
            Assert.That(manifest.Vessel.Name, Is.EqualTo("MSC SENA"));
            Assert.That(manifest.ArrivalPort, Is.EqualTo("EGEDK"));
            Assert.That(manifest.Consignments.Select(c => c.Bill), Is.EqualTo((string[])["MSCUDB592345", "MSCUDF421004", "MSCUEK569969"]));
            Assert.That(manifest.Consignments.Sum(c => c.Containers.Count), Is.EqualTo(4));
            Assert.That(manifest.Consignments[0].WeightKg, Is.EqualTo(16_182m));
            Assert.That(manifest.Consignments[2].PortOfLoading, Is.EqualTo("SGSIN"));
            Assert.That(Kinds(reading), Is.SupersetOf((DefectKind[])[
                DefectKind.MessageTypeMissing, DefectKind.SegmentCount, DefectKind.UnitAmbiguous, DefectKind.MixedUnits,
                DefectKind.PartyRole, DefectKind.BillQualifier, DefectKind.Missing]));
        });
    }

    [Test]
    public void The_short_message_is_read_with_all_its_defects()
    {
        var reading = Read("cuscar_d95b_simple.edi");
        var manifest = reading.Manifests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(manifest.Vessel.Name, Is.EqualTo("TEST SHIP"));
            Assert.That(manifest.Consignments.Single().Bill, Is.EqualTo("DOCV373MOB909999"));
            Assert.That(manifest.Consignments.Single().WeightKg, Is.EqualTo(55_814m));
            Assert.That(manifest.Consignments.Single().PortOfOriginalLoading, Is.EqualTo("CRMOB"));
            Assert.That(Kinds(reading), Is.SupersetOf((DefectKind[])[
                DefectKind.SegmentCount, DefectKind.BadForm, DefectKind.CodeList, DefectKind.ContainerForm, DefectKind.PackageCount]));
        });
    }

    private static IEnumerable<DefectKind> Kinds(ManifestReading reading) => reading.DefectCounts.Keys;

    private static ManifestReading Read(string name)
    {
        var reading = ManifestReader.Read(File.ReadAllBytes(SharedData.Require($"trade/edifact/{name}")));
        TestContext.Out.WriteLine(string.Join('\n', reading.Defects));
        TestContext.Out.WriteLine(string.Join('\n', reading.DefectCounts));
        return reading;
    }
}
