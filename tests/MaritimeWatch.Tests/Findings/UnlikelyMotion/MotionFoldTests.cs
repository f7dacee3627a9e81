using System.Buffers;
using MaritimeWatch.Findings.UnlikelyMotion;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.UnlikelyMotion.WayNews;

namespace MaritimeWatch.Tests.Findings.UnlikelyMotion;

internal sealed class MotionFoldTests
{
    private static readonly Position Known = Position.FromDegrees(57, 11);
    private static readonly Position Unknown = Position.FromDegrees(40, -30);

    [Test]
    public void A_ship_that_goes_on_as_it_went_is_not_unlikely()
    {
        var news = New().Take(Way(219000001, Known, 1, (90, 6, 300)));
        Assert.That(news.Revisions, Is.Empty);
        Assert.That(news.Counts.GetProperty("judged").GetInt64(), Is.GreaterThan(25));
    }

    [Test]
    public void A_ship_that_zigzags_is_told_while_it_does_so_and_closed_when_it_is_over()
    {
        var revisions = New().Take(Way(219000001, Known, 1, Zigzag(12))).Revisions;
        var (first, last) = (revisions[0], revisions[^1]);
        Assert.Multiple(() =>
        {
            Assert.That(first.Text("state"), Is.EqualTo("open"));
            Assert.That(first.Text("severity"), Is.EqualTo("low"));
            Assert.That(first.Text("reason"), Does.StartWith("SHIP 1 moves otherwise than ships do: at 2026-03-01T02:").And.Contain(" NM from where it was expected half an hour before").And.EndWith("of 200 ordinary voyages made so unlikely a way."));
            Assert.That(first.GetProperty("measure").GetProperty("score").GetDecimal(), Is.GreaterThanOrEqualTo(3m));
            Assert.That(first.GetProperty("reference").GetProperty("model:straight-on").GetInt32(), Is.EqualTo(3));
            Assert.That(last.Text("state"), Is.EqualTo("closed"));
            Assert.That(last.GetProperty("settled").GetBoolean());
            Assert.That(last.Text("reason"), Does.Contain("moved otherwise"));
            Assert.That(revisions.Select(one => one.Text("id")).Distinct().Count(), Is.EqualTo(1), "one finding, revised");
        });
    }

    [Test]
    public void It_opens_within_half_an_hour()
    {
        var first = New().Take(Way(219000001, Known, 1, Zigzag(12))).Revisions[0];
        Assert.That(AtMs(first, "known_at") - StartMs, Is.LessThanOrEqualTo((long)StepMs * (12 + 3)));
    }

    [Test]
    public void In_waters_that_were_not_learned_nothing_is_asked_and_nothing_said()
    {
        var model = new StraightOn();
        var news = new WayNews(StraightOn.Learned(model)).Take(Way(219000001, Unknown, 1, Zigzag(12)));
        Assert.Multiple(() =>
        {
            Assert.That(news.Revisions, Is.Empty);
            Assert.That(news.Counts.GetProperty("judged").GetInt64(), Is.Zero);
            Assert.That(model.Batches.Sum(), Is.Zero);
        });
    }

    [Test]
    public void The_same_is_said_whatever_is_folded_at_once_and_wherever_it_is_cut()
    {
        var lines = InOrder(
            Way(219000001, Known, 1, Zigzag(12)), Way(219000002, Known, 1, (0, 9, 400)), Way(219000003, Known, 1, Zigzag(20)));
        var whole = New().Take(lines, lines.Count).Said;
        Assert.That(whole, Is.Not.Empty);
        foreach (var (rows, restart) in ((int, bool)[])[(1, false), (7, true), (1, true)])
        {
            var cut = New().Take(lines, rows, restart).Said;
            Assert.That(cut.Select(Body), Is.EqualTo(whole.Select(Body)), $"{rows} rows, restart {restart}");
        }
    }

    [Test]
    public void All_ships_of_an_instant_are_put_to_the_model_at_once()
    {
        var model = new StraightOn();
        new WayNews(StraightOn.Learned(model)).Take(InOrder([.. Enumerable.Range(1, 40).Select(i => Way(219000000 + i, Known, 1, (90, 12, 100)))]), 440);
        Assert.That(model.Batches, Is.EqualTo((int[])[0, 0, 0, 0, 40, 40, .. Enumerable.Repeat(80, 5)]), "after half an hour a forecast ten minutes old, then one half an hour old too");
    }

    [Test]
    public void A_silence_ends_it_as_of_when_it_was_last_heard()
    {
        var way = Way(219000001, Known, 1, Zigzag(12)[..^1]);
        var news = New().Take(way);
        Assert.That(news.Revisions[^1].Text("state"), Is.EqualTo("open"));
        var lastMs = StartMs + ((way.Count - 1L) * StepMs);
        news.Tick(lastMs + (6 * StepMs));
        Assert.That(news.Revisions[^1].Text("state"), Is.EqualTo("open"), "its group may lag behind");
        news.Tick(lastMs + (43 * StepMs));
        Assert.Multiple(() =>
        {
            Assert.That(news.Revisions[^1].Text("state"), Is.EqualTo("closed"));
            Assert.That(AtMs(news.Revisions[^1], "end_at"), Is.EqualTo(lastMs));
            Assert.That(news.Fold.VesselCount, Is.EqualTo(1));
        });
        news.Tick(lastMs + (150L * StepMs));
        Assert.That(news.Fold.VesselCount, Is.Zero);
    }

    [Test]
    public void A_silence_that_its_own_next_place_shows_ends_it_whatever_others_said_meanwhile()
    {
        var way = Way(219000001, Known, 1, Zigzag(12)[..^1]);
        var later = Way(219000001, Known, 1, (90, 12, 900))[^40..];
        var others = Way(219000002, Known, 1, (0, 3, 900));
        var (alone, among) = (New().Take([.. way, .. later]), New().Take([.. way, .. others, .. later]));
        Assert.Multiple(() =>
        {
            Assert.That(alone.Revisions[^1].Text("state"), Is.EqualTo("closed"));
            Assert.That(alone.Revisions[^1].GetProperty("end_at").GetRawText(), Is.EqualTo(among.Revisions[^1].GetProperty("end_at").GetRawText()));
            Assert.That(among.Revisions.Count(one => one.Text("state") == "open"), Is.EqualTo(alone.Revisions.Count(one => one.Text("state") == "open")));
        });
    }

    [Test]
    public void Another_hull_begins_anew_and_a_hole_is_no_surprise()
    {
        var jumped = Way(219000001, Known, 1, (90, 12, 120));
        jumped.Add(Line(219000001, Position.FromDegrees(57.5, 10.5), 13, 12, 90, hull: 2));
        jumped.Add(Line(219000001, Position.FromDegrees(57.5, 11.5), 40, 12, 90, hull: 2));
        var news = New().Take(jumped);
        Assert.That(news.Revisions, Is.Empty);
    }

    [Test]
    public void Without_a_model_ways_are_counted_and_nothing_is_said()
    {
        var news = new WayNews(new Lazy<MaritimeWatch.Trajectories.LearnedMotion?>(() => null)).Take(Way(219000001, Known, 1, Zigzag(12)), 5, restart: true);
        Assert.Multiple(() =>
        {
            Assert.That(news.Revisions, Is.Empty);
            Assert.That(news.Counts.GetProperty("rows").GetInt64(), Is.GreaterThan(20));
            Assert.That(news.Counts.GetProperty("has_model").GetBoolean(), Is.False);
        });
    }

    [Test]
    public void What_is_no_way_is_refused_and_what_comes_again_is_late()
    {
        var lines = Way(219000001, Known, 1, (90, 12, 60));
        var news = New().Take([.. lines, lines[2], "{\"type\":\"Feature\"}", "not json", lines[^1].Replace(":00.", ":01.", StringComparison.Ordinal)]);
        Assert.Multiple(() =>
        {
            Assert.That(news.Counts.GetProperty("rows_late").GetInt64(), Is.GreaterThanOrEqualTo(1));
            Assert.That(news.Counts.GetProperty("rows_refused").GetInt64(), Is.GreaterThanOrEqualTo(2));
        });
    }

    [Test]
    public void A_damaged_state_is_refused()
    {
        var news = New().Take(Way(219000001, Known, 1, Zigzag(12)));
        var state = new ArrayBufferWriter<byte>();
        news.Fold.SaveSnapshot(state);
        var bytes = state.WrittenSpan.ToArray();
        Assert.Multiple(() =>
        {
            Assert.Throws<InvalidDataException>(() => new MotionFold(StraightOn.Learned()).RestoreSnapshot(bytes.AsSpan(0, bytes.Length - 9)));
            Assert.Throws<InvalidDataException>(() => new MotionFold(StraightOn.Learned()).RestoreSnapshot([9, .. bytes.AsSpan(1)]));
        });
    }

    private static WayNews New() => new(StraightOn.Learned());

    // Two hours straight on, then a turn of ninety degrees every ten minutes, then straight on again.
    private static (double Course, double Knots, int Minutes)[] Zigzag(int turns) =>
    [
        (90, 12, 120), .. Enumerable.Range(0, turns).Select(i => (i % 2 == 0 ? 0.0 : 90.0, 14.0, 10)), (90, 12, 200),
    ];

    private static long AtMs(System.Text.Json.JsonElement of, string property) => of.GetProperty(property).GetDateTimeOffset().ToUnixTimeMilliseconds();

    // Entry and record differ with the cut; all else must not.
    private static string Body((string Collection, string Line) said)
    {
        var at = said.Line.IndexOf("\"position\":", StringComparison.Ordinal);
        return at < 0 ? said.Line : said.Line[..at];
    }
}
