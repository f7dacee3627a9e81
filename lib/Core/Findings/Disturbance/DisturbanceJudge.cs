using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>Says of the areas of one profile what is new: that positions became false, that it is over, that two are one.</summary>
/// <param name="thresholds">What the profile calls a disturbance.</param>
/// <param name="findings">What was said in the profile's name.</param>
internal sealed class DisturbanceJudge(DisturbanceThresholds thresholds, StageFindings findings)
{
    private const long SettlesAfterMs = 3_600_000;

    public StageFindings Findings => findings;

    /// <summary>The blocks that have something to remember, by number.</summary>
    public SortedDictionary<int, DisturbanceBlock> Blocks { get; } = [];

    /// <summary>A line for a block.</summary>
    public void OnRow(int number, JumpRow row, long nowMs, in StagePlace place, IFoldOutput output)
    {
        if (!Blocks.TryGetValue(number, out var block))
        {
            Blocks.Add(number, block = new DisturbanceBlock { Number = number });
        }

        var at = place;
        var area = block.Take(row, thresholds, (other, into) => Retract(block, other, into, nowMs, in at, output));
        if (area is not null)
        {
            Say(block, area, nowMs, isSettled: false, in place, output);
        }
    }

    /// <summary>Ends and settles what is due before a time, each as of when it was due.</summary>
    public void MoveTo(long nowMs, in StagePlace place, IFoldOutput output)
    {
        List<int>? empty = null;
        foreach (var block in Blocks.Values)
        {
            block.Recent.RemoveAll(row => row.AtMs < nowMs - thresholds.WithinMs);
            for (var i = 0; i < block.Areas.Count; i++)
            {
                var area = block.Areas[i];
                var quietAtMs = area.LastAtMs + thresholds.QuietMs;
                if (!area.IsClosed && quietAtMs <= nowMs)
                {
                    area.IsClosed = true;
                    Say(block, area, quietAtMs, isSettled: false, in place, output);
                }

                if (area.IsClosed && quietAtMs + SettlesAfterMs <= nowMs)
                {
                    Say(block, area, quietAtMs + SettlesAfterMs, isSettled: true, in place, output);
                    block.Areas.RemoveAt(i--);
                    if (block.Owns(area))
                    {
                        findings.Forget(area.Key);
                    }
                }
            }

            if (block.IsEmpty)
            {
                (empty ??= []).Add(block.Number);
            }
        }

        empty?.ForEach(number => Blocks.Remove(number));
    }

    private void Retract(
        DisturbanceBlock block, DisturbedArea area, DisturbedArea into, long nowMs, in StagePlace place, IFoldOutput output)
    {
        if (!block.Owns(area))
        {
            return;
        }

        var retracted = Describe(area, nowMs) with
        {
            Life = FindingLife.Retracted,
            IsSettled = true,
            Because = $"it has become one with the disturbance of {into.Subject} since {Instants.ToText(into.StartAtMs)}",
        };
        findings.Say(area.Key, retracted, place.Entry, place.Record, output);
        findings.Forget(area.Key);
    }

    private void Say(
        DisturbanceBlock block, DisturbedArea area, long nowMs, bool isSettled, in StagePlace place, IFoldOutput output)
    {
        if (block.Owns(area))
        {
            var finding = Describe(area, nowMs) with
            {
                Life = area.IsClosed ? FindingLife.Closed : FindingLife.Open,
                EndAtMs = area.IsClosed ? area.LastAtMs : null,
                IsSettled = isSettled,
                Because = area.Because,
            };
            findings.Say(area.Key, finding, place.Entry, place.Record, output);
        }
    }

    private StageFinding Describe(DisturbedArea area, long nowMs)
    {
        var vessels = area.Vessels.Count;
        var target = area.Targets.Count == 0 ? default : area.Targets.MaxBy(one => one.Value);
        return new StageFinding
        {
            Kind = FindingKind.Spoofing,
            Subject = area.Subject,
            Concerns = "gnss-disturbance",
            Severity = area.IsOneReceiver ? Severity.Info : vessels >= thresholds.VesselsHigh ? Severity.High : Severity.Medium,
            StartAtMs = area.StartAtMs,
            KnownAtMs = nowMs,
            Reason = Reason(area, vessels, target),
            Rule = Rules.Disturbance.Id,
            RuleVersion = Rules.Disturbance.Version,
            Measure =
            [
                new("vessels", vessels),
                new("jumps", area.Jumps),
                new("frozen", area.Freezes),
                new("cells", area.Cells.Count),
                Figure.NauticalMiles("greatest_jump_nm", area.GreatestDecimetres),
                new("vessels_to_one_place", target.Value),
            ],
            Thresholds = thresholds.Figures,
            ClearsIf = new Figure("vessels", thresholds.VesselsMin - 1),
            ClearsIfText = string.Create(
                CultureInfo.InvariantCulture,
                $"fewer than {thresholds.VesselsMin} ships of the area within {Instants.ToWords(thresholds.WithinMs)}"),
            Places = [DisturbanceCells.CentreOf(area.Cell)],
            StandsOn = area.StandsOn,
            IsSimulated = area.IsSimulated,
        };
    }

    private string Reason(DisturbedArea area, int vessels, KeyValuePair<int, int> target)
    {
        var centre = DisturbanceCells.CentreOf(area.Cell);
        var together = target.Value >= thresholds.VesselsMin
            ? string.Create(CultureInfo.InvariantCulture, $"; {target.Value} of them went to one place near {DisturbanceCells.CentreOf(target.Key)}")
            : string.Empty;
        var why = area.IsOneReceiver
            ? $". All of it was heard through one receiver ({area.Sources![0]}) and its clock would explain it: this is no disturbance"
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The positions of {vessels} ships around {centre} became false since {Instants.ToText(area.StartAtMs)}: {area.Jumps} jumps of up to {Figure.NauticalMiles("nm", area.GreatestDecimetres)} NM and {area.Freezes} frozen positions{together}{why}.");
    }
}
