using System.Text;
using MaritimeWatch.Intake.Manifests;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Intake.Manifests;

[TestFixture]
public sealed class CuscarTests
{
    [Test]
    public void A_clean_message_is_read_whole_and_has_no_defect()
    {
        var reading = Cuscar.Read(Cuscar.Interchange(Cuscar.Body));
        var manifest = reading.Manifests.Single();
        var bill = manifest.Consignments.Single();
        Assert.Multiple(() =>
        {
            Assert.That(reading.Defects, Is.Empty);
            Assert.That(manifest.Id, Is.EqualTo("AGENT/DOC1"));
            Assert.That(manifest.Vessel.Imo?.Value, Is.EqualTo(9347346));
            Assert.That(manifest.Vessel.Name, Is.EqualTo("SIM FEEDER"));
            Assert.That(manifest.Voyage, Is.EqualTo("V17"));
            Assert.That(Instants.ToText(manifest.ArrivalAtMs!.Value), Is.EqualTo("2026-03-02T12:00:00Z"));
            Assert.That(Instants.ToText(manifest.DocumentAtMs!.Value), Is.EqualTo("2026-03-01T09:00:00Z"));
            Assert.That((manifest.ArrivalPort, manifest.LastPort), Is.EqualTo(("SEGOT", "NOLAR")));
            Assert.That((bill.Bill, bill.BillKind, bill.MasterBill), Is.EqualTo(("HOUSE1", BillKind.House, "MASTER1")));
            Assert.That((bill.PortOfLoading, bill.PortOfDischarge, bill.PortOfOriginalLoading), Is.EqualTo(("NOLAR", "SEGOT", "CNSHA")));
            Assert.That(bill.Containers, Is.EqualTo((string[])["MWCU6059784"]));
            Assert.That(bill.Seals, Is.EqualTo((string[])["SEAL1"]));
            Assert.That(bill.WeightKg, Is.EqualTo(1200m));
            Assert.That(bill.Goods.Single().HsCode, Is.EqualTo("847130"));
            Assert.That(bill.Parties.Select(p => (p.Role, p.Name)), Is.EqualTo(new[] { ("consignor", "SENDER AS"), ("consignee", "RECEIVER AB") }));
        });
    }

    [Test]
    public void Other_separators_release_characters_and_line_ends_change_nothing()
    {
        var usual = Cuscar.Interchange([.. Cuscar.Body[..16], "NAD+CN+++REC?+EIVER ?'AB?'", .. Cuscar.Body[17..]]);
        var other = "UNA|#.\\ ~" + usual.Replace("?+", "\u0001", StringComparison.Ordinal).Replace("?'", "\u0002", StringComparison.Ordinal)
            .Replace(':', '|').Replace('+', '#').Replace('\'', '~').Replace('\u0001', '+').Replace('\u0002', '\'').Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.That(Cuscar.ReadOne(usual).Consignments[0].Parties[1].Name, Is.EqualTo("REC+EIVER 'AB'"));
        Assert.That(Json(other), Is.EqualTo(Json(usual)));
    }

    [Test]
    public void Segments_may_come_without_line_ends_and_in_pieces()
    {
        var text = Cuscar.Interchange(Cuscar.Body);
        Assert.That(Json(text.Replace("\n", "", StringComparison.Ordinal)), Is.EqualTo(Json(text)));
        var whole = Segments(new MemoryStream(Encoding.ASCII.GetBytes(text)));
        Assert.That(Segments(new Trickle(Encoding.ASCII.GetBytes(text))), Is.EqualTo(whole));
    }

    [Test]
    public void Several_interchanges_in_one_file_are_all_read()
    {
        var reading = Cuscar.Read(Cuscar.Interchange(Cuscar.Body) + "UNA:+,? '" + Cuscar.Interchange(Cuscar.Body).Replace("DOC1", "DOC2", StringComparison.Ordinal));
        Assert.That(reading.Manifests.Select(m => m.DocumentNumber), Is.EqualTo((string[])["DOC1", "DOC2"]));
        Assert.That(reading.Defects, Is.Empty);
    }

    [TestCase("UNT+24+M1", "UNT+9+M1", DefectKind.SegmentCount, 25, "UNT")]
    [TestCase("UNT+24+M1", "UNT+24+M2", DefectKind.ReferenceMismatch, 25, "UNT")]
    [TestCase("UNZ+1+REF1", "UNZ+2+REF1", DefectKind.MessageCount, 26, "UNZ")]
    [TestCase("UNH+M1+CUSCAR:D:95B:UN", "UNH+M1+:D:95B:UN", DefectKind.MessageTypeMissing, 2, "UNH")]
    [TestCase("SGP+MWCU6059784+10", "SGP+MWCU6059785+10", DefectKind.ContainerCheckDigit, 23, "SGP")]
    [TestCase("SGP+MWCU6059784+10", "SGP+MWCU6059784+9", DefectKind.PackageCount, 23, "SGP")]
    [TestCase("LOC+9+NOLAR:139:6", "LOC+9+LARVIK", DefectKind.PlaceForm, 15, "LOC")]
    [TestCase("LOC+9+NOLAR:139:6", "LOC+9+NOLAR::139", DefectKind.CodeList, 15, "LOC")]
    [TestCase("DTM+132:2603021200:201", "DTM+132:2603991200:201", DefectKind.BadTime, 9, "DTM")]
    [TestCase("9347346:146:11", "9347345:146:11", DefectKind.ImoCheckDigit, 6, "TDT")]
    [TestCase("CST+1+847130:122:6", "CST+1+84X:122:6", DefectKind.CommodityForm, 24, "CST")]
    [TestCase("MEA+AAE+G+KGM:1200", "MEA+AAE+G+TON:2", DefectKind.UnitAmbiguous, 22, "MEA")]
    [TestCase("MEA+AAE+G+KGM:1200", "MEA+AAE+G+XYZ:2", DefectKind.UnitUnknown, 22, "MEA")]
    [TestCase("NAD+CN+++RECEIVER AB", "NAD+N1+++RECEIVER AB", DefectKind.PartyRole, 19, "NAD")]
    [TestCase("FTX+AAA+++MACHINE PARTS", "ZZZ+AAA+++MACHINE PARTS", DefectKind.UnknownSegment, 21, "ZZZ")]
    [TestCase("FTX+AAA+++MACHINE PARTS", "BGM+85+DOC1+9", DefectKind.MisplacedSegment, 21, "BGM")]
    [TestCase("BGM+85+DOC1+9", "BGM+380+DOC1+9", DefectKind.DocumentCode, 3, "BGM")]
    [TestCase("RFF+BH:HOUSE1'\nRFF+MB:MASTER1", "RFF+AAA:HOUSE1'\nRFF+AAB:MASTER1", DefectKind.BillQualifier, 13, "RFF")]
    public void A_defect_is_listed_with_its_segment_and_the_rest_is_read(string right, string wrong, DefectKind kind, int segment, string tag)
    {
        var text = Cuscar.Interchange(Cuscar.Body);
        Assert.That(text, Does.Contain(right));
        var reading = Cuscar.Read(text.Replace(right, wrong, StringComparison.Ordinal));
        var defect = reading.Defects.FirstOrDefault(d => d.Kind == kind);
        Assert.That(reading.Manifests, Has.Count.EqualTo(1), reading.FaultText);
        Assert.That(reading.Manifests[0].Consignments, Has.Count.EqualTo(1));
        Assert.That(defect, Is.Not.Null, string.Join('\n', reading.Defects));
        Assert.That((defect!.Place.Number, defect.Place.Tag, defect.Place.Line), Is.EqualTo((segment, tag, segment)), defect.ToString());
    }

    [Test]
    public void Every_unit_becomes_kilograms_and_the_given_one_is_kept()
    {
        var manifest = Cuscar.ReadOne(Cuscar.Interchange(Cuscar.Body).Replace("KGM:1200", "LBR:1000", StringComparison.Ordinal));
        Assert.That(manifest.Consignments[0].WeightKg, Is.EqualTo(453.592m));
        Assert.That(manifest.Consignments[0].Goods[0].WeightAsGiven, Is.EqualTo("1000 LBR"));
    }

    [Test]
    public void A_file_that_breaks_off_keeps_what_came_before_and_says_where()
    {
        var text = Cuscar.Interchange(Cuscar.Body);
        var cut = text[..text.IndexOf("MEA+AAE", StringComparison.Ordinal)] + "MEA+AA";
        var reading = Cuscar.Read(cut);
        var truncated = reading.Defects.Single(d => d.Kind == DefectKind.Truncated);
        Assert.That((truncated.Place.Number, truncated.Place.Tag), Is.EqualTo((22, "MEA")));
        Assert.That(reading.Manifests.Single().Consignments.Single().Bill, Is.EqualTo("HOUSE1"));
    }

    [Test]
    public void Wherever_a_file_is_cut_the_reader_ends_and_says_so()
    {
        var text = Cuscar.Interchange(Cuscar.Body).TrimEnd();
        for (var length = 1; length < text.Length; length++)
        {
            var reading = Cuscar.Read(text[..length]);
            Assert.That(reading.Defects.Count > 0 || reading.Fault != ManifestFault.None, $"cut at {length}");
        }
    }

    [Test]
    public void A_segment_without_end_is_skipped_in_bounded_memory()
    {
        var text = Cuscar.Interchange([.. Cuscar.Body[..18], "FTX+AAA+++" + new string('X', 200_000), .. Cuscar.Body[19..]]);
        var reading = Cuscar.Read(text);
        var defect = reading.Defects.Single();
        Assert.That((defect.Kind, defect.Place.Number, defect.Place.Tag), Is.EqualTo((DefectKind.SegmentTooLong, 21, "FTX")));
        Assert.That(reading.Manifests.Single().Consignments.Single().WeightKg, Is.EqualTo(1200m));
    }

    [TestCase("", ManifestFault.Empty)]
    [TestCase("  \r\n ", ManifestFault.Empty)]
    [TestCase("hello", ManifestFault.FormatUnknown)]
    [TestCase("%PDF-1.7\n\0\u0001\u0002", ManifestFault.Binary)]
    [TestCase("<?xml version=\"1.0\"?><CC315A/>", ManifestFault.Xml)]
    [TestCase("<?xml version=\"1.0\"?>\n<!DOCTYPE bomb [<!ENTITY a \"b\">]><CC315A>&a;</CC315A>", ManifestFault.XmlWithDtd)]
    [TestCase("UNB+UNOA:1+A+B+1+R'", ManifestFault.FormatUnknown)]
    [TestCase("UNB+UNOA:1+A", ManifestFault.Truncated)]
    [TestCase("[]", ManifestFault.NotAManifest)]
    [TestCase("{}", ManifestFault.NotAManifest)]
    [TestCase("{", ManifestFault.BadJson)]
    public void What_is_no_manifest_is_refused_with_a_reason(string text, ManifestFault fault)
    {
        var reading = Cuscar.Read(text);
        Assert.That(reading.Fault, Is.EqualTo(fault));
        Assert.That(reading.FaultText, Is.Not.Empty);
        Assert.That(reading.Manifests, Is.Empty);
    }

    [Test]
    public void A_dtd_is_named()
    {
        var reading = Cuscar.Read("<?xml version=\"1.0\"?>\n<!DOCTYPE bomb [<!ENTITY a \"b\">]><x/>");
        Assert.That(reading.FaultText, Does.Contain("DOCTYPE bomb, line 2"));
    }

    [Test]
    public void Another_type_of_message_is_named_and_what_stands_beside_it_is_read()
    {
        var other = Cuscar.Interchange(Cuscar.Body, "BAPLIE:D:95B:UN");
        var alone = Cuscar.Read(other);
        Assert.That(alone.Fault, Is.EqualTo(ManifestFault.OtherMessage));
        Assert.That(alone.FaultText, Does.Contain("BAPLIE"));
        var both = Cuscar.Read(other + Cuscar.Interchange(Cuscar.Body));
        Assert.That((both.Manifests.Count, both.MessagesRefused, both.Fault), Is.EqualTo((1, 1, ManifestFault.None)));
    }

    [Test]
    public void More_bytes_than_are_taken_are_refused() =>
        Assert.That(ManifestReader.Read(new byte[101], bytesMax: 100).Fault, Is.EqualTo(ManifestFault.TooLarge));

    [Test]
    public void Mutated_messages_never_break_the_reader()
    {
        const int Seed = 20261122;
        TestContext.Out.WriteLine($"seed {Seed}");
        var chance = new Random(Seed);
        var right = Encoding.ASCII.GetBytes(Cuscar.Interchange(Cuscar.Body));
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = (byte[])right.Clone();
            for (var change = chance.Next(1, 6); change > 0; change--)
            {
                bytes[chance.Next(bytes.Length)] = (byte)(chance.Next(3) == 0 ? "'+:?\n"[chance.Next(5)] : chance.Next(256));
            }

            var reading = ManifestReader.Read(bytes);
            Assert.That(reading.Manifests.Count > 0, Is.EqualTo(reading.Fault == ManifestFault.None));
        }
    }

    private static string Json(string text) => Encoding.UTF8.GetString(ManifestJson.Write(Cuscar.Read(text), showsPlaces: false));

    private static List<string> Segments(Stream stream)
    {
        var reader = new EdifactReader(stream, new EdifactLimits { SegmentBytesMax = 256 });
        List<string> read = [];
        for (EdifactStep step; (step = reader.Read()) != EdifactStep.End;)
        {
            read.Add($"{step} {reader.Place} {Encoding.ASCII.GetString(reader.Current.Raw)}");
        }

        return read;
    }

    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));
    }
}
