using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Findings.Congestion;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Congestion;

/// <summary>A ship at anchor before a port or at its berth, in hours since the start of the recording.</summary>
internal sealed record Stay(int Ship, double FromHours, double? ToHours, string Kind = "anchorage", string Port = "SEGOT")
{
    public static readonly long StartMs = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>What the watch says of it, with when it could say so.</summary>
    public IEnumerable<(long KnownAtMs, string Line)> Lines()
    {
        yield return (AtMs(FromHours), Line(null));
        if (ToHours is { } to)
        {
            yield return (AtMs(to), Line(to));
        }
    }

    public static long AtMs(double hours) => StartMs + (long)(hours * 3_600_000);

    private string Line(double? gone)
    {
        var from = Instants.ToText(AtMs(FromHours));
        var to = gone is { } hours ? $"\"{Instants.ToText(AtMs(hours))}\"" : "null";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"Feature","id":"c{{{Ship}}}","geometry":{"type":"Point","coordinates":[11.7,57.6]},"properties":{"id":"c{{{Ship}}}","mmsi":{{{219_000_000 + Ship}}},"subject":"mmsi:{{{219_000_000 + Ship}}}","name":null,"port":"{{{Port}}}","port_name":"Gothenburg","anchorage":"a1","place_kind":"{{{Kind}}}","arrival_at":"{{{from}}}","stop_at":"{{{from}}}","restart_at":null,"departure_at":{{{to}}},"known_at":"{{{Instants.ToText(AtMs(gone ?? FromHours))}}}","confidence":3,"state":"{{{(gone is null ? "open" : "closed")}}}","simulated":true}}""");
    }
}

/// <summary>Folds stays as entries of news.</summary>
internal sealed class PortNews : IFoldOutput
{
    private CongestionFold _fold = new();

    public List<string> Said { get; } = [];

    public IReadOnlyList<JsonElement> Revisions =>
        [.. Said.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("properties"))];

    /// <param name="stays">Who lay where.</param>
    /// <param name="rowsAnEntry">How many lines an entry of the inbox holds.</param>
    /// <param name="restart">True to save and restore the state after every entry.</param>
    public static PortNews Of(IEnumerable<Stay> stays, int rowsAnEntry = 50, bool restart = false)
    {
        var news = new PortNews();
        var number = 0L;
        var lines = stays.SelectMany(stay => stay.Lines()).OrderBy(line => line.KnownAtMs).ThenBy(line => line.Line, StringComparer.Ordinal);
        foreach (var chunk in lines.Chunk(rowsAnEntry))
        {
            var rows = chunk.Select(line => new NewsRow("port-calls", Encoding.UTF8.GetBytes(line.Line))).ToArray();
            var entry = new InboxEntry(++number, EntryKind.News, new NewsEntry(number, 0, rows).ToBytes());
            var step = news._fold.FoldAsync(entry, 0, int.MaxValue, news, CancellationToken.None);
            Assert.That(step.IsCompletedSuccessfully);
            if (restart)
            {
                var state = new ArrayBufferWriter<byte>();
                news._fold.SaveSnapshot(state);
                news._fold = new CongestionFold();
                news._fold.RestoreSnapshot(state.WrittenSpan);
            }
        }

        return news;
    }

    public void WriteLine(string collection, ReadOnlySpan<byte> line)
    {
        if (collection == "findings")
        {
            Said.Add(Encoding.UTF8.GetString(line));
        }
    }
}
