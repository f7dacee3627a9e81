using System.Text.Json;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Models;

/// <summary>
/// What the file beside a motion model's weights says of waters:
/// <c>"waters":[{"latitude","longitude","half_latitude","half_longitude"}]</c>.
/// </summary>
public static class MotionWaters
{
    /// <summary>Reads them; none where the file names none.</summary>
    /// <param name="settings">What describes the weights.</param>
    /// <exception cref="ModelException">What it says cannot be.</exception>
    public static IReadOnlyList<Water> Of(MotionNetSettings settings)
    {
        try
        {
            return settings.More.TryGetProperty("waters", out var waters) ? [.. waters.EnumerateArray().Select(WaterOf)] : [];
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelException($"the waters of {settings.Name} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>One rectangle.</summary>
    internal static Water WaterOf(JsonElement of) => new(
        of.GetProperty("latitude").GetDouble(),
        of.GetProperty("longitude").GetDouble(),
        of.GetProperty("half_latitude").GetDouble(),
        of.GetProperty("half_longitude").GetDouble());
}
