using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Operations;

/// <summary>The feeds of a shadow, read-only and for this machine alone: no door, no alerts, no sign-in, no console.</summary>
internal sealed class ShadowView : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ReadModelFollower follower;

    private ShadowView(WebApplication app, ReadModelFollower follower) => (this.app, this.follower) = (app, follower);

    /// <summary>Where it listens.</summary>
    public string Url => app.Urls.Single();

    /// <summary>Reads the shadow once and serves it.</summary>
    /// <param name="live">The live store.</param>
    /// <param name="name">The shadow.</param>
    /// <param name="url">Where to listen; loopback.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Stops the start.</param>
    /// <exception cref="StoreException">FixInput: there is no such shadow, or others could reach the address.</exception>
    public static async Task<ShadowView> StartAsync(
        IBlobStore live, string name, Uri url, TimeProvider time, CancellationToken cancel)
    {
        if (!DoorAddress.IsLoopbackHost(url.Host))
        {
            throw new StoreException(StoreTrouble.FixInput, $"{url}: a shadow is shown on this machine alone: http://localhost:7072");
        }

        var state = await BackfillState.ReadAsync(live, name, cancel)
            ?? throw new StoreException(StoreTrouble.FixInput, $"there is no shadow {name}; 'backfill list' names them");
        var shadow = new ShadowStore(live, name, state.Reach);
        var format = await StoreFormat.OpenAsync(shadow, cancel);
        var model = new ReadModel(shadow, time);
#pragma warning disable CA2000 // The view that it is handed to disposes of it.
        var follower = new ReadModelFollower(shadow, model, time);
#pragma warning restore CA2000
        await follower.RefreshAsync(cancel);
        var app = FeedApp.Build(
            model,
            new FeedAppOptions
            {
                Title = $"MaritimeWatch: shadow {name}", Description = "What a back-fill found beside live traffic. Nobody was alerted by it.",
                Simulated = format.Simulated, Groups = format.Groups,
            },
            time, url);
        await app.StartAsync(cancel);
        return new ShadowView(app, follower);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        follower.Dispose();
    }
}
