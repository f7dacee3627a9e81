using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log;

/// <summary>What every blob store must do; one fixture for each store.</summary>
internal abstract class BlobStoreContract
{
    private IBlobStore store = null!;

    protected abstract Task<IBlobStore> MakeAsync();

    [SetUp]
    public async Task MakeStore() => store = await MakeAsync();

    [Test]
    public async Task An_absent_blob_reads_as_null()
    {
        Assert.That(await store.GetAsync("nothing/here", default), Is.Null);
        Assert.That(await store.OpenReadAsync("nothing/here", 0, default), Is.Null);
        Assert.That(await store.OpenReadAsync("nothing", 0, default), Is.Null);
    }

    [Test]
    public async Task What_was_put_is_read_back_with_the_version_of_the_put()
    {
        var put = await store.PutAsync("a/b-c_d.e/1", Bytes("hello"), PutCondition.IfAbsent, default);
        var got = await store.GetAsync("a/b-c_d.e/1", default);
        Assert.That(put.Written, Is.True);
        Assert.That(Text(got!.Value.Bytes), Is.EqualTo("hello"));
        Assert.That(got.Value.ETag, Is.EqualTo(put.ETag));
    }

    [Test]
    public async Task The_bytes_are_those_of_the_moment_of_the_put()
    {
        var buffer = Bytes("before");
        await store.PutAsync("a", buffer, PutCondition.IfAbsent, default);
        buffer.AsSpan().Fill((byte)'x');
        Assert.That(Text((await store.GetAsync("a", default))!.Value.Bytes), Is.EqualTo("before"));
    }

    [Test]
    public async Task An_empty_blob_exists()
    {
        await store.PutAsync("empty", ReadOnlyMemory<byte>.Empty, PutCondition.IfAbsent, default);
        Assert.That((await store.GetAsync("empty", default))!.Value.Bytes.Length, Is.Zero);
    }

    [Test]
    public async Task A_second_put_if_absent_is_lost_and_changes_nothing()
    {
        await store.PutAsync("a", Bytes("first"), PutCondition.IfAbsent, default);
        var second = await store.PutAsync("a", Bytes("second"), PutCondition.IfAbsent, default);
        Assert.That(second, Is.EqualTo(new PutResult(false, null)));
        Assert.That(Text((await store.GetAsync("a", default))!.Value.Bytes), Is.EqualTo("first"));
    }

    [Test]
    public async Task Of_64_writers_that_race_to_create_exactly_one_wins()
    {
        for (var round = 0; round < 4; round++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"race/{round}");
            var results = await RaceAsync(64, i => store.PutAsync(name, Bytes(i), PutCondition.IfAbsent, default));
            var winner = Array.FindIndex(results, static r => r.Written);
            Assert.That(results.Count(static r => r.Written), Is.EqualTo(1));
            Assert.That(Text((await store.GetAsync(name, default))!.Value.Bytes), Is.EqualTo(Text(Bytes(winner))));
        }
    }

    [Test]
    public async Task Of_64_writers_that_race_to_replace_exactly_one_wins()
    {
        var eTag = (await store.PutAsync("a", Bytes("old"), PutCondition.IfAbsent, default)).ETag!;
        for (var round = 0; round < 4; round++)
        {
            var results = await RaceAsync(64, i => store.PutAsync("a", Bytes(i), PutCondition.IfMatch(eTag), default));
            var winner = Array.FindIndex(results, static r => r.Written);
            var got = (await store.GetAsync("a", default))!.Value;
            Assert.That(results.Count(static r => r.Written), Is.EqualTo(1));
            Assert.That(got.ETag, Is.EqualTo(results[winner].ETag));
            Assert.That(Text(got.Bytes), Is.EqualTo(Text(Bytes(winner))));
            eTag = got.ETag;
        }
    }

    [Test]
    public async Task A_stale_version_does_not_replace()
    {
        var first = (await store.PutAsync("a", Bytes("1"), PutCondition.IfAbsent, default)).ETag!;
        var second = await store.PutAsync("a", Bytes("2"), PutCondition.IfMatch(first), default);
        var late = await store.PutAsync("a", Bytes("3"), PutCondition.IfMatch(first), default);
        Assert.That((second.Written, late.Written), Is.EqualTo((true, false)));
        Assert.That(Text((await store.GetAsync("a", default))!.Value.Bytes), Is.EqualTo("2"));
    }

    [Test]
    public async Task The_version_changes_with_every_write_even_of_the_same_bytes()
    {
        var eTags = new HashSet<string>();
        var eTag = (await store.PutAsync("a", Bytes("same"), PutCondition.IfAbsent, default)).ETag!;
        for (var i = 0; i < 50; i++)
        {
            Assert.That(eTags.Add(eTag), Is.True);
            eTag = (await store.PutAsync("a", Bytes("same"), PutCondition.IfMatch(eTag), default)).ETag!;
        }
    }

    [Test]
    public async Task A_version_does_not_outlive_a_deletion()
    {
        var first = (await store.PutAsync("a", Bytes("same"), PutCondition.IfAbsent, default)).ETag!;
        await store.DeleteAsync("a", default);
        Assert.That((await store.PutAsync("a", Bytes("x"), PutCondition.IfMatch(first), default)).Written, Is.False);
        await store.PutAsync("a", Bytes("same"), PutCondition.IfAbsent, default);
        Assert.That((await store.PutAsync("a", Bytes("x"), PutCondition.IfMatch(first), default)).Written, Is.False);
    }

    [TestCase(0, "0123456789")]
    [TestCase(4, "456789")]
    [TestCase(10, "")]
    [TestCase(99, "")]
    public async Task A_blob_is_read_from_an_offset(long offset, string expected)
    {
        await store.PutAsync("a/range", Bytes("0123456789"), PutCondition.IfAbsent, default);
        await using var stream = (await store.OpenReadAsync("a/range", offset, default))!;
        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(expected));
    }

    [TestCase(0, 10, "0123456789")]
    [TestCase(0, 4, "0123")]
    [TestCase(4, 3, "456")]
    [TestCase(8, 9, "89")]
    [TestCase(4, 0, "")]
    [TestCase(10, 1, "")]
    [TestCase(99, 3, "")]
    public async Task A_part_of_a_blob_is_read(long offset, int length, string expected)
    {
        await store.PutAsync("a/range", Bytes("0123456789"), PutCondition.IfAbsent, default);
        Assert.That(Text((await store.GetRangeAsync("a/range", offset, length, default))!.Value), Is.EqualTo(expected));
        Assert.That(await store.GetRangeAsync("a/other", offset, length, default), Is.Null);
    }

    [Test]
    public async Task A_stream_can_be_read_again_from_anywhere()
    {
        // As whoever reads a recording does: its first bytes say what it is, and a zip says at its end what is in it.
        await store.PutAsync("a/range", Bytes("0123456789"), PutCondition.IfAbsent, default);
        await using var stream = (await store.OpenReadAsync("a/range", 0, default))!;
        var buffer = new byte[4];
        await stream.ReadExactlyAsync(buffer);
        Assert.That((stream.CanSeek, stream.Length, stream.Position), Is.EqualTo((true, 10L, 4L)));
        stream.Seek(-3, SeekOrigin.End);
        Assert.That(await stream.ReadAtLeastAsync(buffer, 4, throwOnEndOfStream: false), Is.EqualTo(3));
        Assert.That(Text(buffer.AsMemory(0, 3)), Is.EqualTo("789"));
        stream.Position = 0;
        stream.Seek(2, SeekOrigin.Current);
        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("23456789"));
    }

    [Test]
    public async Task A_large_stream_is_put_whole_and_only_once()
    {
        var content = new byte[9_000_001];
        new Random(7).NextBytes(content);
        var first = await store.PutStreamIfAbsentAsync("large/one", new MemoryStream(content), default);
        var second = await store.PutStreamIfAbsentAsync("large/one", new MemoryStream([1]), default);
        await using var stream = (await store.OpenReadAsync("large/one", 0, default))!;
        using var back = new MemoryStream();
        await stream.CopyToAsync(back);
        Assert.That((first.Written, second.Written), Is.EqualTo((true, false)));
        Assert.That(back.ToArray().AsSpan().SequenceEqual(content), Is.True);
    }

    [Test]
    public async Task A_stream_that_breaks_leaves_nothing_to_see()
    {
        await using var broken = new HashingStream(new MemoryStream(new byte[300_000]), "another hash", "x");
        Assert.That(
            async () => await store.PutStreamIfAbsentAsync("broken/one", broken, default), Throws.InstanceOf<InvalidDataException>());
        Assert.That(await store.GetAsync("broken/one", default), Is.Null);
        Assert.That(await NamesAsync("broken"), Is.Empty);
    }

    [Test]
    public async Task Names_are_listed_by_prefix_in_ordinal_order()
    {
        string[] names = ["a/b/1", "a/b-c/1", "a/b.c", "a/b0", "a/b/2/x", "a/bb", "a/b_", "ab", "z/1"];
        foreach (var name in names)
        {
            await store.PutAsync(name, Bytes(name), PutCondition.IfAbsent, default);
        }

        foreach (var prefix in new[] { "", "a", "a/", "a/b", "a/b/", "a/b/2", "a/b/2/", "z", "nothing/", "y" })
        {
            var expected = names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            Assert.That(await NamesAsync(prefix), Is.EqualTo(expected), $"prefix \"{prefix}\"");
        }

        await foreach (var entry in store.ListAsync("a/", default))
        {
            Assert.That(entry.Length, Is.EqualTo(entry.Name.Length));
        }
    }

    [Test]
    public async Task A_deleted_blob_is_gone_and_only_the_first_deletion_says_so()
    {
        await store.PutAsync("a/b", Bytes("x"), PutCondition.IfAbsent, default);
        Assert.That(await store.DeleteAsync("a/b", default), Is.True);
        Assert.That(await store.DeleteAsync("a/b", default), Is.False);
        Assert.That(await store.GetAsync("a/b", default), Is.Null);
        Assert.That(await NamesAsync("a"), Is.Empty);
    }

    [TestCase("")]
    [TestCase("/a")]
    [TestCase("a/")]
    [TestCase("a//b")]
    [TestCase("..")]
    [TestCase("a/../b")]
    [TestCase(".aside/x")]
    [TestCase("A")]
    [TestCase("a b")]
    [TestCase("a\0b")]
    [TestCase("é")]
    [TestCase("a\\b")]
    public void A_bad_name_is_refused_by_every_method(string name)
    {
        Assert.That(async () => await store.GetAsync(name, default), Throws.Exception.Matches<Exception>(IsRefusal));
        Assert.That(async () => await store.OpenReadAsync(name, 0, default), Throws.Exception.Matches<Exception>(IsRefusal));
        Assert.That(async () => await store.PutAsync(name, Bytes("x"), PutCondition.IfAbsent, default), Throws.Exception.Matches<Exception>(IsRefusal));
        Assert.That(async () => await store.PutStreamIfAbsentAsync(name, new MemoryStream(), default), Throws.Exception.Matches<Exception>(IsRefusal));
        Assert.That(async () => await store.DeleteAsync(name, default), Throws.Exception.Matches<Exception>(IsRefusal));
    }

    [Test]
    public void A_name_may_not_be_too_long()
    {
        Assert.That(async () => await store.GetAsync(new string('a', 201), default), Throws.InstanceOf<StoreException>());
        Assert.That(
            async () => await store.GetAsync(string.Join('/', Enumerable.Repeat("abcdefgh", 60)), default),
            Throws.InstanceOf<StoreException>());
    }

    private static bool IsRefusal(Exception e) => e is StoreException { Trouble: StoreTrouble.FixInput };

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static byte[] Bytes(int number) => Bytes(number.ToString(CultureInfo.InvariantCulture));

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static async Task<PutResult[]> RaceAsync(int writers, Func<int, ValueTask<PutResult>> write)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racing = Enumerable.Range(0, writers).Select(i => Task.Run(async () =>
        {
            await start.Task;
            return await write(i);
        })).ToArray();
        start.SetResult();
        return await Task.WhenAll(racing);
    }

    private async Task<List<string>> NamesAsync(string prefix)
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(prefix, default))
        {
            names.Add(entry.Name);
        }

        return names;
    }
}

[TestFixture]
internal sealed class MemoryStoreTests : BlobStoreContract
{
    protected override Task<IBlobStore> MakeAsync() => Task.FromResult<IBlobStore>(new MemoryStore());
}
