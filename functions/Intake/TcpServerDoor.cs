using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net;
using MaritimeWatch.Functions.Operations;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Listens for receivers that connect to us; a bounded number, from allowed addresses only.</summary>
/// <param name="address">Where to listen.</param>
/// <param name="parts">Where the bytes go.</param>
public sealed class TcpServerDoor(DoorAddress address, SocketDoorParts parts) : ISocketDoor, IDisposable
{
    private readonly Socket listener = new(
        address.ToListenEndPoint().AddressFamily, SocketType.Stream, ProtocolType.Tcp);

    private readonly ConcurrentDictionary<Task, byte> connections = new();

    /// <inheritdoc/>
    public string Title => $"tcp on {address} as {address.Name}";

    /// <summary>The port that the system gave.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <inheritdoc/>
    public void Bind()
    {
        listener.Bind(address.ToListenEndPoint());
        listener.Listen(parts.Settings.ConnectionsMax);
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancel)
    {
        var lane = parts.OpenLane(address.Name, "tcp-server");
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                Take(await listener.AcceptAsync(cancel), lane, cancel);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException trouble)
            {
                // Out of descriptors, or the other side gave up while waiting: neither is a reason to end.
                parts.Log.LogWarning(LogEvents.DoorTrouble, "{Door}: {Trouble}", Title, trouble.SocketErrorCode);
                await Task.Delay(parts.Settings.RetryFirst, parts.Time, cancel)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        listener.Close();
        await Task.WhenAll(connections.Keys);
        await lane.CloseAsync(SocketDoorParts.Patience);
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Take(Socket socket, SourceLane lane, CancellationToken cancel)
    {
        var allowed = socket.RemoteEndPoint is IPEndPoint remote && parts.Allowed.Allows(remote.Address);
        if (!allowed || lane.IsFull)
        {
            lane.Entry.OnShed(allowed ? ShedReasons.Busy : ShedReasons.Sender);
            parts.Log.LogWarning(
                LogEvents.ConnectionRefused, "{Door}: connection refused: {Why}", Title, allowed ? "too many connections" : "address not in --allow");
            socket.Dispose();
            return;
        }

        var reading = ReadAsync(socket, lane, cancel);
        connections.TryAdd(reading, 0);
        reading.ContinueWith(
            task => connections.TryRemove(task, out _), CancellationToken.None,
            TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task ReadAsync(Socket socket, SourceLane lane, CancellationToken cancel)
    {
        await Task.Yield();
        using (socket)
        {
            lane.Entry.OnConnection(+1);
            var input = lane.Open();
            var (end, bytes) = await SocketReading.ReadAllAsync(socket, input, parts, cancel);
            lane.Entry.OnConnection(-1);
            parts.Log.LogInformation(LogEvents.ConnectionEnded, "{Door}: connection {End} after {Bytes} bytes", Title, end, bytes);
            input.Close();
        }
    }
}
