using System.Globalization;
using System.IO.Compression;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Rasters;
using MaritimeWatch.Tests.Intake.Doors;
using MaritimeWatch.Tests.Intake.Manifests;
using MaritimeWatch.Tests.Intake.Notices;
using Microsoft.AspNetCore.Http;

namespace MaritimeWatch.Tests.Security;

/// <summary>Bad input at every door: bounded, answered clearly, and nothing half done.</summary>
public sealed class BadBodyTests
{
    private const int Seed = 20261123;
    private const string Json = "application/json";

    private const string Read = """{"at":"2026-05-01T11:59:00Z","camera":"G1","plate":"ABC123","confidence":0.9}""";

    private static readonly Dictionary<string, (byte[] Body, string Type)[]> Good = new()
    {
        ["/ais"] =
        [
            (Encoding.ASCII.GetBytes(Nmea.Positions(vessels: 2, reports: 2, fromSeconds: 1_777_000_000)), "text/plain"),
            ("time,mmsi,lat,lon,sog\n2026-05-01T10:00:00Z,265000001,57.5,11.5,12.1\n"u8.ToArray(), "text/csv"),
            ("{\"time\":\"2026-05-01T10:00:00Z\",\"mmsi\":265000001,\"lat\":57.5,\"lon\":11.5}\n"u8.ToArray(), "application/x-ndjson"),
        ],
        ["/plates"] =
        [
            (Encoding.UTF8.GetBytes(Read), Json),
            (Encoding.UTF8.GetBytes($"{Read}\n{Read.Replace("ABC123", "XYZ789", StringComparison.Ordinal)}\n"), "application/x-ndjson"),
            ("at,camera,plate,confidence\n2026-05-01T11:59:00Z,G1,ABC123,0.9\n"u8.ToArray(), "text/csv"),
            (Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n{Read}\r\n--b\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"x.jpg\"\r\n\r\nJPEG\r\n--b--\r\n"), "multipart/form-data; boundary=b"),
        ],
        ["/manifests"] = [(Encoding.Latin1.GetBytes(Cuscar.Interchange(Cuscar.Body)), "application/edifact")],
        ["/notices"] = [(Encoding.UTF8.GetBytes(NoticeTests.Event), Json), (Encoding.UTF8.GetBytes(NoticeTests.Pickup), Json)],
        ["/scenes"] = [("II*\0 and no more"u8.ToArray(), "image/tiff")],
    };

    private static int Bodies => int.TryParse(
        Environment.GetEnvironmentVariable("MW_FUZZ_BODIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1_500;

    [TestCaseSource(typeof(Doors), nameof(Doors.Paths))]
    public async Task Thousands_of_mutated_bodies_are_taken_or_refused_with_a_clear_problem_and_decoded_without_a_fault(string path)
    {
        if (path == "/scenes" && Raster.LibraryVersion() is null)
        {
            Assert.Ignore("GDAL is absent");
        }

        await using var doors = new Doors();
        var (mutations, statuses) = (new Mutations(Seed), new SortedDictionary<int, int>());
        for (var i = 0; i < (path == "/scenes" ? Bodies / 10 : Bodies); i++)
        {
            var (body, type) = Good[path][i % Good[path].Length];
            var bad = mutations.Of(body);
            var answer = await doors.PostAsync(path, bad, type);
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            Assert.That(answer.Status, Is.AnyOf(202, 400, 413, 415), $"seed {Seed}, body {i}: {answer.Body}");
            AssertSpeaksPlainly(answer);
            await doors.DecodeAsync();
        }

        await TestContext.Out.WriteLineAsync($"seed {Seed}, {path}: {string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}"))}");
    }

    [TestCaseSource(typeof(Doors), nameof(Doors.Paths))]
    public async Task What_is_hostile_by_its_form_is_refused_within_bounded_memory(string path)
    {
        await using var doors = new Doors();
        foreach (var (name, body, type) in Hostile)
        {
            foreach (var said in (string?[])[type, path == "/scenes" ? "image/tiff" : null])
            {
                var answer = await doors.PostAsync(path, body, said);
                Assert.That(answer.Status, Is.AnyOf(400, 413, 415, 503), $"{name}: {answer.Body}");
                AssertSpeaksPlainly(answer);
                Assert.That(answer.Allocated, Is.LessThan(192L << 20), name);
                Assert.That(doors.Notes, Is.Empty, name);
            }
        }
    }

    [TestCase("/plates")]
    [TestCase("/manifests")]
    [TestCase("/notices")]
    public async Task A_body_cut_off_in_the_middle_leaves_nothing(string path)
    {
        await using var doors = new Doors();
        var (body, type) = Good[path][0];
        Assert.ThrowsAsync<BadHttpRequestException>(() => doors.PostAsync(path, new CutBody(body), type), "the server answers it with 400");
        Assert.That(await doors.CountAsync(""), Is.Zero);
        Assert.That(doors.Notes, Is.Empty);
    }

    [TestCaseSource(typeof(Doors), nameof(Doors.Paths))]
    public async Task Senders_that_drip_keep_a_door_closed_for_minutes_and_not_for_hours(string path)
    {
        if (path == "/scenes" && Raster.LibraryVersion() is null)
        {
            Assert.Ignore("GDAL is absent");
        }

        await using var doors = new Doors();
        var (body, type) = Good[path][0];
        var (slow, answers) = (new List<SlowBody>(), new List<Task<DoorAnswer>>());
        for (var i = 0; i < (path == "/scenes" ? 2 : 4); i++)
        {
            slow.Add(new SlowBody(body));
            answers.Add(doors.PostAsync(path, slow[i], type));
            await slow[i].Waits;
        }

        Assert.That((await doors.PostAsync(path, body, type)).Status, Is.EqualTo(503), "all places are taken");
        doors.Time.Advance(path == "/scenes" ? TimeSpan.FromHours(1) : BoundedBody.Within);
        foreach (var answer in await Task.WhenAll(answers))
        {
            Assert.That((answer.Status, answer.Connection), Is.EqualTo((408, "close")));
            AssertSpeaksPlainly(answer);
        }

        Assert.That(await doors.CountAsync("landing/"), Is.Zero, "nothing of them was taken");
        Assert.That((await doors.PostAsync(path, body, type)).Status, Is.EqualTo(202), "and the door is open again");
        slow.ForEach(one => one.Dispose());
    }

    [Test]
    public async Task A_source_that_is_named_like_another_door_is_no_source_of_AIS()
    {
        await using var doors = new Doors();
        foreach (var name in (string[])["plates", "plates.gate", "manifests.x", "NOTICES.x", "scenes"])
        {
            Assert.That((await doors.PostAsync("/ais", Good["/ais"][0].Body, null, ("X-Source", name))).Status, Is.EqualTo(400), name);
            Assert.Throws<FormatException>(() => DoorAddress.Parse($"127.0.0.1:4001,name={name}", "tcp", listens: false), name);
        }

        Assert.That(doors.Ais.Blobs, Is.Empty);
        Assert.That((await doors.PostAsync("/ais", Good["/ais"][0].Body, null, ("X-Source", "platesea"))).Status, Is.EqualTo(202));
    }

    [Test]
    public async Task Plates_and_parties_are_sealed_before_anything_is_acknowledged_and_are_in_no_answer()
    {
        await using var doors = new Doors();
        foreach (var path in (string[])["/plates", "/manifests", "/notices"])
        {
            foreach (var (body, type) in Good[path])
            {
                var answer = await doors.PostAsync(path, body, type);
                Assert.That(answer.Status, Is.EqualTo(202), answer.Body);
                Assert.That(answer.Body, Does.Not.Contain("ABC").And.Not.Contain("RECEIVER").And.Not.Contain("SENDER AS"));
            }
        }

        string[] personal = ["ABC123", "ABC 123", "XYZ789", "SENDER AS", "RECEIVER AB", "STREET 1"];
        Assert.That(await doors.CountAsync("landing/"), Is.EqualTo(7));
        Assert.That(await doors.Sealed.BlobsWithAsync(personal), Is.Empty, "as landed");
        await doors.DecodeAsync();
        Assert.That(await doors.Sealed.BlobsWithAsync(personal), Is.Empty, "as decoded");
    }

    [Test]
    public async Task Words_beside_a_body_that_no_message_could_carry_are_refused_at_the_door()
    {
        await using var doors = new Doors();
        var (body, type) = Good["/plates"][0];
        Assert.That((await doors.PostAsync("/plates?camera=" + new string('x', 3_000), body, type)).Status, Is.EqualTo(400));
        Assert.That((await doors.PostAsync("/plates", body, type + "; x=" + new string('x', 3_000))).Status, Is.EqualTo(400));
        if (Raster.LibraryVersion() is not null)
        {
            var said = await doors.PostAsync("/scenes", Good["/scenes"][0].Body, "image/tiff; x=" + new string('x', 3_000));
            Assert.That((said.Status, doors.Notes[^1].ContentType), Is.EqualTo((202, "image/tiff")));
            var half = Convert.ToBase64String("""{"properties":{"\ud800":1}}"""u8);
            Assert.That((await doors.PostAsync("/scenes", Good["/scenes"][0].Body, "image/tiff", ("X-Stac-Item", half))).Status, Is.EqualTo(400));
        }
    }

    private static void AssertSpeaksPlainly(DoorAnswer answer)
    {
        if (answer.Status >= 400)
        {
            Assert.That(answer.Type, Does.StartWith("application/problem+json"));
        }

        Assert.That(answer.Body, Does.Not.Contain("Exception").And.Not.Contain("   at ").And.Not.Contain(Path.GetTempPath()).And.Not.Contain("/work/").And.Not.Contain(".cs:line"));
    }

    private static List<(string Name, byte[] Body, string? Type)> Hostile { get; } = [.. MakeHostile()];

    private static IEnumerable<(string Name, byte[] Body, string? Type)> MakeHostile()
    {
        var deep = new string('[', 200_000) + new string(']', 200_000);
        yield return ("deep lists", Encoding.ASCII.GetBytes(deep), Json);
        yield return ("deep objects", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"data\":", 100_000))), Json);
        yield return ("keys that stand twice", Encoding.ASCII.GetBytes($$"""{"at":"2026-05-01T11:59:00Z","plate":"A1","plate":"B2","camera":"G1","eventType":"x","eventType":"y","sender":"a","sender":"b"}"""), Json);
        yield return ("half a character as a key", """{"\ud800":1,"plate":"\udc00","eventType":"\ud800"}"""u8.ToArray(), Json);
        yield return ("bytes that are no UTF-8", [.. "{\"plate\":\""u8, 0xff, 0xfe, 0xc0, .. "\"}"u8], Json);
        yield return ("UTF-16", Encoding.Unicode.GetBytes(Read), "application/json; charset=utf-16");
        yield return ("a number without end", Encoding.ASCII.GetBytes("{\"confidence\":" + new string('9', 900_000) + "}"), Json);
        yield return ("one line without end", Encoding.ASCII.GetBytes("at,camera,plate\n" + new string('A', 900_000)), "text/csv");
        yield return ("a row of commas", Encoding.ASCII.GetBytes("at,camera,plate\n" + new string(',', 900_000)), "text/csv");
        yield return ("quotation marks without end", Encoding.ASCII.GetBytes("at,camera,plate\n" + new string('"', 900_001)), "text/csv");
        yield return ("line ends alone", Encoding.ASCII.GetBytes("x" + new string('\n', 900_000)), "text/csv");
        yield return ("zeros", new byte[900_000], "application/octet-stream");
        yield return ("a bomb", Gzip(new byte[80_000_000]), "application/gzip");
        yield return ("a bomb in a bomb", Gzip(Gzip(new byte[40_000_000])), "application/gzip");
        yield return ("gzip and then nothing", [0x1f, 0x8b], "application/gzip");
        yield return ("too large", new byte[(1 << 20) + 1], "application/octet-stream");
        yield return ("a document type", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>"u8.ToArray(), "application/xml");
        yield return ("entities in entities", Encoding.ASCII.GetBytes("<!DOCTYPE l [<!ENTITY l0 \"l\">" + string.Concat(Enumerable.Range(1, 20).Select(n => $"<!ENTITY l{n} \"&l{n - 1};&l{n - 1};\">")) + "]><l>&l20;</l>"), "text/xml");
        yield return ("segments without end", Encoding.ASCII.GetBytes("UNA:+.? 'UNB+UNOC:3+A+B+260301:0900+R'" + string.Concat(Enumerable.Repeat("NAD+", 200_000))), "application/edifact");
        yield return ("release characters without end", Encoding.ASCII.GetBytes("UNB+" + new string('?', 900_001)), "application/edifact");
        yield return ("a form without end", Encoding.ASCII.GetBytes("--b\r\n" + new string('x', 900_000)), "multipart/form-data; boundary=b");
        yield return ("parts without end", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("--b\r\n\r\n\r\n", 90_000))), "multipart/form-data; boundary=b");
        yield return ("a zip", "PK\u0003\u0004"u8.ToArray(), "application/octet-stream");
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
