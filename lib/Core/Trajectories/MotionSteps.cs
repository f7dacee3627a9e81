namespace MaritimeWatch.Trajectories;

/// <summary>The steps in time that a motion model knows: every ten minutes for three hours, back and ahead.</summary>
public static class MotionSteps
{
    /// <summary>How many steps there are, back and ahead.</summary>
    public const int Count = 18;

    /// <summary>Minutes from one step to the next.</summary>
    public const int Minutes = 10;

    /// <summary>Milliseconds from one step to the next.</summary>
    public const long Ms = Minutes * 60_000L;

    /// <summary>The farthest horizon: three hours.</summary>
    public static TimeSpan HorizonMax { get; } = TimeSpan.FromMinutes(Count * Minutes);

    /// <summary>Where a horizon lies between the steps.</summary>
    /// <param name="horizon">More than nothing, up to <see cref="HorizonMax"/>.</param>
    /// <returns>
    /// The index of the step at or before it (-1 is now itself) and the part of the way to the next, over 0 up to 1.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not in its range: nothing is known beyond it.</exception>
    public static (int Before, double Part) Of(TimeSpan horizon)
    {
        if (horizon <= TimeSpan.Zero || horizon > HorizonMax)
        {
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon, $"a forecast reaches to {HorizonMax}");
        }

        var steps = horizon.TotalMinutes / Minutes;
        var next = (int)Math.Ceiling(steps);
        return (next - 2, steps - (next - 1));
    }
}
