using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>The table of all fields: sound in itself, there and back, and one with the readers' decoder.</summary>
public sealed class AisLayoutTests
{
    private static readonly string[] s_paths = ["lib", "Core", "Intake", "Ais", "FIELDS.md"];

    [Test]
    public void Every_type_has_its_fields_within_its_length_and_none_twice()
    {
        Assert.That(AisLayouts.All.Select(l => l.MessageType).Distinct(), Is.EqualTo(Enumerable.Range(1, 27)));
        foreach (var layout in AisLayouts.All)
        {
            var taken = new HashSet<int>(Enumerable.Range(0, 38));
            foreach (var field in layout.Fields.Where(f => f.PartOf.Length == 0 && f.Start >= 0))
            {
                var length = field.Length > 0 ? field.Length : 1;
                Assert.That(Enumerable.Range(field.Start, length).All(taken.Add), $"{layout.MessageType} {field.Name} overlaps");
                Assert.That(field.Start + field.Length, Is.LessThanOrEqualTo(layout.Lengths[^1]), field.Name);
            }

            Assert.That(layout.Fields.Select(f => f.Name), Is.Unique);
            Assert.That(layout.Fields.Select(f => f.Name), Is.All.Match("^[a-z][a-z0-9_]*$"));
            Assert.That(layout.Fields.Select(f => f.Meaning), Is.All.Not.Empty);
            Assert.That(layout.Lengths, Is.Ordered);
        }
    }

    [Test]
    public void Every_field_of_every_type_comes_back_as_it_went()
    {
        const int Seed = 1371;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        Span<byte> bits = stackalloc byte[AisDraft.BytesMax + AisBits.Padding];
        var sent = new long?[32];
        foreach (var layout in AisLayouts.All)
        {
            for (var count = 0; count < 2_000; count++)
            {
                bits.Clear();
                var length = RandomMessage.Make(random, layout, RandomMessage.Mmsi(layout, count), bits[..AisDraft.BytesMax], sent);
                var read = new AisBits(bits, length);
                Assert.That(AisDecoder.Check(read), Is.Null, layout.Title);
                Assert.That(AisLayouts.Of(read), Is.SameAs(layout).Or.Matches<AisLayout>(l => l.Variant == layout.Variant));
                for (var index = 0; index < layout.Fields.Count; index++)
                {
                    var field = layout.Fields[index];
                    var came = field.TryRaw(read, out var raw);
                    if (field.PartOf.Length == 0 && field.IsNumber && (came ? raw : (long?)null) != sent[index])
                    {
                        Assert.Fail($"type {layout.MessageType} {field.Name}: sent {sent[index]}, came {came} {raw}");
                    }
                }
            }
        }
    }

    [Test]
    public void A_message_written_again_from_its_values_texts_and_data_says_the_same()
    {
        const int Seed = 1372;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        Span<byte> first = stackalloc byte[AisDraft.BytesMax + AisBits.Padding];
        Span<byte> second = stackalloc byte[AisDraft.BytesMax];
        Span<byte> data = stackalloc byte[AisDraft.BytesMax];
        Span<byte> ascii = stackalloc byte[176];
        Span<char> text = stackalloc char[176];
        foreach (var layout in AisLayouts.All)
        {
            for (var count = 0; count < 500; count++)
            {
                first.Clear();
                var length = RandomMessage.Make(random, layout, RandomMessage.Mmsi(layout, count), first[..AisDraft.BytesMax]);
                var read = new AisBits(first, length);
                var draft = new AisDraft(layout, read.Repeat, read.Mmsi, second);
                foreach (var field in layout.Fields.Where(f => f.PartOf.Length == 0))
                {
                    if (field.Form == AisForm.Data)
                    {
                        field.Data(read, data);
                        draft.PutData(field, data, field.BitCount(read));
                    }
                    else if (field.Form == AisForm.Text)
                    {
                        var characters = field.Text(read, ascii);
                        System.Text.Ascii.ToUtf16(ascii[..characters], text, out _);
                        draft.PutText(field, text[..characters]);
                    }
                    else if (field.TryRaw(read, out _))
                    {
                        draft.Put(field, field.Value(read));
                    }
                }

                var again = draft.Finish();
                var said = new AisBits((byte[])[.. second, .. new byte[AisBits.Padding]], again);
                foreach (var field in layout.Fields.Where(f => f.PartOf.Length == 0))
                {
                    if (field.Value(said) != field.Value(read) || !Bytes(field, said).AsSpan().SequenceEqual(Bytes(field, read)))
                    {
                        Assert.Fail($"type {layout.MessageType} {field.Name}: {field.Value(read)}, again {field.Value(said)}");
                    }
                }
            }
        }
    }

    [Test]
    public void The_table_and_the_readers_decoder_say_the_same()
    {
        const int Seed = 1373;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        Span<byte> bits = stackalloc byte[AisDraft.BytesMax + AisBits.Padding];
        foreach (var layout in AisLayouts.All)
        {
            for (var count = 0; count < 1_000; count++)
            {
                bits.Clear();
                var length = RandomMessage.Make(random, layout, RandomMessage.Mmsi(layout, count), bits[..AisDraft.BytesMax]);
                var read = new AisBits(bits, length);
                if (AisDecoder.HasMotion(layout.MessageType))
                {
                    Assert.That(Motion(layout, read), Is.EqualTo(AisDecoder.Motion(read)));
                }

                if (AisDecoder.HasParticulars(layout.MessageType))
                {
                    Assert.That(Particulars(layout, read), Is.EqualTo(AisDecoder.Particulars(read)));
                }
            }
        }
    }

    [Test]
    public void Reading_and_writing_every_field_allocates_nothing()
    {
        var random = new Random(7);
        var bits = new byte[AisDraft.BytesMax + AisBits.Padding];
        var again = new byte[AisDraft.BytesMax];
        var data = new byte[176];
        foreach (var layout in AisLayouts.All)
        {
            Array.Clear(bits);
            var length = RandomMessage.Make(random, layout, RandomMessage.Mmsi(layout, 1), bits.AsSpan(0, AisDraft.BytesMax));
            // Code that is not optimised yet may allocate, and on a busy machine that lasts: what our code allocates it does each time.
            var least = long.MaxValue;
            for (var round = 0; round < 200_000 && least > 0; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                ReadAndWrite(new AisBits(bits, length), again, data);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.That(least, Is.Zero, layout.Title);
        }
    }

    [Test]
    public void A_value_that_does_not_fit_is_refused()
    {
        var bits = new byte[AisDraft.BytesMax];
        var layout = AisLayouts.All[0];
        Assert.Multiple(() =>
        {
            Assert.That(() => Put(layout, layout["speed_over_ground_knots"], 1024), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Put(layout, layout["longitude"], 3_000_000_000), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Put(layout, layout["raim"], null), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => layout["beam"], Throws.InstanceOf<KeyNotFoundException>());
        });

        void Put(AisLayout of, AisField field, long? value) => new AisDraft(of, 0, 1, bits).Put(field, value);
    }

    [Test]
    public void The_page_of_fields_is_the_one_that_the_table_makes()
    {
        var path = Path.Combine([Repository(), .. s_paths]);
        var made = AisFieldsPage.Make();
        if (Environment.GetEnvironmentVariable("MW_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, made);
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo(made), "write it anew with MW_WRITE_DOCS=1");
    }

    private static void ReadAndWrite(AisBits bits, byte[] again, byte[] data)
    {
        var layout = AisLayouts.Of(bits);
        var draft = new AisDraft(layout, bits.Repeat, bits.Mmsi, again);
        for (var index = 0; index < layout.Fields.Count; index++)
        {
            var field = layout.Fields[index];
            if (field.TryRaw(bits, out _) && field.PartOf.Length == 0)
            {
                draft.Put(field, field.Value(bits));
            }

            field.Text(bits, data);
            field.Data(bits, data);
        }

        draft.Finish();
        _ = AisCommunication.Of(bits);
    }

    private static byte[] Bytes(AisField field, AisBits bits)
    {
        var to = new byte[176];
        return to[..(field.Form == AisForm.Text ? field.Text(bits, to) : field.Form == AisForm.Data ? field.Data(bits, to) : 0)];
    }

    private static AisMotion Motion(AisLayout layout, AisBits bits) => new()
    {
        NavigationStatus = Int(layout, bits, "navigation_status"),
        RateOfTurn = Int(layout, bits, "rate_of_turn_degrees_per_minute"),
        SpeedDeciKnots = Tenths(layout, bits, "speed_over_ground_knots"),
        PositionAccuracyHigh = IsTrue(layout, bits, "position_accuracy_high"),
        LongitudeE7 = layout["longitude"].Value(bits),
        LatitudeE7 = layout["latitude"].Value(bits),
        CourseDeciDegrees = Tenths(layout, bits, "course_over_ground_degrees"),
        HeadingDegrees = Int(layout, bits, "true_heading_degrees"),
        UtcSecond = layout.MessageType is 4 or 11 ? null : Int(layout, bits, "utc_second"),
        SpecialManoeuvre = Int(layout, bits, "special_manoeuvre"),
        Raim = IsTrue(layout, bits, "raim"),
        RadioStatus = Int(layout, bits, "radio_status"),
        AltitudeM = Int(layout, bits, "altitude_m"),
        Gnss = IsTrue(layout, bits, "gnss"),
    };

    private static AisParticulars Particulars(AisLayout layout, AisBits bits) => new()
    {
        ImoNumber = Int(layout, bits, "imo"),
        CallSign = Text(layout, bits, "call_sign"),
        Name = Text(layout, bits, "name"),
        ShipType = Int(layout, bits, "ship_type"),
        ToBowM = Int(layout, bits, "to_bow_m"),
        ToSternM = Int(layout, bits, "to_stern_m"),
        ToPortM = Int(layout, bits, "to_port_m"),
        ToStarboardM = Int(layout, bits, "to_starboard_m"),
        PositionFixType = layout.MessageType == 24 ? null : Int(layout, bits, "position_fix_type"),
        EtaMonth = Int(layout, bits, "eta_month"),
        EtaDay = Int(layout, bits, "eta_day"),
        EtaHour = Int(layout, bits, "eta_hour"),
        EtaMinute = Int(layout, bits, "eta_minute"),
        DraughtDecimetres = Int(layout, bits, "draught_m"),
        Destination = Text(layout, bits, "destination"),
        DteReady = layout.MessageType is 5 or 19 ? IsTrue(layout, bits, "dte_ready") : null,
        AidType = Int(layout, bits, "aid_type"),
        NameExtension = Text(layout, bits, "name_extension"),
        OffPosition = layout.MessageType == 21 ? IsTrue(layout, bits, "off_position") : null,
        IsVirtual = layout.MessageType == 21 ? IsTrue(layout, bits, "virtual") : null,
        Part = Int(layout, bits, "part"),
        VendorId = Text(layout, bits, "vendor_id"),
        MothershipMmsi = Int(layout, bits, "mothership_mmsi"),
    };

    private static int? Int(AisLayout layout, AisBits bits, string name) => (int?)layout.Find(name)?.Value(bits);

    private static int? Tenths(AisLayout layout, AisBits bits, string name) =>
        layout.Find(name) is { } field ? (int?)field.Value(bits) * (field.Decimals == 1 ? 1 : 10) : null;

    private static bool IsTrue(AisLayout layout, AisBits bits, string name) => layout.Find(name)?.Value(bits) == 1;

    private static string? Text(AisLayout layout, AisBits bits, string name) =>
        layout.Find(name) is { } field && Bytes(field, bits) is { Length: > 0 } said
            ? System.Text.Encoding.ASCII.GetString(said)
            : null;

    private static string Repository()
    {
        var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "MaritimeWatch.sln")))
        {
            at = at.Parent;
        }

        return at.FullName;
    }
}
