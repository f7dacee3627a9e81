using System.Reflection;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// The names of what is logged: stable, so that a search or an alarm goes by them and not by the words. What they mean
/// and what to do stands in lib/RUNBOOK.md. No event says a plate, a party, a token or a key.
/// </summary>
public static class LogEvents
{
    /// <summary>The web answers.</summary>
    public static readonly EventId Listening = new(1, nameof(Listening));

    /// <summary>A door that is no web request is open.</summary>
    public static readonly EventId DoorOpen = new(2, nameof(DoorOpen));

    /// <summary>A part ended that should not: the process ends with it.</summary>
    public static readonly EventId PartEnded = new(3, nameof(PartEnded));

    /// <summary>The feeds cannot follow the store.</summary>
    public static readonly EventId FeedsCannotFollow = new(4, nameof(FeedsCannotFollow));

    /// <summary>The alerts cannot follow the store.</summary>
    public static readonly EventId AlertsCannotFollow = new(5, nameof(AlertsCannotFollow));

    /// <summary>The doors turn everything away for a moment: the store takes nothing.</summary>
    public static readonly EventId IntakeStopped = new(10, nameof(IntakeStopped));

    /// <summary>A stretch of a stream is not landed yet; its sender is held back.</summary>
    public static readonly EventId NotLanded = new(11, nameof(NotLanded));

    /// <summary>The end came before all that was heard was landed.</summary>
    public static readonly EventId ClosedBeforeLanded = new(12, nameof(ClosedBeforeLanded));

    /// <summary>A connection was refused: too many, or a sender that may not.</summary>
    public static readonly EventId ConnectionRefused = new(13, nameof(ConnectionRefused));

    /// <summary>A connection ended.</summary>
    public static readonly EventId ConnectionEnded = new(14, nameof(ConnectionEnded));

    /// <summary>A connection was made.</summary>
    public static readonly EventId Connected = new(15, nameof(Connected));

    /// <summary>A door's socket has trouble; it goes on.</summary>
    public static readonly EventId DoorTrouble = new(16, nameof(DoorTrouble));

    /// <summary>Decoding waits for the store.</summary>
    public static readonly EventId DecodingWaits = new(20, nameof(DecodingWaits));

    /// <summary>A message cannot be decoded; it comes again, at last as a dead letter.</summary>
    public static readonly EventId MessageFailed = new(21, nameof(MessageFailed));

    /// <summary>What a message names is gone: purged.</summary>
    public static readonly EventId LandedGone = new(22, nameof(LandedGone));

    /// <summary>A door's queue waits for the store.</summary>
    public static readonly EventId DoorWaits = new(23, nameof(DoorWaits));

    /// <summary>A group cannot go on and tries again.</summary>
    public static readonly EventId GroupInTrouble = new(30, nameof(GroupInTrouble));

    /// <summary>A stage cannot hear its producers and tries again.</summary>
    public static readonly EventId RelayWaits = new(31, nameof(RelayWaits));

    /// <summary>A stage was not told the time; the next tick says it.</summary>
    public static readonly EventId NoTick = new(32, nameof(NoTick));

    /// <summary>Not all was folded before the end; the next start goes on.</summary>
    public static readonly EventId NotDrained = new(33, nameof(NotDrained));

    /// <summary>A timer's work is left for the next time.</summary>
    public static readonly EventId TimerLeft = new(34, nameof(TimerLeft));

    /// <summary>Places and lanes were learned; in numbers.</summary>
    public static readonly EventId Learned = new(35, nameof(Learned));

    /// <summary>The learning gave up when its time was over.</summary>
    public static readonly EventId LearningGivenUp = new(36, nameof(LearningGivenUp));

    /// <summary>A trigger's path was asked for from outside.</summary>
    public static readonly EventId TriggerRefused = new(40, nameof(TriggerRefused));

    /// <summary>A trigger is not open in this app.</summary>
    public static readonly EventId TriggerClosed = new(41, nameof(TriggerClosed));

    /// <summary>A trigger's work failed; the host delivers it again.</summary>
    public static readonly EventId TriggerFailed = new(42, nameof(TriggerFailed));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EventId> All { get; } =
        [.. typeof(LogEvents).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<EventId>().OrderBy(one => one.Id)];
}
