using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings;

/// <summary>
/// Shows the present before a commit: vessels that moved, coverage that grew, open pieces of track, counts. An open
/// piece is written again when it has grown by a quarter, so that the whole costs a small multiple of the last line.
/// </summary>
internal sealed class WatchViews(WatchState state, ViewLines lines)
{
    private readonly Dictionary<int, (long StartAtMs, int Points)> _shown = [];
    private WatchCounts? _countsShown;

    public void Publish(IFoldOutput output)
    {
        foreach (var slot in state.Changed.SinceViews)
        {
            ref var vessel = ref state.Table.Vessels[slot];
            if (vessel.Reports == 0)
            {
                continue;
            }

            lines.WriteVessel(output, slot);
            for (var i = 0; i < vessel.HullCount; i++)
            {
                PublishTrack(output, slot, vessel.Hulls[i] - 1);
            }
        }

        state.Changed.ClearViews();
        foreach (var slot in state.Coverage.Changed.SinceViews)
        {
            lines.WriteCoverage(output, in state.Coverage.CellAt(slot));
        }

        state.Coverage.Changed.ClearViews();
        PublishCounts(output);
    }

    public void Clear()
    {
        _shown.Clear();
        _countsShown = null;
    }

    private void PublishTrack(IFoldOutput output, int slot, int number)
    {
        ref var hull = ref state.Table.Hulls[number];
        var points = hull.Piece.Points;
        var shown = _shown.GetValueOrDefault(number);
        var before = shown.StartAtMs == hull.Piece.StartAtMs ? shown.Points : 0;
        if (points >= 2 && points >= before + Math.Max(2, before / 4))
        {
            lines.WriteTrack(output, slot, in hull);
            _shown[number] = (hull.Piece.StartAtMs, points);
        }
    }

    private void PublishCounts(IFoldOutput output)
    {
        var counts = state.Counts;
        if (counts == _countsShown)
        {
            return;
        }

        _countsShown = counts with { };
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"watch-{{state.Options.Group}}","reports":{{counts.Reports}},"fixed_stations":{{counts.FixedStations}},"duplicates":{{counts.Duplicates}},"late":{{counts.Late}},"out_of_order":{{counts.OutOfOrder}},"time_ahead":{{counts.TimeAhead}},"repeated":{{counts.Repeated}},"not_observable":{{counts.NotObservable}},"stops_not_observable":{{counts.StopsNotObservable}},"drifts_not_observable":{{counts.DriftsNotObservable}},"vessels":{{state.Table.Count}},"evicted":{{state.Table.Evicted}}}""");
        output.WriteLine("counts", Encoding.UTF8.GetBytes(line));
    }
}
