using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log;

[TestFixture]
internal sealed class CachedStoreTests
{
    private static readonly GroupName Group = new("toy", 0);

    [TestCase("landing/source/2026-03-01/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [TestCase("inbox/watch/000/000000000001", true)]
    [TestCase("groups/watch/000/0000000012-0123456789abcdef.pack", true)]
    [TestCase("groups/watch/000/0000000012-0123456789abcdef.snapshot", true)]
    [TestCase("groups/watch/000/0000000012-0123456789abcdef.findings.ndjson", true)]
    [TestCase("groups/watch/000/checkpoint", false)]
    [TestCase("relay/alerts/000", false)]
    [TestCase("keys/day/2026-03-01", false)]
    [TestCase("inbox/watch/000/other", false)]
    [TestCase("store.json", false)]
    [TestCase("workers/live", false)]
    [TestCase("reference/ports/1", false)]
    public void Only_names_whose_bytes_never_change_are_kept(string name, bool isKept) =>
        Assert.That(CachedStore.IsImmutable(name), Is.EqualTo(isKept));

    [Test]
    public async Task It_is_never_told_apart_from_the_store_behind_it([Range(1, 20)] int seed)
    {
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        var random = new Random(seed);
        var truth = new MemoryStore();
        var failing = new FailingStore(truth, random);
        var bytesMax = random.Next(3) * 4000;
        var cached = new CachedStore(failing, new CachedStoreOptions { BytesMax = bytesMax });
        for (var step = 0; step < 3_000; step++)
        {
            var (name, bytes) = Any(random);
            try
            {
                switch (random.Next(10))
                {
                    case 0:
                        await cached.DeleteAsync(name, default);
                        break;
                    case 1:
                        await truth.PutAsync(name, bytes, PutCondition.IfAbsent, default); // Another process.
                        break;
                    case 2 or 3 or 4:
                        var there = await truth.GetAsync(name, default);
                        var isMatch = !CachedStore.IsImmutable(name) && there is not null && random.Next(2) == 0;
                        await cached.PutAsync(name, bytes, isMatch ? PutCondition.IfMatch(there!.Value.ETag) : PutCondition.IfAbsent, default);
                        break;
                    default:
                        await CompareAsync(cached, truth, name, random);
                        break;
                }
            }
            catch (StoreException)
            {
                // Whether it had its effect is unknown, as ever; reading must tell the truth all the same.
            }
        }

        Assert.That(cached.BytesKept, Is.LessThanOrEqualTo(8000));
        Assert.That(cached.Served > 100 || bytesMax == 0, Is.True, "a cache that serves nothing proves nothing");
    }

    [Test]
    public async Task What_was_committed_is_read_without_a_request()
    {
        var counted = new CountingStore(new MemoryStore());
        var cached = new CachedStore(counted);
        var inbox = new Inbox(cached, Group, new ManualTime());
        await inbox.AppendAsync(EntryKind.Batch, Simulation.ToyFold.Body(new string('a', 64), 3));
        var worker = new GroupWorker(cached, Group, new Simulation.ToyFold(), GroupWorkerOptions.Replay, new ManualTime());
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        counted.Log.Clear();
        await SegmentReader.ReadAsync(cached, worker.Checkpoint!.Tail[0]);
        await inbox.ReadAsync(1);
        Assert.That((await cached.GetAsync(worker.Checkpoint.Snapshot!, default))!.Value.Bytes.Length, Is.GreaterThan(0));
        await using var stream = await cached.OpenReadAsync(worker.Checkpoint.Snapshot!, 3, default);
        Assert.That(counted.Log, Is.Empty);
        await new CheckpointReader(cached, Group).ReadAsync();
        Assert.That(counted.Log, Is.EqualTo(new[] { $"get {Group.CheckpointName}" }));
    }

    [Test]
    public async Task The_bytes_that_are_kept_are_bounded_and_those_used_last_stay()
    {
        var counted = new CountingStore(new MemoryStore());
        var cached = new CachedStore(counted, new CachedStoreOptions { BytesMax = 8 * (256 + 744) });
        for (var number = 1; number <= 20; number++)
        {
            await cached.PutAsync(Group.EntryName(number), new byte[744], PutCondition.IfAbsent, default);
            await cached.GetAsync(Group.EntryName(1), default);
        }

        counted.Log.Clear();
        await cached.GetAsync(Group.EntryName(1), default);
        await cached.GetAsync(Group.EntryName(20), default);
        Assert.That(counted.Log, Is.Empty);
        await cached.GetAsync(Group.EntryName(2), default);
        Assert.That(counted.Log, Has.Count.EqualTo(1));
        await cached.PutAsync(Group.EntryName(21), new byte[4000], PutCondition.IfAbsent, default);
        counted.Log.Clear();
        await cached.GetAsync(Group.EntryName(21), default);
        Assert.That(counted.Log, Has.Count.EqualTo(1), "one large blob does not drive out all others");
    }

    [Test]
    public async Task What_is_deleted_while_it_is_written_is_not_kept()
    {
        var truth = new MemoryStore();
        var slow = new SlowPutStore(truth);
        var cached = new CachedStore(slow);
        var name = Group.EntryName(1);
        var put = cached.PutAsync(name, new byte[3], PutCondition.IfAbsent, default).AsTask();
        await cached.DeleteAsync(name, default);
        slow.Go.SetResult();
        await put;
        Assert.That(await cached.GetAsync(name, default), Is.Null, "it was written, and then deleted");
    }

    private static async Task CompareAsync(CachedStore cached, MemoryStore truth, string name, Random random)
    {
        var expected = await truth.GetAsync(name, default);
        var offset = random.Next(12);
        var got = random.Next(3) switch
        {
            0 => (await cached.GetAsync(name, default))?.Bytes.ToArray(),
            1 => (await cached.GetRangeAsync(name, offset, 5, default))?.ToArray(),
            _ => await ReadAsync(await cached.OpenReadAsync(name, offset, default)),
        };
        Assert.That(got is null, Is.EqualTo(expected is null), name);
        if (got is not null)
        {
            // What came is the whole, or a part from the offset.
            var all = expected!.Value.Bytes;
            var rest = all[Math.Min(offset, all.Length)..];
            Assert.That(
                got.AsSpan().SequenceEqual(all.Span) || got.AsSpan().SequenceEqual(rest.Span) || got.AsSpan().SequenceEqual(rest.Span[..Math.Min(5, rest.Length)]),
                Is.True, name);
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream? stream)
    {
        if (stream is null)
        {
            return null;
        }

        await using (stream)
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        }
    }

    // A name of any shape; where the name is a hash, the bytes are its.
    private static (string Name, byte[] Bytes) Any(Random random)
    {
        var any = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{random.Next(5)}-{new string('x', random.Next(300))}"));
        var one = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(random.Next(5).ToString(CultureInfo.InvariantCulture), 40)));
        return random.Next(6) switch
        {
            0 => (Group.BlobFor(random.Next(2), one, "pack"), one),
            1 => (Group.BlobFor(random.Next(2), one, "delta"), one),
            2 => ($"landing/toy/2026-03-01/{Convert.ToHexStringLower(SHA256.HashData(one))}", one),
            3 => (Group.EntryName(random.Next(1, 5)), any),
            4 => (Group.CheckpointName, any),
            _ => ("keys/day/2026-03-01", any),
        };
    }

    /// <summary>Fails now and then, before or after the effect.</summary>
    private sealed class FailingStore(IBlobStore inner, Random random) : IBlobStore
    {
        public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => CallAsync(() => inner.GetAsync(name, cancel));

        public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) =>
            CallAsync(() => inner.OpenReadAsync(name, offset, cancel));

        public ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel) =>
            CallAsync(() => inner.PutAsync(name, content, condition, cancel));

        public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
            CallAsync(() => inner.PutStreamIfAbsentAsync(name, content, cancel));

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

        public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) => CallAsync(() => inner.DeleteAsync(name, cancel));

        private async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call)
        {
            var when = random.Next(12);
            if (when == 0)
            {
                throw new StoreException(StoreTrouble.Retry, "cut before");
            }

            var answer = await call();
            return when == 1 ? throw new StoreException(StoreTrouble.Retry, "cut after") : answer;
        }
    }

    /// <summary>A put has had its effect and is not answered yet.</summary>
    private sealed class SlowPutStore(IBlobStore inner) : IBlobStore
    {
        public TaskCompletionSource Go { get; } = new();

        public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => inner.GetAsync(name, cancel);

        public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) => inner.OpenReadAsync(name, offset, cancel);

        public async ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
        {
            var put = await inner.PutAsync(name, content, condition, cancel);
            await Go.Task;
            return put;
        }

        public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
            inner.PutStreamIfAbsentAsync(name, content, cancel);

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

        public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) => inner.DeleteAsync(name, cancel);
    }
}
