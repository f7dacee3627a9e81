using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Letters;

/// <summary>What failed too often is kept once a death, listed, counted and at last purged.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LetterTests
{
    private readonly ManualTime time = new();
    private readonly MemoryStore store = new();
    private readonly List<(string Queue, string Body)> sent = [];

    private DeadLetters Letters => new(store, time);

    private Redrive Redrive => new(Letters, store, name => new Recorded(this, name));

    [Test]
    public async Task A_message_that_is_delivered_again_is_one_letter_also_after_midnight()
    {
        time.Advance(TimeSpan.FromHours(11.9));
        var first = await Letters.KeepAsync(QueueNames.Ais, "one"u8.ToArray(), tries: 5);
        var again = await Letters.KeepAsync(QueueNames.Ais, "one"u8.ToArray(), tries: 5);
        time.Advance(TimeSpan.FromHours(1));
        var nextDay = await Letters.KeepAsync(QueueNames.Ais, "one"u8.ToArray(), tries: 5);
        var other = await Letters.KeepAsync(QueueNames.Ais, "two"u8.ToArray());
        var otherQueue = await Letters.KeepAsync(QueueNames.Wake, "one"u8.ToArray());
        Assert.That((again, nextDay), Is.EqualTo((first, first)));
        Assert.That(((string[])[first.ToString(), other.ToString(), otherQueue.ToString()]).Distinct().Count(), Is.EqualTo(3));
        Assert.That(await CountAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_message_that_was_sent_again_and_dies_again_is_another_letter()
    {
        List<LetterId> deaths = [];
        for (var death = 0; death < 3; death++)
        {
            deaths.Add(await Letters.KeepAsync(QueueNames.Plates, "stubborn"u8.ToArray()));
            Assert.That(await Redrive.RunAsync(QueueNames.Plates, deaths[^1], "admin"), Is.EqualTo(RedriveOutcome.Sent));
        }

        Assert.That(deaths.Distinct().Count(), Is.EqualTo(3));
        Assert.That(sent.Count(one => one == (QueueNames.Plates, "stubborn")), Is.EqualTo(3));
        var (all, matched) = await Letters.ListAsync(null, isWaiting: false, 10);
        Assert.That((all.Count, matched, await CountAsync()), Is.EqualTo((3, 3, 0)));
        Assert.That(all.All(letter => letter.RedrivenBy == "admin" && letter.RedrivenAt == time.GetUtcNow()));
    }

    [Test]
    public async Task A_letter_is_sent_again_once_and_one_that_is_not_there_is_not()
    {
        var id = await Letters.KeepAsync(QueueNames.Ais, "one"u8.ToArray());
        Assert.That(await Redrive.RunAsync(QueueNames.Ais, id, "admin"), Is.EqualTo(RedriveOutcome.Sent));
        Assert.That(await Redrive.RunAsync(QueueNames.Ais, id, "admin"), Is.EqualTo(RedriveOutcome.SentBefore));
        Assert.That(await Redrive.RunAsync(QueueNames.Wake, id, "admin"), Is.EqualTo(RedriveOutcome.NotThere));
        Assert.That(sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Whoever_is_killed_while_he_sends_it_again_leaves_it_sent_or_waiting_and_a_death_meanwhile_is_kept(
        [Values(RedriveMoments.BeforeSend, RedriveMoments.AfterSend)] string moment, [Values] bool isEmbedded, [Values] bool diesMeanwhile)
    {
        var id = isEmbedded ? await PoisonAsync("body"u8.ToArray()) : await Letters.KeepAsync(QueueNames.Plates, "body"u8.ToArray());
        var dying = new Redrive(Letters, store, name => new Recorded(this, name), at =>
        {
            if (at == moment)
            {
                throw new KilledException();
            }
        });
        Assert.ThrowsAsync<KilledException>(async () => await dying.RunAsync(QueueNames.Plates, id, "admin"));
        var sentBefore = sent.Count;
        Assert.That(sentBefore, Is.EqualTo(moment == RedriveMoments.AfterSend ? 1 : 0));
        Assert.That((await Letters.WaitingAsync(null, default)).Single(), Is.EqualTo((QueueNames.Plates, id)), "in one place");
        if (diesMeanwhile)
        {
            await Letters.KeepAsync(QueueNames.Plates, "body"u8.ToArray());
        }

        Assert.That(await Redrive.RunAsync(QueueNames.Plates, id, "admin"), Is.EqualTo(RedriveOutcome.Sent));
        Assert.That(sent.Skip(sentBefore), Is.EqualTo(((string, string)[])[(QueueNames.Plates, "body")]));
        // A death of a message that had been sent is a letter of its own and waits; nothing hides it.
        Assert.That(await CountAsync(), Is.EqualTo(diesMeanwhile ? 1 : 0));
    }

    [Test]
    public async Task Poison_of_an_embedded_queue_and_letters_of_a_host_are_one_list()
    {
        var note = new LandedNote
        {
            Door = "plates", Landed = "landing/plates.gate/2026-05-01/" + new string('a', 64), Hash = new string('a', 64), Length = 3, Source = "plates.gate",
            ReceivedAtMs = 1_777_636_800_000, // 2026-05-01 12:00 UTC
        };
        var poison = await PoisonAsync(note.ToBytes());
        await Letters.KeepAsync(QueueNames.Wake, "no wake at all"u8.ToArray(), "it could not be read", 5);
        var (all, _) = await Letters.ListAsync(null, isWaiting: true, 10);
        Assert.Multiple(() =>
        {
            Assert.That(all.Select(one => one.Queue), Is.EquivalentTo((string[])[QueueNames.Plates, QueueNames.Wake]));
            var first = all.Single(one => one.Queue == QueueNames.Plates);
            Assert.That((first.Id, first.Tries, first.About), Is.EqualTo((poison.ToString(), (int?)BlobQueue.DeliveriesMax, note.Landed)));
            var second = all.Single(one => one.Queue == QueueNames.Wake);
            Assert.That((second.About, second.Why, second.Tries), Is.EqualTo(((string?)null, "it could not be read", (int?)5)));
        });
        Assert.That((await new DeadLetters(store, time, hasBlobQueues: false).ListAsync(null, true, 10)).Matched, Is.EqualTo(1));
    }

    [Test]
    public async Task Letters_of_both_places_are_purged_after_their_days()
    {
        var host = await Letters.KeepAsync(QueueNames.Ais, "one"u8.ToArray());
        await Redrive.RunAsync(QueueNames.Ais, host, "admin");
        await PoisonAsync("two"u8.ToArray());
        await Letters.KeepAsync(DeadLetters.HubQueue, "three"u8.ToArray());
        await store.PutAsync("pushes/alerts/2026-05-01/a-1/t", "x"u8.ToArray(), PutCondition.IfAbsent, default);
        var retention = new Retention();
        await retention.PurgeAsync(store, time.GetUtcNow().AddDays(30));
        Assert.That((await Letters.ListAsync(null, false, 10)).Matched, Is.EqualTo(3));
        await retention.PurgeAsync(store, time.GetUtcNow().AddDays(31));
        Assert.That((await Letters.ListAsync(null, false, 10)).Matched, Is.Zero);
        Assert.That(await store.GetAsync("pushes/alerts/2026-05-01/a-1/t", default), Is.Not.Null);
        await retention.PurgeAsync(store, time.GetUtcNow().AddDays(91));
        var left = 0;
        await foreach (var _ in store.ListAsync(string.Empty, default))
        {
            left++;
        }

        Assert.That(left, Is.Zero);
    }

    [Test]
    public async Task An_event_of_a_hub_goes_the_way_that_it_would_have_gone()
    {
        var id = await Letters.KeepAsync(DeadLetters.HubQueue, "!AIVDM,1,1,,A,x,0*00\n"u8.ToArray());
        Assert.That(await Redrive.RunAsync(DeadLetters.HubQueue, id, "admin"), Is.EqualTo(RedriveOutcome.Sent));
        var work = WorkMessage.Parse(Encoding.UTF8.GetBytes(sent.Single().Body));
        Assert.That(sent.Single().Queue, Is.EqualTo(QueueNames.Ais));
        Assert.That((await store.GetAsync(work.Landed, default))!.Value.Bytes.ToArray(), Is.EqualTo("!AIVDM,1,1,,A,x,0*00\n"u8.ToArray()));
        Assert.That(work.Marks[0].ReceivedAtMs, Is.EqualTo(time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    // As the host gives it: JSON in a text, a text in a text, JSON itself, or something that no host should send.
    [TestCase("""{"Data":{"msg":"\"hello\""}}""", "hello")]
    [TestCase("""{"Data":{"msg":"not json at all"}}""", "not json at all")]
    [TestCase("""{"Data":{"msg":"{\"a\":1}"}}""", """{"a":1}""")]
    [TestCase("""{"Data":{"msg":"{\"a\":1,\"a\":2}"}}""", """{"a":1,"a":2}""")]
    [TestCase("""{"Data":{"msg":{"a":1,"a":2}}}""", """{"a":1,"a":2}""")]
    [TestCase("""{"Data":{"msg":[1, 2]}}""", "[1, 2]")]
    [TestCase("""{"Data":{"msg":7}}""", "7")]
    [TestCase("""{"Data":{"msg":null}}""", "null")]
    [TestCase("""{"Data":{"msg":""}}""", "")]
    [TestCase("""{"Data":{}}""", """{"Data":{}}""")]
    [TestCase("""{"Data":{"msg":"\ud800"}}""", """{"Data":{"msg":"\ud800"}}""")]
    [TestCase("no envelope", "no envelope")]
    public void Whatever_a_dead_message_says_it_is_taken(string envelope, string message) =>
        Assert.That(Encoding.UTF8.GetString(Envelope.RawMessage(Encoding.UTF8.GetBytes(envelope), "msg").Span), Is.EqualTo(message));

    [Test]
    public void A_dead_message_that_is_too_deep_for_an_envelope_is_taken_too()
    {
        var deep = $"{string.Concat(Enumerable.Repeat("{\"a\":", 400))}1{new string('}', 400)}";
        Assert.That(Encoding.UTF8.GetString(Envelope.RawMessage(Encoding.UTF8.GetBytes($"{{\"Data\":{{\"msg\":{deep}}}}}"), "msg").Span), Is.EqualTo(deep));
        var bottomless = Encoding.UTF8.GetBytes($"{{\"Data\":{{\"msg\":{new string('[', 5000)}");
        Assert.That(Envelope.RawMessage(bottomless, "msg").ToArray(), Is.EqualTo(bottomless));
    }

    [TestCase("2026-05-01.0a1b", true)]
    [TestCase("2026-05-01.0a1b.2", true)]
    [TestCase("2026-05-01.../../keys", false)]
    [TestCase("2026-05-01.a/b", false)]
    [TestCase("2026-13-01.0a1b", false)]
    [TestCase("2026-05-01.0a1b.redriven", false)]
    [TestCase("2026-05-01.", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void An_id_is_checked_before_it_becomes_a_name(string? text, bool isGood)
    {
        Assert.That(LetterId.TryParse(text, out var id), Is.EqualTo(isGood));
        Assert.That(!isGood || id.ToString() == text);
    }

    private async Task<int> CountAsync() => (await Letters.CountAsync()).Values.Sum();

    /// <summary>A message of the embedded queue of plates that was received too often.</summary>
    private async Task<LetterId> PoisonAsync(byte[] body)
    {
        var queue = new BlobQueue(store, QueueNames.Plates, time);
        await queue.SendAsync(body, TimeSpan.Zero);
        for (var delivery = 0; delivery < BlobQueue.DeliveriesMax; delivery++)
        {
            Assert.That(await queue.ReceiveAsync(TimeSpan.FromMinutes(1)), Is.Not.Null);
            time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.That(await queue.ReceiveAsync(TimeSpan.FromMinutes(1)), Is.Null);
        return (await Letters.WaitingAsync(QueueNames.Plates, default)).Single().Id;
    }

    private sealed class KilledException : Exception;

    private sealed class Recorded(LetterTests test, string queue) : IWorkSender
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default)
        {
            test.sent.Add((queue, Encoding.UTF8.GetString(body.Span)));
            return ValueTask.CompletedTask;
        }

        public ValueTask<int> CountAsync(CancellationToken cancel = default) => ValueTask.FromResult(test.sent.Count);
    }
}
