using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Stores;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Stores;

[TestFixture]
internal sealed class DirectoryStoreTests : BlobStoreContract
{
    private DirectoryInfo folder = null!;
    private DirectoryStore store = null!;

    protected override Task<IBlobStore> MakeAsync()
    {
        folder = Directory.CreateTempSubdirectory("maritimewatch-");
        store = DirectoryStore.Open(folder.FullName);
        return Task.FromResult<IBlobStore>(store);
    }

    [TearDown]
    public void DeleteFolder() => folder.Delete(recursive: true);

    [Test]
    public async Task A_blob_is_a_plain_file_and_nothing_is_left_aside()
    {
        var eTag = (await store.PutAsync("a/b", Bytes("one"), PutCondition.IfAbsent, default)).ETag!;
        await store.PutAsync("a/b", Bytes("lost"), PutCondition.IfAbsent, default);
        await store.PutAsync("a/b", Bytes("two"), PutCondition.IfMatch(eTag), default);
        await store.PutAsync("a/b", Bytes("stale"), PutCondition.IfMatch(eTag), default);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "a", "b")), Is.EqualTo("two"));
        Assert.That(Directory.EnumerateFiles(Path.Combine(folder.FullName, ".aside")), Is.Empty);
    }

    [Test]
    public async Task What_a_dead_writer_left_aside_is_invisible_and_collected_when_it_is_old()
    {
        var now = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var (name, age) in new[] { ("old", 2), ("new", 0) })
        {
            var path = Path.Combine(folder.FullName, ".aside", name);
            await File.WriteAllTextAsync(path, "half");
            File.SetLastWriteTimeUtc(path, now.AddDays(-age).UtcDateTime);
        }

        await foreach (var entry in store.ListAsync("", default))
        {
            Assert.Fail($"{entry.Name} should not be seen");
        }

        Assert.That(await new Collector(store).RemoveLeftoversAsync(now), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(Path.Combine(folder.FullName, ".aside")).Select(Path.GetFileName), Is.EqualTo(["new"]));
    }

    [Test]
    public async Task Stores_that_share_a_folder_lose_no_update()
    {
        await store.PutAsync("counter", Bytes(0), PutCondition.IfAbsent, default);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            // Locks belong to open files, not to processes, so that two stores stand for two processes.
            var own = DirectoryStore.Open(folder.FullName, Durability.ProcessOnly);
            for (var done = 0; done < 20;)
            {
                var got = (await own.GetAsync("counter", default))!.Value;
                var next = Bytes(int.Parse(Text(got.Bytes), CultureInfo.InvariantCulture) + 1);
                done += (await own.PutAsync("counter", next, PutCondition.IfMatch(got.ETag), default)).Written ? 1 : 0;
            }
        })));
        Assert.That(Text((await store.GetAsync("counter", default))!.Value.Bytes), Is.EqualTo("160"));
    }

    [Test]
    public async Task A_killed_process_leaves_no_lock()
    {
        var eTag = (await store.PutAsync("a", Bytes("1"), PutCondition.IfAbsent, default)).ETag!;
        eTag = (await store.PutAsync("a", Bytes("2"), PutCondition.IfMatch(eTag), default)).ETag!;
        var lockFolder = Directory.GetDirectories(Path.Combine(folder.FullName, ".locks")).Single();
        using var holder = StartOrSkip("flock", "-F", "-x", lockFolder, "sh", "-c", "echo held; exec sleep 600");
        Assert.That(await holder.StandardOutput.ReadLineAsync(), Is.EqualTo("held"));
        var put = store.PutAsync("a", Bytes("3"), PutCondition.IfMatch(eTag), default).AsTask();
        Assert.That(put.IsCompleted, Is.False);
        holder.Kill();
        Assert.That((await put).Written, Is.True);
    }

    [Test]
    public async Task A_full_disk_is_said_to_be_full_and_what_was_there_stays()
    {
        var small = Directory.CreateDirectory(Path.Combine(folder.FullName, "small")).FullName;
        using (var mount = StartOrSkip("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small))
        {
            await mount.WaitForExitAsync();
            Assume.That(mount.ExitCode, Is.Zero, "mounting a small disk needs root");
        }

        try
        {
            var full = DirectoryStore.Open(small);
            var eTag = (await full.PutAsync("a/kept", Bytes("good"), PutCondition.IfAbsent, default)).ETag!;
            var large = new byte[400_000];
            await Assert.ThatAsync(
                async () => await full.PutAsync("a/large", large, PutCondition.IfAbsent, default), Throws.Exception.Matches<Exception>(IsFull));
            await Assert.ThatAsync(
                async () => await full.PutStreamIfAbsentAsync("a/large", new MemoryStream(large), default), Throws.Exception.Matches<Exception>(IsFull));
            await Assert.ThatAsync(
                async () => await full.PutAsync("a/kept", large, PutCondition.IfMatch(eTag), default), Throws.Exception.Matches<Exception>(IsFull));
            Assert.That(await full.GetAsync("a/large", default), Is.Null);
            Assert.That(Text((await full.GetAsync("a/kept", default))!.Value.Bytes), Is.EqualTo("good"));
            Assert.That(Directory.EnumerateFiles(Path.Combine(small, ".aside")), Is.Empty);
            Assert.That((await full.PutAsync("a/small", Bytes("fits"), PutCondition.IfAbsent, default)).Written, Is.True);
        }
        finally
        {
            using var unmount = Process.Start("umount", small);
            await unmount.WaitForExitAsync();
        }
    }

    [Test]
    public async Task A_file_cannot_be_a_store_or_a_folder_of_names()
    {
        var file = Path.Combine(folder.FullName, "file");
        await File.WriteAllTextAsync(file, "x");
        Assert.That(() => DirectoryStore.Open(file), Throws.Exception.Matches<Exception>(static e => IsTrouble(e, StoreTrouble.FixInput, "is a file")));
        await Assert.ThatAsync(
            async () => await store.PutAsync("file/below", Bytes("x"), PutCondition.IfAbsent, default),
            Throws.Exception.Matches<Exception>(static e => IsTrouble(e, StoreTrouble.FixInput, "is a file")));
        Assert.That(await store.GetAsync("file/below", default), Is.Null);
        Assert.That(() => DirectoryStore.Open("/proc/no-folder-can-be-made-here"), Throws.Exception.Matches<Exception>(
            static e => e is StoreException { Trouble: StoreTrouble.Stop }));
    }

    [Test]
    public void A_version_of_another_store_is_refused() => Assert.That(
        async () => await store.PutAsync("a", Bytes("x"), PutCondition.IfMatch("0x8D"), default),
        Throws.Exception.Matches<Exception>(static e => IsTrouble(e, StoreTrouble.FixInput, "no version")));

    private static bool IsFull(Exception e) => IsTrouble(e, StoreTrouble.Stop, "the disk is full");

    private static bool IsTrouble(Exception e, StoreTrouble trouble, string message) =>
        e is StoreException store && store.Trouble == trouble && e.Message.Contains(message, StringComparison.Ordinal);

    private static Process StartOrSkip(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Ignore($"{program} cannot be started here: {e.Message}");
            throw;
        }
    }
}
