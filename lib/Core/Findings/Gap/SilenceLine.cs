using System.Buffers;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Gap;

/// <summary>
/// Says once per silence that it opens no finding, with the chance that it is deliberate and all that it was judged by,
/// so that it is neither hidden nor taken for a gap.
/// </summary>
internal static class SilenceLine
{
    public static void Write(WatchState state, int slot, long nowMs, GapChance chance)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new GeoJsonWriter(buffer);
        var id = $"{vessel.Vessel.Subject}-{vessel.Last.EventAtMs}";
        writer.StartFeature(id);
        writer.WritePoint(vessel.Last.Position);
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, id);
        json.WriteString("kind"u8, FindingNames.Of(FindingKind.Gap));
        json.WriteString("subject"u8, vessel.Vessel.Subject);
        json.WriteString("silent_since"u8, Instants.ToText(vessel.Last.EventAtMs));
        json.WriteString("judged_at"u8, Instants.ToText(nowMs));
        json.WriteString("known_at"u8, Instants.ToText(nowMs));
        json.WriteNumber("intervals"u8, vessel.SilenceBuckets);
        json.WriteNumber("intervals_heard_near_by"u8, vessel.SilenceHeard);
        json.WriteNumber("hours"u8, vessel.SilenceHours);
        json.WriteNumber("hours_heard_near_by"u8, vessel.SilenceHoursHeard);
        foreach (var figure in chance.Figures())
        {
            figure.WriteTo(json);
        }

        json.WriteBoolean("simulated"u8, vessel.Last.Has(ReportTraits.Simulated));
        writer.EndFeature();
        state.Output.WriteLine("not-observable", buffer.WrittenSpan);
    }
}
