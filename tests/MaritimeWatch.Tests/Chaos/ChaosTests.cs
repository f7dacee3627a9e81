using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.StandIn;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>
/// The chaos run: MW_CHAOS_KILLS in rounds, with a log; <c>./mw chaos</c> asks for 1,000.
/// </summary>
[TestFixture]
[NonParallelizable]
internal sealed class ChaosTests
{
    private const int KillsInCi = 20;

    private const int KillsOfRound = 250;

    [Test]
    public async Task A_store_whose_workers_are_killed_stopped_and_failed_by_the_storage_says_what_an_undisturbed_fold_says()
    {
        if (Azurite.Missing() is { } missing)
        {
            Assert.Ignore(missing);
        }

        var kills = Number("MW_CHAOS_KILLS", KillsInCi);
        if (kills == 0)
        {
            Assert.Ignore("workers are killed by ./mw chaos (MW_CHAOS_KILLS)");
        }

        var seed = Number("MW_CHAOS_SEED", 20_261);
        var log = new ChaosLog(Environment.GetEnvironmentVariable("MW_CHAOS_LOG"));
        var folder = Directory.CreateTempSubdirectory("mw-chaos-").FullName;
        var since = Stopwatch.StartNew();
        var traffic = StoryTraffic.Simulate(folder, 7102, 4, 240);
        var (done, alerts) = (0, 0L);
        log.Say($"chaos: {kills} kills from seed {seed}; {traffic.Sendings.Count} sendings of SIMULATED data; workers' logs in {folder}");
        for (var round = 0; done < kills; round++)
        {
            var settings = new ChaosSettings
            {
                Seed = seed + (100 * round),
                Kills = Math.Min(KillsOfRound, kills - done),
                HasTicks = round % 2 == 1,
                Plant = Environment.GetEnvironmentVariable("MW_CHAOS_PLANT"),
                Log = text => log.Note(text),
            };
            var result = await new ChaosRound(settings, traffic).RunAsync(TestContext.CurrentContext.CancellationToken);
            done += result.Kills;
            alerts += result.Verdict.Alerts;
            log.Say(string.Create(
                CultureInfo.InvariantCulture, $"{done} of {kills} kills after {since.Elapsed.TotalSeconds:F0} s: round {round + 1} ({settings}): {result.Summary}; {result.Verdict}"));
            Assert.That(result.Verdict.Faults, Is.Empty, settings.ToString());
        }

        // What came too late is folded as late, so a disturbed week may have fewer alerts than a calm one.
        Assert.That(alerts, Is.GreaterThan(0), "weeks without an alert prove nothing of alerts");
        log.Say(string.Create(CultureInfo.InvariantCulture, $"chaos: {done} kills in {since.Elapsed.TotalSeconds:F0} s, every round right"));
        Directory.Delete(folder, recursive: true);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed class ChaosLog(string? path)
    {
        private readonly Lock gate = new();

        public void Say(string line)
        {
            TestContext.Progress.WriteLine(line);
            Note(line);
        }

        public void Note(string line)
        {
            lock (gate)
            {
                if (path is not null)
                {
                    File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss} {line}\n"));
                }
            }
        }
    }
}
