using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.StandIn;
using MaritimeWatch.StandIn.Faults;
using MaritimeWatch.StandIn.Host;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>What a round came to.</summary>
/// <param name="Verdict">The judge's.</param>
/// <param name="Kills">Processes killed.</param>
/// <param name="Summary">The numbers, in words.</param>
internal sealed record RoundResult(Verdict Verdict, int Kills, string Summary);

/// <summary>
/// One round: several worker processes on one store behind a storage that fails, the week sent doubled and out of order,
/// workers killed and stopped; then the faults stop, the queues run dry, and the judge looks.
/// </summary>
internal sealed class ChaosRound(ChaosSettings settings, StoryTraffic traffic)
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(8);

    private readonly Random chance = new(settings.Seed);
    private readonly SentLog sent = new() { Pushed = [] };
    private readonly Reaper reaper = new(settings.Seed + 1, ChaosSettings.Moments);
    private readonly Stopwatch since = Stopwatch.StartNew();

    public async Task<RoundResult> RunAsync(CancellationToken cancel)
    {
        await using var azurite = await Azurite.StartAsync(cancel);
        await using var proxy = await FaultProxy.StartAsync(azurite.ConnectionString, new FaultSettings { Seed = settings.Seed + 2 });
        proxy.IsOn = false;
        var clock = new StoryClock(Path.Combine(traffic.Folder, $"clock-{settings.Seed}"));
        clock.Set(traffic.Sendings[0].At);
        var direct = await OpenAsync(azurite.ConnectionString, cancel);
        await ChaosStore.PrepareAsync(direct.Blobs, Vaults.ForTests, traffic.Folder, clock);
        var log = Path.Combine(traffic.Folder, $"workers-{settings.Seed}.log");
        await using var host = await StandInHost.StartAsync(HostSettings(azurite, proxy, clock, log), cancel);
        using var reaping = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        proxy.IsOn = true;
        var reap = reaper.RunAsync(host, settings.Processes, Visibility * 1.2, reaping.Token);

        // A while in which some may die; what keeps them from it ends the round.
        async Task WaitAsync(CancellationToken stop)
        {
            if ((reap.Exception?.GetBaseException() ?? host.Trouble) is { } trouble)
            {
                throw new InvalidOperationException("nobody can die any more", trouble);
            }

            await Task.Delay(20, stop);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(settings.KillsWithin);
        try
        {
            await SendAllAsync(await OpenAsync(proxy.ConnectionString, cancel), clock, WaitAsync, limit.Token);
            while (reaper.Kills < settings.Kills)
            {
                await WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"{reaper.Kills} of {settings.Kills} kills in {settings.KillsWithin}: {host.Ready.Count} of {settings.Processes} processes are ready after {host.Lives} lives, {reaper.Stalls} stalls, {host.Counts.Invoked} invocations ({host.Counts.Failed} failed); see {log}"));
        }

        var disturbed = since.Elapsed;
        reaper.IsOn = false;
        proxy.IsOn = false;
        await reaping.CancelAsync();
        await reap;
        KillTheDoomed(host);
        var settled = await SettleAsync(host, direct.Blobs, cancel);
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{reaper.Kills} kills in {disturbed.TotalSeconds:F0} s, {reaper.Stalls} stalls, {host.Counts.Invoked} invocations ({host.Counts.Failed} failed, {host.Counts.Doubled} doubled), {proxy.Requests} requests ({proxy.Faults} faults), {settled}; deaths: {reaper.Deaths}");
        await host.DisposeAsync();
        var verdict = await new ChaosJudge(direct.Blobs, Vaults.ForTests, sent).JudgeAsync(settings.Seed);
        return new RoundResult(verdict, reaper.Kills, string.Create(CultureInfo.InvariantCulture, $"{summary}; {since.Elapsed.TotalSeconds:F0} s in all"));
    }

    private static Task<AzureStore> OpenAsync(string connection, CancellationToken cancel) => AzureStore.OpenAsync(
        AzureStoreSettings.Read(name => name is "MW_BLOBS" or "MW_QUEUES" ? connection : null, null), TimeProvider.System, cancel);

    private StandInSettings HostSettings(Azurite azurite, FaultProxy proxy, StoryClock clock, string log) => new()
    {
        Queues = azurite.ConnectionString,
        Processes = settings.Processes,
        Start = (place, _) => new HandlerStart
        {
            Program = WorkerProgram.Path,
            LogFile = log,
            Environment = Environment(proxy, clock).Concat(reaper.NextLife(place)).ToDictionary(),
        },
        Heard = QueueNames.All,
        Batch = 4,
        NewBatchThreshold = 2,
        PerProcess = 6,
        Visibility = Visibility,
        FailedVisibility = TimeSpan.FromSeconds(1),
        FunctionTimeout = TimeSpan.FromSeconds(75), // A handler hands on what it has not done in 60 s.
        PollMin = TimeSpan.FromMilliseconds(50),
        PollMax = TimeSpan.FromMilliseconds(500),
        Timers = new Dictionary<string, TimeSpan> { ["ClockTimer"] = TimeSpan.FromSeconds(settings.HasTicks ? 6 : 3) },
        Whims = new DeliveryWhims(settings.Seed + 3, LateMax: TimeSpan.FromSeconds(2)),
        Done = sent.OnDone,
        Ended = reaper.OnEnded,
        Log = text => settings.Log("host: " + text),
    };

    private Dictionary<string, string> Environment(FaultProxy proxy, StoryClock clock) => new(
        settings.HasTicks ? [new KeyValuePair<string, string>("MW_CLOCK_FILE", clock.Path)] : [])
    {
        ["MW_STORE"] = "azure",
        ["MW_BLOBS"] = proxy.ConnectionString,
        ["MW_QUEUES"] = proxy.ConnectionString,
        ["MARITIMEWATCH_VAULT_KEY"] = Convert.ToBase64String(new byte[LocalVault.MasterKeyBytes]),
        ["MW_DOORS"] = "watch,plates,manifests,notices,alerts",
        ["MW_MODE"] = "prompt",
        ["MW_PLANT"] = settings.Plant ?? "",

        // A life is too short for code to be compiled a second time, better: 4 s (in hexadecimal milliseconds) pass before that.
        ["DOTNET_TC_CallCountingDelayMs"] = "FA0",
    };

    // As fast as the kills go on: every part of the week has its share of them.
    private async Task SendAllAsync(AzureStore store, StoryClock clock, Func<CancellationToken, Task> more, CancellationToken cancel)
    {
        var watch = await WatchStore.OpenOrCreateAsync(store.Blobs, Vaults.ForTests, null, simulated: true, clock, cancel);
        await using var doors = await StoryDoors.OpenAsync(watch, store.Queue, sent, clock);
        var sendings = traffic.Disturbed(chance);
        for (var index = 0; index < sendings.Count; index++)
        {
            while (index > 10 + (sendings.Count * (long)reaper.Kills / Math.Max(1, settings.Kills)))
            {
                await more(cancel);
            }

            var sending = sendings[index];
            if (sending.At > clock.GetUtcNow())
            {
                clock.Set(sending.At);
            }

            var isStream = settings.HasTicks && chance.Next(3) == 0 && sending.Address.StartsWith("/ais", StringComparison.Ordinal);
            await (isStream ? doors.StreamAsync(sending, cancel) : doors.SendAsync(sending, cancel));
        }
    }

    // Whoever still carries a moment at which to die would die after the faults have stopped.
    private void KillTheDoomed(StandInHost host)
    {
        for (var place = 0; place < settings.Processes; place++)
        {
            host.At(place)?.Kill();
        }
    }

    private async Task<string> SettleAsync(StandInHost host, IBlobStore store, CancellationToken cancel)
    {
        var began = Stopwatch.StartNew();
        var (sweeps, dead) = (0, 0);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(settings.SettlesWithin);
        try
        {
            for (var isStill = false; !isStill; sweeps++)
            {
                dead += await host.RedriveAsync(limit.Token);
                await host.DryAsync(settings.SettlesWithin, limit.Token);
                var before = await StandingAsync(store, limit.Token);
                var isSwept = await host.FireAsync("ClockTimer", limit.Token);
                await host.DryAsync(settings.SettlesWithin, limit.Token);
                isStill = isSwept && !settings.HasTicks && await host.RedriveAsync(limit.Token) == 0 && before == await StandingAsync(store, limit.Token);
                isStill |= isSwept && settings.HasTicks && sweeps > 4; // Each sweep brings a tick: it is never still.
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            var waiting = string.Join(", ", (await host.WaitingAsync(cancel)).Where(one => one.Value > 0));
            return $"NOT settled in {settings.SettlesWithin.TotalSeconds:F0} s: {waiting}";
        }

        return string.Create(CultureInfo.InvariantCulture, $"settled in {began.Elapsed.TotalSeconds:F0} s and {sweeps} sweeps, {dead} dead letters re-driven");
    }

    private static async Task<string> StandingAsync(IBlobStore store, CancellationToken cancel)
    {
        var all = new List<string>();
        foreach (var group in StageNames.AllGroups((await StoreFormat.OpenAsync(store, cancel)).Groups))
        {
            var checkpoint = await new CheckpointReader(store, group).ReadAsync(cancel);
            var last = await new Inbox(store, group, TimeProvider.System).LastNumberAsync(cancel);
            all.Add(string.Create(CultureInfo.InvariantCulture, $"{group} {checkpoint?.Generation} {checkpoint?.NextEntry} {last}"));
        }

        return string.Join('\n', all);
    }
}
