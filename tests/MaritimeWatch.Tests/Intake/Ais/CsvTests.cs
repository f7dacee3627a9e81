using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>The CSV dialects and NDJSON.</summary>
public sealed class CsvTests
{
    private const string Danish =
        "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,"
        + "Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D\r\n";

    [Test]
    public void The_older_american_files_are_read()
    {
        var (_, sink) = Collector.Read(Sentences.MarineCadastre
            + "\n368324460,2024-12-31T00:16:09,29.13983,-90.213,0.0,160.0,339,HOS BERETTA,IMO9347346,WDN9166,70.0,5.0,100.0,14.0,5.2,70.0,A"
            + "\n366688000,2024-12-31T00:02:55,26.08655,-80.18485,102.3,360.0,511,TRILOGY,IMO0000000,WSF7174,37.0,,27.0,7.0,,,B\n");
        var (first, second) = (sink.Positions[0], sink.Positions[1]);
        var said = sink.Statics[0];
        Assert.Multiple(() =>
        {
            Assert.That(Instants.ToText(first.EventAtMs), Is.EqualTo("2024-12-31T00:16:09Z"));
            Assert.That(first.Position, Is.EqualTo(new Position(291_398_300, -902_130_000)));
            Assert.That((first.SpeedDeciKnots, first.CourseDeciDegrees, first.HeadingDegrees, first.NavigationStatus),
                Is.EqualTo(((short)0, (short)1600, (short)339, (byte)5)));
            Assert.That((second.SpeedDeciKnots, second.CourseDeciDegrees, second.HeadingDegrees, second.Traits),
                Is.EqualTo(((short)-1, (short)-1, (short)-1, ReportTraits.ClassB)));
            Assert.That((said.Name, said.ImoNumber, said.CallSign, said.ShipType, said.DraughtDecimetres),
                Is.EqualTo(("HOS BERETTA", (int?)9347346, "WDN9166", (byte?)70, (short?)52)));
            Assert.That((said.ToBowM, said.ToSternM, said.ToPortM, said.ToStarboardM), Is.EqualTo(((short?)100, (short?)0, (short?)14, (short?)0)));
            Assert.That(sink.Statics[1].ImoNumber, Is.Null);
        });
    }

    [Test]
    public void The_newer_american_files_have_the_longitude_first_and_blanks_for_sentinels()
    {
        var (_, sink) = Collector.Read(
            "mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,length,width,draft,cargo,transceiver\n"
            + "368324460,2025-01-31 00:16:09,-90.213,29.13983,0.1,,,,,,,,,,,,A\n");
        var report = sink.Positions.Single();
        Assert.That(report.Position, Is.EqualTo(new Position(291_398_300, -902_130_000)));
        Assert.That((report.SpeedDeciKnots, report.CourseDeciDegrees, report.HeadingDegrees), Is.EqualTo(((short)1, (short)-1, (short)-1)));
        Assert.That(sink.Statics, Is.Empty);
    }

    [Test]
    public void The_danish_files_are_read_with_words_and_quoted_destinations()
    {
        var (counts, sink) = Collector.Read(Danish
            + "18/03/2023 00:00:00,Class A,352002266,55.4921,14.7525,Under way using engine,0.7,12.5,241.8,241,Unknown,,,Undefined,,,,Undefined,,,,AIS,,,,\r\n"
            + "18/03/2023 00:00:01,Base Station,2190047,55.1,14.1,Unknown value,,,,,Unknown,,,Undefined,,,,GPS,,,,AIS,,,,\r\n"
            + "18/03/2023 00:00:02,Class B,219000001,91.0,0.0,Unknown value,,,,,Unknown,XP1234,\"SJ\u00d8, \"\"ONE\"\"\",Fishing,,4,11,GPS,1.5,\"AARHUS, DK\",01/04/2023 12:30:00,AIS,8,3,2,2\r\n");
        var first = sink.Positions[0];
        var said = sink.Statics.Single();
        Assert.Multiple(() =>
        {
            Assert.That(Instants.ToText(first.EventAtMs), Is.EqualTo("2023-03-18T00:00:00Z"));
            Assert.That((first.NavigationStatus, first.RateOfTurn, first.SpeedDeciKnots, first.HeadingDegrees),
                Is.EqualTo(((byte)0, (sbyte)4, (short)125, (short)241)));
            Assert.That(sink.Positions[1].Traits, Is.EqualTo(ReportTraits.Fixed));
            Assert.That(sink.Positions, Has.Count.EqualTo(2), "latitude 91 is no position");
            Assert.That(counts.Used, Is.EqualTo(3));
            Assert.That((said.Destination, said.ShipType, said.ToBowM, said.ToSternM, said.DraughtDecimetres),
                Is.EqualTo(("AARHUS, DK", (byte?)30, (short?)8, (short?)3, (short?)15)));
            Assert.That((said.EtaMonth, said.EtaDay, said.EtaHour, said.EtaMinute), Is.EqualTo(((byte?)4, (byte?)1, (byte?)12, (byte?)30)));
        });
    }

    [Test]
    public void Rows_with_a_time_of_day_take_the_date_of_the_start_and_a_number_that_is_no_mmsi_is_local()
    {
        const string text = "OBJECT_ID,VID,SEQUENCE_DTTM,LAT,LON,SPEED_OVER_GROUND,COURSE_OVER_GROUND\n"
            + "1,100008,14:00:00,36.90685,-76.089022,1,1641\n2,100015,14:00:01,36.95,-76.026834,11,2815\n";
        Assert.That(Collector.Read(text).Counts.NoTime, Is.EqualTo(2));

        var start = DateTimeOffset.Parse("2020-05-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var (counts, sink) = Collector.Read(text, new AisReadOptions { StartAtMs = start.ToUnixTimeMilliseconds(), SourceName = "hampton" });
        var report = sink.Positions[1];
        Assert.Multiple(() =>
        {
            Assert.That(counts.NoTime, Is.Zero);
            Assert.That(Instants.ToText(report.EventAtMs), Is.EqualTo("2020-05-01T14:00:01Z"));
            Assert.That(report.Traits, Is.EqualTo(ReportTraits.TimeAssumed));
            Assert.That(report.Vessel.IsMmsi, Is.False);
            Assert.That(report.Vessel.Subject, Does.EndWith("-100015"));
            Assert.That((report.SpeedDeciKnots, report.CourseDeciDegrees), Is.EqualTo(((short)11, (short)2815)));
        });
    }

    [Test]
    public void Whole_degrees_are_not_taken_for_tenths()
    {
        var (_, sink) = Collector.Read("mmsi,time,lat,lon,sog,cog\n219000001,2020-01-01 00:00:00,55,12,12,355\n");
        Assert.That((sink.Positions[0].SpeedDeciKnots, sink.Positions[0].CourseDeciDegrees), Is.EqualTo(((short)120, (short)3550)));
    }

    [TestCase("2020-01-01T00:00:00Z", 1577836800000)]
    [TestCase("2020-01-01 00:00:00.250", 1577836800250)]
    [TestCase("2020-01-01T02:00:00+02:00", 1577836800000)]
    [TestCase("1577836800", 1577836800000)]
    [TestCase("1577836800250", 1577836800250)]
    [TestCase("1.577837e+12", 1577837000000)]
    [TestCase("20200101000000", 1577836800000)]
    [TestCase("01/01/2020 00:00:00", 1577836800000)]
    public void Times_are_read_as_files_write_them(string time, long expected)
    {
        var (_, sink) = Collector.Read($"mmsi,t_utc,lat,lon,sog_kn,cog_deg\n219000001,{time},55,12,1.0,2.0\n");
        Assert.That(sink.Positions.Single().EventAtMs, Is.EqualTo(expected));
    }

    [TestCase("219000001,2020-13-01 00:00:00,55,12,1.0,2.0", IntakeFault.TimeInvalid)]
    [TestCase("219000001,1980-01-01 00:00:00,55,12,1.0,2.0", IntakeFault.TimeInvalid)]
    [TestCase("219000001,,55,12,1.0,2.0", IntakeFault.TimeInvalid)]
    [TestCase("0,2020-01-01 00:00:00,55,12,1.0,2.0", IntakeFault.IdentityInvalid)]
    [TestCase(",2020-01-01 00:00:00,55,12,1.0,2.0", IntakeFault.IdentityInvalid)]
    [TestCase("2190000011,2020-01-01 00:00:00,55,12,1.0,2.0", IntakeFault.IdentityInvalid)]
    [TestCase("219000001,2020-01-01 00:00:00,95,12,1.0,2.0", IntakeFault.PositionInvalid)]
    [TestCase("219000001,2020-01-01 00:00:00,5x,12,1.0,2.0", IntakeFault.Malformed)]
    [TestCase("219000001,2020-01-01 00:00:00,55,12,1.0", IntakeFault.Malformed)]
    [TestCase("219000001,2020-01-01 00:00:00,55,12,1.0,2.0,3.0", IntakeFault.Malformed)]
    public void A_wrong_row_is_refused_for_its_reason(string row, IntakeFault fault)
    {
        var (_, sink) = Collector.Read("mmsi,time,lat,lon,sog,cog\n" + row + "\n");
        Assert.That(sink.Refusals.Select(r => r.Refusal.Fault), Is.EqualTo(new[] { fault }));
    }

    [TestCase("57.54816366666666", 575481637)]
    [TestCase("-0.00000005", -1)]
    [TestCase("0.00000004999999", 0)]
    [TestCase("-9e-05", -900)]
    [TestCase("89.99999995", 900000000)]
    [TestCase("1.45", 14500000)]
    public void Degrees_are_rounded_once_by_their_own_digits(string latitude, int expectedE7)
    {
        var (_, sink) = Collector.Read($"mmsi,time,lat,lon,sog,cog\n219000001,2020-01-01 00:00:00,{latitude},12,1.0,2.0\n");
        Assert.That(sink.Positions.Single().Position.LatitudeE7, Is.EqualTo(expectedE7));
    }

    [Test]
    public void Static_columns_are_sent_only_when_they_change()
    {
        const string head = "mmsi,time,lat,lon,sog,cog,name\n";
        static string Row(int second, string name) => $"219000001,2020-01-01 00:00:0{second},55,12,1.0,2.0,{name}\n";
        var (counts, sink) = Collector.Read(head + Row(0, "ANNA") + Row(1, "ANNA") + Row(2, "BERTA") + Row(3, "BERTA"));
        Assert.That(string.Join(' ', sink.Statics.Select(s => s.Name)), Is.EqualTo("ANNA BERTA"));
        Assert.That(counts.StaticsUnchanged, Is.EqualTo(2));
    }

    [Test]
    public void Ndjson_is_read_with_nulls_and_foreign_keys()
    {
        var (counts, sink) = Collector.Read(
            "{\"timestamp\": \"2017-07-18T00:07:20.000000Z\", \"ssvid\": 338013000, \"lon\": -170.6182098389, \"lat\": -14.3350553513, \"expected\": \"x\", \"nested\": {\"lat\": 1}, \"speed\": 10.8000001907, \"course\": 0}\n"
            + "{\"timestamp\": \"2017-07-18T00:07:21Z\", \"ssvid\": \"338013000\", \"lon\": null, \"lat\": null, \"shipname\": \"A \\\"B\\\"\"}\n"
            + "{\"timestamp\": \"2017-07-18T00:07:21Z\", \"ssvid\": 338013000, \"lon\": 1\n[1]\n");
        Assert.Multiple(() =>
        {
            Assert.That(counts.Dialect, Is.EqualTo(AisDialect.Ndjson));
            Assert.That(sink.Positions.Single().Position, Is.EqualTo(new Position(-143_350_554, -1_706_182_098)));
            Assert.That(sink.Positions.Single().SpeedDeciKnots, Is.EqualTo(108));
            Assert.That(sink.Statics.Single().Name, Is.EqualTo("A \"B\""));
            Assert.That(counts.RefusedFor(IntakeFault.Malformed), Is.EqualTo(2));
        });
    }

    [Test]
    public void A_simulated_file_is_marked_on_every_report()
    {
        var (_, sink) = Collector.Read(
            "mmsi,time,lat,lon,sog,cog\n219000001,2020-01-01 00:00:00,55,12,1.0,2.0\n", new AisReadOptions { Simulated = true });
        Assert.That(sink.Positions.Single().Traits, Is.EqualTo(ReportTraits.Simulated));
    }
}
