using System.Runtime.CompilerServices;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>
/// Says in the collection <c>jumps</c> whose position became false, so that a later stage can see how many did at once:
/// a ship jumps farther than it can go, stays out, comes back, or says a speed and does not move. Bounded: at most a line
/// every two minutes for a ship that jumps and every five for one that stays out.
/// </summary>
internal sealed class JumpTracker(WatchState state) : IDisposable
{
    // A mile is 166,667 units of latitude: below this neither way nor both together make one.
    private const int SurelyNearE7 = 115_000;
    private const int NoiseDecimetres = 1_852;
    private const int RoundingMs = 2_000;
    private const int ReturnDeciKnots = 400;
    private const long JumpEveryMs = 2 * 60_000;
    private const long OutEveryMs = 5 * 60_000;
    private const long OutMsMax = 6 * 3_600_000;
    private const long SilenceMs = 30 * 60_000;
    private const long PauseMs = 2 * 3_600_000;
    private const int FrozenReportsMin = 3;

    private readonly DisturbanceThresholds? _thresholds =
        Array.Find(state.Profiles, profile => profile.Disturbance is not null)?.Disturbance;

    private readonly JumpLine _line = new();

    public void Dispose() => _line.Dispose();

    /// <summary>A report that follows another of the same identity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnReport(int slot, in StoredReport last, in StoredReport next)
    {
        if (_thresholds is null)
        {
            return;
        }

        long north = next.LatitudeE7 - last.LatitudeE7;
        long east = (long)next.LongitudeE7 - last.LongitudeE7;
        if (north is > SurelyNearE7 or < -SurelyNearE7 || east is > SurelyNearE7 or < -SurelyNearE7
            || state.Jumps.OutCount > 0 || ((north | east) == 0 && next.SpeedDeciKnots >= _thresholds.FrozenDeciKnots))
        {
            Look(slot, in last, in next);
        }
    }

    private void Look(int slot, in StoredReport last, in StoredReport next)
    {
        if (ImpliedDeciKnots(in last, in next, out var decimetres) is { } deciKnots)
        {
            Jump(slot, in last, in next, decimetres, deciKnots);
        }
        else if (state.Jumps.Find(slot) is { IsOut: true } jumping)
        {
            StayOut(slot, jumping, in last, in next);
        }
        else if (next.Position == last.Position && next.SpeedDeciKnots >= _thresholds!.FrozenDeciKnots)
        {
            Freeze(slot, in last, in next);
        }
    }

    // The implied speed, 0.1 knot, where a ship has jumped; else null.
    private long? ImpliedDeciKnots(in StoredReport last, in StoredReport next, out long decimetres)
    {
        var afterMs = next.EventAtMs - last.EventAtMs + RoundingMs;
        var least = Math.Max(_thresholds!.JumpDecimetresMin, NoiseDecimetres + (afterMs * 1852 * _thresholds.SpeedDeciKnots / 3_600_000));
        var units = FlatDistance.UnitsOf(least * 0.098);
        decimetres = 0;
        if (FlatDistance.SquaredUnits(last.Position, next.Position) < units * units || IsExempt(in last) || IsExempt(in next))
        {
            return null;
        }

        decimetres = GreatCircle.DistanceDecimetres(last.Position, next.Position);
        var deciKnots = (decimetres - NoiseDecimetres) * 3_600_000 / (afterMs * 1852);
        return decimetres >= _thresholds.JumpDecimetresMin && deciKnots > _thresholds.SpeedDeciKnots ? deciKnots : null;
    }

    // A time that nobody said tells nothing of a speed.
    private static bool IsExempt(in StoredReport report) =>
        report.Has(ReportTraits.Aircraft) || report.Has(ReportTraits.Fixed) || report.Has(ReportTraits.TimeAssumed);

    private void Jump(int slot, in StoredReport last, in StoredReport next, long decimetres, long deciKnots)
    {
        if (!WatchState.IsShip(state.Table.Vessels[slot].Vessel))
        {
            return;
        }

        var jumping = state.Jumps.Of(slot);
        if (jumping.LastAtMs == long.MinValue || next.EventAtMs - jumping.LastAtMs > PauseMs)
        {
            jumping.SinceMs = next.EventAtMs;
        }

        jumping.LastAtMs = next.EventAtMs;
        var isBack = jumping.IsOut && IsBack(jumping, in next);
        if (!jumping.IsOut)
        {
            (jumping.Home, jumping.HomeAtMs) = (last.Position, last.EventAtMs);
        }

        state.Jumps.SetOut(jumping, !isBack);
        if (jumping.SaidAtMs == long.MinValue || next.EventAtMs - jumping.SaidAtMs >= JumpEveryMs)
        {
            jumping.SaidAtMs = next.EventAtMs;
            _line.Write(state, slot, isBack ? "back" : "jump", jumping, in last, in next, decimetres, deciKnots);
        }
    }

    private static bool IsBack(Jumping jumping, in StoredReport next)
    {
        var reach = (ReturnDeciKnots * 1852L * (next.EventAtMs - jumping.HomeAtMs) / 3_600_000) + 18_520;
        return GreatCircle.DistanceDecimetres(jumping.Home, next.Position) <= reach;
    }

    private void StayOut(int slot, Jumping jumping, in StoredReport last, in StoredReport next)
    {
        if (next.EventAtMs - last.EventAtMs > SilenceMs || next.EventAtMs - jumping.HomeAtMs > OutMsMax)
        {
            state.Jumps.SetOut(jumping, false); // In a silence it may have come back, and who stays away was never there.
        }
        else if (next.EventAtMs - jumping.SaidAtMs >= OutEveryMs)
        {
            jumping.SaidAtMs = next.EventAtMs;
            _line.Write(state, slot, "out", jumping, in last, in next, 0, 0);
        }
    }

    private void Freeze(int slot, in StoredReport last, in StoredReport next)
    {
        if (IsExempt(in next) || next.SaysItLiesStill || !WatchState.IsShip(state.Table.Vessels[slot].Vessel))
        {
            return;
        }

        var jumping = state.Jumps.Of(slot);
        if (jumping.FrozenReports == 0 || jumping.FrozenAt != next.Position || next.EventAtMs - last.EventAtMs > SilenceMs)
        {
            (jumping.FrozenAt, jumping.FrozenSinceMs, jumping.FrozenReports) = (next.Position, last.EventAtMs, 1);
        }

        jumping.FrozenReports++;
        if (jumping.FrozenReports >= FrozenReportsMin && next.EventAtMs - jumping.FrozenSinceMs >= _thresholds!.FrozenMs
            && (jumping.SaidAtMs == long.MinValue || next.EventAtMs - jumping.SaidAtMs >= OutEveryMs))
        {
            (jumping.SaidAtMs, jumping.Home) = (next.EventAtMs, next.Position);
            jumping.SinceMs = jumping.FrozenSinceMs;
            _line.Write(state, slot, "freeze", jumping, in last, in next, 0, 0);
        }
    }
}
