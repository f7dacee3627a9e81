using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Congestion;

/// <summary>
/// Looks at a port at each whole hour: does it hold more waiting ships than usual, for long enough? What is usual is fixed
/// when an excess begins, so that a long queue does not become the usual by itself; one that lasts as long as the past
/// that counts is what is usual now.
/// </summary>
internal sealed class CongestionJudge(CongestionThresholds thresholds, StageFindings findings)
{
    public const long HourMs = 3_600_000;

    /// <summary>One whole hour of a port is over.</summary>
    /// <param name="queue">The port.</param>
    /// <param name="hour">The hour, counted from 1970.</param>
    /// <param name="isHeard">False where reception had failed: nothing is known of that hour.</param>
    /// <param name="place">Where in the inbox this is known.</param>
    /// <param name="output">Takes lines.</param>
    public void OnHour(PortQueue queue, long hour, bool isHeard, (long KnownAtMs, long Entry, long Record) place, IFoldOutput output)
    {
        queue.LastHour = hour;
        if (!isHeard)
        {
            Add(queue, PortQueue.Unknown);
            return;
        }

        var waiting = queue.WaitingAt(hour * HourMs);
        // Few ships are no excess whatever is usual: most hours of most ports need no median.
        if (queue.HighSinceHour is null && waiting >= thresholds.ShipsMore
            && queue.UsualOf(thresholds) is { } usual && IsHigh(waiting, usual))
        {
            (queue.HighSinceHour, queue.UsualTenths, queue.MostWaiting) = (hour, usual, 0);
        }

        if (queue.HighSinceHour is not { } since)
        {
            Add(queue, waiting);
            return;
        }

        if (IsHigh(waiting, queue.UsualTenths))
        {
            queue.LastHighHour = hour;
            queue.MostWaiting = Math.Max(queue.MostWaiting, waiting);
            if (hour - since >= thresholds.HeldHours)
            {
                queue.IsSaid = true;
                Say(queue, place, waiting, output);
            }
        }

        if (hour - queue.LastHighHour >= 2 || hour - since >= thresholds.HistoryHoursMax)
        {
            End(queue, waiting, place, output);
        }

        Add(queue, waiting);
    }

    private bool IsHigh(int waiting, int usualTenths) =>
        waiting * 100 >= usualTenths * thresholds.TimesTenths && waiting * 10 >= usualTenths + (thresholds.ShipsMore * 10);

    private void Add(PortQueue queue, int value)
    {
        queue.Past.Add(value);
        if (queue.Past.Count > thresholds.HistoryHoursMax)
        {
            queue.Past.RemoveAt(0);
        }
    }

    private void End(PortQueue queue, int waiting, (long KnownAtMs, long Entry, long Record) place, IFoldOutput output)
    {
        if (queue.IsSaid)
        {
            Say(queue, place, waiting, output, endAtMs: queue.LastHighHour * HourMs);
            findings.Forget(KeyOf(queue));
        }

        queue.HighSinceHour = null;
        queue.IsSaid = false;
    }

    private static string KeyOf(PortQueue queue) =>
        $"{queue.Port}/{Instants.ToText(queue.HighSinceHour!.Value * HourMs)}";

    private void Say(
        PortQueue queue, (long KnownAtMs, long Entry, long Record) place, int waiting, IFoldOutput output, long? endAtMs = null)
    {
        var since = queue.HighSinceHour!.Value * HourMs;
        var usual = new Figure("usual_waiting", queue.UsualTenths, 1);
        var most = queue.MostWaiting;
        var needed = Math.Max((queue.UsualTenths * thresholds.TimesTenths) + 99, (queue.UsualTenths + (thresholds.ShipsMore * 10)) * 10) / 100;
        var isAlarm = most * 100 >= queue.UsualTenths * thresholds.AlarmTimesTenths
            && most * 10 >= queue.UsualTenths + (thresholds.AlarmShipsMore * 10);
        var name = queue.Name ?? queue.Port;
        findings.Say(
            KeyOf(queue),
            new StageFinding
            {
                Kind = FindingKind.Congestion,
                Subject = $"port:{queue.Port}",
                Concerns = queue.Port,
                Name = queue.Name,
                Severity = isAlarm ? Severity.Medium : Severity.Low,
                Life = endAtMs is null ? FindingLife.Open : FindingLife.Closed,
                IsSettled = endAtMs is not null,
                StartAtMs = since,
                EndAtMs = endAtMs,
                KnownAtMs = place.KnownAtMs,
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"At {name} up to {most} ships {(endAtMs is null ? "have waited" : "waited")} at anchor {(endAtMs is null ? "since" : "from")} {Instants.ToText(since)}{(endAtMs is { } end ? $" to {Instants.ToText(end)}" : string.Empty)}, where {usual} are usual."),
                Rule = Rules.Of(FindingKind.Congestion).Id,
                RuleVersion = Rules.Of(FindingKind.Congestion).Version,
                Measure =
                [
                    new("waiting_most", most),
                    usual,
                    new("waiting", waiting),
                    new("at_berth", queue.AtBerthAt(queue.LastHour * HourMs)),
                    new("hours", queue.LastHighHour - queue.HighSinceHour.Value),
                    new("hours_of_past", queue.Past.Count(value => value != PortQueue.Unknown)),
                ],
                Thresholds = thresholds.Figures,
                ClearsIf = new Figure("waiting_most", needed - 1),
                ClearsIfText = string.Create(
                    CultureInfo.InvariantCulture,
                    $"at most {needed - 1} ships waiting, or more than that for less than {thresholds.HeldHours} h"),
                Places = [queue.Where],
                StandsOn = [.. queue.There.Where(call => call.Value.IsAtAnchorage).Select(call => call.Key).Take(20)],
                IsSimulated = queue.There.Values.Any(call => call.IsSimulated),
            },
            place.Entry,
            place.Record,
            output);
    }
}
