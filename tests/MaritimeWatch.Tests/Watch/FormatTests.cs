using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Watch;

/// <summary>A store that an older build made (Data/PROVENANCE.md): this build reads it, goes on with it and upgrades it.</summary>
[TestFixture]
internal sealed class FormatTests
{
    private string folder = null!;

    [SetUp]
    public void Unpack()
    {
        folder = Directory.CreateTempSubdirectory("format-1-").FullName;
        using var packed = new GZipStream(
            File.OpenRead(Path.Combine(NodeTools.Root(), "tests", "MaritimeWatch.Tests", "Data", "store-format-1.tar.gz")),
            CompressionMode.Decompress);
        TarFile.ExtractToDirectory(packed, folder, overwriteFiles: false);
    }

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_store_of_an_older_build_is_read_gone_on_with_and_upgraded()
    {
        var store = await OpenAsync();
        var before = await Replays.FindingsOfAsync(store);
        using (var said = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "findings.geojson"))))
        {
            var features = said.RootElement.GetProperty("features").EnumerateArray().Select(static f => f.GetRawText()).ToList();
            Assert.That(features, Is.Not.Empty);
            Assert.That(features.Where(feature => !before.Contains(feature, StringComparison.Ordinal)), Is.Empty, "what the older build said of it");
        }

        var checkpoints = await UpgradeAsync(store, isCheck: true);
        Assert.That(checkpoints, Has.Count.EqualTo(16).And.All.Property("CheckpointFormat").EqualTo(1));
        Assert.That(await UpgradeAsync(store, isCheck: false), Has.All.Property("IsCheckpointRewritten").True);
        Assert.That(await UpgradeAsync(store, isCheck: true), Has.All.Property("IsDue").False);
        Assert.That(await Replays.FindingsOfAsync(store), Is.EqualTo(before), "byte for byte");

        await Replays.RunAsync(store, [Path.Combine(folder, "second")]);
        var after = await Replays.FindingsOfAsync(store);
        Assert.That(after, Has.Length.GreaterThan(before.Length));
        Assert.That(before.Split('\n').Except(after.Split('\n')), Is.Empty);
        Assert.That((await new CheckpointReader(store.Blobs, store.Groups[0]).ReadAsync())!.Format, Is.EqualTo(Checkpoint.FormatNow));
    }

    [Test]
    public async Task A_state_that_no_build_reads_any_more_is_made_anew_and_folds_on_to_the_same_findings()
    {
        var straight = Path.Combine(folder, "straight");
        Copy(Path.Combine(folder, "store"), straight);
        var store = await OpenAsync();
        var before = await Replays.FindingsOfAsync(store);
        foreach (var group in store.Groups)
        {
            await AgeAsync(store.Blobs, group);
        }

        var refused = Assert.ThrowsAsync<StoreException>(() => Replays.RunAsync(store, [Path.Combine(folder, "second")]));
        Assert.That(refused!.Message, Does.Contain("maritimewatch upgrade"));
        Assert.That((await UpgradeAsync(store, isCheck: true)).Count(group => group.OlderStateFormat == 1), Is.EqualTo(store.Groups.Count));
        Assert.That((await UpgradeAsync(store, isCheck: false)).Count(group => group.IsStateRemade), Is.EqualTo(store.Groups.Count));
        Assert.That(await Replays.FindingsOfAsync(store), Is.EqualTo(before), "byte for byte");

        await Replays.RunAsync(store, [Path.Combine(folder, "second")]);
        var other = await WatchStore.OpenAsync(straight, default);
        await Replays.RunAsync(other, [Path.Combine(folder, "second")]);
        Assert.That(await Replays.FindingsOfAsync(store), Is.EqualTo(await Replays.FindingsOfAsync(other)));
    }

    private Task<WatchStore> OpenAsync() => WatchStore.OpenAsync(Path.Combine(folder, "store"), default);

    private static Task<IReadOnlyList<GroupUpgrade>> UpgradeAsync(WatchStore store, bool isCheck) =>
        new StoreUpgrade(store, TimeProvider.System, static _ => { }).RunAsync(isCheck, Path.GetTempPath(), default);

    // As if its build had known format 1 alone.
    private static async Task AgeAsync(IBlobStore blobs, GroupName group)
    {
        var checkpoint = (await blobs.GetAsync(group.CheckpointName, default))!.Value;
        var name = (await new CheckpointReader(blobs, group).ReadAsync())!.Snapshot!;
        var state = (await blobs.GetAsync(name, default))!.Value.Bytes.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(4), 1);
        var aged = group.BlobFor(0, state, "snapshot");
        await blobs.PutAsync(aged, state, PutCondition.IfAbsent, default);
        var json = Encoding.UTF8.GetString(checkpoint.Bytes.Span).Replace(name, aged, StringComparison.Ordinal);
        await blobs.PutAsync(group.CheckpointName, Encoding.UTF8.GetBytes(json), PutCondition.IfMatch(checkpoint.ETag), default);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
