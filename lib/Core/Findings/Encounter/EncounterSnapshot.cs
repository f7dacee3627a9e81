using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>The state of the stage as one JSON object.</summary>
internal static class EncounterSnapshot
{
    private const int FormatNow = 2;

    public static void Write(
        IBufferWriter<byte> target, (NewsPlace Heard, long NowMs, long NewsMs) at, EncounterJudge[] judges, EncounterCounts counts)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteNumber("format", FormatNow);
        SnapshotJson.Numbers(json, "heard", at.Heard.Plan, at.Heard.Part, at.NowMs, at.NewsMs);
        SnapshotJson.WriteCounts(json, counts);
        json.WriteStartArray("profiles");
        foreach (var judge in judges)
        {
            json.WriteStartObject();
            json.WriteString("profile", judge.Findings.Profile);
            json.WriteStartArray("meetings");
            foreach (var meeting in judge.Book.Meetings.Values)
            {
                WriteMeeting(json, meeting);
            }

            json.WriteEndArray();
            json.WritePropertyName("findings");
            judge.Findings.Save(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static (NewsPlace Heard, long NowMs, long NewsMs) Read(
        ReadOnlySpan<byte> bytes, EncounterJudge[] judges, EncounterCounts counts) =>
        SnapshotJson.Read(bytes, StageNames.Encounters, FormatNow, root =>
        {
            SnapshotJson.ReadCounts(root, counts);
            var profiles = root.GetProperty("profiles");
            if (profiles.GetArrayLength() != judges.Length)
            {
                throw new InvalidDataException("the state of encounters was made with other profiles: go on with the same ones");
            }

            for (var i = 0; i < judges.Length; i++)
            {
                ReadJudge(profiles[i], judges[i]);
            }

            var heard = root.GetProperty("heard");
            return (new NewsPlace(heard[0].GetInt64(), heard[1].GetInt32()), heard[2].GetInt64(), heard[3].GetInt64());
        });

    private static void ReadJudge(JsonElement of, EncounterJudge judge)
    {
        if (of.GetProperty("profile").GetString() != judge.Findings.Profile)
        {
            throw new InvalidDataException("the state of encounters was made with other profiles: go on with the same ones");
        }

        foreach (var meeting in of.GetProperty("meetings").EnumerateArray())
        {
            judge.Book.Put(ReadMeeting(meeting));
        }

        judge.Findings.Restore(of.GetProperty("findings"));
    }

    private static void WriteMeeting(Utf8JsonWriter json, Meeting meeting)
    {
        json.WriteStartObject();
        json.WritePropertyName("first");
        SnapshotJson.WriteParty(json, meeting.First);
        json.WritePropertyName("second");
        SnapshotJson.WriteParty(json, meeting.Second);
        if (meeting.Old is { } old)
        {
            json.WriteStartObject("old");
            SnapshotJson.Numbers(json, "at", old.StartAtMs, old.LastAtMs, old.Instants, old.NearestDecimetres);
            SnapshotJson.Numbers(json, "places", old.FirstMiddle.LatitudeE7, old.FirstMiddle.LongitudeE7, old.LastMiddle.LatitudeE7, old.LastMiddle.LongitudeE7);
            SnapshotJson.Numbers(json, "first", [.. old.SpeedsOfFirst]);
            SnapshotJson.Numbers(json, "second", [.. old.SpeedsOfSecond]);
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
            First = SnapshotJson.ReadParty(of.GetProperty("first")),
            Second = SnapshotJson.ReadParty(of.GetProperty("second")),
            Old = of.TryGetProperty("old", out var old) ? ReadStretch(old) : null,
        };
        foreach (var contact in of.GetProperty("recent").EnumerateArray())
        {
            var atMs = contact[0].GetInt64();
            meeting.Recent.Add(atMs, new Contact(
                atMs, contact[1].GetInt32(), SnapshotJson.PositionOf(contact, 2), contact[4].GetInt32(), contact[5].GetInt32(), contact[6].GetBoolean()));
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
            FirstMiddle = SnapshotJson.PositionOf(places, 0),
            LastMiddle = SnapshotJson.PositionOf(places, 2),
            SpeedsOfFirst = SpeedsOf(of.GetProperty("first")),
            SpeedsOfSecond = SpeedsOf(of.GetProperty("second")),
            IsSimulated = of.GetProperty("simulated").GetBoolean(),
        };
    }

    private static int[] SpeedsOf(JsonElement counts) => counts.GetArrayLength() == Stretch.Speeds
        ? [.. counts.EnumerateArray().Select(count => count.GetInt32())]
        : throw new InvalidDataException("the state of encounters counts other speeds");
}
