namespace MaritimeWatch.Log;

/// <summary>
/// The queues between doors and stages. A queue's dead letters are in <c>{name}-poison</c>, the name that the Functions
/// host gives them. Names are part of function.json and of the deployment: never change one.
/// </summary>
public static class QueueNames
{
    /// <summary>Landed AIS blobs, to be decoded.</summary>
    public const string Ais = "ais";

    /// <summary>Landed plate reads.</summary>
    public const string Plates = "plates";

    /// <summary>Landed manifests and notices.</summary>
    public const string Manifests = "manifests";

    /// <summary>Landed scenes.</summary>
    public const string Scenes = "scenes";

    /// <summary>Groups that should get beyond an entry of their inbox, and relays that should look.</summary>
    public const string Wake = "wake";

    /// <summary>Revisions of alerts, to be pushed.</summary>
    public const string AlertDelivery = "alert-delivery";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Ais, Plates, Manifests, Scenes, Wake, AlertDelivery];

    /// <summary>Where the dead letters of a queue are.</summary>
    /// <param name="queue">One of <see cref="All"/>.</param>
    public static string PoisonOf(string queue) => queue + "-poison";

    /// <summary>The queue of a door: <c>plates</c>, <c>manifests</c>, <c>notices</c> or <c>scenes</c>.</summary>
    /// <param name="door">The door.</param>
    public static string OfDoor(string door) => door == "notices" ? Manifests : door;
}
