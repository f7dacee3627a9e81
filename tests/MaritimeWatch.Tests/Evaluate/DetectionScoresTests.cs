using MaritimeWatch.Functions.Evaluate;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary>The numbers of <c>evaluate detector</c>, checked by hand.</summary>
[TestFixture]
public sealed class DetectionScoresTests
{
    [Test]
    public void A_ship_is_found_once_and_the_second_look_at_it_is_a_false_alarm()
    {
        var scores = Scores([new(10, 10, 30, 20)], Found(10, 10, 20, 10, 900), Found(11, 10, 20, 10, 800));
        Assert.That(scores.At(0), Is.EqualTo((0.5, 1.0, 2.0 / 3)));
    }

    [Test]
    public void Overlap_of_a_half_counts_and_less_does_not()
    {
        // 20 by 10 against 10 by 10 in it: exactly a half.
        Assert.That(Scores([new(10, 10, 30, 20)], Found(10, 10, 10, 10, 900)).At(0).F1, Is.EqualTo(1));
        Assert.That(Scores([new(10, 10, 30, 20)], Found(10, 10, 9, 10, 900)).At(0).F1, Is.Zero);
    }

    [Test]
    public void Average_precision_is_the_area_under_all_points()
    {
        // Right, wrong, right of two ships: recall 1/2 at precision 1, recall 1 at precision 2/3.
        var scores = Scores(
            [new(0, 0, 10, 10), new(100, 0, 110, 10)], Found(0, 0, 10, 10, 900), Found(50, 50, 10, 10, 800), Found(100, 0, 10, 10, 700));
        Assert.That(scores.AveragePrecision(), Is.EqualTo(0.5 + (0.5 * 2 / 3)).Within(1e-9));
        Assert.That(scores.Best(), Is.EqualTo((700, 0.8)));
    }

    [Test]
    public void At_ports_the_distance_of_centres_decides()
    {
        var image = Image([new(0, 0, 10, 10)], centreMetres: 30);
        var near = new DetectionScores();
        near.Add(image, [Found(30, 0, 10, 10, 900)], 0.5);
        var far = new DetectionScores();
        far.Add(image, [Found(31, 0, 10, 10, 900)], 0.5);
        Assert.That((near.At(0).F1, far.At(0).F1), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public void Radar_chips_of_the_shared_folder_are_read_with_their_ships()
    {
        Tests.Rasters.SceneFiles.RequireGdal();
        var folder = SharedData.Require("imagery/ssdd");
        var part = Path.Combine(TestContext.CurrentContext.WorkDirectory, "chips");
        foreach (var (kind, ending) in new[] { ("JPEGImages", ".jpg"), ("Annotations", ".xml") })
        {
            Directory.CreateDirectory(Path.Combine(part, kind));
            foreach (var file in Directory.GetFiles(Path.Combine(folder, kind), "00000*" + ending))
            {
                File.Copy(file, Path.Combine(part, kind, Path.GetFileName(file)), overwrite: true);
            }
        }

        using var json = System.Text.Json.JsonDocument.Parse(EvaluateDetectorVerb.Measure(
            VocChips.Read(part), CfarSettings.SarChips, null, new DetectorRequest(part, null, null, null, "all", 0, 1)));
        var cfar = json.RootElement.GetProperty("cfar");
        Assert.Multiple(() =>
        {
            Assert.That(cfar.GetProperty("images").GetInt32(), Is.EqualTo(Directory.GetFiles(Path.Combine(part, "JPEGImages")).Length));
            Assert.That(cfar.GetProperty("ships").GetInt32(), Is.GreaterThan(0));
            Assert.That(cfar.GetProperty("f1").GetDouble(), Is.InRange(0, 1));
            Assert.That(json.RootElement.GetProperty("model").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        });
    }

    private static DetectionScores Scores(LabelledBox[] ships, params ShipDetection[] found)
    {
        var scores = new DetectionScores();
        scores.Add(Image(ships), found, 0.5);
        return scores;
    }

    private static LabelledImage Image(LabelledBox[] ships, double? centreMetres = null) => new()
    {
        Name = "made", Hash = new byte[32], Image = new Flat(), Ships = ships, CentreMetres = centreMetres,
    };

    private static ShipDetection Found(int x, int y, int width, int height, int confidence) =>
        new(x + (width / 2.0), y + (height / 2.0), new SceneWindow(x, y, width, height), width * height)
        {
            LengthMetres = width, WidthMetres = height, ConfidenceMilli = confidence,
        };

    /// <summary>One metre a pixel, nothing in it.</summary>
    private sealed class Flat : ISceneImage
    {
        public int Width => 200;

        public int Height => 200;

        public void Read(SceneWindow window, Span<float> target) => target.Clear();

        public MaritimeWatch.Terms.Position? PositionAt(double x, double y) => null;

        public GroundSize PixelAt(double x, double y) => new(1, 1);
    }
}
