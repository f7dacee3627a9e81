using System.Text;
using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Tests.Intake.Imagery;

/// <summary>What a STAC item says of a scene, and what is no STAC item.</summary>
[TestFixture]
public sealed class StacItemTests
{
    [TestCase("""{"properties":{"datetime":"2025-03-01T05:41:00Z","sensor":"sar"}}""", SceneSensor.Sar)]
    [TestCase("""{"properties":{"datetime":"2025-03-01T06:41:00+01:00","constellation":"sentinel-2"}}""", SceneSensor.Optical)]
    [TestCase("""{"properties":{"datetime":"2025-03-01T05:41:00.000Z","instruments":["c-sar"],"platform":"sentinel-1a"}}""", SceneSensor.Sar)]
    public void Time_and_sensor_are_read(string item, SceneSensor sensor)
    {
        var facts = StacItem.Read(Encoding.UTF8.GetBytes(item));
        Assert.Multiple(() =>
        {
            Assert.That(MaritimeWatch.Terms.Instants.ToText(facts.AtMs!.Value), Is.EqualTo("2025-03-01T05:41:00Z"));
            Assert.That(facts.Sensor, Is.EqualTo(sensor));
        });
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"properties":{"datetime":"soon"}}""")]
    [TestCase("""{"properties":{"datetime":"2025-03-01T05:41:00Z","datetime":"2024-03-01T05:41:00Z"}}""")]
    public void What_is_no_item_is_refused(string item) =>
        Assert.That(() => StacItem.Read(Encoding.UTF8.GetBytes(item)), Throws.TypeOf<FormatException>());

    [Test]
    public void An_item_nested_without_end_is_refused() => Assert.That(
        () => StacItem.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100)))), Throws.TypeOf<FormatException>());

    [Test]
    public void Facts_go_into_a_note_and_come_back()
    {
        var facts = new SceneDescription
        {
            AtMs = 1_740_800_000_000, ReceivedAtMs = 1_740_803_600_000, Sensor = SceneSensor.Optical, Band = 4, IsSimulated = true,
            Bands = "B02,B08", IsSentinel2 = true, Radar = new RadarGeometry(113_420, 359_999, 38_500, 190_000),
        };
        Assert.That(SceneDescription.From(facts.ToFacts()), Is.EqualTo(facts));
    }

    [TestCase("""{"properties":{"platform":"sentinel-2a","eo:bands":[{"name":"B02"},{"name":"x","common_name":"nir"}]}}""", "B02,B08")]
    [TestCase("""{"properties":{},"assets":{"data":{"type":"image/tiff; application=geotiff","bands":[{"eo:common_name":"red"},{"name":"B03"}]}}}""", "B04,B03")]
    [TestCase("""{"properties":{"bands":["VV","VH"]}}""", "VV,VH")]
    [TestCase("""{"properties":{"bands":["VV","sonar"]}}""", null)]
    [TestCase("""{"properties":{},"assets":{"a":{"type":"image/tiff","bands":["B02"]},"b":{"type":"image/tiff","bands":["B03"]}}}""", null)]
    public void Bands_are_read_where_all_are_known(string item, string? bands) =>
        Assert.That(StacItem.Read(Encoding.UTF8.GetBytes(item)).Bands, Is.EqualTo(bands));

    [Test]
    public void How_the_radar_looked_is_read_whole_or_refused()
    {
        const string Whole = """{"properties":{"slant_range_over_speed_s":113.42,"look_bearing_degrees":280.5,"incidence_degrees":38,"flight_bearing_degrees":190.5}}""";
        Assert.That(StacItem.Read(Encoding.UTF8.GetBytes(Whole)).Radar, Is.EqualTo(new RadarGeometry(113_420, 280_500, 38_000, 190_500)));
        var part = Whole.Replace("\"incidence_degrees\":38,", string.Empty, StringComparison.Ordinal);
        Assert.That(() => StacItem.Read(Encoding.UTF8.GetBytes(part)), Throws.TypeOf<FormatException>().With.Message.Contains("all four"));
        var wrong = Whole.Replace("38", "95", StringComparison.Ordinal);
        Assert.That(() => StacItem.Read(Encoding.UTF8.GetBytes(wrong)), Throws.TypeOf<FormatException>().With.Message.Contains("incidence_degrees"));
    }

    [Test]
    public void Files_of_bands_are_plain_names_beside_the_item()
    {
        const string Item = """
            {"properties":{},"assets":{"B02":{"type":"image/tiff","href":"./x_B02.tif"},"visual":{"type":"image/tiff","href":"x_TCI.tif"},
            "nir":{"type":"image/tiff; application=geotiff; profile=cloud-optimized","href":"x_B08.tif"},"B03":{"type":"image/tiff","href":"../x_B03.tif"},
            "B04":{"type":"image/tiff","href":"https://example.com/x_B04.tif"},"B11":{"type":"image/jp2","href":"x_B11.jp2"}}}
            """;
        Assert.That(StacItem.Files(Encoding.UTF8.GetBytes(Item)), Is.EqualTo(new[] { ("B02", "x_B02.tif"), ("B08", "x_B08.tif") }));
    }
}
