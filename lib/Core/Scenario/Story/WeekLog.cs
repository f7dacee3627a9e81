using MaritimeWatch.Reference;

namespace MaritimeWatch.Scenario;

/// <summary>One stay of a ship at a stopping point, as it truly was.</summary>
/// <param name="Vessel">Place in the fleet.</param>
/// <param name="Stop">Where.</param>
/// <param name="FromAtMs">When it stopped.</param>
/// <param name="ToAtMs">When it moved on; <see cref="long.MaxValue"/> where it still lies there.</param>
internal sealed record Stay(int Vessel, StoppingPoint Stop, long FromAtMs, long ToAtMs);

/// <summary>Where a ship truly was at the instant of a scene.</summary>
internal readonly record struct SceneShip(SimVessel Vessel, Motion Now, bool IsSilent);

/// <summary>What of the true movements the other sources are made from: stays, and who was where at a scene's instant.</summary>
internal sealed class WeekLog
{
    private const double NearM = 2600;
    private const double StoppedKnots = 0.2;
    private const double LeavesKnots = 0.5;

    private readonly Dictionary<int, (StoppingPoint Stop, long FromAtMs)> open = [];
    private readonly List<Stay> stays = [];
    private readonly Dictionary<int, List<(long GoneAtMs, long BackAtMs, string Exit)>> entries = [];
    private readonly Dictionary<int, long> away = [];
    private readonly Dictionary<long, List<SceneShip>> scenes = [];

    /// <param name="sceneInstants">Instants of scenes, whole slots of the run.</param>
    public WeekLog(IEnumerable<long> sceneInstants)
    {
        foreach (var at in sceneInstants)
        {
            scenes[at] = [];
        }
    }

    /// <summary>The last time before an instant that a ship came into these waters: when it had left, when and where it came in.</summary>
    public (long GoneAtMs, long BackAtMs, string Exit)? CameIn(int vessel, long beforeAtMs)
    {
        (long, long, string)? last = null;
        foreach (var one in entries.GetValueOrDefault(vessel) ?? [])
        {
            last = one.BackAtMs < beforeAtMs ? one : last;
        }

        return last;
    }

    /// <summary>Every stay, in order of vessel and time, once the log is closed.</summary>
    public IReadOnlyList<Stay> Stays => stays;

    /// <summary>Who was where at the instant of a scene.</summary>
    public IReadOnlyList<SceneShip> At(long sceneAtMs) => scenes[sceneAtMs];

    /// <summary>A ship's true state; instants ascend.</summary>
    public void OnTick(SimVessel vessel, in Motion now, long atMs)
    {
        if (scenes.TryGetValue(atMs, out var scene) && now.Present && !vessel.Identity.IsAircraft)
        {
            scene.Add(new SceneShip(vessel, now, vessel.IsSilent(atMs)));
        }

        // Nobody announces the players: what is declared stays what it is without them.
        if (vessel.Identity.Class is not (ShipClass.Cargo or ShipClass.Tanker) || vessel.IsTwin
            || vessel.Troop is Troop.Motion or Troop.Identity)
        {
            return;
        }

        if (!now.Present)
        {
            away.TryAdd(vessel.Index, atMs);
        }
        else if (away.Remove(vessel.Index, out var gone))
        {
            if (!entries.TryGetValue(vessel.Index, out var list))
            {
                entries[vessel.Index] = list = [];
            }

            var place = now.At;
            list.Add((gone, atMs, Geography.Exits.MinBy(exit => SimMaths.Metres(Geography.At(exit), place))!));
        }

        if (open.TryGetValue(vessel.Index, out var stay))
        {
            if (!now.Present || now.SpeedKnots > LeavesKnots)
            {
                stays.Add(new Stay(vessel.Index, stay.Stop, stay.FromAtMs, atMs));
                open.Remove(vessel.Index);
            }
        }
        else if (now.Present && now.SpeedKnots < StoppedKnots && World.NearestStop(now.At, NearM).Nearest is { } stop)
        {
            open[vessel.Index] = (stop, atMs);
        }
    }

    /// <summary>Ends the log: who still lies somewhere lies there on.</summary>
    public void Close()
    {
        foreach (var (vessel, stay) in open)
        {
            stays.Add(new Stay(vessel, stay.Stop, stay.FromAtMs, long.MaxValue));
        }

        open.Clear();
        stays.Sort((a, b) => a.Vessel != b.Vessel ? a.Vessel.CompareTo(b.Vessel) : a.FromAtMs.CompareTo(b.FromAtMs));
    }

    /// <summary>True for a place where ships are made fast, not one where they wait.</summary>
    public static bool IsBerth(StoppingPoint stop) => stop.Kind == StoppingPlace.Berth;
}
