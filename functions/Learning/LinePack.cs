using System.Globalization;
using System.IO.Compression;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Learning;

/// <summary>
/// The name of a pack: what the commits of one group of the watch said that is learned from, the last line of each id. It is
/// made once and never changes; two that make the same one make the same bytes, and packs may overlap, because of an id
/// the last line counts. The few lines of vessels, calls and stays come first, so that they can be read alone.
/// </summary>
/// <param name="Group">The group.</param>
/// <param name="From">The first commit, a generation from 1.</param>
/// <param name="To">The last.</param>
/// <param name="LastMs">When the last that it tells of happened, milliseconds since 1970 UTC; 0 where it tells of nothing.</param>
/// <param name="HeadBytes">Bytes of the part before the tracks.</param>
/// <param name="Length">All its bytes; 0 where it is not known.</param>
internal sealed record LinePack(int Group, long From, long To, long LastMs, long HeadBytes, long Length)
{
    /// <summary>The collections before the tracks, by the letter that a line begins with.</summary>
    public static IReadOnlyList<(string Collection, byte Letter)> Head { get; } =
        [("vessels", (byte)'v'), ("port-calls", (byte)'c'), ("stays", (byte)'s')];

    /// <summary>The blob's name.</summary>
    public string Blob => string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(Group)}{From:D10}-{To:D10}-{LastMs:D14}-{HeadBytes}");

    /// <summary>Where the packs of a group lie, ending in '/'.</summary>
    public static string PrefixOf(int group) => string.Create(CultureInfo.InvariantCulture, $"learning/{group:D3}/");

    /// <summary>Reads a name; null where it is none of ours.</summary>
    public static LinePack? Parse(string blob, long length)
    {
        var path = blob.Split('/');
        if (path is not ["learning", var group, var name] || !Number(group, out var of))
        {
            return null;
        }

        return name.Split('-') is [var from, var to, var last, var head]
            && Number(from, out var first) && Number(to, out var until) && Number(last, out var lastMs) && Number(head, out var headBytes)
            && first >= 1 && until >= first && headBytes <= length
                ? new LinePack((int)of, first, until, lastMs, headBytes, length)
                : null;
    }

    /// <summary>The part before the tracks, compressed.</summary>
    public Task<ReadOnlyMemory<byte>> HeadAsync(IBlobStore store, CancellationToken cancel) => PartAsync(store, 0, HeadBytes, cancel);

    /// <summary>The tracks, compressed.</summary>
    public Task<ReadOnlyMemory<byte>> TracksAsync(IBlobStore store, CancellationToken cancel) => PartAsync(store, HeadBytes, Length, cancel);

    /// <summary>The packs to read: those that lie within no other, in the order in which they are to be read.</summary>
    public static List<LinePack> Chain(IReadOnlyCollection<LinePack> packs) =>
    [
        .. packs.Where(pack => !packs.Any(other => other != pack && other.From <= pack.From && other.To >= pack.To
            && (other.From < pack.From || other.To > pack.To || string.CompareOrdinal(other.Blob, pack.Blob) < 0)))
            .OrderBy(pack => pack.To),
    ];

    /// <summary>Lines, each with its newline, compressed.</summary>
    public static byte[] Compress(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            foreach (var line in lines)
            {
                gzip.Write(line.Span);
                gzip.WriteByte((byte)'\n');
            }
        }

        return packed.ToArray();
    }

    /// <summary>The lines of a compressed part.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        while (reader.ReadLine() is { } line)
        {
            yield return System.Text.Encoding.UTF8.GetBytes(line);
        }
    }

    private async Task<ReadOnlyMemory<byte>> PartAsync(IBlobStore store, long from, long to, CancellationToken cancel) =>
        await store.GetRangeAsync(Blob, from, checked((int)(to - from)), cancel) is { } bytes && bytes.Length == to - from
            ? bytes
            : throw new StoreException(StoreTrouble.Retry, $"{Blob} is gone or not whole: another run has merged or forgotten it");

    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
