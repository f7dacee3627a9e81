using System.Diagnostics.Metrics;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Instruments of the pushes.</summary>
public static class PushMeters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "MaritimeWatch.Push";

    private static readonly Meter Meter = new(Name);

    /// <summary>Pushes put on the queue.</summary>
    public static Counter<long> Queued { get; } = Meter.CreateCounter<long>("maritimewatch.push.queued");

    /// <summary>Pushes that a target took.</summary>
    public static Counter<long> Delivered { get; } = Meter.CreateCounter<long>("maritimewatch.push.delivered");

    /// <summary>Pushes that failed and come again.</summary>
    public static Counter<long> Failed { get; } = Meter.CreateCounter<long>("maritimewatch.push.failed");

    /// <summary>Pushes that failed too often: dead letters.</summary>
    public static Counter<long> GivenUp { get; } = Meter.CreateCounter<long>("maritimewatch.push.given_up");
}

/// <summary>The moments at which a process that pushes may die.</summary>
public static class PushMoments
{
    /// <summary>The outbox has said that it is on it.</summary>
    public const string AfterClaim = "outbox-after-claim";

    /// <summary>A push is on the queue, the cursor has not moved.</summary>
    public const string AfterQueued = "outbox-after-queued";

    /// <summary>All are on the queue, the cursor has not moved.</summary>
    public const string BeforeCursor = "outbox-before-cursor";

    /// <summary>A target is about to be called.</summary>
    public const string BeforePush = "push-before";

    /// <summary>A target has taken it, and that is not written down.</summary>
    public const string AfterPush = "push-after";

    /// <summary>It is written down.</summary>
    public const string AfterRecord = "push-after-record";

    /// <summary>A failed push is on the queue again, its message is not done.</summary>
    public const string AfterRetryQueued = "push-after-retry-queued";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AfterClaim, AfterQueued, BeforeCursor, BeforePush, AfterPush, AfterRecord, AfterRetryQueued];
}
