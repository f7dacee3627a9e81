namespace MaritimeWatch.Functions.Hosted;

/// <summary>The moments at which a handler may die, beside those of commits and relays.</summary>
public static class HostedMoments
{
    /// <summary>A message was taken, nothing done.</summary>
    public const string AfterTake = "hosted-after-take";

    /// <summary>What it named stands in the inboxes.</summary>
    public const string AfterAppend = "hosted-after-append";

    /// <summary>A wake was sent.</summary>
    public const string AfterWake = "hosted-after-wake";

    /// <summary>The groups that are ours are committed, the stages after them know nothing yet.</summary>
    public const string AfterCommit = "hosted-after-commit";

    /// <summary>Everything is done, the host has not been told.</summary>
    public const string BeforeAnswer = "hosted-before-answer";

    /// <summary>All of them, in the order in which a handler passes them.</summary>
    public static IReadOnlyList<string> All { get; } = [AfterTake, AfterAppend, AfterWake, AfterCommit, BeforeAnswer];
}
