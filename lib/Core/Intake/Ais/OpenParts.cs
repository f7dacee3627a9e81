using System.Buffers.Text;
using System.Numerics;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Which messages of several lines are open after the lines seen so far: AIS messages in parts, sentences grouped by
/// a TAG block's <c>g:</c>, and a <c>$PGHP</c> wrapper whose sentence has not come. It looks at the head of a line
/// only; whether a line is valid is the reader's business. Nothing is allocated per line.
/// </summary>
internal sealed class OpenParts
{
    /// <summary>More messages open at once than this, and the oldest is given up (a bound, not a format's rule).</summary>
    private const int SlotCount = 32;

    private const int NoKey = -1;
    private const int GroupKey = 1 << 20;

    private readonly Slot[] slots = new Slot[SlotCount];
    private readonly long waitMs;
    private int open;
    private bool wrapperOpen;
    private long wrapperSinceMs;

    public OpenParts(TimeSpan wait)
    {
        waitMs = (long)wait.TotalMilliseconds;
        Array.Fill(slots, new Slot { Key = NoKey });
    }

    public bool AnyOpen => open > 0 || wrapperOpen;

    /// <summary>Takes one whole line.</summary>
    public void OnLine(ReadOnlySpan<byte> line, long atMs)
    {
        if (AnyOpen)
        {
            Expire(atMs);
        }

        if (line.Length > 0 && line[0] == (byte)'\\')
        {
            line = AfterTag(line, atMs);
        }

        if (line.StartsWith("$PGHP"u8))
        {
            wrapperOpen = true;
            wrapperSinceMs = atMs;
            return;
        }

        var bang = line.IndexOf((byte)'!');
        if (bang < 0)
        {
            return;
        }

        wrapperOpen = false;
        var sentence = line[bang..];
        if (TryPart(sentence, out var total, out var index, out var key))
        {
            OnPart(key, total, index, atMs);
        }
    }

    /// <summary>Gives up what has waited too long.</summary>
    public void Expire(long nowMs)
    {
        wrapperOpen = wrapperOpen && nowMs - wrapperSinceMs < waitMs && nowMs >= wrapperSinceMs;
        for (var i = 0; open > 0 && i < SlotCount; i++)
        {
            // A clock that was set back must not keep a message open: an age below zero is over too.
            if (slots[i].Key != NoKey && (nowMs - slots[i].SinceMs >= waitMs || nowMs < slots[i].SinceMs))
            {
                Free(i);
            }
        }
    }

    private ReadOnlySpan<byte> AfterTag(ReadOnlySpan<byte> line, long atMs)
    {
        var end = line[1..].IndexOf((byte)'\\');
        if (end < 0)
        {
            return line;
        }

        var tag = line.Slice(1, end);
        if (TryGroup(tag, out var total, out var index, out var key))
        {
            OnPart(key, total, index, atMs);
        }

        return line[(end + 2)..];
    }

    private void OnPart(int key, int total, int index, long atMs)
    {
        var at = Find(key);
        if (at >= 0 && (slots[at].Total != total || (slots[at].Seen & (1u << index)) != 0))
        {
            Free(at);
            at = -1;
        }

        if (at < 0)
        {
            at = FreeOrOldest();
            slots[at] = new Slot { Key = key, Total = total, SinceMs = atMs };
            open++;
        }

        slots[at].Seen |= 1u << index;
        if (BitOperations.PopCount(slots[at].Seen) == total)
        {
            Free(at);
        }
    }

    private int Find(int key)
    {
        for (var i = 0; open > 0 && i < SlotCount; i++)
        {
            if (slots[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }

    private int FreeOrOldest()
    {
        var oldest = 0;
        for (var i = 0; i < SlotCount; i++)
        {
            if (slots[i].Key == NoKey)
            {
                return i;
            }

            oldest = slots[i].SinceMs < slots[oldest].SinceMs ? i : oldest;
        }

        Free(oldest);
        return oldest;
    }

    private void Free(int at)
    {
        slots[at].Key = NoKey;
        open--;
    }

    /// <summary><c>!AIVDM,total,index,sequence,channel,...</c>; false for a message of one part.</summary>
    private static bool TryPart(ReadOnlySpan<byte> line, out int total, out int index, out int key)
    {
        (total, index, key) = (0, 0, 0);
        if (line.Length < 14 || line[6] != (byte)',' || line[8] != (byte)',' || line[10] != (byte)','
            || line[3] != (byte)'V' || line[4] != (byte)'D')
        {
            return false;
        }

        total = line[7] - '0';
        index = line[9] - '0';
        if (total is < 2 or > 9 || index < 1 || index > total)
        {
            return false;
        }

        var rest = line[11..];
        var comma = rest.IndexOf((byte)',');
        if (comma is not (0 or 1) || rest.Length < comma + 2)
        {
            return false;
        }

        key = ((comma == 0 ? 255 : rest[0]) << 8) | rest[comma + 1];
        return true;
    }

    /// <summary><c>g:index-total-id</c> within a TAG block.</summary>
    private static bool TryGroup(ReadOnlySpan<byte> tag, out int total, out int index, out int key)
    {
        (total, index, key) = (0, 0, 0);
        var at = tag.StartsWith("g:"u8) ? 0 : tag.IndexOf(",g:"u8) + 1;
        if (at == 0 && !tag.StartsWith("g:"u8))
        {
            return false;
        }

        var text = tag[(at + 2)..];
        if (!Utf8Parser.TryParse(text, out index, out var used) || used >= text.Length || text[used] != (byte)'-')
        {
            return false;
        }

        text = text[(used + 1)..];
        if (!Utf8Parser.TryParse(text, out total, out used) || used >= text.Length || text[used] != (byte)'-')
        {
            return false;
        }

        if (!Utf8Parser.TryParse(text[(used + 1)..], out int id, out _))
        {
            return false;
        }

        key = GroupKey | (id & (GroupKey - 1));
        return total is >= 2 and <= 30 && index >= 1 && index <= total;
    }

    private struct Slot
    {
        public int Key;
        public int Total;
        public uint Seen;
        public long SinceMs;
    }
}
