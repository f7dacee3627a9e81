using System.Buffers;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Gap;

/// <summary>
/// Says that something may have happened which the data cannot decide, so that it is neither hidden nor taken for none.
/// Whoever writes one says it once, and counts it.
/// </summary>
internal static class NotObservableLine
{
    /// <summary>A behaviour of movement: once per vessel and kind.</summary>
    public static void Write(WatchState state, int slot, FindingKind kind, in StoredReport since, long nowMs, string why)
    {
        var sinceMs = since.EventAtMs;
        Write(state, slot, kind, in since, nowMs, $"{state.Table.Vessels[slot].Vessel.Subject}-{FindingNames.Of(kind)}-{sinceMs}", json =>
        {
            json.WriteString("since"u8, Instants.ToText(sinceMs));
            json.WriteString("why"u8, why);
        });
    }

    /// <summary>One line with what its kind has to say of its own.</summary>
    public static void Write(
        WatchState state, int slot, FindingKind kind, in StoredReport at, long nowMs, string id, Action<Utf8JsonWriter> writeOwn)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new GeoJsonWriter(buffer);
        writer.StartFeature(id);
        writer.WritePoint(at.Position);
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, id);
        json.WriteString("kind"u8, FindingNames.Of(kind));
        json.WriteString("subject"u8, state.Table.Vessels[slot].Vessel.Subject);
        json.WriteString("judged_at"u8, Instants.ToText(nowMs));
        json.WriteString("known_at"u8, Instants.ToText(nowMs));
        writeOwn(json);
        json.WriteBoolean("simulated"u8, at.Has(ReportTraits.Simulated));
        writer.EndFeature();
        state.Output.WriteLine("not-observable", buffer.WrittenSpan);
    }
}
