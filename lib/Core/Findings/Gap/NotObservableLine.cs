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
    /// <summary>A silence: once per silence.</summary>
    public static void Write(WatchState state, GapJudge judge, int slot, long nowMs)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        var last = vessel.Last;
        var heard = vessel;
        Write(state, slot, FindingKind.Gap, in last, nowMs, $"{vessel.Vessel.Subject}-{last.EventAtMs}", json =>
        {
            json.WriteString("silent_since"u8, Instants.ToText(last.EventAtMs));
            json.WriteNumber("intervals"u8, heard.SilenceBuckets);
            json.WriteNumber("intervals_heard_near_by"u8, heard.SilenceHeard);
            json.WriteNumber("hours"u8, heard.SilenceHours);
            json.WriteNumber("hours_heard_near_by"u8, heard.SilenceHoursHeard);
            json.WriteNumber("places_heard_ahead"u8, judge.PlacesHeardAhead(in last));
            json.WriteNumber("places_heard_near_ahead"u8, judge.PlacesHeardNear(in last));
            json.WriteNumber("intervals_to_usual_percent"u8, GapJudge.FadingPercent(in heard));
        });
    }

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

    private static void Write(
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
