using System.Buffers;
using System.Globalization;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Statics;

/// <summary>
/// An identity that a vessel id goes by: collection <c>identities</c>. Later lines of the same id replace earlier ones:
/// <c>last_at</c> is the last half hour in which it was known to be said.
/// </summary>
internal static class IdentityLine
{
    public static void Write(WatchState state, int slot, int number, IdentityTexts texts, long firstAtMs, long lastAtMs, bool isSimulated)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        ref var card = ref state.Table.Cards[slot];
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new GeoJsonWriter(buffer);
        var id = string.Create(CultureInfo.InvariantCulture, $"{vessel.Vessel.Subject}-{number}");
        writer.StartFeature(id);
        if (vessel.Reports > 0)
        {
            writer.WritePoint(vessel.Last.Position);
        }
        else
        {
            writer.WriteNoGeometry();
        }

        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, id);
        json.WriteString("subject"u8, vessel.Vessel.Subject);
        Number(json, "mmsi"u8, vessel.Vessel.Mmsi);
        json.WriteNumber("number"u8, number);
        Text(json, "name"u8, texts.Name);
        Text(json, "call_sign"u8, texts.CallSign);
        Number(json, "imo"u8, texts.Imo is null ? 0 : int.Parse(texts.Imo, CultureInfo.InvariantCulture));
        Number(json, "ship_type"u8, card.ShipType);
        var sizes = (texts.Size ?? "0x0").Split('x');
        Number(json, "length_m"u8, int.Parse(sizes[0], CultureInfo.InvariantCulture));
        Number(json, "width_m"u8, int.Parse(sizes[1], CultureInfo.InvariantCulture));
        json.WriteString("first_at"u8, Instants.ToText(firstAtMs));
        json.WriteString("last_at"u8, Instants.ToText(Math.Max(firstAtMs, lastAtMs)));
        json.WriteString("known_at"u8, Instants.ToText(Math.Max(state.KnownAtMs, firstAtMs)));
        json.WriteBoolean("simulated"u8, isSimulated);
        writer.EndFeature();
        state.Output.WriteLine("identities", buffer.WrittenSpan);
    }

    private static void Text(System.Text.Json.Utf8JsonWriter json, ReadOnlySpan<byte> property, string? text)
    {
        if (text is null)
        {
            json.WriteNull(property);
        }
        else
        {
            json.WriteString(property, text);
        }
    }

    private static void Number(System.Text.Json.Utf8JsonWriter json, ReadOnlySpan<byte> property, int number)
    {
        if (number == 0)
        {
            json.WriteNull(property);
        }
        else
        {
            json.WriteNumber(property, number);
        }
    }
}

/// <summary>The four texts of an identity; null where one was never said.</summary>
internal readonly record struct IdentityTexts(string? Name, string? CallSign, string? Imo, string? Size)
{
    /// <summary>All of it as one text, to know it by.</summary>
    public string Key => $"{Name}|{CallSign}|{Imo}|{Size}";

    public static IdentityTexts Of(StaticHistory history) => new(
        history.ValueOf(ClaimField.Name),
        history.ValueOf(ClaimField.CallSign),
        history.ValueOf(ClaimField.Imo),
        history.ValueOf(ClaimField.Size));

    /// <summary>What stood before a change of some fields.</summary>
    public static IdentityTexts Before(StaticHistory history, int fields) => new(
        Pick(history, ClaimField.Name, fields),
        Pick(history, ClaimField.CallSign, fields),
        Pick(history, ClaimField.Imo, fields),
        Pick(history, ClaimField.Size, fields));

    private static string? Pick(StaticHistory history, ClaimField field, int fields) =>
        (fields & (1 << (int)field)) != 0 ? history.Claims[(int)field]!.Before : history.ValueOf(field);
}
