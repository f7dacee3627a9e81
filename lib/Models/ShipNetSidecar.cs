using System.Text.Json;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Models;

/// <summary>
/// The file beside a ship detector's weights: <c>{"name","version","sha256","inputs","stride","multiple","window","margin",
/// "norm":{"kind",...},"threshold_milli","nms_iou_milli","macs_per_pixel","scenes"}</c>, the last two as may be.
/// </summary>
internal static class ShipNetSidecar
{
    private const int BytesMax = 64 << 10;

    private static readonly Dictionary<string, SceneBand> Bands = new(StringComparer.Ordinal)
    {
        ["amplitude"] = SceneBand.Amplitude,
        ["blue"] = SceneBand.Blue,
        ["green"] = SceneBand.Green,
        ["red"] = SceneBand.Red,
        ["near_infrared"] = SceneBand.NearInfrared,
        ["short_wave_infrared"] = SceneBand.ShortWaveInfrared,
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="ModelException">It is damaged, or says what cannot be.</exception>
    public static ShipNetSettings Parse(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            if (json.Length > BytesMax)
            {
                throw new FormatException($"it has more than {BytesMax} bytes");
            }

            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return Checked(Read(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelException($"{file} does not describe a ship detector: {e.Message}", e);
        }
    }

    private static ShipNetSettings Read(JsonElement root) => new()
    {
        Name = root.GetProperty("name").GetString() ?? throw new FormatException("it has no name"),
        Version = root.GetProperty("version").GetInt32(),
        Hash = root.GetProperty("sha256").GetString() ?? throw new FormatException("it names no sha256"),
        Inputs = [.. root.GetProperty("inputs").EnumerateArray().Select(Band)],
        Stride = root.GetProperty("stride").GetInt32(),
        Multiple = root.GetProperty("multiple").GetInt32(),
        Window = root.GetProperty("window").GetInt32(),
        Margin = root.GetProperty("margin").GetInt32(),
        Norm = Norm(root.GetProperty("norm")),
        ThresholdMilli = root.GetProperty("threshold_milli").GetInt32(),
        NmsIouMilli = root.GetProperty("nms_iou_milli").GetInt32(),
        MacsPerPixel = root.TryGetProperty("macs_per_pixel", out var macs) ? (int)Math.Min(int.MaxValue, macs.GetDouble()) : 0,
        IsForScenes = root.TryGetProperty("scenes", out var scenes) && scenes.GetBoolean(),
    };

    private static SceneBand Band(JsonElement name) => Bands.TryGetValue(name.GetString() ?? string.Empty, out var band)
        ? band
        : throw new FormatException($"no band is called \"{name.GetString()}\"; there are {string.Join(", ", Bands.Keys)}");

    private static ViewNorm Norm(JsonElement norm) => norm.GetProperty("kind").GetString() switch
    {
        "sar-log-median" => new SarLogMedian(norm.GetProperty("floor").GetDouble(), norm.GetProperty("scale").GetDouble()),
        "optical-excess" => new OpticalExcess(norm.GetProperty("quantile_milli").GetInt32(), norm.GetProperty("unit").GetDouble()),
        var kind => throw new FormatException($"this program knows no norm \"{kind}\""),
    };

    private static ShipNetSettings Checked(ShipNetSettings settings)
    {
        Demand(settings.Version >= 1, "version is from 1");
        Demand(settings.Hash.Length == 64, "sha256 has 64 hexadecimal digits");
        Demand(settings.Inputs.Count is >= 1 and <= ShipNetSettings.InputsMax, "there are 1 to 16 inputs");
        Demand(!settings.IsRadar || settings.Inputs.Count == 1, "radar has one input");
        Demand(settings.Stride is >= 1 and <= 32, "stride is 1 to 32");
        Demand(settings.Multiple is >= 1 and <= 256 && settings.Multiple % settings.Stride == 0, "multiple is a multiple of the stride, to 256");
        Demand(settings.Window is >= 1 and <= 2048 && settings.Window % settings.Multiple == 0, "window is a multiple of multiple, to 2048");
        Demand(settings.Margin is >= 0 and <= 512 && settings.Margin % settings.Multiple == 0, "margin is a multiple of multiple, to 512");
        Demand(settings.ThresholdMilli is >= 0 and <= 1000, "threshold_milli is 0 to 1000");
        Demand(settings.NmsIouMilli is >= 0 and <= 1000, "nms_iou_milli is 0 to 1000");
        Demand(
            settings.Norm switch
            {
                SarLogMedian sar => settings.IsRadar && sar is { Floor: > 0 and <= 1, Scale: > 0 and <= 100 },
                OpticalExcess optical => !settings.IsRadar && optical is { WaterMilli: >= 1 and <= 999, Unit: > 0 and <= 1 },
                _ => false,
            },
            "norm is one for the inputs, with numbers in their ranges");
        return settings;
    }

    private static void Demand(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new FormatException(what);
        }
    }
}
