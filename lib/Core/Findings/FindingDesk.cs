using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>Opens, revises, closes, retracts and settles findings: the only place where a revision is written.</summary>
internal sealed class FindingDesk(WatchState state) : IDisposable
{
    private readonly FindingJson _json = new();

    private long SettleAfterMs => (long)state.Options.SettleAfter.TotalMilliseconds;

    public void Dispose() => _json.Dispose();

    /// <summary>A new finding; fill it in and then <see cref="Revise"/> it.</summary>
    public Finding Open(int slot, FindingKind kind, int profile, int hull, string? aboutObject, long startAtMs, byte variant = 0)
    {
        var vessel = state.Table.Vessels[slot].Vessel;
        var rule = Rules.Of(kind, variant);
        var finding = new Finding
        {
            Id = FindingId.Of(kind, vessel.Subject, aboutObject, rule.Id, state.Profiles[profile].Name, state.Trigger),
            Kind = kind,
            Variant = variant,
            Profile = profile,
            Vessel = vessel,
            Hull = hull,
            Object = aboutObject,
            Trigger = state.Trigger,
            Reference = state.Reference.Text,
            StartAtMs = startAtMs,
        };
        state.Book.Add(slot, finding);
        return finding;
    }

    /// <summary>Adds a decisive report.</summary>
    public void Witness(Finding finding, in StoredReport report) =>
        finding.Evidence.Add(finding.Vessel, in report, state.Landings[report.Landing]);

    /// <summary>Adds a decisive statement of what the vessel says of itself.</summary>
    public static void Witness(Finding finding, in Statics.Said said)
    {
        if (said != default)
        {
            finding.Evidence.Add(finding.Vessel, in said);
        }
    }

    /// <summary>Writes the next revision.</summary>
    public void Revise(int slot, Finding finding)
    {
        finding.Revision++;
        finding.KnownAtMs = Math.Max(finding.KnownAtMs, state.KnownAtMs);
        finding.MeasureSaid = finding.Measure.Count > 0 ? finding.Measure[0].Value : 0;
        var profile = state.Profiles[finding.Profile];
        var line = _json.Write(
            finding, profile, Rules.Of(finding.Kind, finding.Variant), Rules.Thresholds(profile, finding.Kind, finding.Variant),
            state.Table.Cards[slot].Name);
        state.Output.WriteLine("findings", line);
        state.Changed.Add(slot);
    }

    /// <summary>It has ended; it is settled when the watermark has passed its end by the allowance.</summary>
    public void Close(int slot, Finding finding, long endAtMs)
    {
        finding.EndAtMs = endAtMs;
        finding.Life = FindingLife.Closed;
        finding.IsSettled = false;
        Revise(slot, finding);
        state.Due(slot, endAtMs + SettleAfterMs);
    }

    /// <summary>It was wrong: says why, and is done with it.</summary>
    public void Retract(int slot, Finding finding, string because)
    {
        finding.Life = FindingLife.Retracted;
        finding.Because = because;
        finding.IsSettled = true;
        Revise(slot, finding);
        state.Book.Remove(slot, finding);
    }

    /// <summary>The watermark has passed: settles what ended long enough ago.</summary>
    public void Settle(int slot, long watermarkMs)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            if (finding.Life == FindingLife.Closed && finding.EndAtMs + SettleAfterMs <= watermarkMs)
            {
                SettleNow(slot, finding);
            }
        }
    }

    /// <summary>Nothing more will come: settles everything of a vessel; what goes on stays open.</summary>
    public void SettleAll(int slot)
    {
        foreach (var finding in state.Book.Of(slot))
        {
            SettleNow(slot, finding);
        }
    }

    /// <summary>When a vessel's findings next need a look.</summary>
    public long NextDue(int slot, long afterMs)
    {
        var due = long.MaxValue;
        if (state.Table.Vessels[slot].FirstFinding == 0)
        {
            return due;
        }

        foreach (var finding in state.Book.Of(slot))
        {
            if (finding.Life == FindingLife.Closed)
            {
                due = Math.Min(due, Math.Max(afterMs + 1, finding.EndAtMs!.Value + SettleAfterMs));
            }
        }

        return due;
    }

    private void SettleNow(int slot, Finding finding)
    {
        if (!finding.IsSettled)
        {
            finding.IsSettled = true;
            Revise(slot, finding);
        }

        if (finding.Life == FindingLife.Closed)
        {
            state.Book.Remove(slot, finding);
        }
    }
}
