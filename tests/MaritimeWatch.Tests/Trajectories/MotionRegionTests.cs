using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Trajectories;

/// <summary>Regions of a forecast, against what is known in closed form.</summary>
[TestFixture]
public sealed class MotionRegionTests
{
    private static readonly Position Origin = Position.FromDegrees(57, 11);

    [TestCase(0.5)]
    [TestCase(0.9)]
    [TestCase(0.7)]
    public void The_region_of_one_normal_distribution_has_the_area_of_its_ellipse(double share)
    {
        // Half axes 2 and 0.5 NM, turned: pi chi2 sigma1 sigma2 with chi2 = -2 ln(1 - share).
        var (cosine, sine) = (Math.Cos(0.7), Math.Sin(0.7));
        var way = new Way(
            1, new OffsetNm(3, 4), (4 * cosine * cosine) + (0.25 * sine * sine), (4 * sine * sine) + (0.25 * cosine * cosine), 3.75 * sine * cosine);
        var area = Math.PI * -2 * Math.Log(1 - share) * 2 * 0.5;
        Assert.That(Region(way).AreaNm2(share), Is.EqualTo(area).Within(0.02 * area));
    }

    [Test]
    public void The_chance_of_a_place_as_unlikely_is_that_of_the_distribution_far_into_its_tail()
    {
        var region = Region(new Way(1, default, 1, 1, 0));
        for (var off = 0.1; off < 60; off *= 1.3)
        {
            var expected = off * off / 2 / Math.Log(10);
            var place = new OffsetNm(off, 0).From(Origin);
            Assert.That(region.Surprise(place), Is.EqualTo(expected).Within(0.05 + (0.002 * expected)), $"{off} standard deviations");
        }

        Assert.That(region.ChanceAsUnlikely(new OffsetNm(0, 1).From(Origin)), Is.EqualTo(Math.Exp(-0.5)).Within(0.01));
    }

    [Test]
    public void A_rare_wide_way_makes_far_places_less_of_a_surprise()
    {
        // One in a hundred goes 20 times wider. At 20 of the narrow spread away nearly only those count: about 0.01 * exp(-1/2).
        var region = Region(new Way(0.99, default, 1, 1, 0), new Way(0.01, default, 400, 400, 0));
        var expected = -Math.Log10(0.01 * Math.Exp(-0.5));
        Assert.That(region.Surprise(new OffsetNm(20, 0).From(Origin)), Is.EqualTo(expected).Within(0.3));
    }

    [Test]
    public void Inside_means_inside_for_two_ways_that_lie_apart()
    {
        var region = Region(new Way(0.5, new OffsetNm(10, 0), 1, 1, 0), new Way(0.5, new OffsetNm(-10, 0), 1, 1, 0));
        Assert.Multiple(() =>
        {
            Assert.That(region.Holds(new OffsetNm(10, 1).From(Origin), 0.5), Is.True);
            Assert.That(region.Holds(new OffsetNm(-10, 1).From(Origin), 0.5), Is.True);
            Assert.That(region.Holds(Origin, 0.9), Is.False, "nobody goes between");
            Assert.That(region.AreaNm2(0.9), Is.EqualTo(2 * Math.PI * 2 * Math.Log(10)).Within(1.2));
        });
    }

    [Test]
    public void A_region_holds_as_many_as_it_says()
    {
        const int Seed = 4;
        var random = new Random(Seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var region = Region(new Way(0.7, default, 1, 1, 0), new Way(0.3, new OffsetNm(2, 1), 0.25, 0.25, 0.1));
        var held = 0;
        for (var draw = 0; draw < 4000; draw++)
        {
            var (a, b) = (Normal(), Normal());
            var place = random.NextDouble() < 0.7 ? new OffsetNm(a, b) : new OffsetNm(2 + (0.5 * a), 1 + (0.2 * a) + (Math.Sqrt(0.25 - 0.04) * b));
            held += region.Holds(place.From(Origin), 0.9) ? 1 : 0;
        }

        Assert.That(held / 4000.0, Is.EqualTo(0.9).Within(0.02), $"seed {Seed}");
    }

    [Test]
    public void Masses_that_were_measured_widen_or_narrow_the_regions()
    {
        var mixture = new Mixture([new Way(1, default, 1, 1, 0)]);
        var region = new MotionRegion(Origin, mixture, new MassCurve(0.6, 0.98));
        var edge90 = new OffsetNm(Math.Sqrt(-2 * Math.Log(0.02)), 0).From(Origin);
        var edge50 = new OffsetNm(Math.Sqrt(-2 * Math.Log(0.4)), 0).From(Origin);
        Assert.Multiple(() =>
        {
            Assert.That(region.AreaNm2(0.9), Is.EqualTo(-2 * Math.PI * Math.Log(0.02)).Within(1.5));
            Assert.That(region.AreaNm2(0.5), Is.EqualTo(-2 * Math.PI * Math.Log(0.4)).Within(0.12));
            Assert.That(region.ChanceAsUnlikely(edge90), Is.EqualTo(0.1).Within(0.015));
            Assert.That(region.ChanceAsUnlikely(edge50), Is.EqualTo(0.5).Within(0.02));
            Assert.That(region.ChanceAsUnlikely(Origin), Is.EqualTo(1).Within(0.01));
        });
    }

    [Test]
    public void The_share_beyond_goes_in_lines_through_what_was_measured()
    {
        var curve = new MassCurve(0.6, 0.98);
        Assert.Multiple(() =>
        {
            Assert.That(curve.Log10ShareBeyond(Math.Log(0.02)), Is.EqualTo(-1).Within(1e-9));
            Assert.That(Math.Pow(10, curve.Log10ShareBeyond(Math.Log(0.4))), Is.EqualTo(0.5).Within(1e-9));
            Assert.That(Math.Pow(10, curve.Log10ShareBeyond(Math.Log(0.21))), Is.EqualTo(0.3).Within(1e-9));
            Assert.That(curve.Log10ShareBeyond(0), Is.Zero.Within(1e-9));
            Assert.That(curve.Log10ShareBeyond(-1000), Is.EqualTo(((-1000 - Math.Log(0.02)) / Math.Log(10)) - 1).Within(1e-6), "too small for a number");
            Assert.That(curve.MassOf(0.5), Is.EqualTo(0.6));
            Assert.That(curve.MassOf(0.9), Is.EqualTo(0.98).Within(1e-12));
            Assert.That(curve.MassOf(0.7), Is.EqualTo(0.79).Within(1e-12));
        });
    }

    [TestCase(0.001, -3.0902323)]
    [TestCase(0.025, -1.959963985)]
    [TestCase(0.5, 0)]
    [TestCase(0.9, 1.281551566)]
    [TestCase(0.9999, 3.719016485)]
    public void The_inverse_of_the_normal_distribution_is_that_of_the_tables(double chance, double expected) =>
        Assert.That(QuasiNormal.Inverse(chance), Is.EqualTo(expected).Within(1e-6));

    [Test]
    public void The_quasi_random_points_are_those_of_Halton() =>
        Assert.That(
            ((int, int)[])[(1, 2), (2, 2), (3, 2), (5, 3), (6, 5)],
            Has.All.Matches<(int Number, int Base)>(pair => Math.Abs(QuasiNormal.Halton(pair.Number, pair.Base) - pair switch
            {
                (1, 2) => 0.5,
                (2, 2) => 0.25,
                (3, 2) => 0.75,
                (5, 3) => (2 / 3.0) + (1 / 9.0),
                _ => (1 / 5.0) + (1 / 25.0),
            }) < 1e-12));

    [Test]
    public void A_mixture_without_a_spread_is_refused()
    {
        Assert.Throws<ArgumentException>(() => _ = new Mixture([new Way(1, default, 1, 1, 1)]));
        Assert.Throws<ArgumentException>(() => _ = new Mixture([new Way(0, default, 1, 1, 0)]));
        Assert.Throws<ArgumentException>(() => _ = new RegionMasses([.. Enumerable.Repeat(0.9, 18)], [.. Enumerable.Repeat(0.5, 18)]));
    }

    private static MotionRegion Region(params Way[] ways) => new(Origin, new Mixture(ways), new MassCurve(0.5, 0.9));
}
