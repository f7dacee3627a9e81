using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaritimeWatch.StandIn.Host;

/// <summary>
/// What the Functions host posts to a custom handler: values are JSON inside JSON strings, metadata too. Held to the golden
/// envelopes of the tests of the triggers.
/// </summary>
public static class HostEnvelope
{
    /// <summary>A message of a queue. A text that is JSON goes in as it stands, any other as a JSON string.</summary>
    /// <param name="text">The message's text.</param>
    /// <param name="id">Its id.</param>
    /// <param name="dequeueCount">How often it was taken, from 1.</param>
    public static byte[] Queue(string text, string id, long dequeueCount) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["Data"] = new JsonObject { ["msg"] = JsonSerializer.Serialize(text) },
        ["Metadata"] = new JsonObject
        {
            ["DequeueCount"] = dequeueCount.ToString(CultureInfo.InvariantCulture),
            ["Id"] = JsonSerializer.Serialize(id),
        },
    });

    /// <summary>A timer that fires in time.</summary>
    /// <param name="isPastDue">It is late.</param>
    public static byte[] Timer(bool isPastDue) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["Data"] = new JsonObject
        {
            ["timer"] = new JsonObject
            {
                ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
                ["ScheduleStatus"] = null,
                ["IsPastDue"] = isPastDue,
            },
        },
        ["Metadata"] = new JsonObject(),
    });
}
