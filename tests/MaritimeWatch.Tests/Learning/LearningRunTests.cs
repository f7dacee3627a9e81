using MaritimeWatch.Functions.Learning;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Tests.Reference.Lanes;

namespace MaritimeWatch.Tests.Learning;

/// <summary>What the timer does: gathers, learns, and puts in force.</summary>
internal sealed class LearningRunTests
{
    private static readonly string[] Places = [ReferenceKinds.Anchorages, ReferenceKinds.Berths];

    [Test]
    public async Task Lanes_and_berths_are_in_force_in_every_group_and_are_what_all_lines_at_once_give()
    {
        var world = await LearningWorld.OpenAsync();
        await world.SailAsync(Sailings.Many(24));
        var report = await world.RunAsync();
        Assert.Multiple(async () =>
        {
            Assert.That((report.Outcome, report.Voyages, report.CommitsBehind), Is.EqualTo((LearningOutcome.Learned, 24, 0)));
            Assert.That(report.Packs, Is.GreaterThan(4), "small packs, so that several make the whole");
            Assert.That(await world.ToldAsync(), Is.EqualTo(new[] { 1, 1, 1, 1 }));
            Assert.That(LaneFile.Read(await world.LanesAsync()).All.Select(lane => $"{lane.From}-{lane.To} {lane.Voyages}"), Does.Contain("SEGOT-NLRTM 24"));
            Assert.That((await world.LanesAsync()).ToArray(), Is.EqualTo((await world.AllAtOnceAsync()).ToArray()));
            var berths = await world.VersionAsync(ReferenceKinds.Berths);
            Assert.That(berths, Is.GreaterThan(0));
            Assert.That(await world.ToldAsync(ReferenceKinds.Berths), Is.All.EqualTo(berths));
        });
    }

    [Test]
    public async Task A_second_run_makes_no_new_version_and_reads_no_output_again()
    {
        var world = await LearningWorld.OpenAsync();
        await world.SailAsync(Sailings.Many(24));
        var first = await world.RunAsync();
        var lanes = await world.VersionAsync();
        var places = await VersionsAsync(world);
        var second = await world.RunAsync();
        await TestContext.Out.WriteLineAsync($"first {first.Requests} requests, {first.CommitsGathered} commits; second {second.Requests} requests, {second.CommitsGathered} commits");
        Assert.That((second.Outcome, second.CommitsGathered, second.Voyages), Is.EqualTo((LearningOutcome.Same, 0, 24)));
        Assert.That((await world.VersionAsync(), await VersionsAsync(world)), Is.EqualTo((lanes, places)));

        await world.SailAsync(Sailings.Many(4, first: 100, seed: 2));
        var third = await world.RunAsync();
        Assert.That((third.Outcome, third.Voyages), Is.EqualTo((LearningOutcome.Learned, 28)));
        Assert.That(third.CommitsGathered, Is.LessThan(first.CommitsGathered / 2), "only what is new is gathered");
        Assert.That(await world.ToldAsync(), Is.All.EqualTo(lanes + 1));
    }

    [Test]
    public async Task Runs_that_their_bounds_cut_short_come_to_the_same_in_the_end()
    {
        var world = await LearningWorld.OpenAsync();
        await world.SailAsync(Sailings.Many(24));
        var (runs, last) = (0, long.MaxValue);
        LearningReport report;
        do
        {
            report = await world.RunAsync(LearningWorld.Bounds with { RequestsMax = 30 });
            Assert.That(report.CommitsBehind, Is.LessThan(last), "each run gets on");
            Assert.That(report.Requests, Is.LessThan(300), "what is left is learning, not gathering");
            last = report.CommitsBehind == 0 ? long.MaxValue : report.CommitsBehind;
            runs++;
        }
        while (report.CommitsBehind > 0);
        Assert.That(runs, Is.GreaterThan(2));
        Assert.That(LaneFile.Read(await world.LanesAsync()).LearnedAtMs, Is.EqualTo(LaneFile.Read(await world.AllAtOnceAsync()).LearnedAtMs));
        Assert.That(LaneFile.Read(await world.LanesAsync()).All.Select(lane => lane.Voyages), Is.EqualTo(LaneFile.Read(await world.AllAtOnceAsync()).All.Select(lane => lane.Voyages)));
    }

    [Test]
    public async Task When_its_time_is_over_it_gives_up_keeps_what_it_gathered_and_leaves_what_is_in_force()
    {
        var time = new Intake.Doors.FakeTime();
        var slow = new InterruptedStore(new MaritimeWatch.Log.MemoryStore());
        var world = await LearningWorld.OpenAsync(slow, time);
        await world.SailAsync(Sailings.Many(24));
        await world.RunAsync();
        await world.SailAsync(Sailings.Many(4, first: 100, seed: 2));
        slow.Arm(15, () =>
        {
            time.Advance(LearningWorld.Bounds.WorkFor);
            return Task.CompletedTask;
        });
        var report = await world.RunAsync();
        Assert.That(report.Outcome, Is.EqualTo(LearningOutcome.GivenUp));
        Assert.That((await world.VersionAsync(), await world.ToldAsync()), Is.EqualTo((1, new[] { 1, 1, 1, 1 })));
        Assert.That((await world.RunAsync()).Voyages, Is.EqualTo(28));
        Assert.That(LearningBounds.Hosted.WorkFor, Is.LessThan(FunctionTimeout()), "the host kills the process of a function that overruns");
    }

    [Test]
    public async Task What_was_learned_stands_for_a_while_in_which_runs_only_gather()
    {
        var time = new Intake.Doors.FakeTime();
        var world = await LearningWorld.OpenAsync(time: time);
        var bounds = LearningWorld.Bounds with { LearnEvery = LearningBounds.Hosted.LearnEvery };
        await world.SailAsync(Sailings.Many(12));
        Assert.That((await world.RunAsync(bounds)).Outcome, Is.EqualTo(LearningOutcome.Learned));
        await world.SailAsync(Sailings.Many(4, first: 60, seed: 2));
        time.Advance(TimeSpan.FromHours(19));
        var early = await world.RunAsync(bounds);
        Assert.That((early.Outcome, early.CommitsBehind, await world.VersionAsync()), Is.EqualTo((LearningOutcome.Gathered, 0, 1)));
        Assert.That(early.CommitsGathered, Is.GreaterThan(0));
        time.Advance(TimeSpan.FromHours(1));
        var due = await world.RunAsync(bounds);
        Assert.That((due.Outcome, due.CommitsGathered, await world.VersionAsync()), Is.EqualTo((LearningOutcome.Learned, 0, 2)));
    }

    [Test]
    public async Task Whoever_calls_and_goes_leaves_what_is_in_force()
    {
        var world = await LearningWorld.OpenAsync();
        await world.SailAsync(Sailings.Many(24));
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        Assert.That(async () => await world.RunAsync(cancel: gone.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await world.VersionAsync(), Is.Zero);
    }

    [Test]
    public async Task What_has_not_settled_is_not_learned_from()
    {
        var world = await LearningWorld.OpenAsync();
        var voyages = Sailings.Many(12);
        await world.SailAsync(voyages, hoursAfter: 5);
        Assert.That((await world.RunAsync()).Voyages, Is.EqualTo(voyages.Count(voyage => voyage.ArriveAtMs <= voyages.Max(one => one.ArriveAtMs) - LearningWorld.Hour)));

        // Other groups being hours ahead says nothing of a group that stands still.
        var last = voyages.MaxBy(voyage => voyage.ArriveAtMs)!;
        var own = int.Parse(last.Subject.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture) % 4;
        foreach (var group in Enumerable.Range(0, 4).Where(group => group != own))
        {
            await world.HearAsync(group, last.ArriveAtMs + (48 * LearningWorld.Hour));
        }

        await world.FoldAsync();
        await world.RunAsync();
        Assert.That(LaneFile.Read(await world.LanesAsync()).LearnedAtMs, Is.LessThan(last.ArriveAtMs));
        await world.HearAsync(own, last.ArriveAtMs + (6 * LearningWorld.Hour));
        await world.FoldAsync();
        Assert.That((await world.RunAsync()).Voyages, Is.EqualTo(12));
        Assert.That(LaneFile.Read(await world.LanesAsync()).LearnedAtMs, Is.EqualTo(last.ArriveAtMs));
    }

    [Test]
    public async Task What_is_older_than_any_voyage_counts_is_forgotten_and_its_packs_go()
    {
        var world = await LearningWorld.OpenAsync();
        await world.SailAsync(Sailings.Many(8));
        await world.RunAsync();
        var before = await BlobsAsync(world);
        await world.SailAsync(Sailings.Many(8, first: 4 * 600, seed: 2)); // Six hundred days later.
        var report = await world.RunAsync();
        Assert.That((report.Voyages, (await BlobsAsync(world)).Intersect(before).Count()), Is.EqualTo((8, 1)), "of the old there is only the mark of the day");
        Assert.That((await world.RunAsync()).CommitsGathered, Is.Zero, "what is gone is not gathered again");
    }

    [Test]
    public async Task However_often_it_gathers_few_packs_are_read_and_nothing_is_lost()
    {
        var world = await LearningWorld.OpenAsync();
        var most = 0;
        for (var day = 0; day < 40; day++)
        {
            await world.SailAsync(Sailings.Many(1, first: day * 4, seed: day));
            most = Math.Max(most, (await world.RunAsync()).Packs);
        }

        var last = await world.RunAsync();
        await TestContext.Out.WriteLineAsync($"40 runs, at most {most} packs, {(await BlobsAsync(world)).Count} blobs in the end");
        Assert.That(most, Is.LessThanOrEqualTo(4 * PackMerge.RunMin));
        Assert.That((last.Voyages, (await BlobsAsync(world)).Count), Is.EqualTo((40, last.Packs + 1)), "what was merged is deleted; and the mark");
        Assert.That(LaneFile.Read(await world.LanesAsync()).All.Select(lane => lane.Voyages), Is.EqualTo(LaneFile.Read(await world.AllAtOnceAsync()).All.Select(lane => lane.Voyages)));
    }

    [Test]
    public async Task The_bound_of_bytes_leaves_out_the_oldest()
    {
        var world = await LearningWorld.OpenAsync();
        await world.SailAsync(Sailings.Many(24));
        var all = await world.RunAsync();
        await world.SailAsync(Sailings.Many(4, first: 100, seed: 2));
        var some = await world.RunAsync(LearningWorld.Bounds with { LearnBytesMax = 20_000 });
        await TestContext.Out.WriteLineAsync($"{all.Voyages} voyages of {all.Packs} packs; under the bound {some.Voyages} of {some.Packs}, {some.PacksLeftOut} left out");
        Assert.That(some.PacksLeftOut, Is.GreaterThan(0));
        Assert.That(some.Voyages, Is.InRange(4, 27));
        Assert.That(LaneFile.Read(await world.LanesAsync()).LearnedAtMs, Is.EqualTo(Sailings.Many(4, first: 100, seed: 2).Max(voyage => voyage.ArriveAtMs)), "the newest are in");
    }

    [Test]
    public async Task Lanes_of_an_earlier_hour_never_take_the_place_of_later_ones()
    {
        var world = await LearningWorld.OpenAsync();
        await world.SailAsync(Sailings.Many(12));
        var later = LaneFile.Write(LaneLearning.Learn(Sailings.Many(12, first: 40)));
        await ReferenceEntries.AddAsync(world.Store, world.Watch.Format, ReferenceKinds.Lanes, later, world.Time, default);
        await world.RunAsync();
        Assert.That((await world.VersionAsync(), (await world.LanesAsync()).ToArray()), Is.EqualTo((1, later.ToArray())));
    }

    [Test]
    public async Task An_empty_store_teaches_nothing()
    {
        var world = await LearningWorld.OpenAsync();
        var report = await world.RunAsync();
        Assert.That((report.Outcome, report.Lanes, await world.VersionAsync()), Is.EqualTo((LearningOutcome.Gathered, 0, 0)));
        await TestContext.Out.WriteLineAsync($"{report.Requests} requests");
    }

    internal static async Task<string> VersionsAsync(LearningWorld world)
    {
        var versions = new List<int>();
        foreach (var kind in Places)
        {
            versions.Add(await world.VersionAsync(kind));
        }

        return string.Join(' ', versions);
    }

    private static async Task<List<string>> BlobsAsync(LearningWorld world)
    {
        List<string> names = [];
        await foreach (var entry in world.Store.ListAsync("learning/", default))
        {
            names.Add(entry.Name);
        }

        return names;
    }

    private static TimeSpan FunctionTimeout()
    {
        var host = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(NodeTools.Root(), "host.json")));
        return TimeSpan.Parse(host.RootElement.GetProperty("functionTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
