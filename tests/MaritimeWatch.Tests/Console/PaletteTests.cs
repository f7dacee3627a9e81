using System.Globalization;
using System.Text.RegularExpressions;

namespace MaritimeWatch.Tests.Pages;

/// <summary>Contrast as WCAG 2.2 defines it (1.4.3 and 1.4.11), of every pair of colours that the page puts together.</summary>
internal sealed partial class PaletteTests
{
    private const double TextMin = 4.5;
    private const double ShapeMin = 3.0;

    private static readonly (string Ink, string Ground)[] Texts =
    [
        .. from ink in new[] { "ink", "ink-2", "ink-3" } from ground in new[] { "panel", "ground", "raised", "hover", "chosen" } select (ink, ground),
        ("accent", "panel"), ("accent", "raised"), ("accent", "hover"), ("on-accent", "accent"),
        ("high", "panel"), ("medium", "panel"), ("low", "panel"), ("info", "panel"),
        ("on-severity", "high"), ("on-severity", "medium"), ("on-severity", "low"),
        ("simulated", "panel"), ("simulated", "hover"), ("simulated", "chosen"), ("simulated", "simulated-ground"),
        ("warning", "warning-ground"), ("warning", "panel"), ("danger", "danger-ground"),
    ];

    private static readonly (string Shape, string Ground)[] Shapes =
    [
        .. from shape in new[] { "high", "medium", "low", "info", "vessel", "accent" } from ground in new[] { "sea", "land" } select (shape, ground),
        ("focus", "panel"), ("focus", "ground"), ("zone", "sea"),
    ];

    [TestCase(false)]
    [TestCase(true)]
    public void Every_text_can_be_read_and_every_shape_told_from_its_ground(bool isDark)
    {
        var colours = Read(isDark);
        Assert.Multiple(() =>
        {
            foreach (var (ink, ground) in Texts)
            {
                Assert.That(Contrast(colours[ink], colours[ground]), Is.GreaterThanOrEqualTo(TextMin), $"{ink} on {ground}");
            }

            foreach (var (shape, ground) in Shapes)
            {
                Assert.That(Contrast(colours[shape], colours[ground]), Is.GreaterThanOrEqualTo(ShapeMin), $"{shape} on {ground}");
            }
        });
    }

    [Test]
    public void Black_on_white_has_the_greatest_contrast() => Assert.That(Contrast(0, 0xFFFFFF), Is.EqualTo(21).Within(0.01));

    private static Dictionary<string, int> Read(bool isDark)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wwwroot", "styles", "tokens.css"));
        var dark = text.IndexOf("@media (prefers-color-scheme: dark)", StringComparison.Ordinal);
        var colours = new Dictionary<string, int>();
        foreach (Match match in Colour().Matches(isDark ? text : text[..dark]))
        {
            // The dark scheme comes later and overrules, as in the browser.
            colours[match.Groups[1].Value] = int.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return colours;
    }

    private static double Contrast(int a, int b)
    {
        var (light, dark) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(int colour)
    {
        static double Linear(int channel)
        {
            var share = channel / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Linear((colour >> 16) & 255)) + (0.7152 * Linear((colour >> 8) & 255)) + (0.0722 * Linear(colour & 255));
    }

    [GeneratedRegex("--([a-z0-9-]+): #([0-9a-f]{6});")]
    private static partial Regex Colour();
}
