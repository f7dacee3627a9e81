using MaritimeWatch.Functions;

namespace MaritimeWatch.Tests.Watch;

/// <summary>The exit codes that scripts rely on, through the same door as the command line.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class VerbTests
{
    private const string Sound = "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4A\n";
    private const string WrongSum = "!AIVDM,1,1,,A,15RTgt0PAso;90TKcjM8h6g208CQ,0*4B\n";
    private string folder = "";

    [SetUp]
    public void Make_a_folder() => folder = Directory.CreateTempSubdirectory("verbs-").FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(folder, recursive: true);

    [TestCase("", ExpectedResult = 3, TestName = "An_empty_file_is_nothing_usable")]
    [TestCase(WrongSum, ExpectedResult = 3, TestName = "A_file_of_wrong_checksums_is_nothing_usable")]
    [TestCase("\0\u0001\u0002\u0003 no text", ExpectedResult = 3, TestName = "A_binary_file_is_nothing_usable")]
    [TestCase(Sound, ExpectedResult = 0, TestName = "A_sound_file_is_done")]
    [TestCase(Sound + WrongSum, ExpectedResult = 1, TestName = "With_strict_a_refused_line_shows")]
    public async Task<int> Replay(string content)
    {
        var file = Path.Combine(folder, "a.nmea");
        await File.WriteAllTextAsync(file, content);
        return await RunAsync("replay", file, "--store", Path.Combine(folder, "store"), "--start", "2024-05-01T00:00:00Z", "--strict");
    }

    [Test]
    public async Task Wrong_usage_is_said_as_such()
    {
        var file = Path.Combine(folder, "a.nmea");
        await File.WriteAllTextAsync(file, Sound);
        var store = Path.Combine(folder, "store");
        Assert.That(await RunAsync("replay", file), Is.EqualTo(2), "no store");
        Assert.That(await RunAsync("replay", file + "x", "--store", store), Is.EqualTo(2), "no such file");
        Assert.That(await RunAsync("replay", file, "--store", store, "--profile", "nosuch"), Is.EqualTo(2), "no such profile");
        Assert.That(await RunAsync("replay", file, "--store", store, "--start", "yesterday"), Is.EqualTo(2), "no time");
        Assert.That(await RunAsync("explain", "abc", "--store", Path.Combine(folder, "none")), Is.EqualTo(2), "no such store");
    }

    [Test]
    public async Task A_store_keeps_the_profile_that_it_was_made_with()
    {
        var file = Path.Combine(folder, "a.nmea");
        await File.WriteAllTextAsync(file, Sound);
        var store = Path.Combine(folder, "store");
        Assert.That(await RunAsync("replay", file, "--store", store, "--start", "2024-05-01T00:00:00Z", "--profile", "gfw"), Is.Zero);
        Assert.That(await RunAsync("replay", file, "--store", store, "--start", "2024-05-01T00:00:00Z", "--profile", "default"), Is.EqualTo(2));
        Assert.That(await RunAsync("replay", file, "--store", store, "--start", "2024-05-01T00:00:00Z"), Is.Zero);
    }

    [Test]
    public async Task A_store_from_a_newer_version_is_refused()
    {
        var file = Path.Combine(folder, "a.nmea");
        await File.WriteAllTextAsync(file, Sound);
        var store = Path.Combine(folder, "store");
        await RunAsync("replay", file, "--store", store, "--start", "2024-05-01T00:00:00Z");
        var mark = Path.Combine(store, "store.json");
        await File.WriteAllTextAsync(mark, (await File.ReadAllTextAsync(mark)).Replace("\"format\":1", "\"format\":99", StringComparison.Ordinal));
        Assert.That(await RunAsync("replay", file, "--store", store), Is.EqualTo(3));
    }

    [Test]
    public async Task A_zone_file_that_is_no_polygon_is_refused_with_what_it_is()
    {
        var file = Path.Combine(folder, "zone.geojson");
        await File.WriteAllTextAsync(
            file, """{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]}""");
        Assert.That(await RunAsync("reference", "add", "zones", file, "--store", Path.Combine(folder, "store")), Is.EqualTo(3));
    }

    private static async Task<int> RunAsync(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var quiet = new StringWriter();
        Console.SetOut(quiet);
        Console.SetError(quiet);
        try
        {
            return await Program.Main(args);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
