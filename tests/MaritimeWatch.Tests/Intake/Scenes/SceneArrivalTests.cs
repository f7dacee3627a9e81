using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Log;
using MaritimeWatch.Stores.Azure;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Intake.Scenes;

/// <summary>A scene that was put into a container of the storage account: what the event makes of it.</summary>
[TestFixture]
public sealed class SceneArrivalTests
{
    private static readonly DateTimeOffset Written = new(2026, 11, 22, 5, 41, 0, TimeSpan.Zero);
    private static readonly byte[] Tiff = [.. "II*\0"u8, .. Enumerable.Range(0, 5000).Select(n => (byte)n)];

    [Test]
    public async Task A_scene_is_copied_into_the_landing_and_noted_with_what_its_item_says()
    {
        var rig = new Rig();
        rig.Blobs["2026/S1A IW.tif"] = Tiff;
        rig.Blobs["2026/S1A IW.json"] = """{"type":"Feature","properties":{"datetime":"2026-11-22T05:30:00Z","platform":"sentinel-1a"}}"""u8.ToArray();
        await rig.TakeAsync("https://simulated.blob.core.windows.net/scenes/2026/S1A%20IW.tif");
        var note = rig.Notes.Single();
        Assert.That((await rig.Store.GetAsync(note.Landed, default))!.Value.Bytes.ToArray(), Is.EqualTo(Tiff));
        Assert.That((note.Door, note.Length, note.FileName, note.Source, note.ReceivedAt), Is.EqualTo(("scenes", (long)Tiff.Length, "S1A_IW.tif", "storage", Written)));
        Assert.That(note.Facts, Contains.Key("at").WithValue("2026-11-22T05:30:00Z"));
        Assert.That(note.Facts, Contains.Key("sensor").WithValue("sar"));
    }

    [Test]
    public async Task An_event_that_comes_again_lands_the_same_blob_and_the_same_note()
    {
        var rig = new Rig();
        rig.Blobs["s1.tif"] = Tiff;
        await rig.TakeAsync("https://simulated.blob.core.windows.net/scenes/s1.tif");
        await rig.TakeAsync("https://simulated.blob.core.windows.net/scenes/s1.tif");
        Assert.That(await rig.Store.ListAsync(string.Empty, default).CountAsync(), Is.EqualTo(1));
        Assert.That(rig.Notes.Select(note => Encoding.UTF8.GetString(note.ToBytes())).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("https://simulated.blob.core.windows.net/other/s1.tif")]
    [TestCase("https://simulated.blob.core.windows.net/scenes/s1.json")]
    [TestCase("https://simulated.blob.core.windows.net/scenes/")]
    [TestCase("https://simulated.blob.core.windows.net/scenes/s1.tif?snapshot=1")]
    [TestCase("https://simulated.blob.core.windows.net/scenes/gone.tif")]
    [TestCase("https://simulated.blob.core.windows.net/scenes/empty.tif")]
    [TestCase("https://simulated.blob.core.windows.net/scenes/text.tif")]
    [TestCase("https://simulated.blob.core.windows.net/scenes/large.tif")]
    public async Task What_is_no_scene_of_ours_is_left_aside_and_does_not_come_again(string url)
    {
        var rig = new Rig();
        rig.Blobs["s1.tif"] = Tiff;
        rig.Blobs["s1.json"] = Tiff;
        rig.Blobs["empty.tif"] = [];
        rig.Blobs["text.tif"] = "hello, I am no picture"u8.ToArray();
        rig.Blobs["large.tif"] = [.. Tiff, .. Tiff];
        await rig.TakeAsync(url);
        Assert.That(rig.Notes, Is.Empty);
        Assert.That(await rig.Store.ListAsync(string.Empty, default).AnyAsync(), Is.False);
    }

    [Test]
    public async Task An_item_that_cannot_be_read_leaves_the_scene_with_its_own_tags()
    {
        var rig = new Rig();
        rig.Blobs["s1.tif"] = Tiff;
        rig.Blobs["s1.json"] = "{"u8.ToArray();
        await rig.TakeAsync("https://simulated.blob.core.windows.net/scenes/s1.tif");
        Assert.That(rig.Notes.Single().Facts, Is.Empty);
    }

    [Test]
    public async Task A_scene_whose_item_says_that_it_was_taken_after_it_came_is_left_aside()
    {
        var rig = new Rig();
        rig.Blobs["s1.tif"] = Tiff;
        rig.Blobs["s1.json"] = """{"type":"Feature","properties":{"datetime":"2026-11-22T05:52:00Z"}}"""u8.ToArray();
        await rig.TakeAsync("https://simulated.blob.core.windows.net/scenes/s1.tif");
        Assert.That(rig.Notes, Is.Empty);
    }

    [Test]
    public void Trouble_with_the_storage_reaches_the_host_so_that_the_event_comes_again()
    {
        var rig = new Rig { IsAway = true };
        Assert.ThrowsAsync<StoreException>(() => rig.TakeAsync("https://simulated.blob.core.windows.net/scenes/s1.tif"));
    }

    [Test]
    public void The_container_of_scenes_lies_in_the_stores_account_unless_another_is_named()
    {
        var settings = new Dictionary<string, string?>
        {
            ["MW_BLOBS__blobServiceUri"] = "https://data.blob.core.windows.net",
            ["MW_BLOBS__clientId"] = "11111111-2222-3333-4444-555555555555",
        };
        var own = IncomingContainer.OfScenes(settings.GetValueOrDefault);
        Assert.That((own.Host, own.Name), Is.EqualTo(("data.blob.core.windows.net", "scenes")));
        settings["MW_SCENES__blobServiceUri"] = "https://space.blob.core.windows.net";
        settings["MW_SCENES_CONTAINER"] = "sentinel";
        var other = IncomingContainer.OfScenes(settings.GetValueOrDefault);
        Assert.That((other.Host, other.Name), Is.EqualTo(("space.blob.core.windows.net", "sentinel")));
        Assert.Throws<StoreException>(() => IncomingContainer.OfScenes(_ => null));
        Assert.Throws<StoreException>(() => IncomingContainer.OfScenes(name => name == "MW_SCENES" ? "nonsense" : null));
    }

    private sealed class Rig
    {
        public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

        public MemoryStore Store { get; } = new();

        public List<LandedNote> Notes { get; } = [];

        public bool IsAway { get; init; }

#pragma warning disable CA2000 // The arrival disposes of what it opens.
        public Task TakeAsync(string url) => new SceneArrival(
            new Landing(Store),
            (name, _) => IsAway ? throw new StoreException(StoreTrouble.Retry, "away")
                : new(Blobs.TryGetValue(name, out var bytes) ? new IncomingBlob(new MemoryStream(bytes), bytes.Length, Written) : null),
            (note, _) =>
            {
                Notes.Add(note);
                return Task.CompletedTask;
            },
            new SceneArrivalSettings { BytesMax = Tiff.Length },
            NullLogger.Instance).TakeAsync(new SceneCreated("1", new Uri(url), null, null), default);
#pragma warning restore CA2000
    }
}
