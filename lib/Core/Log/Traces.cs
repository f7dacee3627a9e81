using System.Diagnostics;

namespace MaritimeWatch.Log;

/// <summary>
/// The way of the data as spans: land, decode, append, fold, commit, relay, alert. Made per blob, entry and commit, never
/// per report; where nobody listens a span is null and costs a few nanoseconds.
/// </summary>
public static class Traces
{
    /// <summary>The source's name.</summary>
    public const string Name = "MaritimeWatch";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>All spans that are made, in the order of the data.</summary>
    public static IReadOnlyList<string> Spans { get; } = ["land", "decode", "append", "fold", "commit", "relay", "alert"];

    /// <summary>What a message carries on, as W3C's <c>traceparent</c>; null where nobody listens, so that messages stay small.</summary>
    public static string? Current =>
        Source.HasListeners() && Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>Begins a span; null where nobody listens.</summary>
    /// <param name="name">One of <see cref="Spans"/>.</param>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>Begins a span of a group; null where nobody listens.</summary>
    /// <param name="name">One of <see cref="Spans"/>.</param>
    /// <param name="group">The group.</param>
    /// <param name="entry">The inbox entry, from 1.</param>
    public static Activity? Start(string name, GroupName group, long entry) =>
        Source.HasListeners() && Source.StartActivity(name) is { } span
            ? span.SetTag("group", group.ToString()).SetTag("entry", entry)
            : null;

    /// <summary>Begins a span of what a message asked for; null where nobody listens.</summary>
    /// <param name="name">One of <see cref="Spans"/>.</param>
    /// <param name="traceParent">As the message carries it: from outside, so what is no traceparent is not taken.</param>
    public static Activity? StartFrom(string name, string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Source.StartActivity(name, ActivityKind.Consumer, parent)
            : Source.StartActivity(name, ActivityKind.Consumer);
}
