using System.Globalization;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.IdentityChange;

/// <summary>
/// A vessel says otherwise who it is: another name, call sign, IMO number or size than the one that stood, said twice. One
/// finding per change, however many fields; taken back where the earlier one is said again. While two hulls share the
/// number their statements alternate, and that is no change.
/// </summary>
internal sealed class IdentityChangeDetector
{
    private static readonly ClaimField[] Fields = [ClaimField.Name, ClaimField.CallSign, ClaimField.Imo, ClaimField.Size];
    private static readonly string[] Words = ["name", "call sign", "IMO number", "size"];
    private readonly WatchState _state;
    private readonly FindingDesk _desk;
    private readonly Whereabouts _where;
    private readonly bool _isOn;

    public IdentityChangeDetector(WatchState state, FindingDesk desk, Whereabouts where)
    {
        (_state, _desk, _where) = (state, desk, where);
        Changes = new ChangeFindings(state, desk, FindingKind.IdentityChange);
        _isOn = Array.Exists(state.Profiles, profile => profile.IdentityChange is not null);
    }

    public ChangeFindings Changes { get; }

    /// <summary>True where a value is another ship's, by the thresholds.</summary>
    public static bool Differs(IdentityChangeThresholds thresholds, ClaimField field, string before, string now) => field switch
    {
        ClaimField.Name => NameText.Differs(before, now, thresholds.NameEdits),
        ClaimField.CallSign => NameText.Bare(before) is { Length: > 0 } a && NameText.Bare(now) is { Length: > 0 } b && a != b,
        ClaimField.Imo => before != now,
        _ => IsOtherSize(thresholds, before, now),
    };

    /// <summary>Fields changed with this statement.</summary>
    /// <param name="slot">The vessel.</param>
    /// <param name="history">What it said.</param>
    /// <param name="fields">A bit for each field of identity, in the order name, call sign, IMO number, size.</param>
    /// <param name="said">The statement.</param>
    public void OnChanged(int slot, StaticHistory history, int fields, in Said said)
    {
        if (!_isOn)
        {
            return;
        }

        for (var profile = 0; profile < _state.Profiles.Length; profile++)
        {
            if (_state.Profiles[profile].IdentityChange is { } thresholds)
            {
                Change(slot, profile, thresholds, history, fields, in said);
            }
        }
    }

    private static bool IsOtherSize(IdentityChangeThresholds thresholds, string before, string now)
    {
        var (length, beam) = Sizes(before);
        var (newLength, newBeam) = Sizes(now);
        return IsOther(length, newLength) || IsOther(beam, newBeam);

        bool IsOther(int a, int b) =>
            a > 0 && b > 0 && Math.Abs(a - b) >= thresholds.SizeMetres && Math.Abs(a - b) * 100 >= thresholds.SizePercent * Math.Max(a, b);
    }

    private static (int Length, int Beam) Sizes(string text)
    {
        var cross = text.IndexOf('x', StringComparison.Ordinal);
        return (int.Parse(text.AsSpan(0, cross), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(cross + 1), CultureInfo.InvariantCulture));
    }

    private static bool IsRight(string imo) =>
        ImoNumber.TryCreate(int.Parse(imo, CultureInfo.InvariantCulture), out _);

    private void Change(
        int slot, int profile, IdentityChangeThresholds thresholds, StaticHistory history, int fields, in Said said)
    {
        var changed = 0;
        for (var i = 0; i < Fields.Length; i++)
        {
            var claim = history.Claims[(int)Fields[i]];
            if ((fields & (1 << i)) != 0 && Differs(thresholds, Fields[i], claim!.Before!, claim.Value!))
            {
                changed |= 1 << i;
            }
        }

        if (changed == 0)
        {
            return;
        }

        var held = Changes.Held(slot, profile);
        var first = history.Claims[(int)Fields[int.TrailingZeroCount(changed)]]!;
        if (_where.MayBeTwoHulls(slot, first))
        {
            return; // One number, two ships: that is impossible-movement, and shared-identity once they take turns.
        }

        if (held is null)
        {
            held = Changes.Open(slot, profile, first.First.AtMs, said.AtMs);
            var hull = _where.LatestHull(slot);
            held.ScratchC = hull >= 0 && Whereabouts.IsAtSea(in _state.Table.Hulls[hull], said.AtMs) ? 1 << 8 : 0;
            FindingDesk.Witness(held, first.BeforeFirst);
            FindingDesk.Witness(held, first.First);
        }
        else
        {
            Changes.Hold(slot, held, said.AtMs);
        }

        FindingDesk.Witness(held, in said);
        held.ScratchC |= (uint)changed;
        Describe(slot, held, thresholds, history);
        _desk.Revise(slot, held);
    }

    private void Describe(int slot, Finding finding, IdentityChangeThresholds thresholds, StaticHistory history)
    {
        var parts = new List<string>();
        var isOtherHull = false;
        for (var i = 0; i < Fields.Length; i++)
        {
            var claim = history.Claims[(int)Fields[i]];
            if ((finding.ScratchC & (1 << i)) == 0 || claim?.Before is not { } before || claim.Value is not { } now)
            {
                continue;
            }

            parts.Add($"{Words[i]} {before} became {now}");
            isOtherHull |= Fields[i] == ClaimField.Imo && IsRight(before) && IsRight(now);
        }

        var isAtSea = (finding.ScratchC & (1 << 8)) != 0;
        var count = parts.Count;
        finding.Severity = isOtherHull || (isAtSea && count >= thresholds.AlarmFieldsAtSea) ? Severity.Medium : Severity.Low;
        finding.Measure = [new Figure("changed_fields", count), new Figure("at_sea", isAtSea ? 1 : 0)];
        finding.ClearsIf = new Figure("changed_fields", 0);
        finding.ClearsIfText = $"the earlier {(count == 1 ? "one" : "ones")} said again within {Instants.ToWords(ChangeFindings.HoldMs)}";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{finding.Subject} says otherwise who it is from {Instants.ToText(finding.StartAtMs)} on{(isAtSea ? ", at sea" : string.Empty)}: {string.Join("; ", parts)}.");
        _where.Place(slot, finding);
    }
}
