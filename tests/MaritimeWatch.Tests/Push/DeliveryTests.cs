using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Outlet;

namespace MaritimeWatch.Tests.Push;

/// <summary>What a receiver gets: signed, at least once, with one id, and no more than it may know.</summary>
[TestFixture]
public sealed class DeliveryTests
{
    [Test]
    public async Task A_push_is_a_signed_cloud_event_that_names_no_ship()
    {
        await using var world = await PushWorld.StartAsync();
        await world.AddTargetAsync();
        await QueueAsync(world, AlertWorld.Alert("a1b2"));
        Assert.That(await world.DeliverOnceAsync(world.NewDelivery()));
        var got = world.Got.Single();
        var body = JsonDocument.Parse(got.Body).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(got.Headers["Content-Type"], Is.EqualTo("application/cloudevents+json; charset=utf-8"));
            Assert.That(got.Id, Is.EqualTo("a1b2-1"));
            Assert.That(got.Headers[WebhookSignature.TimestampHeader], Is.EqualTo(world.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
            Assert.That(got.Headers[WebhookSignature.SignatureHeader], Is.EqualTo(SignatureOf(world.Secret, got)));
            Assert.That(
                ((string[])["specversion", "id", "type", "subject"]).Select(name => body.GetProperty(name).GetString()),
                Is.EqualTo((string[])["1.0", "a1b2-1", "maritimewatch.alert.revised", "a1b2"]));
            Assert.That(body.GetProperty("data").GetProperty("text").GetString(), Does.StartWith("SIMULATED SEGOT: new alert"));
            Assert.That(body.GetProperty("data").GetProperty("simulated").GetBoolean());
            Assert.That(got.Body, Does.Not.Contain("ROWAN").And.Not.Contain("265000001"));
        });
    }

    [Test]
    public async Task A_target_that_may_gets_the_whole_of_exactly_that_revision()
    {
        await using var world = await PushWorld.StartAsync();
        await world.AddTargetAsync(isFull: true);
        await QueueAsync(world, AlertWorld.Alert("a1", name: "SIM ROWAN"), AlertWorld.Alert("other", name: "SIM OTHER"));
        await world.CommitAsync(AlertWorld.Alert("a1", revision: 2, name: "SIM RENAMED"));
        Assert.That(await world.DeliverOnceAsync(world.NewDelivery()));
        var detail = JsonDocument.Parse(world.Got.Single().Body).RootElement.GetProperty("data").GetProperty("detail");
        Assert.That((detail.GetProperty("name").GetString(), detail.GetProperty("revision").GetInt32()), Is.EqualTo(("SIM ROWAN", 1)));
    }

    [Test]
    public async Task A_target_gets_its_own_port_and_what_is_urgent_enough()
    {
        await using var world = await PushWorld.StartAsync();
        await world.AddTargetAsync("/gothenburg", port: AlertWorld.Gothenburg);
        await world.AddTargetAsync("/high", urgency: "high");
        await world.AddTargetAsync("/larvik", port: AlertWorld.Larvik);
        await QueueAsync(world, AlertWorld.Alert("a"), AlertWorld.Alert("b") with { Severity = Severity.Low });
        while (await world.DeliverOnceAsync(world.NewDelivery()))
        {
        }

        Assert.That(
            world.Got.Select(got => got.Path + " " + got.Id), Is.EquivalentTo((string[])["/gothenburg a-1", "/gothenburg b-1", "/high a-1"]));
    }

    [Test]
    public async Task While_a_secret_is_replaced_both_sign_and_after_that_the_new_one_alone()
    {
        await using var world = await PushWorld.StartAsync();
        var old = Encoding.ASCII.GetBytes("the old secret of this target...");
        await world.AddTargetAsync(more: new WebhookSecret(Vaults.ForTests.Wrap(old), world.Time.GetUtcNow().AddHours(1)));
        await QueueAsync(world, AlertWorld.Alert("a"));
        await world.DeliverOnceAsync(world.NewDelivery());
        world.Time.Advance(TimeSpan.FromHours(2));
        await QueueAsync(world, AlertWorld.Alert("b"));
        await world.DeliverOnceAsync(world.NewDelivery());
        var (first, second) = (world.Got.First(), world.Got.Last());
        Assert.That(first.Headers[WebhookSignature.SignatureHeader], Is.EqualTo($"{SignatureOf(world.Secret, first)} {SignatureOf(old, first)}"));
        Assert.That(second.Headers[WebhookSignature.SignatureHeader], Is.EqualTo(SignatureOf(world.Secret, second)));
    }

    [Test]
    public async Task A_message_that_comes_again_is_not_pushed_again_to_who_has_it()
    {
        await using var world = await PushWorld.StartAsync();
        await world.AddTargetAsync("/good");
        var bad = await world.AddTargetAsync("/bad");
        world.Answers = got => got.Path == "/bad" ? 500 : 200;
        await QueueAsync(world, AlertWorld.Alert("a"));
        var body = (await world.WaitingAsync()).Single().ToBytes();
        await world.DeliverOnceAsync(world.NewDelivery());
        await world.NewDelivery().TakeAsync(body, default);
        Assert.That(world.Got.Count(got => got.Path == "/good"), Is.EqualTo(1));
        Assert.That((await world.WaitingAsync()).Select(one => (one.Target, one.Failed)), Is.EqualTo(((string?, int)[])[(bad.Id, 1), (bad.Id, 1)]));
    }

    [Test]
    public async Task What_fails_comes_later_each_time_and_at_last_is_a_letter_that_can_be_sent_again()
    {
        await using var world = await PushWorld.StartAsync();
        var target = await world.AddTargetAsync();
        world.Answers = _ => 503;
        await QueueAsync(world, AlertWorld.Alert("a"));
        List<TimeSpan> waited = [];
        while (await world.DeliverOnceAsync(world.NewDelivery()))
        {
            if ((await world.WaitingAsync()).SingleOrDefault() is { } next)
            {
                waited.Add(DateTimeOffset.FromUnixTimeMilliseconds(next.NotBeforeMs) - world.Time.GetUtcNow());
                Assert.That(await world.DeliverOnceAsync(world.NewDelivery()), Is.False, "not before its time");
                world.Time.Advance(waited[^1] + TimeSpan.FromMilliseconds(1));
            }
        }

        Assert.That(waited, Has.Count.EqualTo(6));
        for (var at = 0; at < waited.Count; at++)
        {
            Assert.That(waited[at], Is.InRange(AlertDelivery.Waits[at] * 0.799, AlertDelivery.Waits[at] * 1.201));
        }

        Assert.That(world.Got.Select(got => got.Id), Is.EqualTo(Enumerable.Repeat("a-1", 7)), "one id at every try");
        var letter = (await world.Letters.ListAsync(null, true, 10)).Letters.Single();
        Assert.That((letter.Why, letter.Tries, letter.About), Is.EqualTo(($"target {target.Id}: it answered 503", (int?)7, $"push a-1 to {target.Id}")));

        world.Answers = _ => 200;
        var redrive = new Redrive(world.Letters, world.Store, _ => world.Queue);
        Assert.That(LetterId.TryParse(letter.Id, out var id));
        Assert.That(await redrive.RunAsync(QueueNames.AlertDelivery, id, "admin"), Is.EqualTo(RedriveOutcome.Sent));
        Assert.That(await world.DeliverOnceAsync(world.NewDelivery()));
        Assert.That((world.Got.Last().Id, await world.DeliverOnceAsync(world.NewDelivery())), Is.EqualTo(("a-1", false)));
    }

    [Test]
    public async Task A_restart_forgets_no_wait()
    {
        await using var world = await PushWorld.StartAsync();
        await world.AddTargetAsync();
        world.Answers = _ => 500;
        await QueueAsync(world, AlertWorld.Alert("a"));
        await world.DeliverOnceAsync(world.NewDelivery());
        world.RestartQueue();
        while (await world.DeliverOnceAsync(world.NewDelivery()))
        {
        }

        Assert.That(world.Got, Has.Count.EqualTo(1), "its wait stands in the message");
        world.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.That(await world.DeliverOnceAsync(world.NewDelivery()));
        Assert.That(world.Got, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_target_that_says_gone_is_closed_and_asked_no_more()
    {
        await using var world = await PushWorld.StartAsync();
        var target = await world.AddTargetAsync();
        world.Answers = _ => 410;
        await QueueAsync(world, AlertWorld.Alert("a"), AlertWorld.Alert("b"));
        while (await world.DeliverOnceAsync(world.NewDelivery()))
        {
        }

        var closed = (await world.Targets.ReadAsync()).Single();
        Assert.That((world.Got.Count, closed.Id, closed.ClosedBecause), Is.EqualTo((1, target.Id, "it answered 410")));
        Assert.That(await world.WaitingAsync(), Is.Empty);
    }

    [TestCase(302)]
    [TestCase(307)]
    [TestCase(304)]
    [TestCase(199)]
    [TestCase(404)]
    public async Task Only_2xx_is_success_and_nobody_is_sent_elsewhere(int status)
    {
        await using var world = await PushWorld.StartAsync();
        await world.AddTargetAsync();
        world.Answers = _ => status == 199 ? 418 : status;
        await QueueAsync(world, AlertWorld.Alert("a"));
        await world.DeliverOnceAsync(world.NewDelivery());
        Assert.That(world.Got.Select(got => got.Path), Is.EqualTo((string[])["/hook"]));
        Assert.That((await world.WaitingAsync()).Single().Failed, Is.EqualTo(1));
    }

    // From commit to receiver, with deaths at every moment and answers that fail: at least once, always the same id.
    [Test]
    public async Task Whatever_dies_every_delivery_is_received_with_its_one_id([Range(1, 20)] int seed)
    {
        await using var world = await PushWorld.StartAsync(seed);
        var chance = new Random(seed);
        string[] paths = ["/one", "/two"];
        foreach (var path in paths)
        {
            await world.AddTargetAsync(path);
        }

        var gate = new Lock();
        bool Happens(int oneIn)
        {
            lock (gate)
            {
                return chance.Next(oneIn) == 0;
            }
        }

        world.Answers = _ => Happens(4) ? 500 : 204;
        world.Kill = _ =>
        {
            if (Happens(6))
            {
                throw new PushKilledException();
            }
        };
        var outbox = world.NewOutbox();
        await outbox.BeginAsync();
        List<string> expected = [];
        for (var step = 0; step < 400; step++)
        {
            if (step < 10)
            {
                var alert = AlertWorld.Alert($"alert{step}");
                await world.CommitAsync(alert);
                expected.Add(DeliveryLine.IdOf(alert));
            }

            world.Kill = step < 60 ? world.Kill : null;
            world.Answers = step < 60 ? world.Answers : static _ => 204;
            try
            {
                await outbox.SendAsync();
                if (!await world.DeliverOnceAsync(world.NewDelivery()) && step >= 60)
                {
                    world.Time.Advance(TimeSpan.FromHours(1));
                }
            }
            catch (PushKilledException)
            {
                outbox.Dispose();
                outbox = world.NewOutbox();
                world.RestartQueue();
                world.Time.Advance(TimeSpan.FromSeconds(61));
            }

            if (step >= 60 && (await world.WaitingAsync()).Count == 0)
            {
                break;
            }
        }

        outbox.Dispose();
        Assert.That(await world.WaitingAsync(), Is.Empty, $"seed {seed}");
        foreach (var path in paths)
        {
            Assert.That(world.Got.Where(got => got.Path == path).Select(got => got.Id).Distinct(), Is.EquivalentTo(expected), $"seed {seed} {path}");
        }
    }

    [TestCase("not json")]
    [TestCase("{}")]
    [TestCase("""{"format":9}""")]
    [TestCase("""{"format":1,"id":"../a","alert":"a","revision":1,"generation":1,"port":"SEGOT","urgency":"low","state":"open","text":"t","known_at":"2026-05-01T00:00:00Z"}""")]
    public async Task What_is_no_push_is_refused_and_at_last_a_dead_letter(string body)
    {
        await using var world = new PushWorld();
        Assert.ThrowsAsync<InvalidDataException>(async () => await world.NewDelivery().TakeAsync(Encoding.UTF8.GetBytes(body), default));
    }

    private static async Task QueueAsync(PushWorld world, params Alert[] alerts)
    {
        using var outbox = world.NewOutbox();
        await outbox.BeginAsync();
        await outbox.SendAsync(await world.CommitAsync(alerts));
    }

    private static string SignatureOf(byte[] secret, Received got) => WebhookSignature.Of(
        [secret], got.Id, long.Parse(got.Headers[WebhookSignature.TimestampHeader], CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(got.Body));
}
