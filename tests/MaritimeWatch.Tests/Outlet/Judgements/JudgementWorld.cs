using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Pages;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Tests.Alerts;
using MaritimeWatch.Tests.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using static MaritimeWatch.Tests.Alerts.NewsLines;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>
/// A ship whose encounter has raised an alert, over the real stage of alerts, the real read model and the real routes.
/// </summary>
internal sealed class JudgementWorld : IAsyncDisposable
{
    public const string Finding = "enc";

    private readonly GroupWorker worker;
    private readonly ReadModelFollower follower;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly WebApplication app;
    private readonly Tokens tokens;
    private int segments;

    private JudgementWorld(MemoryStore store, bool runs, DemoSignIn? demo)
    {
        Store = store;
        Inbox = new Inbox(store, AlertBoard.Group, Time);
        worker = new GroupWorker(store, AlertBoard.Group, new AlertFold(new AlertOptions()), GroupWorkerOptions.Replay, Time);
        Model = new ReadModel(store, Time, new ReadModelOptions { Tag = "test" });
        follower = new ReadModelFollower(store, Model, Time);
        Board = new AlertBoard(store, Time);
        tokens = new Tokens(new byte[TokenKey.Bytes], Time);
        var access = new Access(tokens);
        var keys = new KeyRing(store, Vaults.ForTests, count => new byte[count]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        FeedApp.AddServices(builder.Services);
        app = builder.Build();
        access.Use(app);
        AlertRoutes.Map(app, new AlertParts(Board, access, Inbox, keys, true, Time));
        JudgementRoutes.Map(app, new JudgementParts(Model, Board, Inbox, keys, true, Time)
        {
            Appended = _ =>
            {
                if (runs)
                {
                    FoldBeside();
                }

                return Task.CompletedTask;
            },
        });
        ConsolePages.Map(app, access, demo);
        FeedApp.Map(app, Model, new FeedAppOptions { Simulated = true, Groups = 1 }, Time);
        Client = new HttpClient();
    }

    public ManualTime Time { get; } = new();

    public MemoryStore Store { get; }

    public Inbox Inbox { get; }

    public AlertBoard Board { get; }

    public ReadModel Model { get; }

    public HttpClient Client { get; }

    public Uri Address => new(app.Urls.Single() + "/");

    /// <summary>Starts it, with its story told and folded.</summary>
    /// <param name="store">A store of another world, to go on with it; null tells the story anew.</param>
    /// <param name="runs">Fold and show after every judgement, as a running stage does.</param>
    /// <param name="demo">Where anybody may sign in, else null.</param>
    public static async Task<JudgementWorld> StartAsync(MemoryStore? store = null, bool runs = false, DemoSignIn? demo = null)
    {
        var world = new JudgementWorld(store ?? new MemoryStore(), runs, demo);
        var story = new NewsLines().Rounds(2).Declared("last", Feeder, "SEGOT", 66, 46, "V9")
            .Finding("encounter", Finding, $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 53, 53, "high", reason: "They lay together for three hours.", first: Larvik, mmsi: Feeder)
            .Finding("gap", "gone", $"mmsi:{Feeder}", 40, 47, 47, "low", state: "retracted", because: "a late report", first: Larvik, mmsi: Feeder)
            .Finding("zone-entry", "zone", $"mmsi:{Feeder}", 48, 49, 49, "info", first: Gothenburg, mmsi: Feeder);
        if (store is null)
        {
            await StoreFormat.OpenOrCreateAsync(world.Store, world.Time.GetUtcNow(), groups: 1, simulated: true);
            foreach (var entry in Entries(story.Sorted, () => int.MaxValue))
            {
                await world.Inbox.AppendAsync(EntryKind.News, entry.Body);
            }
        }

        await world.FoldAsync();
        await world.LoadAsync("findings", story.Sorted.Where(row => row.Collection == "findings").Select(row => Encoding.UTF8.GetString(row.Line.Span)));
        await world.LoadAsync("vessels", [Vessel(Feeder, "SIM FEEDER"), Vessel(Coaster, "SIM COASTER")]);
        await world.LoadAsync("tracks", [Track()]);
        await world.app.StartAsync();
        world.Client.BaseAddress = new Uri(world.app.Urls.Single());
        return world;
    }

    /// <summary>The stage folds what is in its inbox, and board and feeds see it.</summary>
    public async Task FoldAsync()
    {
        await turn.WaitAsync();
        try
        {
            while (await worker.CommitAsync() != WorkerStep.Idle)
            {
            }

            await Board.RefreshAsync();
            await follower.RefreshAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    public string Token(string role, string subject = "anna") =>
        tokens.Issue(subject, role, role == Roles.Officer ? ["SEGOT"] : ["*"], TimeSpan.FromHours(8));

    public async Task<(int Status, JsonElement Body)> JudgeAsync(string? token, string finding, string? json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/findings/{finding}/judgement");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Client.SendAsync(request);
        return ((int)answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }

    public async Task<JsonElement> GetAsync(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The judgements in the inbox.</summary>
    public async Task<List<FindingJudgement>> JudgementsAsync()
    {
        List<FindingJudgement> judgements = [];
        await foreach (var entry in Inbox.EntriesAsync())
        {
            if (entry.Kind == EntryKind.Action && FindingJudgement.Parse(entry.Body.Span) is { } judgement)
            {
                judgements.Add(judgement);
            }
        }

        return judgements;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Board.Dispose();
        follower.Dispose();
        turn.Dispose();
    }

    // Outside the desk's turn, as a stage's own loop would.
    private void FoldBeside() => _ = Task.Run(FoldAsync);

    private async Task LoadAsync(string collection, IEnumerable<string> lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        var name = $"segments/{collection}/{segments++}";
        await Store.PutAsync(name, bytes, PutCondition.IfAbsent, CancellationToken.None);
        await Model.LoadAsync(new SegmentName(collection, name, bytes.Length, bytes.AsSpan().Count((byte)'\n')), CancellationToken.None);
        Model.Publish();
    }

    private static string Vessel(uint mmsi, string name) => JsonSerializer.Serialize(new
    {
        type = "Feature",
        id = $"mmsi:{mmsi}",
        geometry = new { type = "Point", coordinates = new[] { 10.04, 59.04 } },
        properties = new
        {
            subject = $"mmsi:{mmsi}", mmsi, name, call_sign = "LAAB7", imo = 9347346, ship_type = 70, length_m = 120, width_m = 18,
            last_at = Text(54), course_degrees = 40.0, speed_knots = 9.5, simulated = true,
        },
    });

    private static string Track() => JsonSerializer.Serialize(new
    {
        type = "Feature",
        id = $"mmsi:{Feeder}-0-0",
        geometry = new { type = "LineString", coordinates = Enumerable.Range(0, 40).Select(i => new[] { 10.04 + (i * 0.04), 59.04 - (i * 0.03) }) },
        properties = new
        {
            subject = $"mmsi:{Feeder}", mmsi = Feeder, hull = 0, start_at = Text(44), end_at = Text(54), points = 40,
            times = Enumerable.Range(0, 40).Select(i => At(44 + (i * 0.25))), speeds_knots = Enumerable.Repeat(9.5, 40), simulated = true,
        },
    });
}
