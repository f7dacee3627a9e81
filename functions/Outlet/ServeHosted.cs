using System.Security.Cryptography;
using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Learning;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Puts a host over a store on Azure together: doors send through its queues, and a Functions host delivers. Nothing of
/// ours loops or polls. Started without a host it has doors and feeds alone.
/// </summary>
internal static class ServeHosted
{
    private const int WorkerIdCharacters = 16;

    public static async Task<ServeHost> BuildAsync(ServeOptions asked, ServeParts parts, CancellationToken cancel)
    {
        var time = parts.Time;
        var opened = parts is { Store: { } given, Azure: { } there, Vault: { } vault }
            ? new OpenedStore(asked.Store, given, vault, there)
            : await OpenedStore.OpenAsync(asked.Store, time, cancel);
        var azure = opened.Azure!;
        var store = new CachedStore(opened.Blobs); // What this process wrote a moment ago it does not pay for to read.
        var watch = await WatchStore.OpenOrCreateAsync(store, opened.Vault, asked.Profiles, simulated: false, time, cancel);
        var options = asked.IsHosted ? asked : asked with { Doors = [.. asked.Doors.Where(door => door != "watch")] };

#pragma warning disable CA2000 // The host that they are handed to disposes of them.
        var app = ServeAssembly.NewApp(options, parts);
        var logs = app.Services.GetRequiredService<ILoggerFactory>();
        var log = logs.CreateLogger<HostedPipeline>();
        var pace = HostedPace.Of(options.Mode);
        var board = new SourceBoard(time);
        var depth = new QueueDepth(parts.Pipeline.WaitingMax);
        var ais = new CountedDepth(azure.Queue(QueueNames.Ais), depth, pace.CountEvery, time);
        var load = new LoadGauge(depth, new LoadLimits(), time);
        var intake = new DurableIntake(new Landing(store), ais, depth, time, logs.CreateLogger<DurableIntake>()) { Load = load };
        var records = new LandedRecords(store, watch.Format.Map(), Path.GetTempPath(), verifies: true);
        var model = new ReadModel(store, time);
        var follower = new ReadModelFollower(store, model, time, new FollowerOptions { Poll = options.Mode.PollEvery });
        var alerts = await ServeAlerts.OpenAsync(options, watch, time, cancel);
        var forecasts = new ForecastDesk(store, watch.Format.Groups);
        var pushes = await ServePushes.OpenAsync(parts, watch, azure, name => azure.Queue(QueueNames.OfDoor(name)), logs, cancel);
        var pipeline = new HostedPipeline(new HostedParts
        {
            Store = store,
            Format = watch.Format,
            Wake = azure.Queue(QueueNames.Wake),
            Plans = StagePlans.Of(watch),
            NewDecoder = door => StageDoors.DecoderOf(door, watch, time),
            NewFold = parts.NewFold ?? (group => watch.Fold(group, records)),
            Commits = options.Mode.Commits,
            Pace = pace,
            Time = time,
            Log = log,
            WorkerId = RandomNumberGenerator.GetHexString(WorkerIdCharacters, lowercase: true),
            Folds = options.Has("watch"),
            Board = board,
            MinuteOver = options.Has("watch") ? StageDoors.RoundsOf(watch, time).RunAsync : null,
            AlertsCommitted = pushes.PutOutAsync,
            Committed = (group, checkpoint) =>
            {
                pushes.OnCommitted(group, checkpoint);
                if (group == AlertBoard.Group)
                {
                    alerts.Board.Wake();
                }
            },
            Timed = parts.Timed,
            Kill = parts.Kill,
        });
        Task QueueAsync(LandedNote note, CancellationToken stop) =>
            azure.Queue(QueueNames.OfDoor(note.Door)).SendAsync((note with { TraceParent = Traces.Current }).ToBytes(), TimeSpan.Zero, stop).AsTask();

        var operations = new Operating(watch, options, azure, intake, load, depth, board, time)
        {
            IsAnyGroupInTrouble = () => pipeline.Troubles.Count > 0,
        };
#pragma warning restore CA2000
        operations.UseProbes(app);
        TriggerRoutes.Use(
            app,
            DoorFunctions.Only(
                SceneArrival.AddTo(
                    pushes.AddTo(Triggers(intake, pipeline, forecasts, watch, time, logs), alerts.Board), store, QueueAsync, logs.CreateLogger<SceneArrival>()),
                options.Doors),
            options.IsHosted ? CustomHandler.PortFromEnvironment() : null, logs.CreateLogger<TriggerRoutes>());
        alerts.Use(app);
        operations.Map(app);
        new WhenAsked(follower, alerts.Board, options.Mode, time, log).Use(app);
        if (options.Has("ais"))
        {
            new AisDoor(intake, board, time, options.BodyBytesMax).Map(app);
        }

        ServeAssembly.MapDoors(app, options, watch, QueueAsync, time);
        if (options.Has("forecasts"))
        {
            ForecastRoutes.Map(app, forecasts, ForecastReader.Refuse);
        }

        ServeAssembly.MapAlerts(app, options, alerts, model, pipeline.ActedAsync);
        pushes.MapLetters(app, options);
        ServeAssembly.MapFeeds(
            app, options, model, watch.Format, board, alerts, time, () => follower.Trouble ?? (pipeline.Troubles is [var first, ..] ? first : null));
        var doorParts = new SocketDoorParts(
            intake, board, new SocketDoorSettings { Cutting = options.Mode.Cutting with { MaxAge = pace.LandEvery }, SilentAfter = options.SilentAfter },
            options.Allow, time, parts.Chance, logs.CreateLogger("MaritimeWatch.Doors"));
        if (asked.Has("watch") && !asked.IsHosted)
        {
            log.LogInformation("The watch is left to the Functions host of this store: here are doors and feeds alone");
        }

        return ServeHost.Of(new HostParts
        {
            App = app,
            Sources = board,
            Hosted = pipeline,
            Sockets = ServeAssembly.Sockets(options, doorParts),
            Timers = [],
            Owned = [follower, alerts, forecasts, records, operations, pushes],
            Log = logs.CreateLogger<ServeHost>(),
        });
    }

    private static TriggerParts Triggers(
        DurableIntake intake, HostedPipeline pipeline, ForecastDesk forecasts, WatchStore watch, TimeProvider time, ILoggerFactory logs) => new()
    {
        AisLanded = pipeline.DecodeAsync,
        AisLines = new HubDoor(intake, watch.Blobs, time, HubDoor.SourceOf(Environment.GetEnvironmentVariable("MW_AIS_HUB"))).TakeAsync,
        PlatesLanded = pipeline.DecodeAsync,
        ManifestLanded = pipeline.DecodeAsync,
        SceneLanded = pipeline.DecodeAsync,
        Woken = pipeline.WakeAsync,
        MinuteOver = (_, cancel) => pipeline.TickAsync(cancel),
        ForecastDue = async (_, cancel) =>
        {
            // A store of recordings must not be forecast by our clock.
            if (await pipeline.IsLiveAsync(cancel))
            {
                await forecasts.IssueDueAsync(time.GetUtcNow(), cancel);
            }
        },
        // By the times of what was heard, not by our clock.
        LearnDue = (_, cancel) => new LearningRun(watch, LearningBounds.Hosted, time, logs.CreateLogger<LearningRun>()).RunAsync(cancel),
        PurgeDue = async (_, cancel) =>
            await new Purge(watch.Blobs, watch.Keys).RunAsync(time.GetUtcNow(), new Retention(), cancel),
    };
}
