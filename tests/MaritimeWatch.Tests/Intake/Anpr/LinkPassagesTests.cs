using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Reference.Cameras;

namespace MaritimeWatch.Tests.Intake.Anpr;

[TestFixture]
public sealed class LinkPassagesTests
{
    private static readonly string[] Links = ["\"link_id\",\"length\",\"out_top\"", "\"1\",\"100\",\"2,3\"", "\"2\",\"50\",\"3\"", "\"3\",\"70\",\"\""];
    private static readonly string[] Routes = ["\"intersection_id\",\"tollgate_id\",\"link_seq\"", "\"A\",\"1\",\"1,2,3\""];
    private static readonly string[] Trajectories =
    [
        "\"vehicle_id\",\"travel_seq\"",
        "\"77\",\"1#2016-10-18 00:00:01#0.40;2#2016-10-18 00:00:01#3.00;3#2016-10-18 00:00:04#9.00\"",
        "\"78\",\"1#2016-10-18 00:00:01#nonsense\"",
        "\"77\",\"1#2016-10-18 09:00:01#8.00;3#2016-10-18 09:00:09#9.00\"",
    ];

    [Test]
    public async Task Passages_become_reads_and_come_out_as_the_journeys_of_the_table()
    {
        var passages = LinkPassages.Read(Links, Routes, Trajectories);
        var result = await JourneyCheck.RunAsync(passages, default);
        Assert.Multiple(() =>
        {
            Assert.That(passages.Refused, Is.EqualTo(1));
            Assert.That(passages.Journeys[0].Passages.Select(passage => passage.AtMs % 60_000), Is.EqualTo((long[])[1_000, 1_400, 4_400]));
            Assert.That((result.Reads, result.Used), Is.EqualTo((5L, 5L)));
            Assert.That((result.JourneysOfTheTable, result.JourneysRebuilt, result.Exact), Is.EqualTo((2, 2, 2)));
        });
    }

    [Test]
    public void Cameras_stand_no_farther_apart_than_the_road_between_them()
    {
        var network = CameraFile.Parse(LinkPassages.Read(Links, Routes, Trajectories).ToCameraFile());
        Assert.That(network.All.Select(camera => camera.Name), Is.All.Contains("SIMULATED"));
        foreach (var link in network.Links)
        {
            var metres = MaritimeWatch.Geodesy.FlatDistance.Metres(network.Find(link.From)!.Place, network.Find(link.To)!.Place);
            Assert.That(metres, Is.LessThanOrEqualTo(link.DistanceMetres + 1), $"{link}");
        }
    }

    [Test]
    public async Task The_toll_road_of_kdd_is_rebuilt()
    {
        var folder = SharedData.Require("vehicles");
        var passages = LinkPassages.Read(
            await File.ReadAllLinesAsync(Path.Combine(folder, "links__table_3_.csv")),
            await File.ReadAllLinesAsync(Path.Combine(folder, "routes__table_4_.csv")),
            await File.ReadAllLinesAsync(Path.Combine(folder, "trajectories_table_5__training2.csv")));
        Assert.That((passages.Journeys.Count, passages.Refused), Is.EqualTo((10_136, 0)));
        var part = passages.First(600);
        var result = await JourneyCheck.RunAsync(part, default);
        await TestContext.Out.WriteLineAsync(result.ToString());
        Assert.Multiple(() =>
        {
            Assert.That(result.Used, Is.EqualTo(part.Journeys.Sum(journey => journey.Passages.Count)));
            Assert.That(result.ExactShare, Is.GreaterThan(0.99));
            Assert.That(result.JourneysRebuilt, Is.EqualTo(part.Journeys.Count).Within(0.01 * part.Journeys.Count));
            Assert.That(result.FindingsPerThousandJourneys.Where(pair => pair.Key.StartsWith("cloned", StringComparison.Ordinal)), Is.Empty);
        });
    }
}
