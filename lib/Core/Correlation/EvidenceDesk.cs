using System.Globalization;
using MaritimeWatch.Findings;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation;

/// <summary>Findings of earlier stages, and the calls that they speak of.</summary>
internal sealed class EvidenceDesk(CaseBook book, DarkDesk darks, LandDesk land)
{
    private const string VesselPrefix = "mmsi:";

    /// <summary>A line of <c>findings</c>; false where it cannot be read.</summary>
    public bool Take(LineFields line, long knownAtMs)
    {
        if (line.Text("id") is not { } id || line.Text("kind") is not { } kind || line.Text("subject") is not { } subject
            || line.AtMs("start_at") is not { } startAtMs)
        {
            return false;
        }

        var before = book.Evidence.GetValueOrDefault(id);
        var life = line.Text("state") switch { "retracted" => FindingLife.Retracted, "open" => FindingLife.Open, _ => FindingLife.Closed };
        if (before is null && life == FindingLife.Retracted)
        {
            return true;
        }

        var (first, last) = line.Places();
        var item = new EvidenceItem
        {
            Id = id,
            Kind = kind,
            Severity = SeverityOf(line.Text("severity")),
            Life = life,
            Subject = subject,
            Object = line.Text("object"),
            StartAtMs = startAtMs,
            EndAtMs = line.AtMs("end_at"),
            KnownAtMs = knownAtMs,
            Reason = line.Text("reason") ?? kind,
            Because = line.Text("retracted_because"),
            IsSimulated = line.Flag("simulated"),
            First = first,
            Last = last,
            Mmsis = VesselsOf(subject),
            ReachDeciKnots = kind == "gap" && line.NumberWithin("measure", "reach_knots") is > 0 and < 100 and var knots
                ? (int)Math.Round(knots * 10)
                : null,
            Given = kind == "dark-ship" && line.Mmsi("mmsi") is { } silent && line.NumberWithin("measure", "silent_vessel_probability") is > 0 and var chance
                ? new DarkCandidate(silent, (int)Math.Round(Math.Min(1, chance) * 1000), null, 0)
                : null,
            Candidates = before?.Candidates ?? [],
            Calls = before?.Calls ?? new SortedSet<string>(StringComparer.Ordinal),
        };
        book.Put(item);
        Trim(item);
        book.TouchAll(item);
        Place(item, knownAtMs);
        return true;
    }

    /// <summary>A line of <c>not-observable</c>: a silence that the data cannot judge; false where it cannot be read.</summary>
    public bool TakeUnheard(LineFields line, long knownAtMs)
    {
        if (line.Text("subject") is not { } subject || line.AtMs("silent_since") is not { } sinceMs || line.AtMs("judged_at") is not { } judgedAtMs)
        {
            return false;
        }

        foreach (var mmsi in VesselsOf(subject))
        {
            var unheard = book.Vessel(mmsi, knownAtMs).Unheard;
            unheard.RemoveAll(silence => silence.SinceMs == sinceMs || silence.JudgedAtMs < knownAtMs - book.Limits.CallsKeptMs);
            unheard.Add(new Unheard(sinceMs, judgedAtMs));
            if (unheard.Count > book.Limits.ObservedCallsMax)
            {
                unheard.RemoveAt(0);
            }

            book.TouchCallsOf(mmsi);
        }

        return true;
    }

    /// <summary>Gives each finding of a vessel its call: the next one, after the finding began.</summary>
    public void AttachAll(VesselCard vessel)
    {
        foreach (var id in vessel.EvidenceIds)
        {
            Attach(vessel.Mmsi, book.Evidence[id]);
        }

        foreach (var dark in book.Darks.Values)
        {
            if (dark.Candidates.Exists(candidate => candidate.Mmsi == vessel.Mmsi))
            {
                Attach(vessel.Mmsi, dark);
            }
        }
    }

    /// <summary>Looks again which silent ships an echo may be.</summary>
    public void Weigh(EvidenceItem dark)
    {
        var before = dark.Candidates;
        var now = darks.CandidatesOf(dark);
        if (before.SequenceEqual(now))
        {
            return;
        }

        dark.Candidates = now;
        book.TouchAll(dark);
        foreach (var candidate in now)
        {
            Attach(candidate.Mmsi, dark);
        }
    }

    /// <summary>
    /// Somebody has judged a finding: her calls are judged again; and where a silence is said to be none, so are the echoes
    /// that she may have been.
    /// </summary>
    public void Judged(string finding)
    {
        if (!book.Evidence.TryGetValue(finding, out var item))
        {
            return;
        }

        book.TouchAll(item);
        if (item.Kind == "gap")
        {
            foreach (var dark in book.Darks.Values)
            {
                Weigh(dark);
            }
        }
    }

    private void Place(EvidenceItem item, long knownAtMs)
    {
        foreach (var mmsi in item.Mmsis)
        {
            var vessel = book.Vessel(mmsi, knownAtMs);
            vessel.EvidenceIds.Add(item.Id);
            Attach(mmsi, item);
        }

        if (item.Kind == "dark-ship")
        {
            Weigh(item);
        }
        else if (item.Kind == "gap")
        {
            foreach (var dark in book.Darks.Values)
            {
                if ((item.StartAtMs <= dark.StartAtMs && !(item.EndAtMs < dark.StartAtMs))
                    || dark.Candidates.Exists(candidate => item.Mmsis.Contains(candidate.Mmsi)))
                {
                    Weigh(dark);
                }
            }
        }
        else if (item.Subject.StartsWith("plate:", StringComparison.Ordinal))
        {
            land.Attach(item);
        }
        else if (book.Calls.TryGetValue(item.Subject, out var call))
        {
            book.Attach(item, call);
        }
    }

    // A finding moves to another call only while she has not arrived: when an earlier call is declared late, say.
    private void Attach(uint mmsi, EvidenceItem item)
    {
        var current = item.Calls.Select(subject => book.Calls[subject]).FirstOrDefault(call => call.Mmsi == mmsi);
        if (current is { IsCancelled: false } && current.CameAtMs >= item.StartAtMs)
        {
            return;
        }

        var wanted = CallFor(mmsi, item.StartAtMs);
        if (wanted == current)
        {
            return;
        }

        if (current is not null)
        {
            book.Detach(item, current);
        }

        if (wanted is not null)
        {
            book.Attach(item, wanted);
        }
    }

    private DeclaredCall? CallFor(uint mmsi, long startAtMs) => book.CallsOf(mmsi)
        .Where(call => !call.IsCancelled && startAtMs >= call.ExpectedAtMs - book.Limits.EvidenceBeforeMs
            && startAtMs <= (call.CameAtMs ?? call.LeftAtMs ?? (call.ExpectedAtMs + book.Limits.MatchLateMs)))
        .OrderBy(call => call.ExpectedAtMs).ThenBy(call => call.Subject, StringComparer.Ordinal)
        .FirstOrDefault();

    private void Trim(EvidenceItem kept)
    {
        if (book.Evidence.Count <= book.Limits.EvidenceMax)
        {
            return;
        }

        var oldest = book.Evidence.Values.Where(item => item.Id != kept.Id)
            .OrderBy(item => item.Calls.Count > 0).ThenBy(item => item.KnownAtMs).ThenBy(item => item.Id, StringComparer.Ordinal)
            .Take(Math.Max(1, book.Limits.EvidenceMax / 16)).ToArray();
        foreach (var item in oldest)
        {
            book.TouchAll(item);
            book.Remove(item);
            book.Forgotten++;
        }
    }

    private static uint[] VesselsOf(string subject) => !subject.StartsWith(VesselPrefix, StringComparison.Ordinal) ? []
        : [.. subject.Split('+')
            .Select(part => part.StartsWith(VesselPrefix, StringComparison.Ordinal)
                && uint.TryParse(part.AsSpan(VesselPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var mmsi) ? mmsi : 0)
            .Where(mmsi => mmsi != 0).Distinct()];

    private static Severity SeverityOf(string? name) => name switch
    {
        "high" => Severity.High,
        "medium" => Severity.Medium,
        "low" => Severity.Low,
        _ => Severity.Info,
    };
}
