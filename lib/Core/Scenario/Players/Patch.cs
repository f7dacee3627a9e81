namespace MaritimeWatch.Scenario;

/// <summary>A round piece of open, well-heard water in which players keep, away from zones, lanes' ends and ports.</summary>
/// <param name="Node">Where ships come from when the recording begins.</param>
/// <param name="Centre">Its middle.</param>
/// <param name="RadiusM">Metres.</param>
internal sealed record Patch(string Node, GeoPoint Centre, double RadiusM)
{
    /// <summary>Off Skagen, 25 km and more from any port; one receiver hears it.</summary>
    public static readonly Patch Bank = new("BANK", Geography.At("BANK"), 11_000);

    /// <summary>Off Varberg; within one half-degree cell.</summary>
    public static readonly Patch Fladen = new("FLADEN", Geography.At("FLADEN"), 10_000);

    /// <summary>Between Gothenburg and Laeso; two receivers hear it.</summary>
    public static readonly Patch Grove = new("GROVE", Geography.At("GROVE"), 7_000);

    /// <summary>South-east of the last; within one half-degree cell.</summary>
    public static readonly Patch Trindelen = new("GROVE", new GeoPoint(57.42, 11.33), 5_500);

    /// <summary>
    /// The first instant from a wanted one on, in steps of half an hour, from which the water stays well heard for a while;
    /// null where there is none within eight hours or before the recording's end.
    /// </summary>
    public long? HeardFrom(World world, long wantedAtMs, long forMs)
    {
        const long StepMs = 1_800_000;
        const int StepsMax = 16;
        for (var step = 0; step <= StepsMax; step++)
        {
            var at = wantedAtMs + (step * StepMs);
            if (at + forMs + StepMs < world.EndAtMs
                && world.Sky.CoversThroughout(Centre, RadiusM, at - StepMs, at + forMs + StepMs))
            {
                return at;
            }
        }

        return null;
    }
}
