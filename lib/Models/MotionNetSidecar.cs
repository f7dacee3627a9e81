using System.Text.Json;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Models;

/// <summary>
/// The file beside a motion model's weights: <c>{"name","version","sha256","step_minutes":10,"steps":18,"ways",
/// "region":{"mass50":[18],"mass90":[18],"waters":[{"latitude","longitude","half_latitude","half_longitude","mass50","mass90"}]}}</c>
/// (waters where other masses hold, or none), and where it is to judge ways <c>"score":{"horizons_minutes","moments","voyages",
/// "reached":[[score,share],...]}</c>. Other keys are kept.
/// </summary>
internal static class MotionNetSidecar
{
    private const int BytesMax = 256 << 10;

    /// <summary>Reads it.</summary>
    /// <param name="json">The bytes of the file.</param>
    /// <param name="file">What reasons call it.</param>
    /// <exception cref="ModelException">It is damaged, says what cannot be, or is of a form that this program does not know.</exception>
    public static MotionNetSettings Parse(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            Demand(json.Length <= BytesMax, $"it has more than {BytesMax} bytes");
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw new ModelException($"{file} does not describe a motion model: {e.Message}", e);
        }
    }

    private static MotionNetSettings Read(JsonElement root)
    {
        var (minutes, steps) = (Number(root, "step_minutes"), Number(root, "steps"));
        Demand(
            minutes == MotionSteps.Minutes && steps == MotionSteps.Count,
            $"this program takes {MotionSteps.Count} steps of {MotionSteps.Minutes} minutes, not {steps} of {minutes}");
        var region = root.GetProperty("region");
        var settings = new MotionNetSettings(
            Text(root, "name"),
            Number(root, "version"),
            Text(root, "sha256"),
            Number(root, "ways"),
            Masses(region) with { ByWater = region.TryGetProperty("waters", out var waters) ? [.. waters.EnumerateArray().Select(static water => (MotionWaters.WaterOf(water), Masses(water)))] : [] },
            root.TryGetProperty("score", out var score) ? Score(score) : WayScoreSettings.Usual,
            root.Clone());
        Demand(settings.Version >= 1, "version is from 1");
        Demand(settings.Hash.Length == 64, "sha256 has 64 hexadecimal digits");
        Demand(settings.Ways is >= 1 and <= Mixture.WaysMax, $"ways are 1 to {Mixture.WaysMax}");
        return settings;
    }

    private static RegionMasses Masses(JsonElement of) => new(Numbers(of, "mass50"), Numbers(of, "mass90"));

    private static WayScoreSettings Score(JsonElement score) => new(
        [.. Of(score, "horizons_minutes").EnumerateArray().Select(static one => one.GetInt32())],
        Number(score, "moments"),
        Number(score, "voyages"),
        [.. Of(score, "reached").EnumerateArray().Select(static pair => (pair[0].GetDouble(), pair[1].GetDouble()))]);

    private static string Text(JsonElement of, string name) => Of(of, name).GetString() ?? throw new FormatException($"{name} is empty");

    private static int Number(JsonElement of, string name) => Of(of, name).GetInt32();

    private static double[] Numbers(JsonElement of, string name) => [.. Of(of, name).EnumerateArray().Select(static one => one.GetDouble())];

    private static JsonElement Of(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) ? value : throw new FormatException($"it has no {name}");

    private static void Demand(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new FormatException(what);
        }
    }
}
