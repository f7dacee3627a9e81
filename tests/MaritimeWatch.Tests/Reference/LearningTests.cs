using System.Text;
using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Learning;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference;

public sealed class LearningTests
{
    private const int Seed = 42;
    private const long Hour = 3_600_000;
    private static readonly Position Roads = Position.FromDegrees(57.6, 11.6);
    private static readonly AnchoragePoint[] Ports =
        [new("SEGOT", Position.FromDegrees(57.69, 11.8), "SEGOT", "Göteborg", StoppingPlace.Port)];

    [Test]
    public void Three_vessels_that_swing_make_an_anchorage_and_three_moored_a_berth()
    {
        var quay = Position.FromDegrees(57.69, 11.88);
        var learned = StoppingPlaces.Learn([.. Stays(Roads, 3, 300), .. Stays(quay, 3, 10), .. Stays(Position.FromDegrees(57, 11), 2, 300)], Ports);
        var anchorage = Features(learned.Anchorages).Single();
        var berth = Features(learned.Berths).Single();
        Assert.Multiple(() =>
        {
            Assert.That(anchorage.GetProperty("properties").GetRawText(), Is.EqualTo(
                """{"kind":"anchorage","learned":true,"port":"SEGOT","port_name":"Göteborg","vessels":3,"stays":3,"median_stay_h":6}"""));
            Assert.That(anchorage.GetProperty("id").GetString(), Is.EqualTo("a_57.600_11.600"));
            Assert.That(berth.GetProperty("properties").GetProperty("kind").GetString(), Is.EqualTo("berth"));
        });
    }

    [Test]
    public void One_vessel_that_comes_often_makes_no_place() => Assert.That(
        StoppingPlaces.Learn(Enumerable.Repeat(Stays(Roads, 1, 300).Single(), 50), Ports).AnchoragesSeen, Is.Zero);

    [Test]
    public void A_reported_anchor_outweighs_a_small_swing_and_a_long_hull_may_be_moored() => Assert.Multiple(() =>
    {
        Assert.That(StoppingPlaces.Learn(Stays(Roads, 3, 20).Select(s => s with { NavigationStatus = 1 }), Ports).AnchoragesSeen, Is.EqualTo(1));
        Assert.That(StoppingPlaces.Learn(Stays(Roads, 3, 80).Select(s => s with { NavigationStatus = 5 }), Ports).BerthsSeen, Is.EqualTo(1));
        Assert.That(StoppingPlaces.Learn(Stays(Roads, 3, 80), Ports).BerthsSeen, Is.Zero);
    });

    [Test]
    public void The_order_of_the_stays_changes_not_one_byte()
    {
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var stays = RandomStays(random, 3_000);
        var first = StoppingPlaces.Learn(stays, Ports);
        for (var i = 0; i < 4; i++)
        {
            random.Shuffle(stays);
            var again = StoppingPlaces.Learn(stays, Ports);
            Assert.That(again.Anchorages.Span.SequenceEqual(first.Anchorages.Span));
            Assert.That(again.Berths.Span.SequenceEqual(first.Berths.Span));
        }

        Assert.That(first.AnchoragesSeen, Is.GreaterThan(5));
    }

    [Test]
    public void Places_of_one_kind_are_apart_and_each_holds_enough_vessels()
    {
        var learned = StoppingPlaces.Learn(RandomStays(new Random(Seed), 3_000), Ports);
        foreach (var feature in Features(learned.Anchorages))
        {
            Assert.That(feature.GetProperty("properties").GetProperty("vessels").GetInt32(), Is.GreaterThanOrEqualTo(3));
        }

        Assert.That(Features(learned.Anchorages).Select(f => f.GetProperty("id").GetString()), Is.Unique);
    }

    [Test]
    public void Ids_last_when_new_stays_move_a_place_and_what_is_not_seen_again_is_kept()
    {
        var first = StoppingPlaces.Learn([.. Stays(Roads, 3, 300), .. Stays(Position.FromDegrees(56, 12), 4, 300)], Ports);
        var moved = GreatCircle.Destination(Roads, 90, 400);
        var second = StoppingPlaces.Learn(Stays(moved, 5, 300), Ports, first.Anchorages, first.Berths);
        var places = Features(second.Anchorages).ToDictionary(f => f.GetProperty("id").GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(places.Keys, Is.EquivalentTo(Features(first.Anchorages).Select(f => f.GetProperty("id").GetString())));
            Assert.That(places["a_57.600_11.600"].GetProperty("properties").GetProperty("vessels").GetInt32(), Is.EqualTo(5));
            Assert.That(places["a_56.000_12.000"].GetProperty("properties").GetProperty("vessels").GetInt32(), Is.EqualTo(4));
        });
    }

    [Test]
    public void A_place_that_a_person_drew_keeps_its_spot_and_name()
    {
        var drawn = Encoding.UTF8.GetBytes(
            """{"type":"Feature","id":"mine","properties":{"port":"SESTE","port_name":"Own name"},"geometry":{"type":"Point","coordinates":[11.601,57.6]}}""");
        var place = Features(StoppingPlaces.Learn(Stays(Roads, 3, 300), Ports, drawn).Anchorages).Single();
        Assert.Multiple(() =>
        {
            Assert.That(place.GetProperty("id").GetString(), Is.EqualTo("mine"));
            Assert.That(place.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), Is.EqualTo(11.601));
            Assert.That(place.GetProperty("properties").GetProperty("port_name").GetString(), Is.EqualTo("Own name"));
            Assert.That(place.GetProperty("properties").GetProperty("vessels").GetInt32(), Is.EqualTo(3));
        });
    }

    [Test]
    public void Stays_over_the_antimeridian_make_one_place()
    {
        Position[] spots = [Position.FromDegrees(52, 179.999), Position.FromDegrees(52, -179.999), Position.FromDegrees(52, 179.9995)];
        var learned = StoppingPlaces.Learn(spots.Select((where, i) => new Stay($"mmsi:{i}", 0, 6 * Hour, where, 300)), Ports);
        Assert.That(learned.AnchoragesSeen, Is.EqualTo(1));
    }

    [Test]
    public void A_line_of_the_watch_stage_is_read_and_another_is_none()
    {
        var stay = Stay.Parse(Encoding.UTF8.GetBytes(
            """{"type":"Feature","geometry":{"type":"Point","coordinates":[11.6,57.6]},"properties":{"subject":"mmsi:1","start_at":"2026-01-01T00:00:00Z","end_at":"2026-01-01T02:00:00Z","radius_m":12.5,"status":"moored","ship_type":null,"length_m":120}}"""));
        Assert.Multiple(() =>
        {
            Assert.That(stay, Is.EqualTo(new Stay("mmsi:1", 1767225600000, 1767232800000, Roads, 12.5, 5, null, 120)));
            Assert.That(Stay.Parse("{}"u8.ToArray()), Is.Null);
            Assert.That(Stay.Parse("x"u8.ToArray()), Is.Null);
        });
    }

    private static IEnumerable<Stay> Stays(Position where, int vessels, double radiusMetres) =>
        Enumerable.Range(0, vessels).Select(i => new Stay($"mmsi:{i}", 0, 6 * Hour, where, radiusMetres));

    private static Stay[] RandomStays(Random random, int count)
    {
        var middles = Enumerable.Range(0, 30).Select(_ => Position.FromDegrees(57 + random.NextDouble(), 11 + random.NextDouble())).ToList();
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var where = GreatCircle.Destination(middles[random.Next(30)], random.NextDouble() * 360, random.NextDouble() * 2_500);
            return new Stay($"mmsi:{random.Next(200)}", 0, Hour * random.Next(1, 90), where, random.Next(2) == 0 ? 15 : 350);
        })];
    }

    private static List<JsonElement> Features(ReadOnlyMemory<byte> geoJson)
    {
        using var document = JsonDocument.Parse(geoJson);
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(f => f.Clone())];
    }
}
