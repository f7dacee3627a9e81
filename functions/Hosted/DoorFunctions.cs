using MaritimeWatch.Functions.Triggers;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// Which Azure functions belong to which door of <c>serve</c>: an app opens those of its doors and no others. The one table
/// of it; the deployment switches off the same functions in the host.
/// </summary>
public static class DoorFunctions
{
    /// <summary>The function through which every public request comes.</summary>
    public const string Http = "Http";

    private static readonly (string Door, string[] Functions)[] Table =
    [
        ("ais", ["AisEventHub"]),
        ("plates", ["PlateRead"]),
        ("manifests", ["Manifest"]),
        ("notices", ["Manifest"]),
        ("scenes", ["Scene", "SceneQueue"]),
        ("watch", ["AisQueue", "Wake", "ClockTimer"]),
        ("forecasts", ["ForecastTimer"]),
        ("alerts", ["AlertDelivery"]),
        ("upkeep", ["PurgeTimer", "LearnTimer", "AisDead", "PlatesDead", "ManifestsDead", "ScenesDead", "WakeDead", "AlertDeliveryDead"]),
    ];

    private static readonly string[] WebDoors = ["ais", "plates", "manifests", "notices", "scenes", "feeds", "forecasts", "alerts", "upkeep", "console"];

    /// <summary>The functions of some doors, each once, <see cref="Http"/> first where one of them answers public requests.</summary>
    /// <param name="doors">Doors of <c>serve</c>.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> doors)
    {
        var open = doors.ToHashSet(StringComparer.Ordinal);
        string[] web = WebDoors.Any(open.Contains) ? [Http] : [];
        return [.. web, .. Table.Where(row => open.Contains(row.Door)).SelectMany(row => row.Functions).Distinct()];
    }

    /// <summary>The parts without those whose function belongs to none of the doors.</summary>
    /// <param name="parts">Everything that could be called.</param>
    /// <param name="doors">The doors that are open.</param>
    public static TriggerParts Only(TriggerParts parts, IEnumerable<string> doors)
    {
        var open = Of(doors).ToHashSet(StringComparer.Ordinal);
        return parts with
        {
            AisLanded = open.Contains("AisQueue") ? parts.AisLanded : null,
            AisLines = open.Contains("AisEventHub") ? parts.AisLines : null,
            PlatesLanded = open.Contains("PlateRead") ? parts.PlatesLanded : null,
            ManifestLanded = open.Contains("Manifest") ? parts.ManifestLanded : null,
            SceneCreated = open.Contains("Scene") ? parts.SceneCreated : null,
            SceneLanded = open.Contains("SceneQueue") ? parts.SceneLanded : null,
            Woken = open.Contains("Wake") ? parts.Woken : null,
            MinuteOver = open.Contains("ClockTimer") ? parts.MinuteOver : null,
            AlertQueued = open.Contains("AlertDelivery") ? parts.AlertQueued : null,
            ForecastDue = open.Contains("ForecastTimer") ? parts.ForecastDue : null,
            LearnDue = open.Contains("LearnTimer") ? parts.LearnDue : null,
            PurgeDue = open.Contains("PurgeTimer") ? parts.PurgeDue : null,
            DeadLetter = open.Contains("AisDead") ? parts.DeadLetter : null,
        };
    }
}
