using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>
/// A small stage: its output is a hash-chained list of the records it folded, so that anything lost, doubled or out of
/// order shows. A batch body is the landing hash and a count of records; a batch seen before is skipped.
/// </summary>
/// <param name="skipsSeen">False plants the bug of a fold that forgets.</param>
/// <param name="tag">Tells the lines of one group from those of another.</param>
/// <param name="savesWhole">It says that its deltas are the whole state.</param>
internal sealed class ToyFold(bool skipsSeen = true, string tag = "", bool savesWhole = false) : IFold
{
    private const int HashLength = 64;

    private readonly List<string> seen = [];
    private int savedSeen;
    private long count;
    private string head = "";

    public bool SavesWhole => savesWhole;

    /// <summary>All of the state, for comparing.</summary>
    public string State => $"{count} {head} {string.Join(',', seen)}";

    public static byte[] Body(string landingHash, int records) => [.. Encoding.ASCII.GetBytes(landingHash), (byte)records];

    public static string HashOf(InboxEntry entry) => Encoding.ASCII.GetString(entry.Body.Span[..HashLength]);

    /// <summary>The chain after one more record.</summary>
    public static string Link(string head, string what) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(head + what)).AsSpan(0, 8));

    public void Reset()
    {
        seen.Clear();
        (savedSeen, count, head) = (0, 0, "");
    }

    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => RestoreDelta(snapshot);

    public void RestoreDelta(ReadOnlySpan<byte> delta)
    {
        if (delta.Length < 24 || (delta.Length - 24) % HashLength != 0)
        {
            throw new InvalidDataException("a state of the toy has another length");
        }

        count = BinaryPrimitives.ReadInt64LittleEndian(delta);
        head = Encoding.ASCII.GetString(delta.Slice(8, 16)).TrimEnd('-');
        for (var rest = delta[24..]; rest.Length > 0; rest = rest[HashLength..])
        {
            seen.Add(Encoding.ASCII.GetString(rest[..HashLength]));
        }

        savedSeen = seen.Count;
    }

    public void SaveSnapshot(IBufferWriter<byte> target) => Save(target, 0);

    public void SaveDelta(IBufferWriter<byte> target) => Save(target, savedSeen);

    public async ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        await Task.Yield();
        var hash = HashOf(entry);
        if (skipsSeen && fromRecord == 0 && seen.Contains(hash))
        {
            return FoldStep.EntryDone;
        }

        int records = entry.Body.Span[HashLength];
        var record = fromRecord;
        for (; record < records && record < fromRecord + budget; record++)
        {
            head = Link(head, $"{hash}:{record}{tag}");
            output.WriteLine("chain", Encoding.ASCII.GetBytes($"{++count} {hash}:{record}{tag} {head}"));
        }

        if (record < records)
        {
            return new FoldStep(record, false);
        }

        seen.Add(hash);
        return FoldStep.EntryDone;
    }

    public void Publish(IFoldOutput output) => output.WriteLine("views", Encoding.ASCII.GetBytes($"{count} {head}"));

    private void Save(IBufferWriter<byte> target, int from)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, count);
        target.Write(number);
        target.Write(Encoding.ASCII.GetBytes(head.PadRight(16, '-')));
        foreach (var hash in seen.Skip(from))
        {
            target.Write(Encoding.ASCII.GetBytes(hash));
        }

        savedSeen = seen.Count;
    }
}
