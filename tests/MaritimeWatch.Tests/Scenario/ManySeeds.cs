using System.Globalization;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>
/// Makes scenarios of several seeds, has each replayed, and adds up the scores. Who replays is passed in, so that the
/// scorer knows nothing of the pipeline that it judges.
/// </summary>
internal static class ManySeeds
{
    /// <summary>Seeds kept for judging: nobody develops on them.</summary>
    public static IReadOnlyList<ulong> Unseen { get; } = [.. Enumerable.Range(71_001, 20).Select(seed => (ulong)seed)];

    /// <summary>Three days at the usual density of traffic: every part is played, and a seed takes a few seconds.</summary>
    public static ScenarioOptions Small(ulong seed) => new() { Seed = seed, Days = Days, Vessels = 300 };

    private static double Days =>
        double.Parse(Environment.GetEnvironmentVariable("MW_DAYS") ?? "3", CultureInfo.InvariantCulture);

    /// <summary>Scores all seeds together, as many at a time as there are cores: the sum is made in their order.</summary>
    /// <param name="seeds">Seeds; each is printed with its score.</param>
    /// <param name="findingsOf">Replays the scenario in a folder and gives its findings as GeoJSON lines.</param>
    /// <param name="log">Takes what happened.</param>
    public static TruthScore Score(IEnumerable<ulong> seeds, Func<string, IEnumerable<string>> findingsOf, TextWriter log)
    {
        var total = TruthScore.Empty();
        foreach (var (seed, score) in seeds.AsParallel().AsOrdered().Select(seed => (seed, ScoreOf(seed, findingsOf))))
        {
            log.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"seed {seed}: recall {score.Recall:F3}, precision {score.Precision:F3}, look-alikes {score.LawfulAlarms}"));
            foreach (var miss in score.Misses)
            {
                log.WriteLine("    " + miss);
            }

            total.Add(score);
        }

        total.Print(log);
        return total;
    }

    private static TruthScore ScoreOf(ulong seed, Func<string, IEnumerable<string>> findingsOf)
    {
        var folder = Directory.CreateTempSubdirectory("scenario-").FullName;
        try
        {
            var options = Small(seed);
            var simulated = ScenarioFolder.Write(folder, options);
            var score = TruthScore.Compute(TruthLine.ReadFile(Path.Combine(folder, "truth.json")), findingsOf(folder));
            score.VesselDays = simulated.Vessels * options.Days;
            return score;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
