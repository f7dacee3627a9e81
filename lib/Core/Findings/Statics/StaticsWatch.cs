using System.Globalization;
using MaritimeWatch.Findings.DraughtChange;
using MaritimeWatch.Findings.IdentityChange;
using MaritimeWatch.Findings.SharedIdentity;
using MaritimeWatch.Findings.Spoofing;
using MaritimeWatch.Findings.VoyageChange;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>
/// What a vessel says of itself and how that changes: identity, voyage, draught, two hulls on one number, numbers that
/// cannot be.
/// </summary>
internal sealed class StaticsWatch
{
    // Static data are not put in order: what is older than the latest by no more than this is taken as it comes.
    private const long LateMs = 2 * 60_000;
    private const int IdentityFields = (1 << ((int)ClaimField.Size + 1)) - 1;
    private readonly WatchState _state;
    private readonly IdentityBook _identities;
    private readonly IdentityChangeDetector _identity;
    private readonly VoyageChangeDetector _voyage;
    private readonly DraughtChangeDetector _draught;
    private readonly SharedIdentityDetector _shared;
    private readonly IdentitySpoofing _numbers;

    public StaticsWatch(WatchState state, FindingDesk desk)
    {
        _state = state;
        var where = new Whereabouts(state);
        _identities = new IdentityBook(state);
        _identity = new IdentityChangeDetector(state, desk, where);
        _voyage = new VoyageChangeDetector(state, desk, where);
        _draught = new DraughtChangeDetector(state, desk, where);
        _shared = new SharedIdentityDetector(state, desk);
        _numbers = new IdentitySpoofing(state, desk, where);
    }

    /// <summary>Static data, before the vessel's card takes them.</summary>
    public void OnStatic(int slot, StaticReport report, LandingName landing, ushort source)
    {
        if (report.Traits.HasFlag(ReportTraits.Fixed) || !IsVessel(_state.Table.Vessels[slot].Vessel))
        {
            return;
        }

        var said = Said.Of(report, landing, _state.Clock.WatermarkMs);
        var history = _state.Statics.OrNew(slot);
        history.IsNew = true;
        _state.Changed.Add(slot);
        if (said.AtMs < history.LastSaidAtMs - LateMs)
        {
            OnLate(slot, history, report, in said);
            return;
        }

        history.LastSaidAtMs = Math.Max(history.LastSaidAtMs, said.AtMs);
        if (_state.Table.Vessels[slot].HullCount > 1)
        {
            _shared.OnStatic(slot, history, Words(report), source, said.AtMs);
        }

        Take(slot, history, report, in said);
    }

    /// <summary>A report of a hull that is believed, before it replaces the hull's last.</summary>
    public void OnReport(int slot, ref HullState hull, in StoredReport report)
    {
        Whereabouts.OnReport(ref hull, in report);
        _numbers.OnReport(slot, in hull, in report);
        if (_state.Table.Vessels[slot].HullCount > 1 && _shared.OnReport(slot, in hull, in report))
        {
            _identity.Changes.Retract(slot, "two hulls share the number, so that their statements alternate: see shared-identity");
        }
    }

    /// <summary>A beat of event time for one vessel.</summary>
    public void OnBeat(int slot, long nowMs)
    {
        if (_state.Table.Vessels[slot].FirstFinding != 0)
        {
            _identity.Changes.OnBeat(slot, nowMs);
            _voyage.Changes.OnBeat(slot, nowMs);
            _draught.Changes.OnBeat(slot, nowMs);
            _shared.OnBeat(slot, nowMs);
        }
    }

    /// <summary>When an open finding of the vessel next needs a look; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDue(int slot) => Math.Min(
        Math.Min(_identity.Changes.NextDue(slot), _voyage.Changes.NextDue(slot)),
        Math.Min(_draught.Changes.NextDue(slot), _shared.NextDue(slot)));

    private static bool IsVessel(VesselId vessel) =>
        !vessel.IsMmsi || Mmsi.KindOf(vessel.Mmsi) is MmsiKind.Ship or MmsiKind.Unknown or MmsiKind.Auxiliary;

    private static string? ValueOf(StaticReport report, ClaimField field) => field switch
    {
        ClaimField.Name => TextOf(report.Name),
        ClaimField.CallSign => TextOf(report.CallSign),
        ClaimField.Imo => report.ImoNumber?.ToString(CultureInfo.InvariantCulture),
        ClaimField.Size => SizeOf(report),
        ClaimField.Destination => TextOf(report.Destination),
        ClaimField.Eta => EtaText.Of(report),
        _ => report.DraughtDecimetres?.ToString(CultureInfo.InvariantCulture),
    };

    private static string? TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? SizeOf(StaticReport report)
    {
        var length = (report.ToBowM ?? 0) + (report.ToSternM ?? 0);
        var beam = (report.ToPortM ?? 0) + (report.ToStarboardM ?? 0);
        return length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{length}x{beam}") : null;
    }

    private static string Words(StaticReport report)
    {
        var size = SizeOf(report);
        return $"{report.Name ?? report.CallSign ?? "a ship without a name"}{(size is null ? string.Empty : $" of {size} m")}";
    }

    private void Take(int slot, StaticHistory history, StaticReport report, in Said said)
    {
        var (stands, changed, reverted) = (0, 0, 0);
        for (var field = ClaimField.Name; field < ClaimField.Count; field++)
        {
            if (ValueOf(report, field) is not { } value)
            {
                continue;
            }

            var claim = history.ClaimOf(field);
            var before = claim.Before;
            var news = claim.Take(value, in said);
            stands |= news != ClaimNews.None ? 1 << (int)field : 0;
            changed |= news == ClaimNews.Changed ? 1 << (int)field : 0;
            reverted |= news == ClaimNews.Changed && before == value ? 1 << (int)field : 0;
        }

        if (stands != 0)
        {
            Tell(slot, history, stands, changed, reverted, in said);
        }
    }

    private void Tell(int slot, StaticHistory history, int stands, int changed, int reverted, in Said said)
    {
        var hasPosition = _state.Table.Vessels[slot].Reports > 0;
        var isShared = _shared.Stands(slot);
        if ((stands & IdentityFields) != 0 && !isShared)
        {
            _identities.OnFields(slot, history, changed & IdentityFields, in said);
        }

        changed &= ~TakenBack(slot, reverted, in said);
        if (!hasPosition)
        {
            return;
        }

        if ((changed & IdentityFields) != 0 && !isShared)
        {
            _identity.OnChanged(slot, history, changed & IdentityFields, in said);
        }

        if (((changed >> (int)ClaimField.Destination) & 3) != 0 && !isShared)
        {
            _voyage.OnChanged(slot, history, Has(changed, ClaimField.Destination), Has(changed, ClaimField.Eta), in said);
        }

        if (Has(changed, ClaimField.Draught) && !isShared)
        {
            _draught.OnChanged(slot, history.ClaimOf(ClaimField.Draught), in said);
        }

        if (Has(stands, ClaimField.Imo))
        {
            _numbers.OnImo(slot, history.ClaimOf(ClaimField.Imo), in said);
        }
    }

    private static bool Has(int fields, ClaimField field) => (fields & (1 << (int)field)) != 0;

    // The fields whose change was taken back within the time that it is held.
    private int TakenBack(int slot, int reverted, in Said said)
    {
        if (reverted == 0)
        {
            return 0;
        }

        var because = $"what stood before was said again from {Instants.ToText(said.AtMs)} on";
        var back = (reverted & IdentityFields) != 0 && _identity.Changes.Retract(slot, because) ? IdentityFields : 0;
        const int Voyage = (1 << (int)ClaimField.Destination) | (1 << (int)ClaimField.Eta);
        back |= (reverted & Voyage) != 0 && _voyage.Changes.Retract(slot, because) ? Voyage : 0;
        const int Draught = 1 << (int)ClaimField.Draught;
        return back | ((reverted & Draught) != 0 && _draught.Changes.Retract(slot, because) ? Draught : 0);
    }

    // A statement of earlier than others that have been folded: it changes nothing that stands, but may say that a change
    // was none, or began earlier.
    private void OnLate(int slot, StaticHistory history, StaticReport report, in Said said)
    {
        for (var field = ClaimField.Name; field < ClaimField.Count; field++)
        {
            if (history.Claims[(int)field] is not { Before: { } before } claim || ValueOf(report, field) is not { } value)
            {
                continue;
            }

            var changes = field <= ClaimField.Size ? _identity.Changes
                : field == ClaimField.Draught ? _draught.Changes : _voyage.Changes;
            if (value == before && said.AtMs > claim.First.AtMs + StaticMemory.AgainAfterMs)
            {
                changes.Retract(slot, $"a report that came late says what stood before at {Instants.ToText(said.AtMs)}: the two alternate");
            }
            else if (value == claim.Value && said.AtMs < claim.First.AtMs && said.Bucket >= claim.BeforeBucket)
            {
                var startAtMs = claim.First.AtMs;
                claim.Antedate(in said);
                changes.Antedate(slot, startAtMs, in said, $"a report that came late says so already at {Instants.ToText(said.AtMs)}");
            }
        }
    }
}
