using System.Runtime.CompilerServices;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// Where ships that hardly move are at whole ten minutes, so that a later stage can see who is close to whom whatever
/// group they fall in. Between two reports of at most an hour a ship is taken to have gone straight and evenly, as Global
/// Fishing Watch resamples for its encounters. Ships within three kilometres of a stopping place are left out, because
/// they are in port and many, unless a profile judges encounters there too.
/// </summary>
internal sealed class SlowTracker(WatchState state) : IDisposable
{
    private const long BetweenMsMax = 3_600_000;
    private const int SlowDeciKnots = 20;
    private const int SearchMetres = 10_100;
    private const int InPortDecimetres = 30_000;
    private const int FarDecimetres = 100_000;
    private const int OffshoreHectometres = 20;
    private readonly SlowLine _line = new();
    private readonly bool _isInPortToo =
        state.Options.SlowInPort || Array.Exists(state.Profiles, profile => profile.Encounter is { AnchorageKm: 0 });

    public void Dispose() => _line.Dispose();

    /// <summary>A report of a hull, before it replaces the hull's last and the vessel's last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnReport(int slot, in HullState hull, in StoredReport report)
    {
        if (GridTimes.LiesBetween(hull.Last.EventAtMs, report.EventAtMs)
            && (report.SpeedDeciKnots < SlowDeciKnots || hull.Last.SpeedDeciKnots < SlowDeciKnots))
        {
            Cross(slot, in hull, in report);
        }
    }

    // Only the hull that spoke last goes on: so each vessel has one place at an instant.
    private void Cross(int slot, in HullState hull, in StoredReport report)
    {
        ref readonly var from = ref hull.Last;
        var afterMs = report.EventAtMs - from.EventAtMs;
        if (afterMs is <= 0 or > BetweenMsMax || hull.Reports == 0 || report.Has(ReportTraits.Aircraft)
            || from.EventAtMs != state.Table.Vessels[slot].Last.EventAtMs
            || !WatchState.IsShip(state.Table.Vessels[slot].Vessel))
        {
            return;
        }

        var implied = afterMs < GridTimes.StepMs ? -1 : ImpliedDeciKnots(in from, in report, afterMs);
        for (var atMs = GridTimes.After(from.EventAtMs); atMs <= report.EventAtMs; atMs += GridTimes.StepMs)
        {
            var sinceMs = atMs - from.EventAtMs;
            var speed = Math.Max(implied, SpeedDeciKnots(in from, in report, sinceMs, afterMs));
            if (speed is >= 0 and < SlowDeciKnots)
            {
                Say(slot, GridTimes.Between(from.Position, report.Position, sinceMs, afterMs), atMs, speed, in report);
            }
        }
    }

    private void Say(int slot, Position at, long atMs, int speedDeciKnots, in StoredReport report)
    {
        var view = state.Reference.View;
        var index = view.NearestAnchorage(at, SearchMetres, out var metres);
        var decimetres = index < 0 ? long.MaxValue : (long)Math.Round(metres * 10);
        if (decimetres >= InPortDecimetres || _isInPortToo)
        {
            var isFar = decimetres >= FarDecimetres && KnowsStoppingPlaces() && !IsAtTheCoast(at);
            _line.Write(state, slot, new SlowPlace(at, atMs, speedDeciKnots, isFar, report.Has(ReportTraits.Simulated)));
        }
    }

    // Where no list of stopping places is in force nobody can be said to be far from them.
    private bool KnowsStoppingPlaces() => state.Reference.Versions.Keys.Any(ReferenceKinds.IsStoppingPlaces);

    // Our lists know fewer quays than there are: within two kilometres of the coast a ship may lie at one.
    private bool IsAtTheCoast(Position at) =>
        state.Reference.View.KilometresOffshore(at) is { } kilometres && Math.Round(kilometres * 10) < OffshoreHectometres;

    // Rounded to the nearest; -1 where neither report says and they are too close in time to tell.
    private static int SpeedDeciKnots(in StoredReport from, in StoredReport to, long sinceMs, long afterMs) =>
        (from.SpeedDeciKnots, to.SpeedDeciKnots) switch
        {
            ( >= 0, >= 0) => (int)(((2 * ((from.SpeedDeciKnots * (afterMs - sinceMs)) + (to.SpeedDeciKnots * sinceMs))) + afterMs) / (2 * afterMs)),
            ( >= 0, _) => from.SpeedDeciKnots,
            (_, >= 0) => to.SpeedDeciKnots,
            _ => -1,
        };

    private static int ImpliedDeciKnots(in StoredReport from, in StoredReport to, long afterMs) => (int)Math.Min(
        1022, Math.Round(FlatDistance.Metres(from.Position, to.Position) * 36_000_000 / (afterMs * GreatCircle.MetresPerNauticalMile)));
}

/// <summary>A ship that hardly moves, at an instant of the grid.</summary>
internal readonly record struct SlowPlace(
    Position At, long AtMs, int SpeedDeciKnots, bool IsFarFromAnchorage, bool IsSimulated);
