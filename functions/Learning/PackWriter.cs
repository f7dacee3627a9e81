using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Learning;

/// <summary>Collects the lines of commits, the last of each id, and writes them as packs.</summary>
/// <param name="store">Where they go.</param>
/// <param name="group">The group.</param>
/// <param name="from">The first commit of the first pack.</param>
internal sealed class PackWriter(IBlobStore store, int group, long from)
{
    private static readonly string[] Instants = ["end_at", "departure_at", "arrival_at", "last_at"];
    private readonly Dictionary<(byte Letter, string Id), ReadOnlyMemory<byte>> head = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> tracks = new(StringComparer.Ordinal);
    private long first = from;

    /// <summary>Bytes of lines that are collected.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes the lines of a segment.</summary>
    public void Add(string collection, ReadOnlyMemory<byte> lines)
    {
        var letter = LinePack.Head.FirstOrDefault(one => one.Collection == collection).Letter;
        foreach (var line in StoreOutput.Lines(lines))
        {
            var kept = line.ToArray(); // Not the whole of what was read for it.
            if (IdOf(kept) is not { } id)
            {
                continue;
            }

            Put(letter, id, kept);
        }
    }

    /// <summary>Takes the lines of a pack: those before the tracks, with their letters, and the tracks.</summary>
    public void AddPack(IEnumerable<ReadOnlyMemory<byte>> early, IEnumerable<ReadOnlyMemory<byte>> late)
    {
        foreach (var line in early)
        {
            Put(line.Span[0], IdOf(line[1..].ToArray())!, line[1..]);
        }

        foreach (var line in late)
        {
            Put(0, IdOf(line.ToArray())!, line);
        }
    }

    /// <summary>Writes what was collected up to a commit; what comes later is of the next pack.</summary>
    /// <returns>The pack.</returns>
    public async Task<LinePack> WriteAsync(long to, CancellationToken cancel)
    {
        var lastMs = head.Values.Concat(tracks.Values).Select(LastMs).DefaultIfEmpty(0).Max();
        var early = LinePack.Compress(head.OrderBy(one => one.Key.Letter).ThenBy(one => one.Key.Id, StringComparer.Ordinal)
            .Select(one => (ReadOnlyMemory<byte>)(byte[])[one.Key.Letter, .. one.Value.Span]));
        var late = LinePack.Compress(tracks.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value));
        var pack = new LinePack(group, first, to, Math.Max(0, lastMs), early.Length, early.Length + late.Length);
        await store.PutAsync(pack.Blob, (byte[])[.. early, .. late], PutCondition.IfAbsent, cancel);
        head.Clear();
        tracks.Clear();
        (first, Bytes) = (to + 1, 0);
        return pack;
    }

    private void Put(byte letter, string id, ReadOnlyMemory<byte> line)
    {
        Bytes += line.Length;
        if (letter == 0)
        {
            Bytes -= tracks.TryGetValue(id, out var before) ? before.Length : 0;
            tracks[id] = line;
        }
        else
        {
            Bytes -= head.TryGetValue((letter, id), out var before) ? before.Length : 0;
            head[(letter, id)] = line;
        }
    }

    // A line that does not read is nobody's; learning passes it over, as it does with the rest of what it cannot use.
    private static string? IdOf(byte[] line)
    {
        try
        {
            return StoreOutput.IdOf(line);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long LastMs(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            foreach (var name in Instants)
            {
                if (of.TryGetProperty(name, out var at) && at.ValueKind == JsonValueKind.String)
                {
                    return DateTimeOffset.Parse(at.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return 0; // Who reads it passes it over and counts it.
        }

        return 0;
    }
}
