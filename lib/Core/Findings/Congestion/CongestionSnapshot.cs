using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Congestion;

/// <summary>The state of the stage as one JSON object.</summary>
internal static class CongestionSnapshot
{
    private const int FormatNow = 1;

    public static void Write(
        IBufferWriter<byte> target, (NewsPlace Heard, long NowMs, long Refused, long LeftOut) stand,
        IEnumerable<PortQueue> ports, StageFindings findings)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteNumber("format", FormatNow);
        Numbers(json, "stand", stand.Heard.Plan, stand.Heard.Part, stand.NowMs, stand.Refused, stand.LeftOut);
        json.WriteStartArray("ports");
        foreach (var queue in ports)
        {
            WriteQueue(json, queue);
        }

        json.WriteEndArray();
        json.WritePropertyName("findings");
        findings.Save(json);
        json.WriteEndObject();
    }

    public static (NewsPlace Heard, long NowMs, long Refused, long LeftOut) Read(
        ReadOnlySpan<byte> bytes, SortedDictionary<string, PortQueue> ports, StageFindings findings)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var root = JsonElement.ParseValue(ref reader);
            OlderFormatException.Check("the state of ports", root.GetProperty("format").GetInt32(), FormatNow);

            foreach (var port in root.GetProperty("ports").EnumerateArray())
            {
                var queue = ReadQueue(port);
                ports.Add(queue.Port, queue);
            }

            findings.Restore(root.GetProperty("findings"));
            var stand = root.GetProperty("stand");
            return (new NewsPlace(stand[0].GetInt64(), stand[1].GetInt32()), stand[2].GetInt64(), stand[3].GetInt64(), stand[4].GetInt64());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"the state of ports is damaged: {fault.Message}", fault);
        }
    }

    private static void WriteQueue(Utf8JsonWriter json, PortQueue queue)
    {
        json.WriteStartObject();
        json.WriteString("port", queue.Port);
        json.WriteString("name", queue.Name);
        Numbers(json, "where", queue.Where.LatitudeE7, queue.Where.LongitudeE7);
        Numbers(
            json, "excess", queue.LastHour, queue.HighSinceHour ?? long.MinValue, queue.LastHighHour, queue.MostWaiting,
            queue.UsualTenths, queue.IsSaid ? 1 : 0);
        json.WriteStartArray("past");
        foreach (var value in queue.Past)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteStartObject("there");
        foreach (var (id, call) in queue.There)
        {
            Numbers(json, id, call.IsAtAnchorage ? 1 : 0, call.SinceMs, call.GoneAtMs ?? long.MaxValue, call.IsSimulated ? 1 : 0);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static PortQueue ReadQueue(JsonElement port)
    {
        var where = port.GetProperty("where");
        var excess = port.GetProperty("excess");
        var queue = new PortQueue(port.GetProperty("port").GetString()!)
        {
            Name = port.GetProperty("name").GetString(),
            Where = new Position(where[0].GetInt32(), where[1].GetInt32()),
            LastHour = excess[0].GetInt64(),
            HighSinceHour = excess[1].GetInt64() is var since && since == long.MinValue ? null : since,
            LastHighHour = excess[2].GetInt64(),
            MostWaiting = excess[3].GetInt32(),
            UsualTenths = excess[4].GetInt32(),
            IsSaid = excess[5].GetInt32() == 1,
        };
        queue.Past.AddRange(port.GetProperty("past").EnumerateArray().Select(value => value.GetInt32()));
        foreach (var call in port.GetProperty("there").EnumerateObject())
        {
            var of = call.Value;
            var gone = of[2].GetInt64();
            queue.There.Add(
                call.Name, new Lying(of[0].GetInt32() == 1, of[1].GetInt64(), gone == long.MaxValue ? null : gone, of[3].GetInt32() == 1));
        }

        return queue;
    }

    private static void Numbers(Utf8JsonWriter json, string name, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
