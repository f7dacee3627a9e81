using System.Globalization;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Trajectories;

/// <summary>The tide by moon and sun, held to days that almanacs name.</summary>
[TestFixture]
public sealed class SemidiurnalTideTests
{
    private const long HourMs = 3_600_000;

    // New moon 28 March 2017, last quarter the 20th: springs and neaps come a day or two later on these coasts.
    [TestCase("2017-03-20", "2017-03-27", "2017-03-21", "2017-03-23", false)]
    [TestCase("2017-03-25", "2017-04-02", "2017-03-29", "2017-03-31", true)]

    // The highest tides of 2015 at Brest were on 21 March (coefficient 119); those of the autumn on 28 to 30 September (117).
    [TestCase("2015-01-01", "2015-07-01", "2015-03-20", "2015-03-22", true)]
    [TestCase("2015-07-01", "2016-01-01", "2015-09-27", "2015-10-01", true)]
    public void Springs_and_neaps_fall_where_the_moon_puts_them(string from, string to, string first, string last, bool isHighest)
    {
        var hours = Enumerable.Range(0, (int)((Ms(to) - Ms(from)) / HourMs)).Select(hour => Ms(from) + (hour * HourMs)).ToArray();
        var found = isHighest ? hours.MaxBy(SizeOf) : hours.MinBy(SizeOf);
        Assert.That(found, Is.InRange(Ms(first), Ms(last) + (24 * HourMs)), DateTimeOffset.FromUnixTimeMilliseconds(found).ToString("u", CultureInfo.InvariantCulture));
    }

    [Test]
    public void It_turns_once_in_half_a_lunar_day()
    {
        var (turns, last) = (0.0, AngleOf(Ms("2026-01-01")));
        for (var hour = 1; hour <= 365 * 24; hour++)
        {
            var angle = AngleOf(Ms("2026-01-01") + (hour * HourMs));
            turns += Math.IEEERemainder(angle - last, 2 * Math.PI) / (2 * Math.PI);
            last = angle;
        }

        Assert.That(365 * 24 / turns, Is.EqualTo(12.4206).Within(0.01));
    }

    [Test]
    public void It_is_the_same_before_1970_and_far_ahead()
    {
        foreach (var year in (int[])[1900, 1969, 1970, 2099])
        {
            var at = new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            var (real, imaginary) = SemidiurnalTide.At(at);
            var (before, after) = (SemidiurnalTide.At(at - 1000), SemidiurnalTide.At(at + 1000));
            Assert.That(real, Is.EqualTo((before.Real + after.Real) / 2).Within(1e-5), $"{year}");
            Assert.That(imaginary, Is.EqualTo((before.Imaginary + after.Imaginary) / 2).Within(1e-5), $"{year}");
            Assert.That(SizeOf(at), Is.InRange(0.3, 1.7));
        }
    }

    private static double SizeOf(long atMs)
    {
        var (real, imaginary) = SemidiurnalTide.At(atMs);
        return Math.Sqrt((real * real) + (imaginary * imaginary));
    }

    private static double AngleOf(long atMs)
    {
        var (real, imaginary) = SemidiurnalTide.At(atMs);
        return Math.Atan2(imaginary, real);
    }

    private static long Ms(string day) => DateTimeOffset.Parse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}
