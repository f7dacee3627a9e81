using MaritimeWatch.Log;

namespace MaritimeWatch.StandIn.Host;

/// <summary>Which function hears which queue: what the folders with function.json say.</summary>
public static class HostFunctions
{
    /// <summary>The function of each queue, dead letters too.</summary>
    public static IReadOnlyDictionary<string, string> ByQueue { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [QueueNames.Ais] = "AisQueue",
        [QueueNames.Plates] = "PlateRead",
        [QueueNames.Manifests] = "Manifest",
        [QueueNames.Scenes] = "SceneQueue",
        [QueueNames.Wake] = "Wake",
        [QueueNames.AlertDelivery] = "AlertDelivery",
        [QueueNames.PoisonOf(QueueNames.Ais)] = "AisDead",
        [QueueNames.PoisonOf(QueueNames.Plates)] = "PlatesDead",
        [QueueNames.PoisonOf(QueueNames.Manifests)] = "ManifestsDead",
        [QueueNames.PoisonOf(QueueNames.Scenes)] = "ScenesDead",
        [QueueNames.PoisonOf(QueueNames.Wake)] = "WakeDead",
        [QueueNames.PoisonOf(QueueNames.AlertDelivery)] = "AlertDeliveryDead",
    };
}
