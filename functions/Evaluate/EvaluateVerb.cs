using System.CommandLine;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary><c>evaluate</c>: how well the models do, on data that they have not learned from.</summary>
internal static class EvaluateVerb
{
    /// <summary>The verb with its parts.</summary>
    public static Command Create()
    {
        var verb = new Command("evaluate", "How well a model does on given data, beside simple baselines.");
        foreach (var part in Parts())
        {
            verb.Subcommands.Add(part);
        }

        return verb;
    }

    private static IEnumerable<Command> Parts()
    {
        yield return EvaluateQueueVerb.Create();
        yield return EvaluateDetectorVerb.Create();
        yield return Matching.EvaluateMatchingVerb.Create();
        yield return Trajectory.EvaluateTrajectoryVerb.Create();
        yield return Deviation.EvaluateDeviationVerb.Create();
        yield return Eta.EvaluateEtaVerb.Create();
    }
}
