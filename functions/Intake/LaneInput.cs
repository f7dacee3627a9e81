using System.Threading.Channels;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Functions.Intake;

/// <summary>One connection or one sender of a source.</summary>
public sealed class LaneInput
{
    /// <summary>A datagram is far smaller than a blob, so it is taken in one go, or in two around a cut.</summary>
    private const int TriesMax = 4;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    private readonly Lock gate = new();
    private readonly SourceLane lane;
    private readonly LandingBuffer buffer;
    private readonly ChannelWriter<LandingCut> ready;
    private readonly TimeProvider time;
    private LandingCut? waiting;
    private volatile bool closed;
    private long linesCounted;
    private long overlongCounted;

    internal LaneInput(SourceLane lane, LandingBuffer buffer, ChannelWriter<LandingCut> ready, TimeProvider time)
    {
        this.lane = lane;
        this.buffer = buffer;
        this.ready = ready;
        this.time = time;
    }

    /// <summary>Bytes without a line end that were thrown away, in a row or not.</summary>
    public long SkippedBytes
    {
        get
        {
            lock (gate)
            {
                return buffer.SkippedBytes;
            }
        }
    }

    /// <summary>Takes bytes; waits while too much waits to be landed.</summary>
    public async ValueTask ReceiveAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancel)
    {
        lane.Entry.OnBytes(chunk.Length);
        var atMs = NowMs;
        while (!Take(ref chunk, atMs) || chunk.Length > 0)
        {
            if (!await ready.WaitToWriteAsync(cancel))
            {
                throw new ChannelClosedException();
            }
        }
    }

    /// <summary>Takes a datagram, or drops it and says so: UDP cannot hold a sender back.</summary>
    public bool TryReceive(ReadOnlyMemory<byte> datagram)
    {
        lane.Entry.OnBytes(datagram.Length);
        if (datagram.IsEmpty || !Drain(all: false))
        {
            return datagram.IsEmpty;
        }

        var rest = datagram;
        var atMs = NowMs;
        for (var tries = 0; rest.Length > 0 && tries < TriesMax; tries++)
        {
            Take(ref rest, atMs);
        }

        if (rest.Length == 0 && datagram.Span[^1] != (byte)'\n')
        {
            // A datagram ends its line; the line end is the one byte that is added to what was received.
            rest = LineEnd;
            Take(ref rest, atMs);
        }

        return rest.Length == 0;
    }

    /// <summary>
    /// The connection ended: everything goes on, an unfinished line too. Never waits; what cannot go on now follows as
    /// soon as the channel has room.
    /// </summary>
    public void Close()
    {
        closed = true;
        FlushDue();
    }

    internal void FlushDue()
    {
        if (Drain(closed) && closed)
        {
            lane.Remove(this);
        }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>True when nothing waits for the channel; the chunk loses what was taken.</summary>
    private bool Take(ref ReadOnlyMemory<byte> chunk, long atMs)
    {
        lock (gate)
        {
            if (waiting is null)
            {
                chunk = chunk[buffer.Add(chunk.Span, atMs)..];
            }
        }

        return Drain(all: false);
    }

    private bool Drain(bool all)
    {
        lock (gate)
        {
            Count();
            while (waiting is not null || buffer.TryCut(NowMs, all, out waiting))
            {
                if (!ready.TryWrite(waiting!))
                {
                    return false;
                }

                waiting = null;
            }

            return true;
        }
    }

    private void Count()
    {
        if (buffer.Lines > linesCounted)
        {
            lane.Entry.OnLines(buffer.Lines - linesCounted);
            linesCounted = buffer.Lines;
        }

        if (buffer.OverlongLines > overlongCounted)
        {
            lane.Entry.OnLines(buffer.OverlongLines - overlongCounted);
            overlongCounted = buffer.OverlongLines;
        }
    }
}
