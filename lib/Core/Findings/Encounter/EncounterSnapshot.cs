using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>The state of the stage as one JSON object.</summary>
internal static class EncounterSnapshot
{
    private const int FormatNow = 1;

    public static void Write(
        IBufferWriter<byte> target, NewsPlace heard, MeetingBook book, StageFindings findings, EncounterCounts counts)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteNumber("format", FormatNow);
        Numbers(json, "heard", heard.Plan, heard.Part);
        json.WriteNumber("now", book.NowMs);
        Numbers(json, "counts", counts.Rows, counts.Late, counts.Refused, counts.LeftOut);
        json.WriteStartArray("rows");
        foreach (var row in book.Instants.Values.SelectMany(grid => grid.Rows))
        {
            WriteRow(json, row);
        }

        json.WriteEndArray();
        json.WriteStartArray("meetings");
        foreach (var meeting in book.Meetings.Values)
        {
            WriteMeeting(json, meeting);
        }

        json.WriteEndArray();
        json.WritePropertyName("findings");
        findings.Save(json);
        json.WriteEndObject();
    }

    public static NewsPlace Read(ReadOnlySpan<byte> bytes, MeetingBook book, StageFindings findings, EncounterCounts counts)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var root = JsonElement.ParseValue(ref reader);
            var format = root.GetProperty("format").GetInt32();
            if (format != FormatNow)
            {
                throw new InvalidDataException($"the state of encounters has format {format}, this build reads {FormatNow}");
            }

            book.MoveTo(root.GetProperty("now").GetInt64());
            var counted = root.GetProperty("counts");
            (counts.Rows, counts.Late, counts.Refused, counts.LeftOut) =
                (counted[0].GetInt64(), counted[1].GetInt64(), counted[2].GetInt64(), counted[3].GetInt64());
            foreach (var row in root.GetProperty("rows").EnumerateArray())
            {
                book.Place(ReadRow(row));
            }

            foreach (var meeting in root.GetProperty("meetings").EnumerateArray())
            {
                book.Put(ReadMeeting(meeting));
            }

            findings.Restore(root.GetProperty("findings"));
            var heard = root.GetProperty("heard");
            return new NewsPlace(heard[0].GetInt64(), heard[1].GetInt32());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"the state of encounters is damaged: {fault.Message}", fault);
        }
    }

    private static void WriteRow(Utf8JsonWriter json, SlowRow row)
    {
        json.WriteStartArray();
        json.WriteStringValue(row.Id);
        WriteParty(json, new Party(row.Subject, row.Mmsi, row.Name, row.ShipType));
        json.WriteNumberValue(row.Where.LatitudeE7);
        json.WriteNumberValue(row.Where.LongitudeE7);
        json.WriteNumberValue(row.AtMs);
        json.WriteNumberValue(row.SpeedDeciKnots);
        json.WriteBooleanValue(row.IsSimulated);
        json.WriteEndArray();
    }

    private static SlowRow ReadRow(JsonElement row)
    {
        var party = ReadParty(row[1]);
        return new SlowRow(
            row[0].GetString()!,
            party.Subject,
            party.Mmsi,
            party.Name,
            party.ShipType,
            PositionOf(row, 2),
            row[4].GetInt64(),
            row[5].GetInt32(),
            row[6].GetBoolean());
    }

    private static void WriteMeeting(Utf8JsonWriter json, Meeting meeting)
    {
        json.WriteStartObject();
        json.WritePropertyName("first");
        WriteParty(json, meeting.First);
        json.WritePropertyName("second");
        WriteParty(json, meeting.Second);
        if (meeting.Old is { } old)
        {
            json.WriteStartObject("old");
            Numbers(json, "at", old.StartAtMs, old.LastAtMs, old.Instants, old.NearestDecimetres);
            Numbers(json, "places", old.FirstMiddle.LatitudeE7, old.FirstMiddle.LongitudeE7, old.LastMiddle.LatitudeE7, old.LastMiddle.LongitudeE7);
            Numbers(json, "first", [.. old.SpeedsOfFirst]);
            Numbers(json, "second", [.. old.SpeedsOfSecond]);
            json.WriteBoolean("simulated", old.IsSimulated);
            json.WriteEndObject();
        }

        json.WriteStartArray("recent");
        foreach (var contact in meeting.Recent.Values)
        {
            json.WriteStartArray();
            json.WriteNumberValue(contact.AtMs);
            json.WriteNumberValue(contact.Decimetres);
            json.WriteNumberValue(contact.Middle.LatitudeE7);
            json.WriteNumberValue(contact.Middle.LongitudeE7);
            json.WriteNumberValue(contact.SpeedOfFirst);
            json.WriteNumberValue(contact.SpeedOfSecond);
            json.WriteBooleanValue(contact.IsSimulated);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("said");
        foreach (var said in meeting.Said)
        {
            json.WriteStartArray();
            json.WriteStringValue(said.Key);
            json.WriteNumberValue(said.StartAtMs);
            json.WriteNumberValue(said.LastAtMs);
            json.WriteStringValue(said.Because);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Meeting ReadMeeting(JsonElement of)
    {
        var meeting = new Meeting
        {
            First = ReadParty(of.GetProperty("first")),
            Second = ReadParty(of.GetProperty("second")),
            Old = of.TryGetProperty("old", out var old) ? ReadStretch(old) : null,
        };
        foreach (var contact in of.GetProperty("recent").EnumerateArray())
        {
            var atMs = contact[0].GetInt64();
            meeting.Recent.Add(atMs, new Contact(
                atMs, contact[1].GetInt32(), PositionOf(contact, 2), contact[4].GetInt32(), contact[5].GetInt32(), contact[6].GetBoolean()));
        }

        foreach (var said in of.GetProperty("said").EnumerateArray())
        {
            meeting.Said.Add(new SaidOf(said[0].GetString()!)
            {
                StartAtMs = said[1].GetInt64(),
                LastAtMs = said[2].GetInt64(),
                Because = said[3].GetString(),
            });
        }

        return meeting;
    }

    private static Stretch ReadStretch(JsonElement of)
    {
        var (at, places) = (of.GetProperty("at"), of.GetProperty("places"));
        return new Stretch
        {
            StartAtMs = at[0].GetInt64(),
            LastAtMs = at[1].GetInt64(),
            Instants = at[2].GetInt32(),
            NearestDecimetres = at[3].GetInt32(),
            FirstMiddle = PositionOf(places, 0),
            LastMiddle = PositionOf(places, 2),
            SpeedsOfFirst = SpeedsOf(of.GetProperty("first")),
            SpeedsOfSecond = SpeedsOf(of.GetProperty("second")),
            IsSimulated = of.GetProperty("simulated").GetBoolean(),
        };
    }

    private static int[] SpeedsOf(JsonElement counts) => counts.GetArrayLength() == Stretch.Speeds
        ? [.. counts.EnumerateArray().Select(count => count.GetInt32())]
        : throw new InvalidDataException("the state of encounters counts other speeds");

    private static void WriteParty(Utf8JsonWriter json, Party party)
    {
        json.WriteStartArray();
        json.WriteStringValue(party.Subject);
        json.WriteNumberValue(party.Mmsi ?? 0);
        json.WriteStringValue(party.Name);
        json.WriteNumberValue(party.ShipType);
        json.WriteEndArray();
    }

    private static Party ReadParty(JsonElement of)
    {
        var mmsi = of[1].GetUInt32();
        return new Party(of[0].GetString()!, mmsi == 0 ? null : mmsi, of[2].GetString(), of[3].GetInt32());
    }

    private static Position PositionOf(JsonElement of, int from) => new(of[from].GetInt32(), of[from + 1].GetInt32());

    private static void Numbers(Utf8JsonWriter json, string property, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(property);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
