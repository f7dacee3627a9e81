using System.Text;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Reference.Lanes.Sailings;
using static MaritimeWatch.Tests.Reference.Lanes.VoyageLines;

namespace MaritimeWatch.Tests.Reference.Lanes;

internal sealed class VoyageReaderTests
{
    private const long Hour = 3_600_000;

    [Test]
    public void A_voyage_goes_from_the_exit_from_one_port_to_the_entry_into_the_next()
    {
        var sailed = Voyage(0);
        var voyages = Read([Call("a", "SEGOT", Start - Hour, sailed.DepartAtMs), Call("b", "NLRTM", sailed.ArriveAtMs, null)], [Track("t", sailed.Points)]);
        var voyage = voyages.Single();
        Assert.Multiple(() =>
        {
            Assert.That((voyage.From.Id, voyage.To.Id, voyage.Type), Is.EqualTo(("SEGOT", "NLRTM", "cargo")));
            Assert.That((voyage.DepartAtMs, voyage.ArriveAtMs), Is.EqualTo((sailed.DepartAtMs, sailed.ArriveAtMs)));
            Assert.That(voyage.Points, Has.Count.EqualTo(sailed.Points.Count));
            Assert.That(voyage.Points[3].SpeedDeciKnots, Is.EqualTo(150));
        });
    }

    [Test]
    public void A_voyage_out_of_hearing_for_long_is_one_out_to_sea_and_one_from_the_sea()
    {
        var sailed = Voyage(0);
        var heard = sailed.Points.Where((_, i) => i is < 40 or > 80).ToList();
        var voyages = Read([Call("a", "SEGOT", Start - Hour, sailed.DepartAtMs), Call("b", "NLRTM", sailed.ArriveAtMs, null)], [Track("t", heard)]);
        Assert.That(voyages.Select(voyage => $"{voyage.From.Id}-{voyage.To.Id}"), Is.EqualTo(new[] { "SEGOT-SEA", "SEA-NLRTM" }));
        Assert.That(voyages[0].ArriveAtMs, Is.EqualTo(sailed.Points[39].AtMs));
    }

    [Test]
    public void A_voyage_that_goes_on_is_none_yet()
    {
        var sailed = Voyage(0);
        Assert.That(Read([Call("a", "SEGOT", Start - Hour, sailed.DepartAtMs)], [Track("t", sailed.Points)]), Is.Empty);
        Assert.That(
            Read([Call("a", "SEGOT", Start - Hour, sailed.DepartAtMs)], [Track("t", sailed.Points), Other(sailed.Points[^1].AtMs + (7 * Hour))])
                .Select(voyage => $"{voyage.From.Id}-{voyage.To.Id}"),
            Is.EqualTo(new[] { "SEGOT-SEA" }), "until it has not been heard for long");
    }

    [Test]
    public void A_round_trip_counts_but_makes_no_lane()
    {
        var calls = new List<string>();
        var tracks = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var sailed = Voyage(i * 8);
            calls.Add(Call($"c{i}", "SEGOT", sailed.DepartAtMs - Hour, sailed.DepartAtMs));
            calls.Add(Call($"d{i}", "SEGOT", sailed.ArriveAtMs, sailed.ArriveAtMs + 1));
            tracks.Add(Track($"t{i}", sailed.Points));
        }

        var atlas = LaneLearning.Learn(Read(calls, tracks));
        Assert.That(atlas.All, Is.Empty);
        Assert.That(atlas.OriginOf("SEGOT", "cargo").Outside, Is.EqualTo(5));
    }

    [Test]
    public void Tracks_over_the_antimeridian_keep_their_times()
    {
        var sailed = Voyage(0, from: Position.FromDegrees(-10, 178), to: Position.FromDegrees(-12, -178.5));
        var voyage = Read(
            [Call("a", "SEGOT", Start - Hour, sailed.DepartAtMs), Call("b", "NLRTM", sailed.ArriveAtMs, null)], [Track("t", sailed.Points)]).Single();
        Assert.That(voyage.Points, Has.Count.EqualTo(sailed.Points.Count));
        Assert.That(voyage.Points[^1].Where, Is.EqualTo(sailed.Points[^1].Where));
    }

    [TestCase(88.0)]
    [TestCase(-90.0)]
    public void Near_a_pole_nothing_is_learned(double latitude)
    {
        var sailed = Voyage(0);
        var polar = sailed.Points.Select((point, i) => i == 20 ? point with { Where = Position.FromDegrees(latitude, 3) } : point).ToList();
        Assert.That(Read([Call("a", "SEGOT", Start - Hour, sailed.DepartAtMs), Call("b", "NLRTM", sailed.ArriveAtMs, null)], [Track("t", polar)]), Is.Empty);
    }

    [Test]
    public void Bad_lines_are_counted_and_the_rest_goes_on()
    {
        var sailed = Voyage(0);
        var reader = new VoyageReader();
        foreach (var line in new[] { "{", "[]", "{\"id\":\"x\"}", Call("n", "SEGOT", 0, 1).Replace("\"SEGOT\"", "7", StringComparison.Ordinal) })
        {
            reader.AddCall(Encoding.UTF8.GetBytes(line));
        }

        reader.AddCall(Encoding.UTF8.GetBytes(Call("a", "SEGOT", Start - Hour, sailed.DepartAtMs)));
        reader.AddCall(Encoding.UTF8.GetBytes(Call("b", "NLRTM", sailed.ArriveAtMs, null)));
        reader.AddCall(Encoding.UTF8.GetBytes(Call("gone", "GBDVR", Start - Hour, null).Replace("\"open\"", "\"retracted\"", StringComparison.Ordinal)));
        reader.AddTrack(Encoding.UTF8.GetBytes(Track("one", [sailed.Points[0]])));
        reader.AddTrack(Encoding.UTF8.GetBytes(Track("short", sailed.Points).Replace("\"times\":[", "\"times\":[1,", StringComparison.Ordinal)));
        reader.AddTrack(Encoding.UTF8.GetBytes(Track("t", sailed.Points)));
        Assert.That(reader.Voyages().Single().To.Id, Is.EqualTo("NLRTM"));
        Assert.That(reader.Unread, Is.EqualTo(5));
    }

    private static IReadOnlyList<SailedVoyage> Read(IEnumerable<string> calls, IEnumerable<string> tracks)
    {
        var reader = new VoyageReader();
        reader.AddVessel(Encoding.UTF8.GetBytes(Vessel()));
        foreach (var call in calls)
        {
            reader.AddCall(Encoding.UTF8.GetBytes(call));
        }

        foreach (var track in tracks)
        {
            reader.AddTrack(Encoding.UTF8.GetBytes(track));
        }

        Assert.That(reader.Unread, Is.Zero);
        return reader.Voyages();
    }

    private static string Other(long atMs) => Track("other", [new VoyagePoint(West, atMs, 0), new VoyagePoint(East, atMs + 1, 0)])
        .Replace(Who, "mmsi:211000002", StringComparison.Ordinal);
}
