using MaritimeWatch.Log;
using MaritimeWatch.StandIn;
using MaritimeWatch.Stores.Azure;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Stores.Azure;

[TestFixture]
internal sealed class AzureBlobStoreTests : BlobStoreContract
{
    private const int Mebi = 1 << 20;

    private AzureStoreSettings settings = null!;
    private AzureStore azure = null!;

    protected override async Task<IBlobStore> MakeAsync()
    {
        settings = new AzureStoreSettings
        {
            BlobConnection = AzuriteSetup.ConnectionString,
            Container = AzuriteSetup.NewName(),
        };
        azure = await AzureStore.OpenAsync(settings, TimeProvider.System);
        return azure.Blobs;
    }

    [Test]
    public async Task What_the_bill_counts_is_counted()
    {
        var made = await azure.Blobs.PutAsync("a", new byte[5 * Mebi], PutCondition.IfAbsent, default);
        await azure.Blobs.PutAsync("a", Bytes("x"), PutCondition.IfMatch(made.ETag!), default);
        await azure.Blobs.GetAsync("a", default);
        await azure.Blobs.GetAsync("b", default);
        await (await azure.Blobs.OpenReadAsync("a", 0, default))!.DisposeAsync();
        await foreach (var _ in azure.Blobs.ListAsync("a", default))
        {
        }

        await azure.Blobs.DeleteAsync("a", default);
        Assert.That(azure.Operations.Snapshot(), Is.EqualTo(new Dictionary<string, long>
        {
            ["blob.container"] = 3, // Is it there; made, with that of the keys.
            ["blob.put"] = 2,
            ["blob.get"] = 3,
            ["blob.list"] = 1,
            ["blob.delete"] = 1,
        }));
    }

    [Test]
    public async Task Forty_megabytes_go_in_parts_that_nobody_sees_before_the_last()
    {
        var content = Noise(40 * Mebi, seed: 3);
        List<bool> seen = [];
        await using var watched = new WatchedStream(content, async () => seen.Add(await azure.Blobs.GetAsync("large", default) is not null));
        var put = await azure.Blobs.PutStreamIfAbsentAsync("large", watched, default);
        Assert.That(put.Written, Is.True);
        Assert.That(seen, Is.Not.Empty.And.All.False);
        Assert.That((await azure.Blobs.GetAsync("large", default))!.Value.Bytes.Span.SequenceEqual(content), Is.True);
        var counts = azure.Operations.Snapshot();
        Assert.That((counts["blob.block"], counts["blob.commit"], counts.GetValueOrDefault("blob.put")), Is.EqualTo((10, 1, 0)));

        // Whoever comes later learns it from one look, and sends nothing.
        Assert.That((await azure.Blobs.PutStreamIfAbsentAsync("large", new MemoryStream(content), default)).Written, Is.False);
        Assert.That(azure.Operations.Snapshot()["blob.block"], Is.EqualTo(10));
    }

    [Test]
    public async Task Of_writers_of_large_blobs_that_race_one_wins_and_nothing_is_mixed()
    {
        var contents = Enumerable.Range(0, 6).Select(static seed => Noise((9 * Mebi) + seed, seed)).ToArray();
        var puts = await Task.WhenAll(contents.Select(content =>
            azure.Blobs.PutStreamIfAbsentAsync("large", new MemoryStream(content), default).AsTask()));
        var winner = Array.FindIndex(puts, static put => put.Written);
        var there = (await azure.Blobs.GetAsync("large", default))!.Value;
        Assert.That(puts.Count(static put => put.Written), Is.EqualTo(1));
        Assert.That(there.ETag, Is.EqualTo(puts[winner].ETag));
        Assert.That(there.Bytes.Span.SequenceEqual(contents[winner]), Is.True);
    }

    [Test]
    public async Task A_large_blob_is_read_in_ranges_and_only_as_far_as_it_is_wanted()
    {
        var content = Noise(21 * Mebi, seed: 5);
        await azure.Blobs.PutStreamIfAbsentAsync("large", new MemoryStream(content), default);
        var before = Gets();
        await using (var stream = (await azure.Blobs.OpenReadAsync("large", 3_000_000, default))!)
        {
            var head = new byte[1000];
            await stream.ReadExactlyAsync(head);
            Assert.That(head, Is.EqualTo(content[3_000_000..3_001_000]));
            Assert.That(Gets() - before, Is.EqualTo(1));
        }

        await using (var stream = (await azure.Blobs.OpenReadAsync("large", 5, default))!)
        {
            // Read as those do who know no async.
            using var whole = new MemoryStream();
            stream.CopyTo(whole);
            Assert.That(whole.GetBuffer().AsSpan(0, (int)whole.Length).SequenceEqual(content.AsSpan(5)), Is.True);
            Assert.That(Gets() - before, Is.EqualTo(1 + 4)); // 4, 8, 8 MiB and the rest.
        }
    }

    [Test]
    public async Task A_jump_within_a_large_blob_costs_one_request_and_reads_what_is_there()
    {
        var content = Noise(21 * Mebi, seed: 6);
        await azure.Blobs.PutStreamIfAbsentAsync("large", new MemoryStream(content), default);
        await using var stream = (await azure.Blobs.OpenReadAsync("large", 7, default))!;
        var before = Gets();
        var part = new byte[100];
        foreach (var at in new[] { 20 * Mebi, (20 * Mebi) + 500, 5 * Mebi, 0 })
        {
            stream.Position = at;
            await stream.ReadExactlyAsync(part);
            Assert.That(part, Is.EqualTo(content[(7 + at)..(107 + at)]));
        }

        Assert.That(Gets() - before, Is.EqualTo(3));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_blob_that_is_replaced_or_deleted_while_it_is_read_is_trouble_and_no_mixture(bool isReplaced)
    {
        var put = await azure.Blobs.PutAsync("a", Noise(6 * Mebi, seed: 1), PutCondition.IfAbsent, default);
        await using var stream = (await azure.Blobs.OpenReadAsync("a", 0, default))!;
        if (isReplaced)
        {
            await azure.Blobs.PutAsync("a", Noise(6 * Mebi, seed: 2), PutCondition.IfMatch(put.ETag!), default);
        }
        else
        {
            await azure.Blobs.DeleteAsync("a", default);
        }

        Assert.That(
            async () => await stream.CopyToAsync(Stream.Null),
            Throws.InstanceOf<StoreException>().With.Property("Trouble").EqualTo(StoreTrouble.Retry).And.Message.Contains("/a"));
    }

    [Test]
    public async Task Keys_lie_in_a_container_of_their_own_and_are_listed_among_the_rest()
    {
        foreach (var name in new[] { "inbox/1", "keys/day/2026-05-01", "keys/tokens", "landing/1", "key-like/1" })
        {
            await azure.Blobs.PutAsync(name, Bytes(name), PutCondition.IfAbsent, default);
        }

        var keysAlone = await AzureStore.OpenExistingAsync(settings with { Container = settings.Container + "-keys" }, TimeProvider.System);
        Assert.That(await NamesAsync(azure.Blobs, ""), Is.EqualTo(["inbox/1", "key-like/1", "keys/day/2026-05-01", "keys/tokens", "landing/1"]));
        Assert.That(await NamesAsync(azure.Blobs, "ke"), Is.EqualTo(["key-like/1", "keys/day/2026-05-01", "keys/tokens"]));
        Assert.That(await NamesAsync(azure.Blobs, "keys/day/"), Is.EqualTo(["keys/day/2026-05-01"]));
        Assert.That((await keysAlone.Blobs.GetAsync("landing/1", default)).HasValue, Is.False);
        var account = new AzuriteAccount(AzuriteSetup.ConnectionString);
        Assert.That(await account.HasBlobAsync(settings.Container + "-keys", "keys/tokens"), Is.True);
        Assert.That(await account.HasBlobAsync(settings.Container, "keys/tokens"), Is.False);
    }

    [Test]
    public async Task More_names_than_a_page_has_are_all_listed()
    {
        // Azurite cuts pages as the service does; small ones, because each name is a request to make.
        var paged = await AzureStore.OpenAsync(settings with { NamesPerPage = 100 }, TimeProvider.System);
        await Parallel.ForEachAsync(Enumerable.Range(0, 250), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancel) =>
            await paged.Blobs.PutAsync($"many/{i:D5}", Bytes("x"), PutCondition.IfAbsent, cancel));
        var names = await NamesAsync(paged.Blobs, "many/");
        Assert.That(names, Has.Count.EqualTo(250).And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(paged.Operations.Snapshot()["blob.list"], Is.EqualTo(3));
    }

    [Test]
    public void A_store_that_was_never_made_is_not_made_by_looking()
    {
        var absent = settings with { Container = AzuriteSetup.NewName() };
        for (var i = 0; i < 2; i++)
        {
            Assert.That(
                async () => await AzureStore.OpenExistingAsync(absent, TimeProvider.System),
                Throws.InstanceOf<StoreException>().With.Property("Trouble").EqualTo(StoreTrouble.FixInput).And.Message.Contains(absent.Container));
        }
    }

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<List<string>> NamesAsync(IBlobStore store, string prefix)
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(prefix, default))
        {
            names.Add(entry.Name);
        }

        return names;
    }

    private long Gets() => azure.Operations.Snapshot().GetValueOrDefault("blob.get");

    /// <summary>Does something each time that a stretch of it has been read.</summary>
    private sealed class WatchedStream(byte[] content, Func<Task> look) : MemoryStream(content, writable: false)
    {
        private long next = 12 * Mebi;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= next)
            {
                next += 12 * Mebi;
                await look();
            }

            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, Mebi)], cancellationToken);
        }
    }
}
