using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation;

/// <summary>The case book as it is kept in a snapshot.</summary>
internal sealed record CaseState
{
    public required List<VesselCard> Vessels { get; init; }

    public required List<DeclaredCall> Calls { get; init; }

    public required List<ConsignmentCard> Consignments { get; init; }

    public required List<EvidenceItem> Evidence { get; init; }

    public required List<PickupCard> Pickups { get; init; }

    public required List<JourneyCard> Journeys { get; init; }

    public required List<EchoCard> Echoes { get; init; }

    public required List<PortPlace> Ports { get; init; }

    /// <summary>Null in states of builds that had no marks.</summary>
    public List<FindingMark>? Marks { get; init; }

    public long Forgotten { get; init; }

    public static CaseState Of(CaseBook book) => new()
    {
        Vessels = [.. book.Vessels.Values],
        Calls = [.. book.Calls.Values],
        Consignments = [.. book.Consignments.Values],
        Evidence = [.. book.Evidence.Values],
        Pickups = [.. book.Pickups.Values],
        Journeys = [.. book.Journeys.Values],
        Echoes = [.. book.Echoes.Values],
        Ports = [.. book.Ports.Select(port => new PortPlace(port.Key, port.Value))],
        Marks = [.. book.Marks.Values],
        Forgotten = book.Forgotten,
    };

    public void Restore(CaseBook book)
    {
        book.Clear();
        Vessels.ForEach(card => book.Vessels.Add(card.Mmsi, card));
        Calls.ForEach(call => book.Calls.Add(call.Subject, call));
        Consignments.ForEach(card => book.Consignments.Add(card.Id, card));
        Evidence.ForEach(item => book.Evidence.Add(item.Id, item));
        Pickups.ForEach(card => book.Pickups.Add(card.Id, card));
        Journeys.ForEach(card => book.Journeys.Add(card.Id, card));
        Echoes.ForEach(echo => book.Echoes.Add(echo.Subject, echo));
        Ports.ForEach(port => book.Ports.Add(port.Port, port.Place));
        Marks?.ForEach(mark => book.Marks.Add(mark.Finding, mark));
        book.Forgotten = Forgotten;
        book.ListAll();
    }
}

/// <summary>A set of texts in ordinal order, which the built-in reader would order by language.</summary>
internal sealed class OrdinalSetConverter : JsonConverter<SortedSet<string>>
{
    public override SortedSet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var set = new SortedSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            set.Add(reader.GetString()!);
        }

        return set;
    }

    public override void Write(Utf8JsonWriter writer, SortedSet<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}

/// <summary>A place as its two integers.</summary>
internal sealed class PositionConverter : JsonConverter<Position>
{
    public override Position Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var latitude = reader.GetInt32();
        reader.Read();
        var longitude = reader.GetInt32();
        reader.Read();
        return new Position(latitude, longitude);
    }

    public override void Write(Utf8JsonWriter writer, Position value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.LatitudeE7);
        writer.WriteNumberValue(value.LongitudeE7);
        writer.WriteEndArray();
    }
}
