using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Users and alerts of a host: who asks, the board that the routes read, and the routes.</summary>
internal sealed class ServeAlerts : IDisposable
{
    // The ports of the simulated story: where it ends, and another one to see that its officer gets nothing of it.
    private static readonly string[] DemoPorts = ["SEGOT", "NOLAR"];

    // Azure's front end cuts an answer at 230 s; a stream that ends before that is no error to anybody.
    private static readonly TimeSpan HostedStreamLength = TimeSpan.FromSeconds(200);

    private readonly ServeOptions options;
    private readonly WatchStore watch;
    private readonly TimeProvider time;

    private ServeAlerts(ServeOptions options, WatchStore watch, Access access, TimeProvider time)
    {
        (this.options, this.watch, Access, this.time) = (options, watch, access, time);
        Board = new AlertBoard(watch.Blobs, time, new AlertBoardOptions { Poll = options.IsHosted ? options.Mode.LookEvery : options.Mode.PollEvery });
        Demo = DemoSignIn.Where(options.IsExposed, watch.Format.Simulated, DemoPorts);
    }

    /// <summary>Who asks.</summary>
    public Access Access { get; }

    /// <summary>What the routes read; to be run beside.</summary>
    public AlertBoard Board { get; }

    /// <summary>Where anybody may sign in, else null.</summary>
    public DemoSignIn? Demo { get; }

    /// <summary>Opens the key of the store's tokens.</summary>
    /// <exception cref="StoreException">It cannot be read, or does not open under this vault.</exception>
    public static async Task<ServeAlerts> OpenAsync(ServeOptions options, WatchStore watch, TimeProvider time, CancellationToken cancel)
    {
        var key = await TokenKey.OpenOrCreateAsync(watch.Blobs, watch.Vault, cancel);
        return new ServeAlerts(options, watch, new Access(new Tokens(key.Span, time)) { IsExposed = options.IsExposed }, time);
    }

    /// <summary>Stands before every route: first who asks, then the key of doors and feeds.</summary>
    public void Use(WebApplication app)
    {
        Access.Use(app);
        new AccessGate(options.Key, options.IsExposed, options.OpenReads) { Lets = Access.Lets }.Use(app);
    }

    /// <summary>Adds the routes.</summary>
    /// <param name="app">The application.</param>
    /// <param name="appended">Told the number of an entry that an officer's action became.</param>
    public void Map(WebApplication app, Func<long, Task> appended) =>
        AlertRoutes.Map(app, new AlertParts(
            Board, Access, new Inbox(watch.Blobs, AlertBoard.Group, time), watch.Keys, watch.Format.Simulated, time)
        {
            Appended = appended,
            Stream = new AlertStreamOptions { Length = options.IsHosted ? HostedStreamLength : null },
        });

    /// <summary>Adds the route by which analysts judge findings.</summary>
    /// <param name="app">The application.</param>
    /// <param name="model">The findings.</param>
    /// <param name="appended">Told the number of an entry that a judgement became.</param>
    public void MapJudgements(WebApplication app, ReadModel model, Func<long, Task> appended) =>
        JudgementRoutes.Map(app, new JudgementParts(
            model, Board, new Inbox(watch.Blobs, AlertBoard.Group, time), watch.Keys, watch.Format.Simulated, time)
        {
            Appended = appended,
        });

    /// <inheritdoc/>
    public void Dispose() => Board.Dispose();
}
