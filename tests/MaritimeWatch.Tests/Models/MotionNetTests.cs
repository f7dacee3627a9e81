using System.Runtime.InteropServices;
using MaritimeWatch.Models;
using MaritimeWatch.Tests.Trajectories;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Models;

/// <summary>Motion weights are run as they were described, or not at all, and a row's numbers do not hang on the other rows.</summary>
[TestFixture]
public sealed class MotionNetTests
{
    private string folder = string.Empty;

    [SetUp]
    public void NeedsTheRuntime()
    {
        if (OnnxHost.Obstacle() is { } obstacle)
        {
            Assert.Ignore(obstacle);
        }

        folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "motion", TestContext.CurrentContext.Test.ID);
    }

    [TearDown]
    public void Clean()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_model_gives_the_numbers_of_plain_arithmetic()
    {
        using var net = MotionNet.Load(TinyMotionNet.Write(folder));
        var batch = Batch(1);
        var forecast = net.Forecast(batch)[0];
        var back = batch.History.Slice(6, 2).ToArray();
        var way = forecast.MixtureAt(TimeSpan.FromMinutes(60)).Ways[1];
        Assert.Multiple(() =>
        {
            Assert.That(forecast.OffsetAt(TimeSpan.FromMinutes(60)).EastNm, Is.EqualTo(-2 * back[0]).Within(1e-4));
            Assert.That(way.Mean.NorthNm, Is.EqualTo(-2 * back[1]).Within(1e-4));
            Assert.That(way.Weight, Is.EqualTo(0.5));
            Assert.That(way.EastEast, Is.EqualTo(1.44).Within(1e-5));
            Assert.That(net.Score.ShareReaching(3), Is.EqualTo(0.1));
            Assert.That(net.Settings.More.GetProperty("later").GetProperty("kept").GetInt32(), Is.EqualTo(7), "unknown keys are kept");
        });
    }

    [Test]
    public void Where_other_masses_hold_the_regions_are_of_another_size()
    {
        var masses = string.Join(',', Enumerable.Repeat("0.4", 18));
        using var net = MotionNet.Load(TinyMotionNet.Write(folder, change: json => json.Replace(
            "\"region\":{", $$"""
            "region":{"waters":[{"latitude":40,"longitude":0,"half_latitude":0.5,"half_longitude":0.5,"mass50":[{{masses.Replace('4', '3')}}],"mass90":[{{masses}}]}],
            """, StringComparison.Ordinal)));
        var forecasts = net.Forecast(Batch(2));
        var (there, elsewhere) = (forecasts[0].RegionAt(TimeSpan.FromMinutes(60)), forecasts[1].RegionAt(TimeSpan.FromMinutes(60)));
        Assert.Multiple(() =>
        {
            Assert.That(forecasts[0].Origin.Place.LatitudeDegrees, Is.EqualTo(40).Within(0.5));
            Assert.That(there.AreaNm2(0.9), Is.LessThan(0.5 * elsewhere.AreaNm2(0.9)));
            Assert.That(Refused(TinyMotionNet.Write(folder, change: json => json.Replace("\"region\":{", "\"region\":{\"waters\":[{}],", StringComparison.Ordinal))), Does.Contain("does not describe"));
        });
    }

    [Test]
    public void Many_windows_are_run_in_batches_of_one_shape()
    {
        using var net = MotionNet.Load(TinyMotionNet.Write(folder));
        var before = net.Runs;
        Assert.That(net.Forecast(Batch(1000)).Count, Is.EqualTo(1000));
        Assert.That(net.Runs - before, Is.EqualTo(16), "1000 rows, 64 at a time");
        Assert.That(net.Forecast(new MotionBatch()).Count, Is.Zero);
    }

    [Test]
    public void A_window_gives_the_same_bits_whatever_is_asked_with_it()
    {
        using var tiny = MotionNet.Load(TinyMotionNet.Write(folder));
        SameBits(tiny);
        if (File.Exists(MotionNet.ShippedPath))
        {
            using var shipped = MotionNet.Load(MotionNet.ShippedPath);
            SameBits(shipped);
        }
    }

    [Test]
    public void Weights_that_are_not_the_described_ones_are_refused_with_the_reason()
    {
        var path = TinyMotionNet.Write(folder);
        var bytes = File.ReadAllBytes(path);
        bytes[^30] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.That(Refused(path), Does.Contain("is not the model that motion.json describes"));
        File.Delete(path);
        Assert.That(Refused(path), Does.Contain("there is no"));
    }

    [TestCase("\"version\":1", "\"version\":0", "version is from 1")]
    [TestCase("\"step_minutes\":10", "\"step_minutes\":5", "18 steps of 10 minutes, not 18 of 5")]
    [TestCase("\"ways\":2", "\"ways\":33", "ways are 1 to 32")]
    [TestCase("\"ways\":2,", "", "it has no ways")]
    [TestCase("0.9,", "1.5,", "masses")]
    [TestCase("\"mass90\":[0.9,", "\"mass90\":[", "masses")]
    [TestCase("[4,0.1]", "[4]", "does not describe")]
    [TestCase("\"moments\":9", "\"moments\":0", "moments")]
    [TestCase("{", "[", "does not describe a motion model")]
    public void A_sidecar_that_says_what_cannot_be_is_refused_with_the_reason(string from, string to, string reason) =>
        Assert.That(Refused(TinyMotionNet.Write(folder, change: json => json.Replace(from, to, StringComparison.Ordinal))), Does.Contain(reason));

    [Test]
    public void Weights_of_another_shape_are_refused_with_the_reason()
    {
        Assert.That(Refused(TinyMotionNet.Write(folder, TinyMotionNet.Bytes(ways: 3))), Does.Contain("must have weight as 32-bit floats [64, 2]"));
        Assert.That(Refused(TinyMotionNet.Write(folder, TinyShipNet.Bytes())), Does.Contain("a motion model takes history, now"));
        Assert.That(Refused(TinyMotionNet.Write(folder, [1, 2, 3])), Does.Contain("no model that ONNX Runtime takes"));
    }

    [TestCase(0f)]
    [TestCase(-1f)]
    [TestCase(float.NaN)]
    public void A_forecast_that_is_no_distribution_is_refused(float variance)
    {
        using var net = MotionNet.Load(TinyMotionNet.Write(folder, TinyMotionNet.Bytes(variance: variance)));
        Assert.Throws<ModelException>(() => net.Forecast(Batch(1)));
    }

    private static string Refused(string path) => Assert.Throws<ModelException>(() => MotionNet.Load(path).Dispose())!.Message;

    private static void SameBits(MotionNet net)
    {
        var all = Numbers(net.Forecast(Batch(150)));
        for (var row = 0; row < 150; row += 7)
        {
            var alone = Numbers(net.Forecast(Batch(1, row)));
            for (var output = 0; output < all.Length; output++)
            {
                var wide = alone[output].Length;
                Assert.That(all[output].AsSpan(row * wide, wide).SequenceEqual(alone[output]), $"{net.Name}, row {row}, output {output}");
            }
        }

        var turned = Numbers(net.Forecast(Batch(101, 49)));
        Assert.That(turned[2].AsSpan().SequenceEqual(all[2].AsSpan(49 * (all[2].Length / 150), turned[2].Length)), net.Name);
    }

    // As integers, so that equal means the same bits.
    private static int[][] Numbers(MotionForecasts made) =>
        [.. ((float[][])[made.Point, made.Weight, made.Mean, made.Covariance]).Select(part => MemoryMarshal.Cast<float, int>(part).ToArray())];

    private static MotionBatch Batch(int rows, int from = 0)
    {
        var batch = new MotionBatch();
        for (var row = from; row < from + rows; row++)
        {
            batch.TryAdd(Ways.Straight(40 + (row % 20), row % 180, 5 + (row % 13), row * 31 % 360, 19), 18 - (row % 11));
        }

        return batch;
    }
}
