using System.Globalization;
using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Findings;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Watch;

/// <summary>The summary of a replay as a person reads it.</summary>
internal static class SummaryText
{
    private const int Shown = 12;

    /// <summary>A page of text.</summary>
    /// <param name="summary">What was found.</param>
    /// <param name="isSimulated">The store holds simulated data.</param>
    public static string Of(ReplaySummary summary, bool isSimulated)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        if (isSimulated)
        {
            Line($"SIMULATED data: none of these ships, times or events is real.");
            Line($"");
        }

        Line($"Read      {summary.Lines:N0} lines: {summary.Used:N0} used, {summary.Refused.Values.Sum():N0} refused, {summary.Ignored:N0} ignored");
        foreach (var (fault, count) in summary.Refused)
        {
            Line($"          {count,10:N0}  refused: {fault.Replace('_', ' ')}");
        }

        if (summary.NoTime > 0)
        {
            Line($"          {summary.NoTime,10:N0}  without a time, so not tracked (give --start)");
        }

        Line($"Watched   {summary.Reports:N0} positions of {summary.Vessels:N0} vessels in {summary.Seconds:N1} s ({summary.ReportsPerSecond:N0} a second, {summary.PeakMemoryMb:N0} MB)");
        Line($"          {summary.Duplicates,10:N0}  duplicates, heard by more than one receiver; {summary.Late:N0} came late");
        Line($"Found     {summary.Findings.Values.Sum():N0} findings, {summary.Alarms:N0} of them alarms (medium or high)");
        foreach (var (kind, count) in summary.Findings)
        {
            Line($"          {count,10:N0}  {kind}");
        }

        foreach (var (kind, count) in summary.NotObservable.Where(pair => pair.Value > 0))
        {
            Line($"          {count,10:N0}  {kind}: not observable (it may have been out of reception, so silence says nothing)");
        }

        foreach (var alert in summary.AlertList)
        {
            Line($"");
            Line($"ALERT   {alert.Port}  {alert.Name ?? alert.Subject}, {FindingNames.Of(alert.Severity)}, {AlertNames.Of(alert.State)}");
            Line($"        opened {Instants.ToText(alert.OpenedAtMs)}{Berthing(alert)}");
            foreach (var reason in alert.Reasons)
            {
                Line($"        - {reason}");
            }

            Line($"        explain {alert.Id}");
        }

        if (summary.Profiles is { } profiles)
        {
            Compare(Line, profiles);
        }

        var alarms = summary.Standing.Where(finding => finding.IsAlarm).ToList();
        if (alarms.Count > 0)
        {
            Line($"");
            foreach (var finding in alarms.Take(Shown))
            {
                Line($"{finding.Severity,-6}  {finding.StartAt}  {finding.Kind,-20}  {finding.Name}");
                Line($"        {finding.Reason}");
                Line($"        explain {finding.Id}");
            }

            if (alarms.Count > Shown)
            {
                Line($"        ... and {alarms.Count - Shown:N0} more: see the feed, or --findings FILE");
            }
        }

        return text.ToString().TrimEnd();
    }

    private static void Compare(Action<FormattableString> line, ProfileComparison profiles)
    {
        line($"");
        line($"Profiles  {string.Join(", ", profiles.Profiles)}: findings by profile, events that they share and events that they dispute");
        foreach (var kind in profiles.Kinds)
        {
            line($"          {kind}");
        }

        foreach (var one in profiles.Disagreements.Take(Shown))
        {
            line($"disputed  {one.StartAt}  {one.Kind,-20}  {one.Name}: {string.Join(", ", one.Severities.Select(by => $"{by.Key} {by.Value ?? "nothing"}"))}");
        }

        if (profiles.Disagreements.Count > Shown)
        {
            line($"          ... and {profiles.Disagreements.Count - Shown:N0} more: --json lists all");
        }
    }

    private static string Berthing(Alert alert) => alert.BerthingAtMs is not { } at
        ? ", no time of berthing known"
        : $", {Instants.ToWords(Math.Max(0, at - alert.OpenedAtMs))} before {(alert.IsArrived && alert.BerthingBy is not BerthingBy.Announced ? "it berthed" : "it is expected to berth")} at {Instants.ToText(at)}{(alert is { IsArrived: false, BerthingBy: BerthingBy.Estimated } ? " by estimate" : string.Empty)}";
}
