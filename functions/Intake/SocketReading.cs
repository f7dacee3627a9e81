using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Why reading from a connection ended.</summary>
public enum ReadingEnd
{
    /// <summary>The other side closed it.</summary>
    Closed,

    /// <summary>Nothing came for too long.</summary>
    Silent,

    /// <summary>What came had no line ends.</summary>
    Garbage,

    /// <summary>The connection broke.</summary>
    Broken,

    /// <summary>Too much of what it sent before waits to be landed.</summary>
    Held,

    /// <summary>We were told to stop.</summary>
    Stopped,
}

/// <summary>Reads one connection to its end; the same for connections that were made and that were accepted.</summary>
internal static class SocketReading
{
    private const int ChunkBytes = 32 * 1024;

    /// <summary>Reads until one of the ends; everything read has then been given to the input, which stays open.</summary>
    public static async Task<(ReadingEnd End, long Bytes)> ReadAllAsync(
        Socket socket, LaneInput input, SocketDoorParts parts, CancellationToken cancel)
    {
        using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, silence.Token);
        var rate = new ByteRate(parts.Settings.BytesPerSecondMax, parts.Time);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        long total = 0;
        try
        {
            while (true)
            {
                silence.CancelAfter(parts.Settings.SilentAfter);
                var read = await socket.ReceiveAsync(chunk.AsMemory(), SocketFlags.None, either.Token);
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                if (read == 0)
                {
                    return (ReadingEnd.Closed, total);
                }

                total += read;
                await input.ReceiveAsync(chunk.AsMemory(0, read), cancel);
                if (input.SkippedBytes > parts.Settings.EndlessBytesMax)
                {
                    return (ReadingEnd.Garbage, total);
                }

                await rate.TakeAsync(read, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            return (cancel.IsCancellationRequested ? ReadingEnd.Stopped : ReadingEnd.Silent, total);
        }
        catch (ChannelClosedException)
        {
            return (ReadingEnd.Stopped, total);
        }
        catch (SocketException)
        {
            return (ReadingEnd.Broken, total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
