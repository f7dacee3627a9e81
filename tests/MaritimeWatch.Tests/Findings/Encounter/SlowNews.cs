using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Encounter;

/// <summary>A slow ship at an instant, as a test writes it down.</summary>
internal sealed record SlowShip(uint Mmsi, Position Where, long AtMs, int ShipType = 70, bool IsFar = true, long KnownAfterMs = 60_000)
{
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"mmsi:{Mmsi}");

    public long KnownAtMs => AtMs + KnownAfterMs;

    public string Line
    {
        get
        {
            var at = Instants.ToText(AtMs);
            return string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"type":"Feature","id":"{{{Subject}}}-{{{at}}}","geometry":{"type":"Point","coordinates":[{{{Where.LongitudeDegrees:F7}}},{{{Where.LatitudeDegrees:F7}}}]},"properties":{"id":"{{{Subject}}}-{{{at}}}","mmsi":{{{Mmsi}}},"subject":"{{{Subject}}}","name":null,"at":"{{{at}}}","known_at":"{{{Instants.ToText(KnownAtMs)}}}","speed_knots":0.6,"length_m":90,"ship_type":{{{ShipType}}},"far_from_anchorage":{{{(IsFar ? "true" : "false")}}},"simulated":true}}""");
        }
    }
}

/// <summary>Folds rows as entries of news, through both stages in one group each, and keeps what is said.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "the fold holds memory only")]
internal sealed class SlowNews : IFoldOutput
{
    private readonly List<string> _contacts = [];
    private ContactFold _contactFold = new(0, 1, ["default"]);
    private EncounterFold _fold = new();
    private long _number;

    public EncounterFold Fold => _fold;

    public ContactFold Contacts => _contactFold;

    /// <summary>Where given, entries are folded with saves, kills and restores in between.</summary>
    public Random? Chaos { get; init; }

    public List<string> Lines { get; } = [];

    public IReadOnlyList<JsonElement> Revisions =>
        [.. Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("properties"))];

    /// <summary>The latest revision of each finding that is not retracted.</summary>
    public IReadOnlyList<JsonElement> Latest =>
        [.. Revisions.GroupBy(r => r.Text("id")).Select(g => g.Last()).Where(r => r.Text("state") != "retracted")];

    /// <summary>Rows in the order in which they became known, so many an entry.</summary>
    public static SlowNews Of(IEnumerable<SlowShip> ships, int rowsAnEntry = 7, Random? chaos = null)
    {
        var news = new SlowNews { Chaos = chaos };
        foreach (var chunk in ships.OrderBy(s => s.KnownAtMs).ThenBy(s => s.Mmsi).Chunk(rowsAnEntry))
        {
            news.Add(chunk.Select(s => s.Line));
        }

        return news;
    }

    public void Add(IEnumerable<string> lines)
    {
        var news = new NewsEntry(_number + 1, 0, [.. lines.Select(l => new NewsRow("slow", Encoding.UTF8.GetBytes(l)))]);
        Entry(EntryKind.News, news.ToBytes());
    }

    public void Tick(long atMs) => Entry(EntryKind.Tick, Encoding.UTF8.GetBytes($$"""{"at":{{atMs}}}"""));

    public void Entry(EntryKind kind, byte[] body)
    {
        var entry = new InboxEntry(++_number, kind, body);
        var before = Chaos is null ? [] : Save();
        var lines = Lines.Count;
        Fold1(entry);
        if (Chaos?.Next(4) == 0)
        {
            Lines.RemoveRange(lines, Lines.Count - lines); // killed before the commit
            Restore(before);
            Fold1(entry);
        }

        if (Chaos?.Next(3) == 0)
        {
            Restore(Save());
        }
    }

    public void WriteLine(string collection, ReadOnlySpan<byte> line)
    {
        (collection switch { "findings" => Lines, "contacts" => _contacts, _ => [] }).Add(Encoding.UTF8.GetString(line));
    }

    public byte[] Save()
    {
        var buffer = new ArrayBufferWriter<byte>();
        _contactFold.SaveSnapshot(buffer);
        buffer.Write("\n"u8);
        _fold.SaveSnapshot(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private void Fold1(InboxEntry entry)
    {
        _contacts.Clear();
        Fold1(_contactFold, entry);
        if (entry.Kind == EntryKind.Tick)
        {
            Fold1(_fold, entry);
        }
        else if (_contacts.Count > 0)
        {
            var news = new NewsEntry(entry.Number, 0, [.. _contacts.Select(l => new NewsRow("contacts", Encoding.UTF8.GetBytes(l)))]);
            Fold1(_fold, new InboxEntry(entry.Number, EntryKind.News, news.ToBytes()));
        }
    }

    private void Fold1(IFold fold, InboxEntry entry) =>
        Assert.That(fold.FoldAsync(entry, 0, 1, this, default).AsTask().GetAwaiter().GetResult().IsDone);

    private void Restore(byte[] state)
    {
        var middle = state.AsSpan().IndexOf((byte)'\n');
        _contactFold = new ContactFold(0, 1, ["default"]);
        _contactFold.RestoreSnapshot(state.AsSpan(0, middle));
        _fold = new EncounterFold();
        _fold.RestoreSnapshot(state.AsSpan(middle + 1));
    }
}
