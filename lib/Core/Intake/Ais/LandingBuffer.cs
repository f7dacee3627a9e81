namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Collects what one live source sends and cuts it into blobs of bounded size and age, only at line ends where no
/// message of several lines is open (a bounded wait). Pure: it is told the time and owns no timer. Not thread-safe.
/// </summary>
/// <remarks>
/// A line that does not end within <see cref="LandingBufferSettings.MaxLineBytes"/> is cut off there: its head goes
/// into the blob, where the reader refuses it as too long, and the rest up to the next line end is counted in
/// <see cref="SkippedBytes"/> and not kept, so that a source that never ends a line cannot fill a disk.
/// </remarks>
public sealed class LandingBuffer
{
    private readonly LandingBufferSettings settings;
    private readonly OpenParts parts;
    private readonly List<ReceivedMark> marks = [];
    private byte[] bytes;
    private int length;
    private int lineStart;
    private int safeEnd;
    private long lastAtMs;
    private bool overlong;
    private bool skipping;

    /// <summary>An empty buffer.</summary>
    /// <param name="settings">Bounds.</param>
    /// <exception cref="ArgumentException">A blob could not hold two lines.</exception>
    public LandingBuffer(LandingBufferSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxBytes, 2 * settings.MaxLineBytes, nameof(settings));
        this.settings = settings;
        parts = new OpenParts(settings.PartWait);
        bytes = new byte[Math.Min(settings.MaxBytes, 16 * 1024)];
    }

    /// <summary>Bytes held now.</summary>
    public int Length => length;

    /// <summary>Whole lines taken so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines that were cut off because they did not end.</summary>
    public long OverlongLines { get; private set; }

    /// <summary>Bytes of such lines that were not kept.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>
    /// Takes received bytes and says how many it took. Less than all means that a blob is ready: call
    /// <see cref="TryCut"/> and offer the rest again.
    /// </summary>
    /// <param name="chunk">What was received.</param>
    /// <param name="receivedAtMs">When, milliseconds since 1970 UTC.</param>
    public int Add(ReadOnlySpan<byte> chunk, long receivedAtMs)
    {
        var taken = 0;
        lastAtMs = receivedAtMs;
        while (taken < chunk.Length && !overlong && length < settings.MaxBytes)
        {
            var rest = chunk[taken..];
            var end = rest.IndexOf((byte)'\n');
            taken += skipping ? Skip(rest, end) : Take(rest, end, receivedAtMs);
        }

        return taken;
    }

    /// <summary>Gives the next blob when one is due.</summary>
    /// <param name="nowMs">The time, milliseconds since 1970 UTC.</param>
    /// <param name="all">True to give everything, an unfinished line included: the source has ended.</param>
    /// <param name="cut">The blob.</param>
    public bool TryCut(long nowMs, bool all, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LandingCut? cut)
    {
        cut = null;
        var end = EndOfCut(nowMs, all);
        if (end == 0)
        {
            return false;
        }

        if (marks.Count == 0)
        {
            marks.Add(new ReceivedMark(0, lastAtMs));
        }

        var following = marks.FindIndex(mark => mark.Offset >= end);
        var count = following < 0 ? marks.Count : following;
        cut = new LandingCut(bytes.AsSpan(0, end).ToArray(), marks.GetRange(0, count));
        Forget(end, count);
        return true;
    }

    private int EndOfCut(long nowMs, bool all)
    {
        if (overlong || (all && length > 0))
        {
            return length;
        }

        if (lineStart == 0)
        {
            return 0;
        }

        parts.Expire(nowMs);
        if (!parts.AnyOpen)
        {
            safeEnd = lineStart;
        }

        var full = length >= settings.MaxBytes;
        var age = nowMs - marks[0].ReceivedAtMs;
        if (!full && age < settings.MaxAge.TotalMilliseconds && age >= 0)
        {
            return 0;
        }

        var waited = full || age < 0 || age >= (settings.MaxAge + settings.PartWait).TotalMilliseconds;
        return safeEnd > 0 ? safeEnd : waited ? lineStart : 0;
    }

    private int Skip(ReadOnlySpan<byte> rest, int end)
    {
        skipping = end < 0;
        var count = end < 0 ? rest.Length : end + 1;
        SkippedBytes += count;
        return count;
    }

    private int Take(ReadOnlySpan<byte> rest, int end, long atMs)
    {
        var room = settings.MaxBytes - length;
        var lineRoom = settings.MaxLineBytes + 1 - (length - lineStart);
        var count = Math.Min(end < 0 ? rest.Length : end + 1, Math.Min(room, lineRoom));
        Append(rest[..count]);
        if (bytes[length - 1] == (byte)'\n')
        {
            OnLine(atMs);
        }
        else if (length - lineStart > settings.MaxLineBytes)
        {
            overlong = true;
            OverlongLines++;
            Mark(atMs);
        }

        return count;
    }

    private void OnLine(long atMs)
    {
        Lines++;
        Mark(atMs);
        parts.OnLine(bytes.AsSpan(lineStart, length - lineStart), atMs);
        lineStart = length;
        if (!parts.AnyOpen)
        {
            safeEnd = length;
        }
    }

    /// <summary>A mark stands only where no message is open, so that a blob can be read mark by mark.</summary>
    private void Mark(long atMs)
    {
        if (marks.Count == 0)
        {
            marks.Add(new ReceivedMark(0, atMs));
            return;
        }

        var sinceMs = atMs - marks[^1].ReceivedAtMs;
        if ((sinceMs >= settings.MarkStep.TotalMilliseconds || sinceMs < 0) && safeEnd == lineStart)
        {
            marks.Add(new ReceivedMark(lineStart, atMs));
        }
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (length + part.Length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Min(settings.MaxBytes, Math.Max(bytes.Length * 2, length + part.Length)));
        }

        part.CopyTo(bytes.AsSpan(length));
        length += part.Length;
    }

    private void Forget(int end, int marksUsed)
    {
        skipping |= overlong;
        var overlongCut = overlong;
        overlong = false;
        var last = marks[marksUsed - 1];
        marks.RemoveRange(0, marksUsed);
        for (var i = 0; i < marks.Count; i++)
        {
            marks[i] = marks[i] with { Offset = marks[i].Offset - end };
        }

        bytes.AsSpan(end, length - end).CopyTo(bytes);
        length -= end;
        lineStart = Math.Max(0, lineStart - end);
        safeEnd = Math.Max(0, safeEnd - end);
        if (overlongCut)
        {
            lineStart = 0;
        }

        if (lineStart > 0 && (marks.Count == 0 || marks[0].Offset > 0))
        {
            marks.Insert(0, new ReceivedMark(0, last.ReceivedAtMs));
        }
    }
}
