using System.IO.Compression;
using System.Text;
using MaritimeWatch.Intake.Anpr;

namespace MaritimeWatch.Tests.Intake.Anpr;

[TestFixture]
public sealed class PlateReaderTests
{
    private const string Webhook =
        """
        {"hook":{"target":"https://x","id":"camera-1","event":"recognition","filename":"a.jpg"},
         "data":{"camera_id":"camera-1","filename":"a.jpg","timestamp":"2026-09-29T05:56:13.606935Z",
          "timestamp_local":"2026-09-29 05:56:13.606935+00:00",
          "results":[{"box":{"xmin":460,"ymin":57,"xmax":557,"ymax":82},"plate":"sim11q","region":{"code":"gb","score":0.413},"score":0.839,
            "candidates":[{"plate":"sim11q"},{"plate":"slm11q"}],"dscore":0.441,"vehicle":{"score":0.267,"type":"Big Truck"},"direction":210}]}}
        """;

    private static readonly long Received = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Test]
    public void A_webhook_of_plate_recognizer_is_read()
    {
        var read = Read(Webhook).Reads.Single();
        Assert.Multiple(() =>
        {
            Assert.That(read.Plate.Text, Is.EqualTo("SIM11Q"));
            Assert.That(read.Camera, Is.EqualTo("camera-1"));
            Assert.That(DateTimeOffset.FromUnixTimeMilliseconds(read.AtMs), Is.EqualTo(new DateTimeOffset(2026, 9, 29, 5, 56, 13, 606, TimeSpan.Zero)));
            Assert.That(read.ConfidencePermille, Is.EqualTo(839));
            Assert.That(read.Region, Is.EqualTo("gb"));
            Assert.That(read.Vehicle, Is.EqualTo("big truck"));
            Assert.That(read.Direction, Is.EqualTo("210"));
        });
    }

    [Test]
    public void The_same_webhook_as_a_form_with_an_image_is_read_and_the_image_is_counted()
    {
        var form = $"--b1\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n{Webhook}\r\n"
            + "--b1\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\u0001\u0002\u0003\r\n--b1--\r\n";
        var document = Read(form, "multipart/form-data; boundary=b1");
        Assert.Multiple(() =>
        {
            Assert.That(document.Reads.Single().Plate.Text, Is.EqualTo("SIM11Q"));
            Assert.That(document.Images, Is.EqualTo(1));
            Assert.That(form.AsSpan((int)document.Reads[0].Offset, document.Reads[0].Length).ToString(), Is.EqualTo(Webhook));
        });
    }

    [Test]
    public void A_webhook_without_a_plate_has_nothing_and_is_no_fault()
    {
        var document = Read("""{"hook":{},"data":{"camera_id":"c","timestamp":"2026-09-29 05:56:13.6","results":[]}}""");
        Assert.That((document.Items, document.Rejects.Count), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void A_newer_webhook_that_wraps_the_plate_is_read()
    {
        var read = Read(
            """{"data":{"camera_id":"c","timestamp":"2026-09-29 05:56:13.6","results":[{"plate":{"type":"Plate","score":0.9,"props":{"plate":[{"value":"sim 1","score":0.91}],"region":[{"value":"se","score":0.3}]}}}]}}""").Reads.Single();
        Assert.That((read.Plate.Text, read.ConfidencePermille, read.Region), Is.EqualTo(("SIM1", (int?)910, "se")));
    }

    [Test]
    public void Our_own_ndjson_is_read_line_by_line_and_each_line_is_used_refused_or_ignored()
    {
        const string text =
            """
            {"at":"2026-11-20T10:00:00Z","camera":"gate","plate":"SIM 001","confidence":0.97,"region":"se","vehicle":"truck","direction":"out","simulated":true}
            {"at":"2026-11-20T10:00:05Z","camera":"gate","plate":"SIM 002","confidence":1.7}

            {"at":"2026-11-20T10:00:07Z","camera":"gate","plate":"-"}
            {"at":"2026-11-23T10:00:07Z","camera":"gate","plate":"SIM 004"}
            {"at":"2026-11-20T10:00:09Z","plate":"SIM 005"}
            {"at":"2026-11-20T10:00:09Z","at":"2026-11-20T10:00:09Z","camera":"gate","plate":"SIM 006"}
            {"at":"2026-11-20T10:00:09Z","camera":"ga
            {"at":"2026-11-20T10:00:11Z","camera":"gate 2","plate":"SIM 007"}
            """;
        var document = Read(text);
        Assert.Multiple(() =>
        {
            Assert.That(document.Reads.Select(read => (read.Plate.Text, read.Camera, read.IsSimulated)), Is.EqualTo(new[] { ("SIM001", "gate", true), ("SIM007", "gate-2", false) }));
            Assert.That(document.Ignored, Is.EqualTo(1));
            Assert.That(document.Rejects.Faults, Is.EquivalentTo(new Dictionary<string, long>
            {
                ["bad_confidence"] = 1, ["bad_plate"] = 1, ["bad_time"] = 1, ["bad_camera"] = 1, ["duplicate_key"] = 1, ["bad_json"] = 1,
            }));
            Assert.That(document.Items + document.Ignored, Is.EqualTo(text.Split('\n').Length));
            Assert.That(text.AsSpan((int)document.Reads[1].Offset, document.Reads[1].Length).ToString(), Is.EqualTo(text.Split('\n')[^1]));
        });
    }

    [Test]
    public void Csv_of_ours_and_of_stream_is_read_by_its_header()
    {
        var own = Read("plate,camera,at,confidence\r\nSIM 1,gate,2026-11-20T10:00:00Z,0.5\r\n# note\r\nSIM 2,gate\r\nSIM 3,gate,\"2026-11-20T10:00:00Z\",\r\n");
        var stream = Read(
            "timestamp,plate,score,dscore,file,box,vehicle,region,direction\n"
            + "2021-10-27 06:20:43.970337+00:00,sim1,0.781,0.441,/camera-1_screenshots/21-10-27/06.jpg,\"{'xmin': 847, 'ymin': 80}\",\"{'score': 0.267, 'type': 'Big Truck'}\",\"{'code': '', 'score': 0}\",12\n");
        Assert.Multiple(() =>
        {
            Assert.That(own.Reads.Select(read => (read.Plate.Text, read.ConfidencePermille)), Is.EqualTo(new[] { ("SIM1", (int?)500), ("SIM3", null) }));
            Assert.That(own.Rejects.Faults, Is.EquivalentTo(new Dictionary<string, long> { ["bad_row"] = 1 }));
            Assert.That(own.Ignored, Is.EqualTo(2), "header and comment");
            Assert.That(stream.Reads.Single(), Has.Property("Camera").EqualTo("camera-1").And.Property("Vehicle").EqualTo("big truck").And.Property("Region").Null);
        });
    }

    [TestCase("", "empty")]
    [TestCase(" \n ", "empty")]
    [TestCase("hello", "unknown_form")]
    [TestCase("""{"a":1}""", "unknown_form")]
    [TestCase("[1,2]", "unknown_form")]
    [TestCase("""{"data":{"results":[{"plate":"x""", "bad_json")]
    [TestCase("""{"at":1,"camera":"c","plate":"\ud800AB"}""", "bad_json")]
    [TestCase("""{"at":"10:00:00 AM","camera":"c","plate":"SIM1"}""", "bad_time")]
    [TestCase("""{"at":"1970-01-01T00:00:00Z","camera":"c","plate":"SIM1"}""", "bad_time")]
    [TestCase("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e \"e\">]><x>&e;</x>", "unknown_form")]
    [TestCase("--b1\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n{}", "bad_form")]
    public void What_cannot_be_read_is_refused_with_its_reason(string body, string fault)
    {
        var document = Read(body);
        Assert.That(document.Reads, Is.Empty);
        Assert.That(document.Rejects.Faults.Keys, Does.Contain(fault));
    }

    [Test]
    public void Deep_long_large_and_too_many_are_refused()
    {
        var deep = Read(string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40));
        var line = """{"at":"2026-11-20T10:00:00Z","camera":"gate","plate":"SIM 001"}""";
        var options = new PlateReadOptions { ReceivedAtMs = Received, ReadsMax = 2, LineBytesMax = 100, BodyBytesMax = 10_000 };
        var many = PlateReader.Read(Encoding.UTF8.GetBytes($"{line}\n{line}\n{line}\n{line.Replace("001", new string('1', 60), StringComparison.Ordinal)}\n"), options);
        var bomb = PlateReader.Read(Gzip(new byte[20_000]), options);
        Assert.Multiple(() =>
        {
            Assert.That(deep.Rejects.Faults.Keys, Does.Contain("too_deep"));
            Assert.That(many.Reads, Has.Count.EqualTo(2));
            Assert.That(many.Rejects.Faults, Is.EquivalentTo(new Dictionary<string, long> { ["too_many"] = 1, ["line_too_long"] = 1 }));
            Assert.That(bomb.Rejects.Faults.Keys, Does.Contain("too_large"));
            Assert.That(PlateReader.Read(Gzip(Encoding.UTF8.GetBytes(line)), options).Reads, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void Mutated_bodies_never_throw_and_every_line_is_accounted_for([Values(1, 2, 3, 4)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] bodies =
        [
            Webhook,
            "plate,camera,at\nSIM1,g,2026-11-20T10:00:00Z\nSIM2,g,2026-11-20T10:00:00Z\n",
            "{\"at\":\"2026-11-20T10:00:00Z\",\"camera\":\"g\",\"plate\":\"SIM1\"}\n{\"at\":\"2026-11-20T10:00:01Z\",\"camera\":\"g\",\"plate\":\"SIM2\"}\n",
            $"--b1\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n{Webhook}\r\n--b1--\r\n",
        ];
        for (var i = 0; i < 2_000; i++)
        {
            var body = Encoding.UTF8.GetBytes(bodies[i % bodies.Length]);
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var cut = body.AsMemory(0, random.Next(4) == 0 ? random.Next(body.Length) : body.Length);
            var document = PlateReader.Read(cut, new PlateReadOptions { ReceivedAtMs = Received });
            Assert.That(document.Items, Is.EqualTo(document.Reads.Count + document.Rejects.Count));
        }
    }

    private static PlateDocument Read(string text, string? contentType = null) =>
        PlateReader.Read(Encoding.UTF8.GetBytes(text), new PlateReadOptions { ReceivedAtMs = Received, ContentType = contentType });

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
