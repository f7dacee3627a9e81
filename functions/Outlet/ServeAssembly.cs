using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Learning;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Pages;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Puts a host together from its options; nothing runs yet.</summary>
internal static class ServeAssembly
{
    // Streams of alerts are at most 500; the rest are short requests. More are closed at once, so memory stays bounded.
    private const int ConnectionsMax = 2_000;

    public static async Task<ServeHost> BuildAsync(ServeOptions options, ServeParts parts, CancellationToken cancel)
    {
        var time = parts.Time;
        if (parts.Azure is not null || (parts.Store is null && OpenedStore.IsAzure(options.Store)))
        {
            return await ServeHosted.BuildAsync(options, parts, cancel);
        }

        var store = parts.Store ?? DirectoryStore.Open(options.Store);
        var watch = await WatchStore.OpenOrCreateAsync(
            store, parts.Vault ?? WatchStore.VaultOf(options.Store), options.Profiles, simulated: false, time, cancel);
        var format = watch.Format;

#pragma warning disable CA2000 // The host that they are handed to disposes of them.
        // A store may hold sets of a replay that was cut off: the same worker ends them.
        var records = new LandedRecords(store, format.Map(), Path.GetTempPath(), verifies: true);
        var app = NewApp(options, parts);
        var logs = app.Services.GetRequiredService<ILoggerFactory>();

        var board = new SourceBoard(time);
        var depth = new QueueDepth(parts.Pipeline.WaitingMax);
        var queue = new BlobQueue(store, LivePipeline.QueueName, time);
        await foreach (var waiting in store.ListAsync($"queue/{LivePipeline.QueueName}/", cancel))
        {
            depth.Add(+1);
        }

        var load = new LoadGauge(depth, new LoadLimits(), time);
        var intake = new DurableIntake(new Landing(store), queue, depth, time, logs.CreateLogger<DurableIntake>()) { Load = load };
        var model = new ReadModel(store, time);
        var follower = new ReadModelFollower(store, model, time, new FollowerOptions { Poll = options.Mode.PollEvery });
        var alerts = await ServeAlerts.OpenAsync(options, watch, time, cancel);
        var forecasts = new ForecastDesk(store, format.Groups);
        var stages = new StagePipeline(
            store, StagePlans.Of(watch), StageDoors.DecodersOf(watch, time), options.Mode, time,
            logs.CreateLogger<StagePipeline>())
        {
            Committed = (_, _) =>
            {
                follower.Wake();
                alerts.Board.Wake();
            },
        };
        var pipeline = options.Has("watch")
            ? new LivePipeline(
                new LivePipelineParts
                {
                    Store = store,
                    Format = format,
                    Queue = queue,
                    Depth = depth,
                    Board = board,
                    NewFold = parts.NewFold ?? (group => watch.Fold(group, records)),
                    Time = time,
                    Log = logs.CreateLogger<LivePipeline>(),
                    WantsTicks = () => board.AnyLiveHeard,
                    Ticked = at => stages.TickAsync(at, CancellationToken.None),
                    Committed = (group, _) =>
                    {
                        stages.OnCommitted(group);
                        follower.Wake();
                    },
                    Stopped = intake.Stop,
                    Timed = parts.Timed,
                },
                parts.Pipeline with { Mode = options.Mode })
            : null;

        var operations = new Operating(watch, options, parts.Azure, intake, load, depth, board, time)
        {
            IsAnyGroupInTrouble = () => pipeline?.Troubles.Count > 0 || stages.Troubles.Count > 0,
        };
        operations.UseProbes(app);
        var pushes = await ServePushes.OpenAsync(
            parts, watch, null, ServePushes.Embedded(queue, depth, stages), logs, cancel);
#pragma warning restore CA2000
        stages.Committed += pushes.OnCommitted;
        TriggerRoutes.Use(
            app,
            DoorFunctions.Only(
                SceneArrival.AddTo(
                    ServeTriggers.Of(intake, pipeline, stages, alerts, pushes, forecasts, watch, time, logs), store, stages.QueueAsync, logs.CreateLogger<SceneArrival>()),
                options.Doors),
            options.IsHosted ? CustomHandler.PortFromEnvironment() : null, logs.CreateLogger<TriggerRoutes>());
        alerts.Use(app);
        operations.Map(app);
        if (options.Has("ais"))
        {
            new AisDoor(intake, board, time, options.BodyBytesMax).Map(app);
        }

        MapDoors(app, options, watch, stages.QueueAsync, time);
        if (options.Has("forecasts"))
        {
            ForecastRoutes.Map(app, forecasts, ForecastReader.Refuse);
        }

        Task OnActed(long number)
        {
            stages.OnAppended(StageNames.Alerts, number);
            return Task.CompletedTask;
        }

        MapAlerts(app, options, alerts, model, OnActed);
        pushes.MapLetters(app, options);
        MapFeeds(
            app, options, model, format, board, alerts, time,
            () => follower.Trouble ?? (pipeline?.Troubles ?? []).Concat(stages.Troubles).FirstOrDefault());
        var doorParts = new SocketDoorParts(
            intake, board, new SocketDoorSettings { Cutting = options.Mode.Cutting, SilentAfter = options.SilentAfter },
            options.Allow, time, parts.Chance, logs.CreateLogger("MaritimeWatch.Doors"));
        return ServeHost.Of(new HostParts
        {
            App = app,
            Sources = board,
            Pipeline = pipeline,
            Stages = options.Has("watch") ? stages : null,
            Follower = options.Has("feeds") ? follower : null,
            Board = options.Has("alerts") || options.Has("feeds") ? alerts.Board : null,
            Sockets = Sockets(options, doorParts),
            Timers = options.Has("watch") && !options.IsHosted
                ? [.. Timers(watch, forecasts, stages, board, time, logs), pushes.Looking(queue, depth, stages, time, logs.CreateLogger<TimerLoop>())]
                : [],
            Loops = options.Has("watch") ? pushes.Loops : [],
            Owned = [follower, alerts, forecasts, records, operations, pushes],
            Log = logs.CreateLogger<ServeHost>(),
        });
    }

    private static List<TimerLoop> Timers(
        WatchStore watch, ForecastDesk forecasts, StagePipeline stages, SourceBoard board, TimeProvider time, ILoggerFactory logs) =>
    [
        SceneTimer(StageDoors.RoundsOf(watch, time), stages, time, logs.CreateLogger<TimerLoop>()),
        // A store of recordings must not be forecast by our clock.
        new TimerLoop(
            "the forecasts", TimeSpan.FromHours(1),
            (now, cancel) => board.AnyLiveHeard ? forecasts.IssueDueAsync(now, cancel) : Task.CompletedTask, time, logs.CreateLogger<TimerLoop>()),
        // At the end of a replay all was learned: again where live receivers have been heard since.
        new TimerLoop(
            "the learning", TimeSpan.FromHours(1), // Most hours it only gathers.
            async (_, cancel) =>
            {
                if (board.AnyLiveHeard)
                {
                    await new LearningRun(watch, LearningBounds.Embedded, time, logs.CreateLogger<LearningRun>()).RunAsync(cancel);
                }
            },
            time, logs.CreateLogger<TimerLoop>()),
        new TimerLoop(
            "the purge", TimeSpan.FromHours(6),
            async (now, cancel) => await new Purge(watch.Blobs, watch.Keys).RunAsync(now, new Retention(), cancel), time, logs.CreateLogger<TimerLoop>()),
    ];

    private static TimerLoop SceneTimer(SceneRounds rounds, StagePipeline stages, TimeProvider time, ILogger log) => new(
        "the scenes' checks", SceneRounds.Every,
        async (_, cancel) =>
        {
            foreach (var number in await rounds.RunAsync(cancel))
            {
                stages.OnAppended(StageNames.Scenes, number);
            }
        },
        time, log);

    /// <summary>Opens the doors for what other stages than the watch take.</summary>
    /// <param name="app">The web.</param>
    /// <param name="options">Which doors.</param>
    /// <param name="watch">The store.</param>
    /// <param name="queue">Takes the note of what was landed; durable when it returns.</param>
    /// <param name="time">The clock.</param>
    public static void MapDoors(
        WebApplication app, ServeOptions options, WatchStore watch, Func<LandedNote, CancellationToken, Task> queue, TimeProvider time)
    {
        if (options.Has("plates"))
        {
            new PlateDoor(watch.Blobs, watch.Keys, queue, time).Map(app);
        }

        if (options.Has("manifests"))
        {
            new ManifestDoor(watch.Blobs, watch.Keys, queue, time).Map(app);
        }

        if (options.Has("notices"))
        {
            new NoticeDoor(watch.Blobs, watch.Keys, queue, time).Map(app);
        }

        if (options.Has("scenes"))
        {
            new SceneDoor(new Landing(watch.Blobs), queue, time).Map(app);
        }

        if (options.Has("feeds"))
        {
            ScenePictureRoutes.Map(app, watch.Blobs);
        }
    }

    /// <summary>The web, with nothing on it yet.</summary>
    public static WebApplication NewApp(ServeOptions options, ServeParts parts)
    {
        // No arguments and no settings files: configuration comes through options and environment only.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production, // Whatever the machine says: no answer shows a stack or a header of a request.
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(parts.LogLevel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // What fails at the start we say ourselves.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Console.IsErrorRedirected)
        {
            builder.Logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        }
        else
        {
            builder.Logging.AddSimpleConsole(simple => (simple.SingleLine, simple.TimestampFormat) = (true, "HH:mm:ss "));
        }

        if (parts.Logs is { } logs)
        {
            builder.Logging.AddProvider(logs);
        }

        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        });
        FeedApp.AddServices(builder.Services);
        return builder.Build();
    }

    /// <summary>Opens the routes of officers, and of analysts who judge findings.</summary>
    public static void MapAlerts(
        WebApplication app, ServeOptions options, ServeAlerts alerts, ReadModel model, Func<long, Task> acted)
    {
        if (options.Has("alerts"))
        {
            alerts.Map(app, acted);
        }

        if (options.Has("feeds"))
        {
            alerts.MapJudgements(app, model, acted);
        }
    }

    /// <summary>Opens console and feeds, or says at least that somebody is there.</summary>
    public static void MapFeeds(
        WebApplication app, ServeOptions options, ReadModel model, StoreFormat format, SourceBoard board, ServeAlerts alerts,
        TimeProvider time, Func<string?> trouble)
    {
        if (options.Has("console"))
        {
            ConsolePages.Map(app, alerts.Access, alerts.Demo);
        }

        if (options.Has("feeds"))
        {
            var feeds = new FeedAppOptions
            {
                Simulated = format.Simulated,
                Groups = format.Groups,
                LiveSources = options.Has("ais") || options.Has("tcp") || options.Has("udp") ? () => Live(board) : null,
                FeedDownAfter = options.SilentAfter,
                Trouble = trouble,
            };
            FeedApp.Map(app, model, feeds, time);
        }
        else
        {
            app.MapGet("/", () => Results.Text("MaritimeWatch"));
        }

        app.MapGet("/sources", () => Results.Json(board.Snapshot(), AisReceipt.Json));
    }

    private static List<LiveSource> Live(SourceBoard board) =>
        [.. board.Snapshot().Where(source => source.Door != "http").Select(source => new LiveSource(source.Source, source.LastHeardAt))];

    /// <summary>The doors that are no web requests.</summary>
    public static List<ISocketDoor> Sockets(ServeOptions options, SocketDoorParts parts)
    {
        var doors = new List<ISocketDoor>();
        if (options.Has("tcp"))
        {
            doors.AddRange(options.TcpConnect.Select(address => new TcpClientDoor(address, parts)));
            doors.AddRange(options.TcpListen.Select(address => new TcpServerDoor(address, parts)));
        }

        if (options.Has("udp"))
        {
            doors.AddRange(options.UdpListen.Select(address => new UdpDoor(address, parts)));
        }

        return doors;
    }
}
