using MaritimeWatch.Findings.IdentityChange;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Findings.Statics;

/// <summary>Numbers the identities of a vessel and writes their lines: when one stands, and when another took its place.</summary>
internal sealed class IdentityBook(WatchState state)
{
    private const int IdentitiesMax = 8;

    // Fields of one change may come in two messages (type 24), minutes apart.
    private const long OneChangeMs = 15 * 60_000;
    private static readonly IdentityChangeThresholds Usual = new();

    /// <summary>Some fields of identity stand otherwise than before.</summary>
    /// <param name="slot">The vessel.</param>
    /// <param name="history">What it said.</param>
    /// <param name="changed">A bit for each field that changed.</param>
    /// <param name="said">The statement.</param>
    public void OnFields(int slot, StaticHistory history, int changed, in Said said)
    {
        var texts = IdentityTexts.Of(history);
        var firstAtMs = history.Number == 0 ? said.AtMs : history.Identities[history.Number - 1].FirstAtMs;
        if (history.Number == 0)
        {
            firstAtMs = FirstAtMs(history);
            history.Identities.Add(new PastIdentity(texts.Key, firstAtMs));
            history.Number = 1;
        }
        else if (IsOther(history, changed, out var sinceMs) && sinceMs - firstAtMs > OneChangeMs)
        {
            var lastAtMs = Math.Max(firstAtMs, LastBucketMs(history, changed));
            IdentityLine.Write(state, slot, history.Number, IdentityTexts.Before(history, changed), firstAtMs, lastAtMs, said.IsSimulated);
            firstAtMs = Take(history, texts, sinceMs);
        }
        else
        {
            history.Identities[history.Number - 1] = new PastIdentity(texts.Key, firstAtMs);
        }

        IdentityLine.Write(state, slot, history.Number, texts, firstAtMs, said.AtMs, said.IsSimulated);
    }

    private static long FirstAtMs(StaticHistory history)
    {
        var first = long.MaxValue;
        for (var field = ClaimField.Name; field <= ClaimField.Size; field++)
        {
            first = history.Claims[(int)field] is { Value: not null } claim ? Math.Min(first, claim.First.AtMs) : first;
        }

        return first;
    }

    private static bool IsOther(StaticHistory history, int changed, out long sinceMs)
    {
        sinceMs = long.MaxValue;
        for (var field = ClaimField.Name; field <= ClaimField.Size; field++)
        {
            if ((changed & (1 << (int)field)) != 0 && history.Claims[(int)field] is { Before: not null } claim
                && IdentityChangeDetector.Differs(Usual, field, claim.Before, claim.Value!))
            {
                sinceMs = Math.Min(sinceMs, claim.First.AtMs);
            }
        }

        return sinceMs != long.MaxValue;
    }

    private static long LastBucketMs(StaticHistory history, int changed)
    {
        var last = long.MinValue;
        for (var field = ClaimField.Name; field <= ClaimField.Size; field++)
        {
            last = (changed & (1 << (int)field)) != 0
                ? Math.Max(last, history.Claims[(int)field]!.BeforeBucket * StaticMemory.BucketMs)
                : last;
        }

        return last;
    }

    // An identity that comes back keeps its number; past the bound the last place is used again.
    private static long Take(StaticHistory history, IdentityTexts texts, long sinceMs)
    {
        var known = history.Identities.FindIndex(each => each.Key == texts.Key);
        if (known >= 0)
        {
            history.Number = known + 1;
            return history.Identities[known].FirstAtMs;
        }

        if (history.Identities.Count == IdentitiesMax)
        {
            history.Identities.RemoveAt(IdentitiesMax - 1);
        }

        history.Identities.Add(new PastIdentity(texts.Key, sinceMs));
        history.Number = history.Identities.Count;
        return sinceMs;
    }
}
