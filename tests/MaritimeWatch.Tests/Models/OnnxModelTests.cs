using MaritimeWatch.Models;

namespace MaritimeWatch.Tests.Models;

/// <summary>ONNX Runtime is in the build and says what plain arithmetic says.</summary>
[TestFixture]
public sealed class OnnxModelTests
{
    private const string Weights = "weights/plain-layer.onnx";

    [SetUp]
    public void NeedsTheRuntime()
    {
        if (OnnxModel.Obstacle() is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }
    }

    [Test]
    public void The_committed_model_is_what_its_generator_writes()
    {
        var path = Path.Combine(AppContext.BaseDirectory, Weights);
        if (Environment.GetEnvironmentVariable("MW_WRITE_MODEL") is { Length: > 0 } target)
        {
            File.WriteAllBytes(target, TinyModel.Bytes());
        }

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(TinyModel.Bytes()));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(50)]
    public void A_model_gives_the_numbers_of_plain_arithmetic(int rows)
    {
        const int Seed = 7;
        var random = new Random(Seed);
        var input = Enumerable.Range(0, rows * TinyModel.In).Select(_ => (random.NextSingle() * 4) - 2).ToArray();
        using var model = Load(batchRows: 8);
        var made = model.Run(input);
        Assert.That(made, Is.EqualTo(TinyModel.Run(input)).Within(1e-5f), $"seed {Seed}");
    }

    [Test]
    public void A_row_gives_the_same_bits_whatever_is_asked_with_it()
    {
        var rows = Enumerable.Range(0, 20 * TinyModel.In).Select(i => (float)Math.Sin(i)).ToArray();
        using var model = Load(batchRows: 8);
        var together = model.Run(rows);
        for (var row = 0; row < 20; row++)
        {
            var alone = model.Run(rows.AsSpan(row * TinyModel.In, TinyModel.In));
            Assert.That(alone, Is.EqualTo(together[(row * TinyModel.Out)..((row + 1) * TinyModel.Out)]), $"row {row}");
        }
    }

    [Test]
    public void A_file_that_is_no_model_is_refused_by_name()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"broken-{TestContext.CurrentContext.Test.ID}.onnx");
        File.WriteAllBytes(path, TinyModel.Bytes()[..100]);
        try
        {
            Assert.That(() => OnnxModel.Load(path, 1), Throws.TypeOf<ModelException>().With.Message.Contains("broken"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static OnnxModel Load(int batchRows) =>
        OnnxModel.Load(Path.Combine(AppContext.BaseDirectory, Weights), batchRows, threads: 2);
}
