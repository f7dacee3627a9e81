namespace MaritimeWatch.StandIn;

/// <summary>Azurite on free ports of loopback, in memory; started by a test and ended with it.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private Azurite(string connectionString) => ConnectionString = connectionString;

    /// <summary>For blobs and queues alike.</summary>
    public string ConnectionString { get; }

    /// <summary>Null where Azurite can run here, else what to do about it (tests skip with it).</summary>
    public static string? Missing() => "not built yet";

    /// <summary>Starts it and returns once it answers.</summary>
    /// <param name="cancel">Gives up.</param>
    public static Task<Azurite> StartAsync(CancellationToken cancel = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
