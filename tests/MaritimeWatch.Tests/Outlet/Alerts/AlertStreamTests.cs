using System.Net;
using System.Net.Http.Headers;
using MaritimeWatch.Functions.Outlet;
using static MaritimeWatch.Tests.Outlet.AlertWorld;

namespace MaritimeWatch.Tests.Outlet;

public sealed class AlertStreamTests
{
    [Test]
    public async Task A_stream_tells_what_is_there_and_then_what_changes()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"), Alert("b1", Larvik), Alert("a1", revision: 2));
        await using var stream = await EventStream.OpenAsync(world, world.Officer());
        Assert.That(await stream.UntilReadyAsync(), Is.EqualTo((string[])["a1.2"]));
        await world.CommitAsync(Alert("b1", Larvik, 2));
        await world.CommitAsync(Alert("a2"));
        Assert.That((await stream.NextAsync()).Alert, Is.EqualTo("a2.1"));
    }

    [Test]
    public async Task After_a_cut_nothing_is_lost_and_nothing_comes_twice_wherever_it_was_cut()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        await world.CommitAsync(Alert("b1", Larvik), Alert("a2"), Alert("a1", revision: 2));
        await using var whole = await EventStream.OpenAsync(world, world.Officer());
        var events = new List<StreamEvent> { await whole.NextAsync(), await whole.NextAsync(), await whole.NextAsync() };
        Assert.That(events.Select(e => e.Alert ?? e.Kind), Is.EqualTo((string[])["a2.1", "a1.2", "ready"]));

        // A phone in a tunnel: the stream is cut after each event in turn, and three more commits come meanwhile.
        await world.CommitAsync(Alert("a1", revision: 3), Alert("b1", Larvik, 2));
        await world.CommitAsync(Alert("a3"));
        await world.CommitAsync(Alert("a1", revision: 4));
        string[][] expected = [["a1.2", "a1.3", "a3.1", "a1.4"], ["a1.3", "a3.1", "a1.4"], ["a1.3", "a3.1", "a1.4"]];
        for (var cut = 0; cut < events.Count; cut++)
        {
            await using var again = await EventStream.OpenAsync(world, world.Officer(), events[cut].Id);
            Assert.That(await again.UntilReadyAsync(), Is.EqualTo(expected[cut]), $"cut after event {cut}");
        }

        // The server starts anew in between: the ids still hold.
        await using var restarted = await StartAsync(world.Store);
        for (var cut = 0; cut < events.Count; cut++)
        {
            await using var again = await EventStream.OpenAsync(restarted, restarted.Officer(), events[cut].Id);
            Assert.That(await again.UntilReadyAsync(), Is.EqualTo(expected[cut]), $"restarted, cut after event {cut}");
        }
    }

    [Test]
    public async Task Who_was_away_for_longer_than_the_log_gets_the_latest_of_each_alert()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        await using var first = await EventStream.OpenAsync(world, world.Officer());
        var seen = await first.NextAsync();
        await world.CommitAsync([.. Enumerable.Range(2, 30).Select(revision => Alert("a2", revision: revision))]);

        using var small = new AlertBoard(world.Store, world.Time, new AlertBoardOptions { RevisionsMax = 5 });
        await small.RefreshAsync();
        using var marks = new StreamMark(world.Tokens);
        var missed = small.After(marks.Parse(seen.Id)!.Value, _ => true);
        Assert.That(missed.Select(r => r.ToString()), Is.EqualTo((string[])["a2.31"]));
    }

    [TestCase("7")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("not a mark at all, and far too long for one")]
    public async Task An_id_that_is_none_of_ours_begins_anew(string id)
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        await using var stream = await EventStream.OpenAsync(world, world.Officer(), id);
        Assert.That(await stream.UntilReadyAsync(), Is.EqualTo((string[])["a1.1"]));
    }

    [Test]
    public async Task A_quiet_stream_beats_and_its_beat_says_nothing_of_others()
    {
        await using var world = await StartAsync();
        await using var stream = await EventStream.OpenAsync(world, world.Officer());
        await stream.UntilReadyAsync();
        await AdvanceAsync(world, TimeSpan.FromSeconds(14));
        await world.CommitAsync(Alert("b1", Larvik));
        var next = stream.NextAsync();
        await AdvanceAsync(world, TimeSpan.FromSeconds(1));
        Assert.That((await next).Kind, Is.EqualTo("beat"), "news of another port does not set it back");
    }

    [Test]
    public async Task A_stream_ends_with_the_token_and_where_a_host_in_front_would_cut_it()
    {
        await using var world = await StartAsync(stream: new AlertStreamOptions { Length = TimeSpan.FromSeconds(200), Beat = TimeSpan.FromHours(1) });
        await using var hosted = await EventStream.OpenAsync(world, world.Officer());
        await hosted.UntilReadyAsync();
        var brief = world.Tokens.Issue("anna", Roles.Officer, [Gothenburg], TimeSpan.FromSeconds(60));
        await using var expiring = await EventStream.OpenAsync(world, brief);
        await expiring.UntilReadyAsync();
        world.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.That(await expiring.EndsAsync());
        world.Time.Advance(TimeSpan.FromSeconds(140));
        Assert.That(await hosted.EndsAsync());
    }

    [Test]
    public async Task One_caller_has_a_bounded_number_of_streams_and_gets_room_again()
    {
        await using var world = await StartAsync(stream: new AlertStreamOptions { PerCallerMax = 1 });
        var token = world.Officer();
        await using (var first = await EventStream.OpenAsync(world, token))
        {
            await first.UntilReadyAsync();
            var (second, _) = await world.GetAsync("/alerts/stream", token);
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            await using var other = await EventStream.OpenAsync(world, world.Officer(Larvik));
            Assert.That(await other.UntilReadyAsync(), Is.Empty);
        }

        for (var tries = 0; ; tries++)
        {
            // The server notices that a client has gone when it next writes.
            world.Time.Advance(TimeSpan.FromSeconds(15));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/alerts/stream", UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                break;
            }

            Assert.That(tries, Is.LessThan(10_000));
        }
    }

    [Test]
    public void The_mark_of_an_event_can_be_read_by_us_alone_and_tells_nothing_by_its_order()
    {
        var time = new Log.ManualTime();
        using var ours = new StreamMark(new Tokens(new byte[TokenKey.Bytes], time));
        var other = new byte[TokenKey.Bytes];
        other[0] = 1;
        using var theirs = new StreamMark(new Tokens(other, time));
        var marks = Enumerable.Range(0, 1000).Select(i => ours.Of(i)).ToList();
        Assert.That(marks, Is.Unique);
        Assert.That(marks.Select(ours.Parse), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => (long?)i)));
        Assert.That(marks.Select(theirs.Parse), Is.All.Null);
        var rising = marks.Zip(marks.Skip(1)).Count(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
        Assert.That(rising, Is.InRange(420, 580));
    }

    // Timers that are due start work on other threads; the clock moves on once the stream waits again.
    private static async Task AdvanceAsync(AlertWorld world, TimeSpan by)
    {
        world.Time.Advance(by);
        await Task.Yield();
    }
}
