using System.Globalization;
using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>Takes records one by one: judges their time, runs the beats that they make due, and passes them on.</summary>
internal sealed class RecordFold(WatchState state, VesselWatch watch)
{
    private const long DayMs = 86_400_000;
    private IReadOnlyList<LandingName> _landings = [];
    private IReadOnlyList<string> _sources = [];
    private int[] _landingNumbers = [];
    private ushort[] _sourceNumbers = [];
    private long _receivedAtMs = EventClock.None;
    private bool _isReplay;
    private long _impossibleFromMs = long.MaxValue;

    /// <summary>The records that follow point into these tables.</summary>
    public void Begin(IReadOnlyList<LandingName> landings, IReadOnlyList<string> sources, long receivedAtMs)
    {
        _landings = landings;
        _sources = sources;
        _receivedAtMs = receivedAtMs;
        _isReplay = receivedAtMs == EventClock.None;
        _impossibleFromMs = _isReplay ? EndOfLandingDay(landings) + DayMs : long.MaxValue;
        _landingNumbers = new int[landings.Count];
        Array.Fill(_landingNumbers, -1);
        _sourceNumbers = new ushort[sources.Count];
        Array.Fill(_sourceNumbers, ushort.MaxValue);
    }

    /// <summary>Folds up to a budget of records; returns how many.</summary>
    public int Fold(ref RecordReader reader, long entry, ref long record, int budget)
    {
        var folded = 0;
        while (folded < budget && reader.MoveNext())
        {
            state.Trigger = new Trigger(state.Options.Group, entry, record);
            switch (reader.Kind)
            {
                case RecordKind.Position:
                    reader.Position(out var report);
                    OnPosition(in report);
                    break;
                case RecordKind.Static:
                    var said = reader.Static();
                    watch.OnStatic(said, _landings[said.LandingIndex], SourceOf(said.SourceIndex));
                    break;
                default:
                    OnHeard(reader.Heard());
                    break;
            }

            record++;
            folded++;
        }

        return folded;
    }

    /// <summary>The records of a set have ended: believes what goes on, refuses the rest, settles everything.</summary>
    public void EndReplay(long entry, long record)
    {
        state.Trigger = new Trigger(state.Options.Group, entry, record);
        while (state.Clock.MoveOnAtEnd())
        {
            Release();
        }

        while (state.Clock.Pending.Count > 0)
        {
            Refuse(state.Clock.Pending.TakeFirst());
        }

        state.Clock.CloseUp();
        Moved();
        watch.SettleAll();
    }

    private void OnPosition(in PositionReport report)
    {
        state.Counts.Reports++;
        if ((report.Traits & ReportTraits.Fixed) != 0 || IsStation(report.Vessel))
        {
            state.Counts.FixedStations++;
            return;
        }

        var stored = StoredReport.From(in report, LandingOf(report.LandingIndex), SourceOf(report.SourceIndex));
        if (report.EventAtMs >= _impossibleFromMs)
        {
            Refuse(new PendingReport(report.Vessel.Value, stored)); // A file cannot hold what happened after it was landed.
            return;
        }

        switch (state.Clock.Judge(report.EventAtMs, report.Vessel.Value, _receivedAtMs))
        {
            case Timeliness.InTime:
                Moved();
                watch.OnReport(report.Vessel, in stored);
                break;
            case Timeliness.Late:
                watch.OnLate(report.Vessel, in stored);
                return;
            default:
                state.Clock.Pending.Add(new PendingReport(report.Vessel.Value, stored));
                if (state.Clock.Pending.IsFull)
                {
                    Refuse(state.Clock.Pending.TakeLast());
                }

                state.Clock.Reconsider(report.EventAtMs, report.Vessel.Value);
                break;
        }

        if (state.Clock.Pending.Count > 0)
        {
            Release();
        }
    }

    private void OnHeard(HeardMark mark)
    {
        var source = SourceOf(mark.SourceIndex);
        if (mark.LastAtMs >= _impossibleFromMs || !state.Clock.Believes(in mark, _isReplay ? EventClock.None : _receivedAtMs))
        {
            return;
        }

        while (!state.Clock.Approach(mark.LastAtMs))
        {
            Release();
        }

        state.Coverage.Note(in mark, source);
        Moved();
        Release();
    }

    private static long EndOfLandingDay(IReadOnlyList<LandingName> landings)
    {
        var end = long.MinValue;
        foreach (var landing in landings)
        {
            var parts = landing.Name.Split('/');
            if (parts.Length != 4
                || !DateTimeOffset.TryParseExact(
                    parts[2], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            {
                return long.MaxValue - DayMs;
            }

            end = Math.Max(end, day.ToUnixTimeMilliseconds() + DayMs);
        }

        return end == long.MinValue ? long.MaxValue - DayMs : end;
    }

    private static bool IsStation(VesselId vessel) =>
        vessel.IsMmsi && Mmsi.KindOf(vessel.Mmsi) is MmsiKind.AidToNavigation or MmsiKind.CoastStation;

    private void Release()
    {
        while (state.Clock.TryRelease(out var pending))
        {
            Moved();
            var report = pending.Report;
            if (report.EventAtMs < state.Clock.WatermarkMs)
            {
                watch.OnLate(new VesselId(pending.Vessel), in report);
            }
            else
            {
                watch.OnReport(new VesselId(pending.Vessel), in report);
            }
        }
    }

    // Runs the beats that the watermark has passed; stretches in which nothing is due are skipped.
    private void Moved()
    {
        var watermark = state.Clock.WatermarkMs;
        if (watermark < state.NextBeatMs)
        {
            return;
        }

        if (state.NextBeatMs == long.MinValue)
        {
            state.NextBeatMs = NextBeatAfter(watermark);
            return;
        }

        while (state.NextBeatMs <= watermark)
        {
            if (state.FirstDueMs > state.NextBeatMs)
            {
                if (state.FirstDueMs > watermark)
                {
                    state.NextBeatMs = NextBeatAfter(watermark);
                    return;
                }

                state.NextBeatMs = NextBeatAfter(state.FirstDueMs - 1);
                if (state.NextBeatMs > watermark)
                {
                    return;
                }
            }

            watch.OnBeat(state.NextBeatMs);
            state.NextBeatMs += VesselWatch.BeatMs;
        }
    }

    private static long NextBeatAfter(long atMs)
    {
        var rest = ((atMs % VesselWatch.BeatMs) + VesselWatch.BeatMs) % VesselWatch.BeatMs;
        return atMs - rest + VesselWatch.BeatMs;
    }

    private void Refuse(PendingReport pending)
    {
        state.Counts.TimeAhead++;
        var landing = state.Landings[pending.Report.Landing];
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"fault":"time_ahead","subject":"{{new VesselId(pending.Vessel).Subject}}","event_at":"{{Instants.ToText(pending.Report.EventAtMs)}}","landing":"{{landing.Name}}","offset":{{pending.Report.Offset}},"length":{{pending.Report.Length}}}""");
        state.Output.WriteLine("refused", Encoding.UTF8.GetBytes(line));
    }

    private int LandingOf(ushort index)
    {
        ref var number = ref _landingNumbers[index];
        if (number < 0)
        {
            if (state.Landings.IsSweepDue && !state.Landings.Contains(_landings[index]))
            {
                state.Landings.Sweep(LandingsInUse());
                Array.Fill(_landingNumbers, -1);
            }

            number = state.Landings.NumberOf(_landings[index]);
        }

        return number;
    }

    private HashSet<int> LandingsInUse()
    {
        var used = new HashSet<int>(state.Clock.Pending.Landings);
        for (var slot = 0; slot < state.Table.Count; slot++)
        {
            ref var vessel = ref state.Table.Vessels[slot];
            used.Add(vessel.Last.Landing);
            state.Motions.AddLandings(slot, used);
            for (var i = 0; i < vessel.HullCount; i++)
            {
                used.Add(state.Table.Hulls[vessel.Hulls[i] - 1].Last.Landing);
            }
        }

        return used;
    }

    private ushort SourceOf(ushort index)
    {
        ref var number = ref _sourceNumbers[index];
        if (number == ushort.MaxValue)
        {
            number = state.Sources.NumberOf(_sources[index]);
        }

        return number;
    }
}
