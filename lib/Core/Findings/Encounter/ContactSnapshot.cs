using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>The state of a group of contacts as one JSON object.</summary>
internal static class ContactSnapshot
{
    private const int FormatNow = 1;

    public static void Write(IBufferWriter<byte> target, NewsPlace heard, ContactBook book, EncounterCounts counts)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteNumber("format", FormatNow);
        SnapshotJson.Numbers(json, "heard", heard.Plan, heard.Part, book.NowMs);
        SnapshotJson.WriteCounts(json, counts);
        json.WriteStartArray("rows");
        foreach (var row in book.Instants.Values.SelectMany(grid => grid.Rows))
        {
            WriteRow(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static NewsPlace Read(ReadOnlySpan<byte> bytes, ContactBook book, EncounterCounts counts) =>
        SnapshotJson.Read(bytes, StageNames.Contacts, FormatNow, root =>
        {
            var heard = root.GetProperty("heard");
            book.MoveTo(heard[2].GetInt64());
            SnapshotJson.ReadCounts(root, counts);
            foreach (var row in root.GetProperty("rows").EnumerateArray())
            {
                book.Place(ReadRow(row));
            }

            return new NewsPlace(heard[0].GetInt64(), heard[1].GetInt32());
        });

    private static void WriteRow(Utf8JsonWriter json, SlowRow row)
    {
        json.WriteStartArray();
        json.WriteStringValue(row.Id);
        SnapshotJson.WriteParty(json, new Party(row.Subject, row.Mmsi, row.Name, row.ShipType));
        json.WriteNumberValue(row.Where.LatitudeE7);
        json.WriteNumberValue(row.Where.LongitudeE7);
        json.WriteNumberValue(row.AtMs);
        json.WriteNumberValue(row.SpeedDeciKnots);
        json.WriteBooleanValue(row.IsSimulated);
        json.WriteNumberValue(row.KnownAtMs);
        json.WriteBooleanValue(row.IsFar);
        json.WriteEndArray();
    }

    private static SlowRow ReadRow(JsonElement row)
    {
        var party = SnapshotJson.ReadParty(row[1]);
        return new SlowRow(
            row[0].GetString()!, party.Subject, party.Mmsi, party.Name, party.ShipType, SnapshotJson.PositionOf(row, 2),
            row[4].GetInt64(), row[5].GetInt32(), row[6].GetBoolean())
        {
            KnownAtMs = row[7].GetInt64(),
            IsFar = row[8].GetBoolean(),
        };
    }
}
