using System.Net.Http.Headers;
using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Pages;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Risk;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>Users, alerts, feeds and pages on a free port of this machine, over a store in memory with a scripted stage.</summary>
internal sealed class AlertWorld : IAsyncDisposable
{
    public const string Gothenburg = "SEGOT";
    public const string Larvik = "NOLAR";

    private readonly GroupWorker worker;
    private readonly SemaphoreSlim turn = new(1, 1);
    private WebApplication? app;

    public AlertWorld(MemoryStore? store = null)
    {
        Store = store ?? new MemoryStore();
        Inbox = new Inbox(Store, AlertBoard.Group, Time);
        worker = new GroupWorker(Store, AlertBoard.Group, new AlertScript(), GroupWorkerOptions.Replay with { DeltasMax = 0 }, Time);
        Keys = new KeyRing(Store, Vaults.ForTests, count => new byte[count]);
        Board = new AlertBoard(Store, Time);
        Tokens = new Tokens(new byte[TokenKey.Bytes], Time);
        Access = new Access(Tokens);
        Client = new HttpClient();
    }

    public ManualTime Time { get; } = new();

    public MemoryStore Store { get; }

    public Inbox Inbox { get; }

    public KeyRing Keys { get; }

    public AlertBoard Board { get; }

    public Tokens Tokens { get; }

    public Access Access { get; }

    public HttpClient Client { get; }

    public Uri Address => new(app!.Urls.Single() + "/");

    /// <summary>Folds and shows after every action of an officer, as a running stage does.</summary>
    public bool Runs { get; set; }

    public static async Task<AlertWorld> StartAsync(
        MemoryStore? store = null, DemoSignIn? demo = null, AlertStreamOptions? stream = null)
    {
        var world = new AlertWorld(store);
        await world.Board.RefreshAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        FeedApp.AddServices(builder.Services);
        var app = world.app = builder.Build();
        world.Access.Use(app);
        AlertRoutes.Map(app, new AlertParts(world.Board, world.Access, world.Inbox, world.Keys, true, world.Time)
        {
            Appended = _ => world.OnAppendedAsync(), Stream = stream,
        });
        ConsolePages.Map(app, world.Access, demo);
        FeedApp.Map(app, new ReadModel(world.Store, world.Time), new FeedAppOptions { Simulated = true, Groups = 1 }, world.Time);
        await app.StartAsync();
        world.Client.BaseAddress = new Uri(app.Urls.Single());
        return world;
    }

    /// <summary>An alert with everything that an alert may have.</summary>
    public static Alert Alert(string id, string port = Gothenburg, int revision = 1, AlertState state = AlertState.Open, string name = "SIM ROWAN")
    {
        var opened = Ms("2026-11-20T02:10:00Z");
        return new Alert
        {
            Id = id,
            Revision = revision,
            Port = port,
            Subject = $"call:{port}:265000001:2026-11-20T14:00:00Z",
            Mmsi = 265000001,
            Name = name,
            OpenedAtMs = opened,
            UpdatedAtMs = opened + (revision * 60_000L),
            BerthingAtMs = Ms("2026-11-20T14:00:00Z"),
            BerthingBy = BerthingBy.Announced,
            Severity = Severity.High,
            State = state,
            FindingIds = ["f-route", "f-meet", "f-dark"],
            Reasons =
            [
                "Left the lane that it keeps between NOLAR and SEGOT by 9.4 NM for 3 h 10 min.",
                "Lay within 300 m of SIM HERON for 2 h 25 min, both slower than 2 kn, 40 NM from any anchorage.",
                "A ship of 92 m without AIS was seen in the scene S1-0412 where this one would have been.",
            ],
            Assessment = Assessment(port),
            Place = Position.FromDegrees(57.9, 10.9),
            IsSimulated = true,
        };
    }

    public static string LineOf(Alert alert)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        AlertLine.Write(buffer, alert);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The stage commits these lines, and the board sees them.</summary>
    public async Task CommitAsync(params Alert[] alerts)
    {
        await Inbox.AppendAsync(EntryKind.Batch, Encoding.UTF8.GetBytes(string.Join('\n', alerts.Select(LineOf))));
        await FoldAsync();
    }

    /// <summary>The stage folds what is in its inbox, and the board sees it.</summary>
    public async Task FoldAsync()
    {
        await turn.WaitAsync();
        try
        {
            while (await worker.CommitAsync() != WorkerStep.Idle)
            {
            }

            await Board.RefreshAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    public string Token(string role, params string[] ports) =>
        Tokens.Issue($"{role}-of-{string.Join('-', ports)}", role, ports.Length == 0 ? ["*"] : ports, TimeSpan.FromHours(8));

    public string Officer(string port = Gothenburg) => Token(Roles.Officer, port);

    public async Task<(HttpResponseMessage Answer, string Text)> SendAsync(
        HttpMethod method, string path, string? token = null, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await Client.SendAsync(request);
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    public Task<(HttpResponseMessage Answer, string Text)> GetAsync(string path, string? token = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, token, null, headers);

    /// <summary>The actions in the inbox.</summary>
    public async Task<List<AlertAction>> ActionsAsync()
    {
        List<AlertAction> actions = [];
        await foreach (var entry in Inbox.EntriesAsync())
        {
            if (entry.Kind == EntryKind.Action)
            {
                actions.Add(AlertAction.Parse(entry.Body.Span));
            }
        }

        return actions;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        Board.Dispose();
        turn.Dispose();
    }

    private static long Ms(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static Assessment Assessment(string port) => new()
    {
        Subject = $"call:{port}:265000001:2026-11-20T14:00:00Z",
        Port = port,
        Mmsi = 265000001,
        PriorMilli = -4595,
        Groups =
        [
            new AssessmentGroup(
                "movement", 4000,
                [
                    new AssessmentItem("route-deviation", "f-route", 1400, "Left its lane by 9.4 NM"),
                    new AssessmentItem("encounter", "f-meet", 2100, "Met SIM HERON for 2 h 25 min"),
                    new AssessmentItem("dark-ship", "f-dark", 1800, "Seen without AIS"),
                ],
                5300, 4000),
            new AssessmentGroup("declaration", 3000, [new AssessmentItem("declared-mismatch", "f-decl", 1900, "Port of loading differs")], 1900, 1900),
        ],
        TotalMilli = 1305,
        LineMilli = 0,
        Lane = RiskLane.Red,
        Rank = 1,
        RankedCalls = 40,
        SmallestChange = "Without the encounter it would stay over the line; without movement it would fall under it.",
        KnownAtMs = Ms("2026-11-20T02:10:00Z"),
        IsSimulated = true,
    };

    private Task OnAppendedAsync()
    {
        if (Runs)
        {
            // Asked for outside the desk's turn, as a stage's own loop would.
            _ = Task.Run(FoldAsync);
        }

        return Task.CompletedTask;
    }
}
