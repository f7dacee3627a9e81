using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>The state of a group of disturbances as one JSON object.</summary>
internal static class DisturbanceSnapshot
{
    private const int FormatNow = 1;

    public static void Write(
        IBufferWriter<byte> target, NewsPlace heard, long nowMs, (long Rows, long Late, long Refused) counts, DisturbanceJudge[] judges)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteNumber("format", FormatNow);
        SnapshotJson.Numbers(json, "heard", heard.Plan, heard.Part, nowMs);
        SnapshotJson.Numbers(json, "counts", counts.Rows, counts.Late, counts.Refused);
        json.WriteStartArray("profiles");
        foreach (var judge in judges)
        {
            json.WriteStartObject();
            json.WriteString("profile", judge.Findings.Profile);
            json.WritePropertyName("blocks");
            JsonSerializer.Serialize(json, [.. judge.Blocks.Values], DisturbanceJson.Default.DisturbanceBlockArray);
            json.WritePropertyName("findings");
            judge.Findings.Save(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static (NewsPlace Heard, long NowMs, (long Rows, long Late, long Refused) Counts) Read(
        ReadOnlySpan<byte> bytes, DisturbanceJudge[] judges) =>
        SnapshotJson.Read(bytes, StageNames.Disturbances, FormatNow, root =>
        {
            var profiles = root.GetProperty("profiles");
            for (var i = 0; i < judges.Length; i++)
            {
                if (profiles.GetArrayLength() != judges.Length
                    || profiles[i].GetProperty("profile").GetString() != judges[i].Findings.Profile)
                {
                    throw new InvalidDataException("the state of disturbances was made with other profiles: go on with the same ones");
                }

                foreach (var block in profiles[i].GetProperty("blocks").Deserialize(DisturbanceJson.Default.DisturbanceBlockArray) ?? [])
                {
                    judges[i].Blocks.Add(block.Number, block);
                }

                judges[i].Findings.Restore(profiles[i].GetProperty("findings"));
            }

            var (heard, counts) = (root.GetProperty("heard"), root.GetProperty("counts"));
            return (
                new NewsPlace(heard[0].GetInt64(), heard[1].GetInt32()),
                heard[2].GetInt64(),
                (counts[0].GetInt64(), counts[1].GetInt64(), counts[2].GetInt64()));
        });
}

/// <summary>How blocks are written down.</summary>
[JsonSerializable(typeof(DisturbanceBlock[]))]
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
internal sealed partial class DisturbanceJson : JsonSerializerContext;
