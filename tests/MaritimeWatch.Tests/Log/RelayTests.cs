using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log;

[TestFixture]
internal sealed class RelayTests
{
    private static readonly GroupName Target = new("later", 0);
    private static readonly GroupName[] Producers = [new("first", 0), new("first", 1), new("second", 0)];

    private ManualTime time = null!;
    private MemoryStore store = null!;

    [SetUp]
    public void MakeStore() => (time, store) = (new ManualTime(), new MemoryStore());

    [Test]
    public async Task Lines_of_all_producers_come_in_the_order_in_which_they_became_known()
    {
        await SayAsync(0, 30, 10, 50);
        await SayAsync(1, 20, 40);
        await SayAsync(2, 10);
        await Relay().RunOnceAsync();
        Assert.That(await HeardAsync(), Is.EqualTo("0:10 2:10 1:20 0:30 1:40 0:50".Split(' ')));
    }

    [Test]
    public async Task A_second_round_brings_only_what_is_new()
    {
        await SayAsync(0, 1);
        var relay = Relay();
        Assert.That(await relay.RunOnceAsync(), Is.EqualTo(1));
        Assert.That(await relay.RunOnceAsync(), Is.Null);
        await SayAsync(0, 3, 2);
        await SayAsync(1, 1);
        Assert.That(await relay.RunOnceAsync(), Is.EqualTo(3));
        Assert.That(await HeardAsync(), Is.EqualTo("0:1 1:1 0:2 0:3".Split(' ')));
    }

    [Test]
    public async Task Collections_that_nobody_asked_for_are_left_out_and_make_no_round()
    {
        await SayAsync(0, "other", 1, 2);
        Assert.That(await Relay().RunOnceAsync(), Is.Null);
        await SayAsync(0, 3);
        await Relay().RunOnceAsync();
        Assert.That(await HeardAsync(), Is.EqualTo("0:3".Split(' ')));
    }

    [Test]
    public async Task A_line_that_does_not_say_when_it_became_known_comes_first()
    {
        await SayAsync(0, 5);
        await CommitAsync(Producers[1], "lines", ["""{"id":"x"}"""]);
        await Relay().RunOnceAsync();
        var entry = await new Inbox(store, Target, time).ReadAsync(1);
        Assert.That(Encoding.UTF8.GetString(NewsEntry.Parse(entry!.Value.Body).Rows[0].Line.Span), Is.EqualTo("""{"id":"x"}"""));
    }

    [Test]
    public async Task A_relay_that_dies_anywhere_and_begins_again_tells_the_same_once([Values(1, 2, 3, 7)] int seed)
    {
        var random = new Random(seed);
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        var said = new List<(int Producer, int At)>();
        for (var round = 0; round < 30; round++)
        {
            var producer = random.Next(Producers.Length);
            var ats = Enumerable.Range(0, random.Next(1, 9)).Select(_ => (100 * round) + random.Next(90)).ToArray();
            await SayAsync(producer, ats);
            said.AddRange(ats.Select(at => (producer, at)));
            await DieOrEndAsync(random);
        }

        await Relay().RunOnceAsync();
        var heard = await HeardAsync();
        Assert.That(heard, Is.EquivalentTo(said.Select(one => $"{one.Producer}:{one.At}")));
    }

    [Test]
    public async Task Two_relays_at_once_tell_everything_once()
    {
        var (one, other) = (Relay(), Relay());
        for (var round = 1; round <= 10; round++)
        {
            await SayAsync(round % 3, round);
            await Task.WhenAll(one.RunOnceAsync().AsTask(), other.RunOnceAsync().AsTask());
        }

        Assert.That(await HeardAsync(), Has.Length.EqualTo(10).And.Unique);
    }

    [Test]
    public async Task A_relay_into_several_groups_gives_each_its_lines_once_however_often_it_dies([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        GroupName[] targets = [new("later", 0), new("later", 1), new("later", 2)];
        var said = new List<(int Producer, int At)>();
        for (var round = 0; round < 20; round++)
        {
            var producer = random.Next(Producers.Length);
            var ats = Enumerable.Range(0, random.Next(1, 9)).Select(_ => (100 * round) + random.Next(90)).ToArray();
            await SayAsync(producer, ats);
            said.AddRange(ats.Select(at => (producer, at)));
            var left = random.Next(8);
            try
            {
                await Spread(_ => Die(left-- == 0)).RunOnceAsync();
            }
            catch (OperationCanceledException)
            {
                // Another process begins.
            }
        }

        await Spread(null).RunOnceAsync();
        for (var group = 0; group < targets.Length; group++)
        {
            // What the first group hears the second hears too: a halo.
            var own = said.Where(one => one.At % 3 == group || (one.At % 3 == 0 && group == 1)).Select(one => $"{one.Producer}:{one.At}");
            Assert.That(await HeardAsync(targets[group]), Is.EquivalentTo(own));
        }

        Relay Spread(KillPoint? kill) => new(store, targets, Route, [.. Producers.Select(group => new RelayProducer(group, ["lines"]))], time, new RelayOptions { RowsPerPart = 2 }, kill);

        static void Route(string collection, ReadOnlySpan<byte> line, ICollection<int> groups)
        {
            var at = int.Parse(IdOf(line).Split(':')[1], CultureInfo.InvariantCulture) % 3;
            groups.Add(at);
            if (at == 0)
            {
                groups.Add(1);
            }
        }
    }

    [Test]
    public async Task Requests_of_a_look_and_of_a_round_when_it_is_told_who_has_committed()
    {
        var counted = new CountingStore(store);
        GroupName[] many = [.. Enumerable.Range(0, 20).Select(group => new GroupName("many", group))];
        foreach (var group in many)
        {
            await CommitAsync(group, "lines", [Line(0, 1)]);
        }

        var relay = new Relay(counted, Target, [.. many.Select(group => new RelayProducer(group, ["lines"]))], time);
        await relay.RunOnceAsync();
        Assert.That(await RequestsAsync(() => relay.RunOnceAsync()), Is.EqualTo(20), "a complete quiet look reads every checkpoint");
        var quiet = await CheckpointOfAsync(many[3]);
        Assert.That(await RequestsAsync(() => relay.LookAsync(new Dictionary<GroupName, Checkpoint?> { [many[3]] = quiet })), Is.Zero);

        await CommitAsync(many[3], "lines", [Line(0, 2)]);
        Assert.That(await RequestsAsync(() => relay.RunOnceAsync()), Is.EqualTo(24), "20 checkpoints, plan, pack, entry, plan");
        await CommitAsync(many[3], "lines", [Line(0, 3)]);
        var told = await CheckpointOfAsync(many[3]);
        Assert.That(
            await RequestsAsync(() => relay.LookAsync(new Dictionary<GroupName, Checkpoint?> { [many[3]] = told, [Target] = null })),
            Is.EqualTo(3), "plan, pack, entry");
        await CommitAsync(many[4], "other", ["{}"]);
        Assert.That(await RequestsAsync(() => relay.LookAsync(new Dictionary<GroupName, Checkpoint?> { [many[4]] = null })), Is.EqualTo(1));
        Assert.That(await RequestsAsync(() => relay.RunOnceAsync()), Is.EqualTo(21), "it says that the round is whole, once");
        Assert.That(await RequestsAsync(() => relay.RunOnceAsync()), Is.EqualTo(20));

        async Task<int> RequestsAsync(Func<ValueTask<long?>> act)
        {
            counted.Requests = 0;
            await act();
            return counted.Requests;
        }
    }

    [Test]
    public async Task A_relay_that_begins_after_a_round_that_was_not_said_to_be_whole_tells_nothing_twice()
    {
        await SayAsync(0, 1, 2, 3);
        await Relay().LookAsync(new Dictionary<GroupName, Checkpoint?> { [Producers[0]] = null });
        await SayAsync(1, 4);
        await Relay().LookAsync(new Dictionary<GroupName, Checkpoint?> { [Producers[1]] = await CheckpointOfAsync(Producers[1]) });
        await SayAsync(2, 5);
        await Relay().RunOnceAsync();
        var last = await new Inbox(store, Target, time).LastNumberAsync();
        await Relay().RunOnceAsync();
        Assert.That(await new Inbox(store, Target, time).LastNumberAsync(), Is.EqualTo(last), "a whole round is not appended again");
        Assert.That(await HeardAsync(), Is.EqualTo("0:1 0:2 0:3 1:4 2:5".Split(' ')));
    }

    private async Task<Checkpoint> CheckpointOfAsync(GroupName group) => (await new CheckpointReader(store, group).ReadAsync())!;

    private async Task DieOrEndAsync(Random random)
    {
        var left = random.Next(6);
        try
        {
            await Relay(_ => Die(left-- == 0)).RunOnceAsync();
        }
        catch (OperationCanceledException)
        {
            // Another process begins.
        }
    }

    private static void Die(bool now)
    {
        if (now)
        {
            throw new OperationCanceledException("died");
        }
    }

    private Relay Relay(KillPoint? kill = null) => new(
        store, Target, [.. Producers.Select(group => new RelayProducer(group, ["lines"]))], time,
        new RelayOptions { RowsPerPart = 2 }, kill);

    /// <summary>What a fold that skips what it has heard would take.</summary>
    private Task<string[]> HeardAsync() => HeardAsync(Target);

    private async Task<string[]> HeardAsync(GroupName target)
    {
        List<string> heard = [];
        var place = NewsPlace.None;
        await foreach (var entry in new Inbox(store, target, time).EntriesAsync(1, default))
        {
            var news = NewsEntry.Parse(entry.Body);
            if (news.Place.IsAfter(place))
            {
                place = news.Place;
                heard.AddRange(news.Rows.Select(row => IdOf(row.Line.Span)));
            }
        }

        return [.. heard];
    }

    private static string IdOf(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line).Split('"')[3];

    private Task SayAsync(int producer, params int[] ats) => SayAsync(producer, "lines", ats);

    private Task SayAsync(int producer, string collection, params int[] ats) => CommitAsync(
        Producers[producer], collection, [.. ats.Select(at => Line(producer, at))]);

    private static string Line(int producer, int at) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"{{{producer}}}:{{{at}}}","properties":{"known_at":"{{{DateTimeOffset.UnixEpoch.AddMilliseconds(at * 250L):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}"}}""");

    private async Task CommitAsync(GroupName producer, string collection, string[] lines)
    {
        await new Inbox(store, producer, time).AppendAsync(
            EntryKind.Tick, Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(collection))));
        var worker = new GroupWorker(store, producer, new Sayer(), GroupWorkerOptions.Replay, time);
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }
    }

    /// <summary>A producer that says what its entries hold.</summary>
    private sealed class Sayer : IFold
    {
        public void Reset()
        {
        }

        public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
        {
        }

        public void RestoreDelta(ReadOnlySpan<byte> delta)
        {
        }

        public void SaveSnapshot(IBufferWriter<byte> target) => target.Write("-"u8);

        public void SaveDelta(IBufferWriter<byte> target) => target.Write("-"u8);

        public ValueTask<FoldStep> FoldAsync(
            InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
        {
            var lines = Encoding.UTF8.GetString(entry.Body.Span).Split('\n');
            foreach (var line in lines.Skip(1))
            {
                output.WriteLine(lines[0], Encoding.UTF8.GetBytes(line));
            }

            return new(FoldStep.EntryDone);
        }

        public void Publish(IFoldOutput output)
        {
        }
    }
}
