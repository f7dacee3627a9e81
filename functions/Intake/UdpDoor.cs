using System.Buffers;
using System.Net.Sockets;
using System.Net;
using MaritimeWatch.Functions.Operations;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Takes datagrams; each sender is cut by itself, so that the parts of their messages do not mix. What comes while too
/// much waits is dropped and counted, because UDP cannot hold a sender back.
/// </summary>
/// <param name="address">Where to listen.</param>
/// <param name="parts">Where the bytes go.</param>
public sealed class UdpDoor(DoorAddress address, SocketDoorParts parts) : ISocketDoor, IDisposable
{
    private const int DatagramBytesMax = 65_536;
    private const int KernelBytes = 4 << 20;

    private readonly Socket socket = new(address.ToListenEndPoint().AddressFamily, SocketType.Dgram, ProtocolType.Udp);
    private readonly Dictionary<IPEndPoint, Sender> senders = [];

    /// <inheritdoc/>
    public string Title => $"udp on {address} as {address.Name}";

    /// <summary>The port that the system gave.</summary>
    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <inheritdoc/>
    public void Bind()
    {
        socket.ReceiveBufferSize = KernelBytes;
        socket.Bind(address.ToListenEndPoint());
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancel)
    {
        var lane = parts.OpenLane(address.Name, "udp");
        var datagram = ArrayPool<byte>.Shared.Rent(DatagramBytesMax);
        var anywhere = new IPEndPoint(
            socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var got = await socket.ReceiveFromAsync(datagram.AsMemory(), SocketFlags.None, anywhere, cancel);
                Take((IPEndPoint)got.RemoteEndPoint, datagram.AsMemory(0, got.ReceivedBytes), lane);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException trouble)
            {
                parts.Log.LogWarning(LogEvents.DoorTrouble, "{Door}: {Trouble}", Title, trouble.SocketErrorCode);
                await Task.Delay(parts.Settings.RetryFirst, parts.Time, cancel)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        ArrayPool<byte>.Shared.Return(datagram);
        await lane.CloseAsync(SocketDoorParts.Patience);
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private void Take(IPEndPoint from, ReadOnlyMemory<byte> datagram, SourceLane lane)
    {
        if (!parts.Allowed.Allows(from.Address))
        {
            lane.Entry.OnShed(ShedReasons.Sender);
            return;
        }

        if (!senders.TryGetValue(from, out var sender))
        {
            if (senders.Count >= parts.Settings.SendersMax)
            {
                var quietest = senders.MinBy(other => other.Value.LastTicks).Key;
                senders.Remove(quietest, out var gone);
                gone!.Input.Close();
            }

            sender = new Sender(lane.Open());
            senders.Add(from, sender);
        }

        sender.LastTicks = parts.Time.GetTimestamp();
        if (!sender.Input.TryReceive(datagram))
        {
            lane.Entry.OnShed(ShedReasons.Load);
        }
    }

    private sealed class Sender(LaneInput input)
    {
        public LaneInput Input { get; } = input;

        public long LastTicks { get; set; }
    }
}
