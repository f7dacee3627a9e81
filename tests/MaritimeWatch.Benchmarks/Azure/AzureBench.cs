using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Reference;
using MaritimeWatch.StandIn;
using MaritimeWatch.StandIn.Host;
using MaritimeWatch.StandIn.Load;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Benchmarks.Azure;

/// <summary>
/// A store on Azurite with worker processes that the stand-in host delivers to, and a process with the doors alone: what is
/// measured is measured on all of them.
/// </summary>
internal sealed class AzureBench : IAsyncDisposable
{
    /// <summary>What the door asks of who comes over HTTP.</summary>
    public const string ApiKey = "a key of the benchmark alone";

    private static readonly string[] DoorMetrics = ["_intake_", "_load_", "_queue_", "_landed_", "_shed_"];
    private static readonly string Key = Convert.ToBase64String(new byte[LocalVault.MasterKeyBytes]);

    private readonly Azurite azurite;
    private readonly DirectoryInfo folder;
    private readonly HandlerProcess door;
    private readonly int workers;
    private bool isEnded;

    private AzureBench(Azurite azurite, DirectoryInfo folder, AzureStore store, StandInHost host, HandlerProcess door, int doorPort, int workers)
    {
        (this.azurite, this.folder, Store, Host, this.door, DoorPort, this.workers) = (azurite, folder, store, host, door, doorPort, workers);
    }

    public AzureStore Store { get; }

    public StandInHost Host { get; }

    /// <summary>Where the door takes lines over TCP.</summary>
    public int DoorPort { get; }

    public Uri DoorAddress => door.Address;

    /// <summary>Starts it all over a new store.</summary>
    /// <param name="mode">prompt or thrift.</param>
    /// <param name="groups">Of the store.</param>
    /// <param name="workers">Worker processes.</param>
    /// <param name="clock">How often the clock's function is called.</param>
    public static async Task<AzureBench> StartAsync(string mode, int groups, int workers, TimeSpan clock)
    {
        var azurite = await Azurite.StartAsync();
        var folder = Directory.CreateTempSubdirectory("mw-azure-");
        var store = await AzureStore.OpenAsync(
            AzureStoreSettings.Read(name => name is "MW_BLOBS" or "MW_QUEUES" ? azurite.ConnectionString : null, null), TimeProvider.System);
        var format = await StoreFormat.OpenOrCreateAsync(store.Blobs, TimeProvider.System.GetUtcNow(), groups: groups, simulated: true);
        await WatchStore.OpenOrCreateAsync(store.Blobs, new LocalVault(new byte[LocalVault.MasterKeyBytes], RandomNumberGenerator.GetBytes), null, simulated: true, TimeProvider.System, default);
        await ReferenceEntries.AddAsync(store.Blobs, format, ReferenceKinds.Zones, AlertLoad.Zones, TimeProvider.System, default);
        var doorPort = FreePort();
        var host = await StandInHost.StartAsync(new StandInSettings
        {
            Queues = azurite.ConnectionString,
            Processes = workers,
            Start = (place, _) => Start(azurite, folder, mode, $"worker-{place}", "watch,manifests,notices,alerts,upkeep", null),
            // As the deployment sets maxPollingInterval (infra/README.md).
            PollMax = mode == "thrift" ? TimeSpan.FromSeconds(60) : TimeSpan.FromMilliseconds(500),
            Heard = [QueueNames.Ais, QueueNames.Wake, QueueNames.Manifests, QueueNames.AlertDelivery],
            Timers = new Dictionary<string, TimeSpan> { ["ClockTimer"] = clock },
            Log = line => Console.Error.WriteLine("host: " + line),
        });
        var door = HandlerProcess.Start(Start(azurite, folder, mode, "door", "ais,tcp,notices", doorPort));
        return await door.ReadyAsync(TimeSpan.FromSeconds(30), default)
            ? new AzureBench(azurite, folder, store, host, door, doorPort, workers)
            : throw new InvalidOperationException($"the door does not start: {await File.ReadAllTextAsync(Path.Combine(folder.FullName, "door.log"))}");
    }

    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, DoorPort);
        return client;
    }

    /// <summary>CPU time of the storage so far.</summary>
    public TimeSpan AzuriteCpu => azurite.Cpu;

    /// <summary>CPU time of each worker so far.</summary>
    public IReadOnlyList<TimeSpan> WorkerCpu() => [.. Enumerable.Range(0, workers).Select(place => Host.At(place)!.Cpu)];

    /// <summary>Reports that the watch has committed.</summary>
    public async Task<long> CommittedAsync()
    {
        var format = await StoreFormat.OpenAsync(Store.Blobs);
        var total = 0L;
        for (var group = 0; group < format.Groups; group++)
        {
            var reader = new CheckpointReader(Store.Blobs, new GroupName(StageNames.Watch, group));
            if (await reader.ReadAsync() is not { } checkpoint)
            {
                continue;
            }

            SegmentName? last = null;
            await foreach (var segment in reader.SegmentsAsync(checkpoint))
            {
                last = segment.Collection == "counts" ? segment : last;
            }

            if (last is not null)
            {
                var lines = (await SegmentReader.ReadAsync(Store.Blobs, last)).ToArray().AsSpan().TrimEnd((byte)'\n');
                using var json = JsonDocument.Parse(lines[(lines.LastIndexOf((byte)'\n') + 1)..].ToArray());
                total += json.RootElement.GetProperty("reports").GetInt64();
            }
        }

        return total;
    }

    /// <summary>Waits until so many reports are committed.</summary>
    /// <exception cref="TimeoutException">They are not; it says where what is missing stands.</exception>
    public async Task CommittedAsync(long reports, TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        for (long committed; (committed = await CommittedAsync()) < reports; await Task.Delay(500))
        {
            if (watch.Elapsed > within || Host.Trouble is not null)
            {
                var where = await WhereAsync();
                throw new TimeoutException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{committed} of {reports} reports are committed after {watch.Elapsed.TotalSeconds:F0} s; {Host.Trouble?.Message ?? "the host runs"}; {where}; logs in {folder.FullName}"));
            }
        }
    }

    /// <summary>Where what is not committed may stand: queues, dead letters, what the host and the door have counted.</summary>
    private async Task<string> WhereAsync()
    {
        var waiting = (await Host.WaitingAsync()).Select(queue => $"{queue.Key} {queue.Value}");
        using var client = new HttpClient { BaseAddress = door.Address };
        var metrics = (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .Where(line => line.StartsWith("maritimewatch_", StringComparison.Ordinal) && DoorMetrics.Any(name => line.Contains(name, StringComparison.Ordinal)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"waiting: {string.Join(", ", waiting)}; host: {Host.Counts.Invoked} invoked, {Host.Counts.Failed} failed, {Host.Counts.Poisoned} poisoned, {Host.Counts.TimedOut} timed out, {Host.Counts.Deaths} deaths; door: {string.Join(", ", metrics)}");
    }

    /// <summary>Lets a worker gather and learn from what is committed, as it does once a day.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task LearnAsync()
    {
        if (!await Host.FireAsync("LearnTimer"))
        {
            throw new InvalidOperationException($"the learning failed; see {folder.FullName}");
        }
    }

    /// <summary>Ends the processes cleanly, so that each says what it asked of the storage; gives it by process and kind.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>> EndAsync()
    {
        isEnded = true;
        await door.EndAsync();
        await Host.DisposeAsync();
        var counts = new SortedDictionary<string, IReadOnlyDictionary<string, long>>(StringComparer.Ordinal);
        foreach (var file in folder.EnumerateFiles("*.operations.json"))
        {
            counts[file.Name.Split('.')[0]] = JsonSerializer.Deserialize<SortedDictionary<string, long>>(await File.ReadAllBytesAsync(file.FullName))!;
        }

        counts["host"] = Host.Operations.Snapshot();
        return counts.Count == workers + 2
            ? counts
            : throw new InvalidOperationException($"a process did not end cleanly; see {folder.FullName}");
    }

    /// <summary>Records that each worker has folded and committed, by place; after <see cref="EndAsync"/>.</summary>
    public IReadOnlyList<long> Folded() => [.. Enumerable.Range(0, workers).Select(place =>
        long.Parse(File.ReadAllText(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"worker-{place}.folded"))), CultureInfo.InvariantCulture))];

    public async ValueTask DisposeAsync()
    {
        if (!isEnded)
        {
            await Host.DisposeAsync();
        }

        await door.DisposeAsync();
        await azurite.DisposeAsync();
    }

    private static HandlerStart Start(Azurite azurite, DirectoryInfo folder, string mode, string name, string doors, int? tcpPort)
    {
        var environment = new Dictionary<string, string>
        {
            ["MW_STORE"] = "azure",
            ["MW_BLOBS"] = azurite.ConnectionString,
            ["MW_QUEUES"] = azurite.ConnectionString,
            ["MARITIMEWATCH_VAULT_KEY"] = Key,
            ["MW_MODE"] = mode,
            ["MW_DOORS"] = doors,
            ["MW_API_KEY"] = ApiKey,
            ["MW_OPERATIONS_FILE"] = Path.Combine(folder.FullName, name + ".operations.json"),
            ["MW_FOLDED_FILE"] = Path.Combine(folder.FullName, name + ".folded"),
        };
        if (tcpPort is { } port)
        {
            environment["MW_TCP_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"{port},name=bench");
        }

        return new HandlerStart { Program = WorkerProgram.Path, LogFile = Path.Combine(folder.FullName, name + ".log"), Environment = environment };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
