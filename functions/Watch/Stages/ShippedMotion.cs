using MaritimeWatch.Models;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>The motion model that came with the program, loaded once for all stores when the first way is judged.</summary>
internal static class ShippedMotion
{
    /// <summary>The model; its value is null where it is absent or damaged, which is said once.</summary>
    public static Lazy<LearnedMotion?> Learned { get; } = new(Load);

    private static LearnedMotion? Load()
    {
        try
        {
            var net = MotionNet.Load(MotionNet.ShippedPath); // Kept for as long as the process runs.
            return new LearnedMotion(net, MotionWaters.Of(net.Settings));
        }
        catch (ModelException trouble)
        {
            Console.Error.WriteLine($"maritimewatch: ways are not held to the motion model: {trouble.Message}");
            return null;
        }
    }
}
