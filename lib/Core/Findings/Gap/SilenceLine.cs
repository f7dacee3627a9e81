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
        var vessel = state.Table.Vessels[slot];
        var id = $"{vessel.Vessel.Subject}-{vessel.Last.EventAtMs}";
        NotObservableLine.Write(state, slot, FindingKind.Gap, in vessel.Last, nowMs, id, json =>
        {
            json.WriteString("silent_since"u8, Instants.ToText(vessel.Last.EventAtMs));
            json.WriteNumber("intervals"u8, vessel.SilenceBuckets);
            json.WriteNumber("intervals_heard_near_by"u8, vessel.SilenceHeard);
            json.WriteNumber("hours"u8, vessel.SilenceHours);
            json.WriteNumber("hours_heard_near_by"u8, vessel.SilenceHoursHeard);
            foreach (var figure in chance.Figures())
            {
                figure.WriteTo(json);
            }
        });
    }
}
