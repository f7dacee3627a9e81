using System.Net.Sockets;
using MaritimeWatch.Functions.Operations;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Connects to a receiver and stays connected: after an end, a silence or garbage it connects again, waiting longer
/// each time and never in step with others.
/// </summary>
/// <param name="address">The receiver.</param>
/// <param name="parts">Where the bytes go.</param>
public sealed class TcpClientDoor(DoorAddress address, SocketDoorParts parts) : ISocketDoor
{
    /// <inheritdoc/>
    public string Title => $"tcp to {address} as {address.Name}";

    /// <inheritdoc/>
    public void Bind()
    {
        // It listens nowhere.
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancel)
    {
        var lane = parts.OpenLane(address.Name, "tcp-client");
        var wait = parts.Settings.RetryFirst;
        while (!cancel.IsCancellationRequested)
        {
            var (end, bytes) = await ConnectAndReadAsync(lane, cancel);
            if (end == ReadingEnd.Stopped)
            {
                break;
            }

            // Only a connection that brought something good begins the waits anew.
            wait = bytes > 0 && end != ReadingEnd.Garbage ? parts.Settings.RetryFirst : wait;
            var jittered = wait * (0.5 + NextChance());
            parts.Log.LogWarning(
                LogEvents.ConnectionEnded, "{Door}: {End} after {Bytes} bytes; again in {WaitMs} ms", Title, end, bytes, (int)jittered.TotalMilliseconds);
            await Task.Delay(jittered, parts.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < parts.Settings.RetryMax ? wait * 2 : parts.Settings.RetryMax;
        }

        await lane.CloseAsync(SocketDoorParts.Patience);
    }

    private async Task<(ReadingEnd End, long Bytes)> ConnectAndReadAsync(SourceLane lane, CancellationToken cancel)
    {
        if (lane.IsFull)
        {
            return (ReadingEnd.Held, 0);
        }

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = new CancellationTokenSource(parts.Settings.ConnectWithin, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, either.Token);
        }
        catch (OperationCanceledException)
        {
            return (cancel.IsCancellationRequested ? ReadingEnd.Stopped : ReadingEnd.Silent, 0);
        }
        catch (SocketException)
        {
            return (ReadingEnd.Broken, 0);
        }

        parts.Log.LogInformation(LogEvents.Connected, "{Door}: connected", Title);
        lane.Entry.OnConnection(+1);
        var input = lane.Open();
        try
        {
            return await SocketReading.ReadAllAsync(socket, input, parts, cancel);
        }
        finally
        {
            lane.Entry.OnConnection(-1);
            input.Close();
        }
    }

    private double NextChance()
    {
        lock (parts.Chance)
        {
#pragma warning disable CA5394 // It spreads retries in time and keeps no secret.
            return parts.Chance.NextDouble();
#pragma warning restore CA5394
        }
    }
}
