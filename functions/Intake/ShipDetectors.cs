using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Models;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Which detector is asked for.</summary>
internal enum DetectorChoice
{
    /// <summary>The learned one where it can be used and is measured on scenes, CFAR where not.</summary>
    Best,

    /// <summary>The learned one, or none.</summary>
    Model,

    /// <summary>CFAR.</summary>
    Cfar,
}

/// <summary>
/// The detectors of a process: weights are read once, at the first scene that needs them. Where they cannot be used, CFAR
/// takes their place, and why is said.
/// </summary>
/// <param name="pathOf">Where the weights of a name lie.</param>
internal sealed class ShipDetectors(Func<string, string> pathOf) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<SceneSensor, (ShipNet? Net, string? Why)> opened = [];

    /// <summary>Those that came with the program.</summary>
    public static ShipDetectors Shipped { get; } = new(ShipNet.PathOf);

    /// <summary>Chooses.</summary>
    /// <param name="sensor">What took the scene.</param>
    /// <param name="image">The scene.</param>
    /// <param name="choice">What is asked for.</param>
    /// <returns>The detector, and why it is not the learned one, or null.</returns>
    /// <exception cref="ModelException">The learned one is asked for and cannot be used.</exception>
    public (IShipDetector Detector, string? WhyNotLearned) For(SceneSensor sensor, ISceneImage image, DetectorChoice choice)
    {
        if (choice == DetectorChoice.Cfar)
        {
            return (new CfarDetector(CfarSettings.Of(sensor)), "CFAR is asked for");
        }

        var (net, why) = Open(sensor);
        why ??= WindowDetector.Obstacle(net!.Settings, image);
        why ??= choice == DetectorChoice.Best && !net!.Settings.IsForScenes
            ? $"{net.Settings.Name} version {net.Settings.Version} is not measured on whole scenes yet; --detector model takes it all the same"
            : null;
        return why is null ? (net!, null)
            : choice == DetectorChoice.Best ? (new CfarDetector(CfarSettings.Of(sensor)), why)
            : throw new ModelException(why);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (net, _) in opened.Values)
        {
            net?.Dispose();
        }
    }

    private (ShipNet? Net, string? Why) Open(SceneSensor sensor)
    {
        lock (gate)
        {
            if (opened.TryGetValue(sensor, out var known))
            {
                return known;
            }

            try
            {
                known = (ShipNet.Load(pathOf(sensor == SceneSensor.Sar ? "ship-sar" : "ship-optical")), null);
            }
            catch (ModelException trouble)
            {
                known = (null, trouble.Message);
            }

            return opened[sensor] = known;
        }
    }
}
