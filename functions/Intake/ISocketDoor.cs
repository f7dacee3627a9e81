namespace MaritimeWatch.Functions.Intake;

/// <summary>A door that is no web request: it runs until it is told to stop.</summary>
public interface ISocketDoor
{
    /// <summary>What the log calls it.</summary>
    string Title { get; }

    /// <summary>Takes its port, where it listens.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken or may not be used.</exception>
    void Bind();

    /// <summary>Runs until cancelled; then lands what is left.</summary>
    Task RunAsync(CancellationToken cancel);
}

/// <summary>What the socket doors have in common: where the bytes go and by which clock.</summary>
/// <param name="Intake">Where the bytes go.</param>
/// <param name="Board">Where each source's standing is shown.</param>
/// <param name="Settings">Bounds.</param>
/// <param name="Allowed">Who may send to a listening door.</param>
/// <param name="Time">The clock.</param>
/// <param name="Chance">Spreads retries; locked by its user.</param>
/// <param name="Log">Where to say what happened.</param>
public sealed record SocketDoorParts(
    IIntake Intake,
    SourceBoard Board,
    SocketDoorSettings Settings,
    AllowList Allowed,
    TimeProvider Time,
    Random Chance,
    ILogger Log)
{
    /// <summary>How long a door that is told to stop goes on landing what it holds.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The way of a source.</summary>
    public SourceLane OpenLane(SourceName source, string door) => new(source, door, Settings, Intake, Board, Time, Log);
}
