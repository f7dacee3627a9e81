using MaritimeWatch.Forecasts;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Pages;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Forecasts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Pages;

/// <summary>The planner's page and its routes on a free loopback port, over a store in which a port was busy for nine days.</summary>
internal sealed class PlannerWorld : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ForecastDesk desk;

    private PlannerWorld(WebApplication app, ForecastDesk desk) => (this.app, this.desk) = (app, desk);

    public Uri Page => new(app.Urls.Single() + "/planner.html");

    public static async Task<PlannerWorld> StartAsync(bool withData = true, ForecastReaders? may = null)
    {
        var store = new MemoryStore();
#pragma warning disable CA2000 // The world that it is handed to disposes of it.
        var desk = new ForecastDesk(store, 1, ForecastOptions.Default with { Runs = 80, TrialsMax = 3 });
#pragma warning restore CA2000
        if (withData)
        {
            var lines = new PortLines().Traffic(91, 9, arrivalsPerDay: 9);
            for (var ship = 0; ship < 15; ship++)
            {
                lines.Announce(700 + ship, 190 + ship, 220 + (7 * ship));
            }

            await CommittedLines.WriteAsync(store, lines);
            await desk.IssueDaysAsync(PortLines.At(9 * 24), CancellationToken.None);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        ConsolePages.Map(app);
        ForecastRoutes.Map(app, desk, may);
        await app.StartAsync();
        return new PlannerWorld(app, desk);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        desk.Dispose();
    }
}
