namespace MaritimeWatch.StandIn.Host;

/// <summary>How a handler process is started.</summary>
public sealed record HandlerStart
{
    /// <summary>The program: a .dll for <c>dotnet</c>, or an executable.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments; default those of host.json.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = ["serve"];

    /// <summary>Variables on top of ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Takes what it writes, appended.</summary>
    public required string LogFile { get; init; }

    /// <summary>How long it may take until it answers; as the host: 30 s.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(30);
}
