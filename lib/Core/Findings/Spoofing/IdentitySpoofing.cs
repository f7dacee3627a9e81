using System.Globalization;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// Numbers that cannot be: an IMO number whose check digit is wrong (IMO Resolution A.1117(30)), said twice, and an MMSI
/// whose first digits belong to no country (ITU-R M.585), heard often enough to be no damaged message. Numbers of coast
/// stations, groups, aircraft, distress beacons, aids to navigation, hand-held radios and boats of a ship have forms of
/// their own and are never called impossible; neither is a number of another register in the place of the IMO number.
/// </summary>
internal sealed class IdentitySpoofing(WatchState state, FindingDesk desk, Whereabouts where)
{
    /// <summary>What a finding is about.</summary>
    public const string ImpossibleImo = "impossible-imo";

    /// <summary>What a finding is about.</summary>
    public const string ImpossibleMid = "impossible-mid";

    private readonly int _reportsMin = state.Profiles.Min(profile => profile.Spoofing?.IdentityReportsMin ?? int.MaxValue);

    /// <summary>True where a number has the form of an IMO number and the wrong check digit.</summary>
    public static bool IsImpossibleImo(int number) =>
        number is >= 1_000_000 and <= 9_999_999 && !ImoNumber.TryCreate(number, out _);

    /// <summary>True where an MMSI has the form of a ship's, or none at all, and is of no country.</summary>
    public static bool IsImpossibleMid(VesselId vessel) =>
        vessel.IsMmsi && Mmsi.KindOf(vessel.Mmsi) switch
        {
            MmsiKind.Ship => Mid.CountryOfShip(vessel.Mmsi) is null,
            MmsiKind.Unknown => true,
            _ => false,
        };

    /// <summary>A report of the first hull, before it counts: looks once, when it was heard often enough.</summary>
    public void OnReport(int slot, in HullState hull, in StoredReport report)
    {
        if (hull.Reports + 1 != _reportsMin || hull.Number != 1)
        {
            return;
        }

        if (state.Statics.Of(slot)?.Claims[(int)ClaimField.Imo] is { Value: not null } claim)
        {
            OnImo(slot, claim, claim.First); // Said before the ship was anywhere.
        }

        if (!IsImpossibleMid(state.Table.Vessels[slot].Vessel))
        {
            return;
        }

        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].Spoofing is { } thresholds)
            {
                OpenMid(slot, profile, thresholds, in hull, in report);
            }
        }
    }

    /// <summary>An IMO number stands from now on.</summary>
    public void OnImo(int slot, Claim claim, in Said said)
    {
        var isImpossible = IsImpossibleImo(int.Parse(claim.Value!, CultureInfo.InvariantCulture));
        for (var profile = 0; profile < state.Profiles.Length; profile++)
        {
            if (state.Profiles[profile].Spoofing is null)
            {
                continue;
            }

            var open = state.Book.OpenOf(slot, FindingKind.Spoofing, profile, 0, ImpossibleImo);
            if (open is not null && open.StartAtMs == claim.First.AtMs)
            {
                continue;
            }

            if (open is not null)
            {
                FindingDesk.Witness(open, in said);
                open.Reason = $"{open.Reason} From {Instants.ToText(claim.First.AtMs)} on it says {claim.Value}.";
                desk.Close(slot, open, claim.First.AtMs);
            }

            if (isImpossible)
            {
                OpenImo(slot, profile, claim, in said);
            }
        }
    }

    private void OpenImo(int slot, int profile, Claim claim, in Said said)
    {
        var finding = desk.Open(slot, FindingKind.Spoofing, profile, 0, ImpossibleImo, claim.First.AtMs);
        finding.Severity = Severity.Low;
        finding.Measure = [new Figure("impossible_number", 1)];
        var right = ImoNumber.CheckDigitOf(int.Parse(claim.Value!, CultureInfo.InvariantCulture) / 10);
        finding.ClearsIf = new Figure("check_digit", right);
        finding.ClearsIfText = $"the check digit {right}, or another number said twice";
        finding.Reason = $"{finding.Subject} says the IMO number {claim.Value}, whose check digit is wrong: no ship has it.";
        FindingDesk.Witness(finding, claim.First);
        FindingDesk.Witness(finding, in said);
        where.Place(slot, finding);
        desk.Revise(slot, finding);
    }

    private void OpenMid(
        int slot, int profile, SpoofingThresholds thresholds, in HullState hull, in StoredReport report)
    {
        var vessel = state.Table.Vessels[slot].Vessel;
        var hasForm = Mmsi.KindOf(vessel.Mmsi) == MmsiKind.Ship;
        var finding = desk.Open(slot, FindingKind.Spoofing, profile, 0, ImpossibleMid, hull.FirstAtMs);
        finding.Severity = hasForm ? Severity.Low : Severity.Info; // Fishermen's net buoys send numbers of no form.
        finding.Measure = [new Figure("impossible_number", 1)];
        finding.ClearsIf = new Figure("reports", thresholds.IdentityReportsMin - 1);
        finding.ClearsIfText = "maritime identification digits that ITU has given to a country";
        finding.Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"The MMSI {vessel.Mmsi:D9} is of no country: {(hasForm ? $"ITU has not assigned the digits {vessel.Mmsi / 1_000_000}" : "it has no form that ITU knows")}.");
        desk.Witness(finding, in hull.Last);
        desk.Witness(finding, in report);
        finding.Places.Add(report.Position);
        desk.Revise(slot, finding);
    }
}
