using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>
/// The gate's state as JSON. A snapshot has everything; a delta has the vehicles and ways that changed, those that went, and
/// all of the rest, which is small. Restoring a delta lays it over what is there.
/// </summary>
internal static class GateStateCodec
{
    private const int Version = 1;

    public static void Save(GateState state, IBufferWriter<byte> target, bool isWhole)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteNumber("version"u8, Version);
        json.WriteNumber("clock"u8, state.ClockMs);
        json.WriteNumber("folded"u8, state.FoldedMs);
        json.WriteNumber("cameras"u8, state.CameraVersion);
        json.WriteStartArray("seen"u8);
        foreach (var key in isWhole ? state.Seen : state.SeenUnsaved)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteStartObject("counts"u8);
        foreach (var (what, count) in state.Counts)
        {
            json.WriteNumber(what, count);
        }

        json.WriteEndObject();
        WriteHeld(json, state);
        json.WriteStartArray("late"u8);
        foreach (var late in state.Late)
        {
            Write(json, late);
        }

        json.WriteEndArray();
        json.WriteStartArray("ways"u8);
        foreach (var way in (isWhole ? state.Ways.All.Keys : state.Ways.Changed)
            .OrderBy(key => key.From, StringComparer.Ordinal).ThenBy(key => key.To, StringComparer.Ordinal))
        {
            Write(json, state.Ways.All[way]);
        }

        json.WriteEndArray();
        json.WriteStartArray("gone"u8);
        foreach (var token in state.Gone.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(token);
        }

        json.WriteEndArray();
        json.WriteStartArray("vehicles"u8);
        foreach (var token in (isWhole ? state.Vehicles.Keys : state.Changed).Order(StringComparer.Ordinal))
        {
            Write(json, state.Vehicles[token]);
        }

        json.WriteEndArray();
        json.WritePropertyName("findings"u8);
        state.Findings.Save(json);
        json.WriteEndObject();
        json.Flush();
        state.Saved();
    }

    public static void Restore(GateState state, GateThresholds thresholds, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            Restore(state, thresholds, JsonElement.ParseValue(ref reader));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"the state of the gate is damaged: {e.Message}", e);
        }
    }

    private static void Restore(GateState state, GateThresholds thresholds, JsonElement root)
    {
        OlderFormatException.Check("the state of the gate", root.GetProperty("version").GetInt32(), Version);

        state.ClockMs = root.GetProperty("clock").GetInt64();
        state.FoldedMs = root.GetProperty("folded").GetInt64();
        state.CameraVersion = root.GetProperty("cameras").GetInt32();
        foreach (var key in root.GetProperty("seen").EnumerateArray())
        {
            state.See(key.GetString()!);
        }

        state.Counts.Clear();
        foreach (var count in root.GetProperty("counts").EnumerateObject())
        {
            state.Counts.Add(count.Name, count.Value.GetInt64());
        }

        state.Held.Clear();
        foreach (var held in root.GetProperty("held").EnumerateArray())
        {
            state.Held.Add(new HeldRead(TokenBatch.ReadOf(held[2]), held[0].GetString()!, held[1].GetString()!));
        }

        state.Late.Clear();
        state.Late.AddRange(root.GetProperty("late").EnumerateArray().Select(LateOf));
        foreach (var way in root.GetProperty("ways").EnumerateArray())
        {
            state.Ways.Put(WayOf(way));
        }

        foreach (var token in root.GetProperty("gone").EnumerateArray())
        {
            state.Remove(token.GetString()!);
        }

        foreach (var saved in root.GetProperty("vehicles").EnumerateArray())
        {
            var vehicle = VehicleOf(saved);
            state.Remove(vehicle.Token);
            state.Put(vehicle, vehicle.Journeys.Count == 0 ? null : vehicle.Journeys.Min(journey => journey.Last.LastSeenMs + thresholds.JourneyGapMs));
        }

        state.Findings.Restore(root.GetProperty("findings"));
        state.Saved();
    }

    private static void WriteHeld(Utf8JsonWriter json, GateState state)
    {
        json.WriteStartArray("held"u8);
        foreach (var held in state.Held)
        {
            json.WriteStartArray();
            json.WriteStringValue(held.Landing);
            json.WriteStringValue(held.Hash);
            TokenBatch.Write(json, held.Read);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Way way)
    {
        json.WriteStartArray();
        json.WriteStringValue(way.From);
        json.WriteStringValue(way.To);
        json.WriteNumberValue(way.Count);
        json.WriteStartArray();
        for (var quarter = 0; quarter < TravelTimes.Quarters; quarter++)
        {
            for (var bucket = 0; bucket < TravelTimes.Buckets; bucket++)
            {
                if (way.Times.CountOf(quarter, bucket) is > 0 and var count)
                {
                    json.WriteNumberValue(quarter);
                    json.WriteNumberValue(bucket);
                    json.WriteNumberValue(count);
                }
            }
        }

        json.WriteEndArray();
        json.WriteStartArray();
        foreach (var passage in way.Recent)
        {
            json.WriteStringValue(passage.Token);
            json.WriteNumberValue(passage.DepartedMs);
            json.WriteNumberValue(passage.ArrivedMs);
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }

    private static Way WayOf(JsonElement saved)
    {
        var way = new Way(saved[0].GetString()!, saved[1].GetString()!) { Count = saved[2].GetInt64() };
        var counts = saved[3];
        for (var i = 0; i < counts.GetArrayLength(); i += 3)
        {
            way.Times.Add(counts[i].GetInt32(), counts[i + 1].GetInt32(), counts[i + 2].GetInt32());
        }

        var recent = saved[4];
        for (var i = 0; i < recent.GetArrayLength(); i += 3)
        {
            way.Recent.Add(new Passage(recent[i].GetString()!, recent[i + 1].GetInt64(), recent[i + 2].GetInt64()));
        }

        return way;
    }

    private static void Write(Utf8JsonWriter json, PendingLate late)
    {
        json.WriteStartArray();
        json.WriteStringValue(late.Token);
        json.WriteStringValue(late.From);
        json.WriteStringValue(late.To);
        json.WriteNumberValue(late.DepartedMs);
        json.WriteNumberValue(late.ArrivedMs);
        json.WriteNumberValue(late.MedianMs);
        json.WriteNumberValue(late.MostMs);
        json.WriteBooleanValue(late.IsSimulated);
        json.WriteNumberValue(late.KnownAtMs);
        Write(json, late.Left);
        Write(json, late.Came);
        json.WriteNumberValue(late.OthersLate);
        json.WriteNumberValue(late.OthersInTime);
        json.WriteEndArray();
    }

    private static PendingLate LateOf(JsonElement saved) => new(
        saved[0].GetString()!, saved[1].GetString()!, saved[2].GetString()!, saved[3].GetInt64(), saved[4].GetInt64(), saved[5].GetInt64(),
        saved[6].GetInt64(), saved[7].GetBoolean(), saved[8].GetInt64(), EvidenceOf(saved[9]), EvidenceOf(saved[10]))
    {
        OthersLate = saved[11].GetInt32(),
        OthersInTime = saved[12].GetInt32(),
    };

    private static void Write(Utf8JsonWriter json, Vehicle vehicle)
    {
        json.WriteStartArray();
        json.WriteStringValue(vehicle.Token);
        json.WriteNumberValue(vehicle.LastAtMs);
        json.WriteStartArray();
        foreach (var deletion in vehicle.Deletions)
        {
            json.WriteStringValue(deletion);
        }

        json.WriteEndArray();
        json.WriteStartArray();
        foreach (var (way, count) in vehicle.Habits.OrderBy(pair => pair.Key.From, StringComparer.Ordinal).ThenBy(pair => pair.Key.To, StringComparer.Ordinal))
        {
            json.WriteStringValue(way.From);
            json.WriteStringValue(way.To);
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteStartArray();
        foreach (var journey in vehicle.Journeys)
        {
            Write(json, journey);
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }

    private static Vehicle VehicleOf(JsonElement saved)
    {
        var vehicle = new Vehicle(saved[0].GetString()!)
        {
            LastAtMs = saved[1].GetInt64(),
            Deletions = [.. saved[2].EnumerateArray().Select(deletion => deletion.GetString()!)],
        };
        var habits = saved[3];
        for (var i = 0; i < habits.GetArrayLength(); i += 3)
        {
            vehicle.Habits.Add((habits[i].GetString()!, habits[i + 1].GetString()!), habits[i + 2].GetInt32());
        }

        vehicle.Journeys.AddRange(saved[4].EnumerateArray().Select(JourneyOf));
        return vehicle;
    }

    private static void Write(Utf8JsonWriter json, Journey journey)
    {
        json.WriteStartArray();
        json.WriteBooleanValue(journey.IsSimulated);
        json.WriteStringValue(journey.CandidateOf);
        json.WriteNumberValue(journey.CandidatePermille);
        json.WriteStartArray();
        foreach (var stop in journey.Stops)
        {
            json.WriteStartArray();
            json.WriteStringValue(stop.Camera);
            json.WriteNumberValue(stop.AtMs);
            json.WriteNumberValue(stop.LastSeenMs);
            json.WriteStringValue(stop.Written);
            json.WriteNumberValue(stop.ConfidencePermille ?? -1);
            Write(json, stop.Evidence);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (journey.Odd is { } odd)
        {
            json.WriteStartArray();
            json.WriteStringValue(odd.From);
            json.WriteStringValue(odd.To);
            json.WriteNumberValue(odd.StartAtMs);
            json.WriteNumberValue(odd.SharePermille);
            json.WriteNumberValue(odd.Departures);
            json.WriteBooleanValue(odd.IsWatched);
            Write(json, odd.Left);
            Write(json, odd.Came);
            json.WriteStringValue(odd.LastTo);
            json.WriteNumberValue(odd.EndAtMs);
            json.WriteNumberValue(odd.Steps);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static Journey JourneyOf(JsonElement saved)
    {
        var journey = new Journey
        {
            IsSimulated = saved[0].GetBoolean(),
            CandidateOf = saved[1].GetString(),
            CandidatePermille = saved[2].GetInt32(),
        };
        journey.Stops.AddRange(saved[3].EnumerateArray().Select(stop => new Stop(
            stop[0].GetString()!, stop[1].GetInt64(), stop[3].GetString()!, stop[4].GetInt32() is >= 0 and var sure ? sure : null, EvidenceOf(stop[5]))
        {
            LastSeenMs = stop[2].GetInt64(),
        }));
        if (saved.GetArrayLength() > 4 && saved[4] is var odd)
        {
            journey.Odd = new OddWay(
                odd[0].GetString()!, odd[1].GetString()!, odd[2].GetInt64(), odd[3].GetInt64(), odd[4].GetInt64(), odd[5].GetBoolean(),
                EvidenceOf(odd[6]), EvidenceOf(odd[7]))
            {
                LastTo = odd[8].GetString()!,
                EndAtMs = odd[9].GetInt64(),
                Steps = odd[10].GetInt32(),
            };
        }

        return journey;
    }

    private static void Write(Utf8JsonWriter json, in StageEvidence evidence)
    {
        json.WriteStartArray();
        json.WriteStringValue(evidence.Landing);
        json.WriteStringValue(evidence.Hash);
        json.WriteNumberValue(evidence.Offset);
        json.WriteNumberValue(evidence.Length);
        json.WriteNumberValue(evidence.AtMs);
        json.WriteEndArray();
    }

    private static StageEvidence EvidenceOf(JsonElement saved) =>
        new(saved[0].GetString()!, saved[1].GetString()!, saved[2].GetInt64(), saved[3].GetInt32(), saved[4].GetInt64());
}
