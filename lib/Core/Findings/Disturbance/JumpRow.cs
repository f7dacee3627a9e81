using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>A line of the collection jumps as the stage reads it.</summary>
internal sealed record JumpRow
{
    public required string Id { get; init; }

    public required string Subject { get; init; }

    /// <summary><c>jump</c> and <c>freeze</c> begin; <c>out</c> and <c>back</c> go on.</summary>
    public required string What { get; init; }

    public required long AtMs { get; init; }

    public required long KnownAtMs { get; init; }

    /// <summary>The first of the run of jumps that this is one of.</summary>
    public required long SinceMs { get; init; }

    /// <summary>Where the ship was before.</summary>
    public required int Cell { get; init; }

    /// <summary>Where it says that it is.</summary>
    public required int ToCell { get; init; }

    public required long Decimetres { get; init; }

    public required string Source { get; init; }

    public required string SourceBefore { get; init; }

    public int? TimeErrorS { get; init; }

    public required bool IsSimulated { get; init; }

    public bool IsBegin => What is "jump" or "freeze";

    /// <summary>Reads a line; null for what is no such line.</summary>
    public static JumpRow? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            var home = document.RootElement.GetProperty("geometry").GetProperty("coordinates");
            var (to, error) = (of.GetProperty("to"), of.GetProperty("time_error_s"));
            return new JumpRow
            {
                Id = of.GetProperty("id").GetString()!,
                Subject = of.GetProperty("subject").GetString()!,
                What = of.GetProperty("what").GetString()!,
                AtMs = TimeOf(of, "at"),
                KnownAtMs = TimeOf(of, "known_at"),
                SinceMs = TimeOf(of, "since"),
                Cell = DisturbanceCells.Of(Position.FromDegrees(home[1].GetDouble(), home[0].GetDouble())),
                ToCell = DisturbanceCells.Of(new Position(to[0].GetInt32(), to[1].GetInt32())),
                Decimetres = of.GetProperty("distance_dm").GetInt64(),
                Source = of.GetProperty("source").GetString()!,
                SourceBefore = of.GetProperty("source_before").GetString()!,
                TimeErrorS = error.ValueKind == JsonValueKind.Number ? error.GetInt32() : null,
                IsSimulated = of.GetProperty("simulated").GetBoolean(),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static long TimeOf(JsonElement of, string property) => of.GetProperty(property).GetDateTimeOffset().ToUnixTimeMilliseconds();
}
