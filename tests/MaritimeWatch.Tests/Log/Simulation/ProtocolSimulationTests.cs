using System.Globalization;

namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>
/// Plays the protocol of landing, inbox, worker, reader and collector through many seeded schedules of failures, delays,
/// repeated and late writes, deaths and stalls. <c>MW_CHAOS_SCHEDULES</c> says how many (default 1,000),
/// <c>MW_CHAOS_SEED</c> plays a single one again.
/// </summary>
[TestFixture]
internal sealed class ProtocolSimulationTests
{
    private static int Schedules => Number("MW_CHAOS_SCHEDULES") ?? 1_000;

    // A chain takes longer to come to rest.
    private static int ChainSchedules => Number("MW_CHAOS_SCHEDULES") ?? 200;

    [Test]
    public void Every_schedule_keeps_every_promise()
    {
        List<string> failures = [];
        long commits = 0, deletions = 0, deaths = 0, steps = 0;
        var seeds = Number("MW_CHAOS_SEED") is { } one ? [one] : Enumerable.Range(1, Schedules).ToArray();
        foreach (var seed in seeds)
        {
            var (run, violation) = SimRun.Play(seed);
            (commits, deletions, deaths) = (commits + run.Commits, deletions + run.Deletions, deaths + run.Deaths);
            steps += run.Steps;
            if (violation is not null)
            {
                failures.Add($"MW_CHAOS_SEED={seed}: {violation}");
            }
        }

        TestContext.Out.WriteLine($"{seeds.Length} schedules: {steps} steps, {commits} commits, {deletions} deletions, {deaths} deaths");
        Assert.That(failures, Is.Empty, string.Join('\n', failures.Take(20)));
        Assert.That(seeds.Length == 1 || (commits > seeds.Length && deletions > seeds.Length && deaths > seeds.Length), Is.True,
            "the weather must be bad enough to show anything");
    }

    [TestCase(Mutant.CheckpointPutWithoutIfMatch)]
    [TestCase(Mutant.AppendWithoutIfAbsent)]
    [TestCase(Mutant.CollectorTakesPresentGeneration)]
    [TestCase(Mutant.FoldForgetsSeenBatches)]
    [TestCase(Mutant.ReaderListsSegments)]
    public void A_planted_bug_is_found(Mutant mutant)
    {
        for (var seed = 1; seed <= Schedules; seed++)
        {
            if (SimRun.Play(seed, mutant).Violation is { } violation)
            {
                TestContext.Out.WriteLine($"{mutant}: found by seed {seed}: {violation}");
                return;
            }
        }

        Assert.Fail($"{mutant} was not found in {Schedules} schedules");
    }

    [Test]
    public void Every_line_of_a_stage_gets_to_the_next_and_is_folded_once()
    {
        List<string> failures = [];
        long repeated = 0, deaths = 0, steps = 0;
        var seeds = Number("MW_CHAOS_SEED") is { } one ? [one] : Enumerable.Range(1, ChainSchedules).ToArray();
        foreach (var seed in seeds)
        {
            var (run, violation) = ChainRun.Play(seed);
            (repeated, deaths, steps) = (repeated + run.Repeated, deaths + run.Deaths, steps + run.Steps);
            if (violation is not null)
            {
                failures.Add($"MW_CHAOS_SEED={seed}: {violation}");
            }
        }

        TestContext.Out.WriteLine($"{seeds.Length} schedules: {steps} steps, {deaths} deaths, {repeated} entries appended again");
        Assert.That(failures, Is.Empty, string.Join('\n', failures.Take(20)));
        Assert.That(seeds.Length == 1 || (repeated > seeds.Length && deaths > seeds.Length), Is.True, "the weather must be bad enough");
    }

    [TestCase(Mutant.PlanPutWithoutIfMatch)]
    [TestCase(Mutant.FoldForgetsNews)]
    public void A_planted_bug_of_the_relay_is_found(Mutant mutant)
    {
        for (var seed = 1; seed <= ChainSchedules; seed++)
        {
            if (ChainRun.Play(seed, mutant).Violation is { } violation)
            {
                TestContext.Out.WriteLine($"{mutant}: found by seed {seed}: {violation}");
                return;
            }
        }

        Assert.Fail($"{mutant} was not found in {ChainSchedules} schedules");
    }

    [Test]
    public void A_seed_plays_the_same_schedule_again()
    {
        var (first, _) = SimRun.Play(4711);
        var (second, _) = SimRun.Play(4711);
        Assert.That(
            (second.Steps, second.Commits, second.Deletions, second.Deaths),
            Is.EqualTo((first.Steps, first.Commits, first.Deletions, first.Deaths)));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
