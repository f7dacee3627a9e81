using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Triggers;

/// <summary>
/// What each trigger calls: one thing, safe to repeat and to kill. A trigger whose part is null is not open here. Trouble is
/// an exception: the host then delivers again by the trigger's own rules.
/// </summary>
public sealed record TriggerParts
{
    /// <summary>A landed AIS blob is to be decoded (function <c>AisQueue</c>).</summary>
    public Func<WorkMessage, CancellationToken, Task>? AisLanded { get; init; }

    /// <summary>Lines of AIS came over an event hub: land them (function <c>AisEventHub</c>).</summary>
    public Func<IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task>? AisLines { get; init; }

    /// <summary>What came over an event hub cannot be read and never will: keep it, for the host goes on after it.</summary>
    public Func<ReadOnlyMemory<byte>, CancellationToken, Task>? LinesDead { get; init; }

    /// <summary>Landed plate reads are to be decoded (function <c>PlateRead</c>).</summary>
    public Func<LandedNote, CancellationToken, Task>? PlatesLanded { get; init; }

    /// <summary>A landed manifest, or landed notices, are to be decoded (function <c>Manifest</c>).</summary>
    public Func<LandedNote, CancellationToken, Task>? ManifestLanded { get; init; }

    /// <summary>A landed scene is to be read (function <c>SceneQueue</c>).</summary>
    public Func<LandedNote, CancellationToken, Task>? SceneLanded { get; init; }

    /// <summary>A group should get beyond an entry, or a relay should look (function <c>Wake</c>).</summary>
    public Func<WakeMessage, CancellationToken, Task>? Woken { get; init; }

    /// <summary>A minute is over (function <c>ClockTimer</c>).</summary>
    public Func<TimerFired, CancellationToken, Task>? MinuteOver { get; init; }

    /// <summary>A message failed too often (functions <c>*Dead</c>): told its queue, one of <see cref="QueueNames"/>, and its bytes.</summary>
    public Func<string, ReadOnlyMemory<byte>, CancellationToken, Task>? DeadLetter { get; init; }

    /// <summary>A scene lies in the blob store (function <c>Scene</c>).</summary>
    public Func<SceneCreated, CancellationToken, Task>? SceneCreated { get; init; }

    /// <summary>The only host whose blobs are taken as scenes (<c>ACCOUNT.blob.core.windows.net</c>); null takes none.</summary>
    public string? SceneHost { get; init; }

    /// <summary>An alert is to be delivered: the alert's message as it was queued (function <c>AlertDelivery</c>).</summary>
    public Func<ReadOnlyMemory<byte>, CancellationToken, Task>? AlertQueued { get; init; }

    /// <summary>Forecasts are due (function <c>ForecastTimer</c>).</summary>
    public Func<TimerFired, CancellationToken, Task>? ForecastDue { get; init; }

    /// <summary>Places and lanes are to be learned (function <c>LearnTimer</c>).</summary>
    public Func<TimerFired, CancellationToken, Task>? LearnDue { get; init; }

    /// <summary>A purge is due (function <c>PurgeTimer</c>).</summary>
    public Func<TimerFired, CancellationToken, Task>? PurgeDue { get; init; }
}

/// <summary>A blob that Event Grid says was created. The event is small; the blob is read by ranges.</summary>
/// <param name="EventId">The event's id: the same when it is delivered again.</param>
/// <param name="Url">The blob; https, on the host that is configured.</param>
/// <param name="Length">Its length in bytes as the event says, or null.</param>
/// <param name="ContentType">Its type as the event says, or null.</param>
public sealed record SceneCreated(string EventId, Uri Url, long? Length, string? ContentType);

/// <summary>A timer has fired.</summary>
/// <param name="IsPastDue">It is late: the host was down when it was due.</param>
public sealed record TimerFired(bool IsPastDue);
