using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>A line of the collection contacts as the stage of encounters reads it.</summary>
internal sealed record ContactRow(Party First, Party Second, Contact Contact, bool IsFar, long KnownAtMs)
{
    public string Pair => $"{First.Subject}+{Second.Subject}";

    /// <summary>Reads a line; null for what is no such line.</summary>
    public static ContactRow? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            var point = document.RootElement.GetProperty("geometry").GetProperty("coordinates");
            var (first, second) = (of.GetProperty("first"), of.GetProperty("second"));
            var contact = new Contact(
                TimeOf(of, "at"),
                (int)Math.Round(of.GetProperty("distance_m").GetDecimal() * 10),
                Position.FromDegrees(point[1].GetDouble(), point[0].GetDouble()),
                SpeedOf(first),
                SpeedOf(second),
                of.GetProperty("simulated").GetBoolean());
            return new ContactRow(
                PartyOf(first), PartyOf(second), contact, of.GetProperty("far_from_anchorage").GetBoolean(), TimeOf(of, "known_at"));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static Party PartyOf(JsonElement of)
    {
        var mmsi = of.GetProperty("mmsi").GetUInt32();
        return new Party(
            of.GetProperty("subject").GetString()!, mmsi == 0 ? null : mmsi, of.GetProperty("name").GetString(),
            of.GetProperty("ship_type").GetInt32());
    }

    private static int SpeedOf(JsonElement of) => (int)Math.Round(of.GetProperty("speed_knots").GetDecimal() * 10);

    private static long TimeOf(JsonElement of, string property) => of.GetProperty(property).GetDateTimeOffset().ToUnixTimeMilliseconds();
}
