using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Against published sentences with known decodes, and there and back through the decoder.</summary>
public class AisEncoderTests
{
    [Test]
    public void A_known_position_of_class_A_gives_the_known_bits()
    {
        // A widely published example: 477553000, moored, 47.582832 N 122.345832 W, course 51, heading 181, second 15.
        var report = Report(1, 477_553_000) with
        {
            NavigationStatus = 5,
            SpeedDeciKnots = 0,
            Position = Position.FromDegrees(47.5828333, -122.3458333),
            CourseDeciDegrees = 510,
            HeadingDegrees = 181,
        };
        var known = Bits("177KQJ5000G?tO`K>RA1wUbN0TKH");

        var made = Encoded(bits => AisEncoder.Position(report, 15, bits));

        Assert.Multiple(() =>
        {
            Assert.That(made[..60], Is.EqualTo(known[..60]), "up to the accuracy flag, which we always set");
            Assert.That(made[61..143], Is.EqualTo(known[61..143]), "up to the radio's state, which we do not simulate");
            Assert.That(made, Has.Length.EqualTo(168));
        });
    }

    [Test]
    public void A_known_voyage_of_class_A_gives_the_known_sentences()
    {
        // EVER DIADEM, a widely published example; its texts are padded with spaces.
        var report = new StaticReport
        {
            EventAtMs = 0,
            Vessel = VesselId.FromMmsi(351_759_000),
            ImoNumber = 9_134_270,
            CallSign = "3FOF8  ",
            Name = "EVER DIADEM".PadRight(20),
            ShipType = 70,
            ToBowM = 225,
            ToSternM = 70,
            ToPortM = 1,
            ToStarboardM = 31,
            EtaMonth = 5,
            EtaDay = 15,
            EtaHour = 14,
            EtaMinute = 0,
            DraughtDecimetres = 122,
            Destination = "NEW YORK".PadRight(20),
        };
        const string Known = "!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C\r\n"
            + "!AIVDM,2,2,1,A,88888888880,2*25\r\n";

        var made = Encoded(bits => AisEncoder.StaticClassA(report, bits));

        Assert.That(made, Is.EqualTo(Bits(Payload(Known))[..424]));
    }

    [Test]
    public void A_known_base_station_gives_the_known_bits()
    {
        // A widely published example: 3669702 at 2007-05-14T19:57:39Z, 36.883767 N 76.352362 W.
        var at = new DateTimeOffset(2007, 5, 14, 19, 57, 39, TimeSpan.Zero).ToUnixTimeMilliseconds();

        var made = Encoded(bits => AisEncoder.BaseStation(3_669_702, at, Position.FromDegrees(36.8837667, -76.3523617), bits));

        Assert.That(made[..134], Is.EqualTo(Bits("403OviQuMGCqWrRO9>E6fE700@GO")[..134]));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(9)]
    [TestCase(18)]
    [TestCase(27)]
    public void A_position_comes_back_from_the_decoder_as_it_went(int type)
    {
        const int Seed = 4711;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var count = 0; count < 2000; count++)
        {
            var report = Report(type, random.Next(1, 1_000_000_000)) with
            {
                Position = new Position(random.Next(-900_000_000, 900_000_001), random.Next(-1_800_000_000, 1_800_000_000)),
                SpeedDeciKnots = (short)(type is 9 or 27 ? random.Next(0, 60) * 10 : random.Next(-1, 1023)),
                CourseDeciDegrees = (short)(type == 27 ? random.Next(0, 360) * 10 : random.Next(-1, 3600)),
                HeadingDegrees = (short)random.Next(-1, 360),
                RateOfTurn = (sbyte)random.Next(-127, 128),
                NavigationStatus = (byte)random.Next(0, 15),
            };
            var second = random.Next(0, 60);
            var back = Decode(Wire(bits => AisEncoder.Position(report, second, bits, 1234)));
            var motion = back.Motion!.Value;
            var grain = type == 27 ? 1e7 / 600 : 1e7 / 600_000;

            Assert.That(back.MessageType, Is.EqualTo(type));
            Assert.That(back.Mmsi, Is.EqualTo(report.Vessel.Mmsi));
            Assert.That(motion.LatitudeE7!.Value, Is.EqualTo(report.Position.LatitudeE7).Within(grain / 2 + 1));
            Assert.That(motion.LongitudeE7!.Value, Is.EqualTo(report.Position.LongitudeE7).Within(grain / 2 + 1));
            Assert.That(motion.SpeedDeciKnots ?? -1, Is.EqualTo(report.SpeedDeciKnots));
            Assert.That(motion.CourseDeciDegrees ?? -1, Is.EqualTo(report.CourseDeciDegrees));
            if (type is 1 or 2 or 3)
            {
                Assert.That(motion.NavigationStatus, Is.EqualTo(report.NavigationStatus));
                Assert.That(motion.RateOfTurn, Is.EqualTo(report.RateOfTurn));
            }

            if (type is 1 or 2 or 3 or 18)
            {
                Assert.That(motion.HeadingDegrees ?? -1, Is.EqualTo(report.HeadingDegrees));
            }

            if (type == 9)
            {
                Assert.That(motion.AltitudeM, Is.EqualTo(1234));
            }

            if (type != 27)
            {
                Assert.That(motion.UtcSecond, Is.EqualTo(second));
            }
        }
    }

    [Test]
    public void Static_data_come_back_from_the_decoder_as_they_went()
    {
        var report = Statics();
        var a = Decode(Wire(bits => AisEncoder.StaticClassA(report, bits))).Particulars!;
        var partA = Decode(Wire(bits => AisEncoder.StaticClassBPartA(report, bits))).Particulars!;
        var partB = Decode(Wire(bits => AisEncoder.StaticClassBPartB(report, "SIM", bits))).Particulars!;
        var extended = Decode(Wire(bits => AisEncoder.ExtendedClassB(Report(19, 265_900_001), report, 7, bits)));

        Assert.Multiple(() =>
        {
            Assert.That((a.Name, a.CallSign, a.ImoNumber, a.ShipType), Is.EqualTo((report.Name, report.CallSign, report.ImoNumber, (int?)70)));
            Assert.That((a.ToBowM, a.ToSternM, a.ToPortM, a.ToStarboardM), Is.EqualTo(((int?)511, (int?)20, (int?)63, (int?)5)));
            Assert.That((a.EtaMonth, a.EtaDay, a.EtaHour, a.EtaMinute), Is.EqualTo(((int?)12, (int?)31, (int?)23, (int?)59)));
            Assert.That((a.DraughtDecimetres, a.Destination), Is.EqualTo(((int?)105, report.Destination)));
            Assert.That((partA.Part, partA.Name), Is.EqualTo(((int?)0, report.Name)));
            Assert.That((partB.Part, partB.CallSign, partB.VendorId, partB.ShipType), Is.EqualTo(((int?)1, report.CallSign, "SIM", (int?)70)));
            Assert.That((extended.MessageType, extended.Particulars!.Name, extended.Motion!.Value.UtcSecond), Is.EqualTo((19, report.Name, (int?)7)));
        });
    }

    [TestCase("SIM BUOY", 272)]
    [TestCase("SIM BUOY WITH A LONGER NAME", 272 + (7 * 6))]
    public void An_aid_to_navigation_comes_back_with_its_whole_name(string name, int bitCount)
    {
        var where = Position.FromDegrees(57.6, 11.5);
        var aid = new StaticReport { EventAtMs = 0, Vessel = VesselId.FromMmsi(992_651_001), Name = name };
        var back = Decode(Wire(bits => AisEncoder.AidToNavigation(aid, 14, where, 60, true, bits)));

        Assert.Multiple(() =>
        {
            Assert.That(Encoded(bits => AisEncoder.AidToNavigation(aid, 14, where, 60, true, bits)), Has.Length.EqualTo(bitCount));
            Assert.That(back.Particulars!.Name + back.Particulars.NameExtension, Is.EqualTo(name));
            Assert.That((back.Particulars.AidType, back.Particulars.IsVirtual), Is.EqualTo(((int?)14, (bool?)true)));
            Assert.That(back.Motion!.Value.LatitudeE7!.Value, Is.EqualTo(where.LatitudeE7).Within(10));
        });
    }

    [Test]
    public void Sentences_fit_in_82_characters_and_carry_right_checksums_and_a_tag_block()
    {
        var lines = Wire(bits => AisEncoder.StaticClassA(Statics(), bits), "SIM1", 1_762_000_000).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines, Has.Length.EqualTo(2));
        foreach (var line in lines)
        {
            Assert.That(line, Does.StartWith(@"\s:SIM1,c:1762000000*"));
            var parts = line.Split('\\', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(parts[1], Has.Length.LessThanOrEqualTo(80));
            foreach (var part in parts)
            {
                var star = part.IndexOf('*', StringComparison.Ordinal);
                var sum = part[(part[0] == '!' ? 1 : 0)..star].Aggregate(0, (all, one) => all ^ one);
                Assert.That(part[(star + 1)..], Is.EqualTo(sum.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
    }

    [Test]
    public void Encoding_allocates_nothing()
    {
        var report = Report(1, 265_900_001);
        var bits = new byte[AisEncoder.PayloadBytesMax];
        var text = new byte[AisSentenceWriter.BytesMax];
        long total = 0;
        var before = 0L;
        for (var count = 0; count < 2000; count++)
        {
            before = count == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            total += AisSentenceWriter.Write(bits, AisEncoder.Position(report, 3, bits), new AisFrame('A', 1, 5), "SIM1"u8, text);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(total, Is.Positive);
    }

    [Test]
    public void A_source_that_is_too_long_and_a_type_without_position_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Wire(bits => AisEncoder.StaticClassA(Statics(), bits), "SIXTEEN CHARS ..", 1), Throws.ArgumentException);
            Assert.That(() => Wire(bits => AisEncoder.Position(Report(5, 1), 0, bits)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    private static PositionReport Report(int type, int mmsi) => new()
    {
        EventAtMs = 0,
        Vessel = VesselId.FromMmsi(mmsi),
        Position = Position.FromDegrees(57.5, 11.5),
        MessageType = (byte)type,
    };

    private static StaticReport Statics() => new()
    {
        EventAtMs = 0,
        Vessel = VesselId.FromMmsi(265_900_001),
        Name = "SIM [TEST] 20 LETTERS"[..20],
        CallSign = "SIM0001",
        ImoNumber = 9_134_270,
        ShipType = 70,
        ToBowM = 511,
        ToSternM = 20,
        ToPortM = 63,
        ToStarboardM = 5,
        EtaMonth = 12,
        EtaDay = 31,
        EtaHour = 23,
        EtaMinute = 59,
        DraughtDecimetres = 105,
        Destination = "SEGOT>DKFDH",
    };

    private delegate int Encode(Span<byte> bits);

    private static string Encoded(Encode encode)
    {
        var bits = new byte[AisEncoder.PayloadBytesMax];
        Array.Fill(bits, (byte)0xFF);
        var count = encode(bits);
        return string.Concat(bits.Select(one => Convert.ToString(one, 2).PadLeft(8, '0')))[..count];
    }

    private static string Wire(Encode encode, string source = "", long seconds = -1)
    {
        var bits = new byte[AisEncoder.PayloadBytesMax];
        var text = new byte[AisSentenceWriter.BytesMax];
        var count = encode(bits);
        var length = AisSentenceWriter.Write(bits, count, new AisFrame('A', 1, seconds), Encoding.ASCII.GetBytes(source), text);
        return Encoding.ASCII.GetString(text, 0, length);
    }

    private static string Payload(string lines) =>
        string.Concat(lines.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')[5]));

    private static string Bits(string armour) => string.Concat(armour.Select(one =>
        Convert.ToString(one - 48 > 40 ? one - 56 : one - 48, 2).PadLeft(6, '0')));

    private static AisMessage Decode(string lines)
    {
        var fill = int.Parse(lines.TrimEnd().Split(',')[^1].AsSpan(0, 1), System.Globalization.CultureInfo.InvariantCulture);
        var message = AisDecoder.Decode(Encoding.ASCII.GetBytes(Payload(lines)), fill, out var fault);
        Assert.That(message, Is.Not.Null, fault.ToString());
        return message!;
    }
}
