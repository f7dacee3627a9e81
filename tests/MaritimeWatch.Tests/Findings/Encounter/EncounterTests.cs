using System.Text;
using MaritimeWatch.Findings;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Encounter;

internal sealed class EncounterTests
{
    private const uint A = 211_000_001;
    private const uint B = 211_000_002;

    // 22:00 on the first of March.
    private static readonly long Evening = Start + Hours(2);
    private static readonly Position AtSea = Position.FromDegrees(57, 10);

    [Test]
    public void Two_ships_together_for_two_hours_have_met()
    {
        var news = SlowNews.Of(Together(A, B, 0, 130));
        news.Tick(Evening + Hours(12));
        var found = news.Latest.Single();
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("kind"), Is.EqualTo("encounter"));
            Assert.That(found.Text("subject"), Is.EqualTo($"mmsi:{A}+mmsi:{B}"));
            Assert.That(found.Text("object"), Is.Null);
            Assert.That(found.Text("severity"), Is.EqualTo("medium"));
            Assert.That(found.Text("start_at"), Is.EqualTo(Instants.ToText(Evening)));
            Assert.That(found.Text("end_at"), Is.EqualTo(Instants.ToText(Evening + Minutes(130))));
            Assert.That(found.GetProperty("settled").GetBoolean());
            Assert.That(found.Number("measure", "nearest_m"), Is.InRange(199m, 200m));
            Assert.That(found.GetProperty("evidence").GetProperty("stands_on")[0].GetString(), Is.EqualTo($"mmsi:{A}-{Instants.ToText(Evening)}"));
        });
    }

    [Test]
    public void It_opens_when_two_hours_are_reached_and_closes_when_they_have_parted()
    {
        var news = SlowNews.Of(Together(A, B, 0, 250));
        Assert.That(news.Revisions.Select(r => r.Text("state")), Is.EqualTo("open open".Split(' ')), "opened, and twice as long");
        Assert.That(news.Revisions[0].Text("known_at"), Is.EqualTo(Instants.ToText(Evening + Minutes(121))));
        Assert.That(news.Revisions[0].Text("reason"), Does.Contain("have lain within 500 m of each other for 2 h 0 min since 2026-03-01T22:00:00Z"));
        news.Tick(Evening + Minutes(250) + Hours(2));
        Assert.That(news.Revisions[^1].Text("state"), Is.EqualTo("open"), "places may still come");
        news.Tick(Evening + Minutes(250) + Hours(2.2));
        Assert.That(news.Revisions[^1].Text("state"), Is.EqualTo("closed"));
        Assert.That(news.Revisions[^1].GetProperty("settled").GetBoolean(), Is.False);
        news.Tick(Evening + Minutes(250) + Hours(5.2));
        Assert.That(news.Revisions[^1].GetProperty("settled").GetBoolean());
        Assert.That(news.Fold.PairCount, Is.Zero, "nothing is kept of what is settled");
    }

    [Test]
    public void Just_under_two_hours_is_no_encounter() => Assert.That(SlowNews.Of(Together(A, B, 0, 110)).Lines, Is.Empty);

    [Test]
    public void A_short_meeting_around_midnight_is_not_lost()
    {
        var ships = Together(A, B, 60, 180).ToList();
        var found = SlowNews.Of(ships).Latest.Single();
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("start_at"), Is.EqualTo("2026-03-01T23:00:00Z"));
            Assert.That(ships.Max(s => s.AtMs), Is.EqualTo(DateTimeOffset.Parse("2026-03-02T01:00:00Z").ToUnixTimeMilliseconds()));
        });
    }

    [TestCase(70, true)]
    [TestCase(60, true)]
    [TestCase(50, true)]
    [TestCase(80, false)]
    public void An_hour_may_be_missing_but_no_more(int secondFrom, bool isOne)
    {
        var news = SlowNews.Of([.. Together(A, B, 0, 10), .. Together(A, B, secondFrom, secondFrom + 70)]);
        Assert.That(news.Latest, Has.Count.EqualTo(isOne ? 1 : 0));
    }

    [TestCase(499, 1)]
    [TestCase(501, 0)]
    public void Five_hundred_metres_decide(int metres, int expected) =>
        Assert.That(SlowNews.Of(Together(A, B, 0, 130, metres)).Latest, Has.Count.EqualTo(expected));

    [Test]
    public void Near_an_anchorage_nobody_meets() =>
        Assert.That(SlowNews.Of(Together(A, B, 0, 300).Select(s => s with { IsFar = false })).Lines, Is.Empty);

    [TestCase(30, 30, "low")]
    [TestCase(50, 52, "low")]
    [TestCase(31, 32, "low")]
    [TestCase(30, 80, "medium")]
    [TestCase(50, 70, "medium")]
    public void Fishing_boats_and_working_boats_among_themselves_are_no_alarm(int first, int second, string severity)
    {
        var ships = Together(A, B, 0, 130).Select(s => s with { ShipType = s.Mmsi == A ? first : second });
        Assert.That(SlowNews.Of(ships).Latest.Single().Text("severity"), Is.EqualTo(severity));
    }

    [Test]
    public void A_place_that_comes_late_joins_two_times_into_one_and_one_is_retracted_with_the_reason()
    {
        var before = Together(A, B, 0, 120).ToList();
        var after = Together(A, B, 200, 330).ToList();
        var late = Together(A, B, 160, 160).ToList();
        var news = SlowNews.Of([.. before, .. after]);
        Assert.That(news.Latest, Has.Count.EqualTo(2));
        news.Add(late.Select(s => s.Line));
        var found = news.Latest.Single();
        Assert.Multiple(() =>
        {
            Assert.That(found.Text("start_at"), Is.EqualTo(Instants.ToText(Evening)));
            Assert.That(found.Text("amended_because"), Does.Contain("came late"));
            Assert.That(news.Revisions.Single(r => r.Text("state") == "retracted").Text("retracted_because"), Does.Contain("it is one with"));
        });
    }

    [Test]
    public void What_comes_after_the_horizon_is_counted_and_changes_nothing()
    {
        var news = SlowNews.Of(Together(A, B, 300, 420));
        var lines = news.Lines.Count;
        news.Add(Together(A, B, 0, 120).Select(s => s.Line));
        var output = new CountsOutput();
        news.Contacts.Publish(output);
        Assert.Multiple(() =>
        {
            Assert.That(news.Latest.Single().Text("start_at"), Is.EqualTo(Instants.ToText(Evening + Minutes(300))));
            Assert.That(output.Line, Does.Contain("\"rows_late\":").And.Not.Contain("\"rows_late\":0,"));
            Assert.That(lines, Is.EqualTo(1));
        });
    }

    [Test]
    public void Damaged_rows_are_counted_and_the_good_ones_taken()
    {
        var ships = Together(A, B, 0, 130).OrderBy(s => s.AtMs).ToList();
        var news = new SlowNews();
        news.Add(["{}", "null", "[1]", "{\"properties\":{\"known_at\":7}}", ships[0].Line[..^40], .. ships.Select(s => s.Line)]);
        var output = new CountsOutput();
        news.Contacts.Publish(output);
        Assert.Multiple(() =>
        {
            Assert.That(news.Latest, Has.Count.EqualTo(1));
            Assert.That(output.Line, Does.Contain("\"rows_refused\":5"));
        });
    }

    [Test]
    public void The_same_news_twice_is_heard_once()
    {
        var body = new NewsEntry(1, 0, [.. Together(A, B, 0, 130).OrderBy(s => s.AtMs).Select(s => new NewsRow("slow", Encoding.UTF8.GetBytes(s.Line)))]).ToBytes();
        var news = new SlowNews();
        news.Entry(EntryKind.News, body);
        var (lines, state) = (news.Lines.Count, news.Save());
        news.Entry(EntryKind.News, body);
        Assert.Multiple(() =>
        {
            Assert.That(news.Lines, Has.Count.EqualTo(lines));
            Assert.That(news.Save(), Is.EqualTo(state));
        });
    }

    [Test]
    public void An_encounter_is_explained_from_its_line()
    {
        var explained = Explanation.FromLine(Encoding.UTF8.GetBytes(SlowNews.Of(Together(A, B, 0, 130)).Lines[^1]));
        Assert.Multiple(() =>
        {
            Assert.That(explained.Trigger.Stage, Is.EqualTo(StageNames.Encounters));
            Assert.That(explained.ToWords(), Does.Contain("It stands on mmsi:211000001-2026-03-01T22:00:00Z").And.Contain("together h 2.0"));
        });
    }

    [Test]
    public void A_state_that_is_damaged_is_refused()
    {
        Assert.That(() => new SlowNews().Fold.RestoreSnapshot("{\"format\":7}"u8), Throws.InstanceOf<InvalidDataException>());
        Assert.That(() => new SlowNews().Fold.RestoreSnapshot("nothing"u8), Throws.InstanceOf<InvalidDataException>());
        Assert.That(() => new SlowNews().Contacts.RestoreSnapshot("{\"format\":1}"u8), Throws.InstanceOf<InvalidDataException>());
        Assert.That(
            () => new SlowNews().Fold.RestoreSnapshot("{\"format\":1,\"rows\":[]}"u8),
            Throws.InstanceOf<OlderFormatException>().With.Message.Contains("format 1"));
    }

    public static IEnumerable<SlowShip> Together(uint one, uint other, int fromMinute, int toMinute, int metres = 200)
    {
        for (var minute = fromMinute; minute <= toMinute; minute += 10)
        {
            yield return new SlowShip(one, AtSea, Evening + Minutes(minute));
            yield return new SlowShip(other, GreatCircle.Destination(AtSea, 40, metres), Evening + Minutes(minute));
        }
    }

    private sealed class CountsOutput : IFoldOutput
    {
        public string Line { get; private set; } = string.Empty;

        public void WriteLine(string collection, ReadOnlySpan<byte> line) => Line = Encoding.UTF8.GetString(line);
    }
}
