using System.Globalization;
using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary>
/// Reads a CSV file of tracks; rows may come in any order. Without a column of tracks a vessel's reports are cut where it was
/// silent for more than two hours. A time of day alone is taken on one day. Courses are tenths of a degree where one is over
/// 511. A speed of 102.2 knots or more and a course of 360 degrees or more are "not available".
/// </summary>
internal static class TrackFile
{
    private const int LineLengthMax = 10_000;
    private const int RowsMax = 20_000_000;
    private const long SilentMs = 2 * 3_600_000;
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<TracksRead> ReadAsync(string path, CancellationToken cancel)
    {
        using var reader = new StreamReader(path);
        var rows = new TrackRows();
        var columns = TrackColumns.Of(SeriesFile.Fields(await reader.ReadLineAsync(cancel) ?? string.Empty), out var fault);
        if (fault is not null)
        {
            return new TracksRead([], rows, $"{path}: {fault}");
        }

        var reports = new Dictionary<string, List<Row>>(StringComparer.Ordinal);
        var courseMax = 0.0;
        for (var line = 2; await reader.ReadLineAsync(cancel) is { } text; line++)
        {
            if (line > RowsMax)
            {
                return new TracksRead([], rows, $"{path} has more than {RowsMax} rows");
            }

            if (text.Length == 0)
            {
                continue;
            }

            var row = text.Length > LineLengthMax ? null : Read(SeriesFile.Fields(text), columns, out fault);
            if (row is null)
            {
                rows.Refuse(line, fault ?? $"longer than {LineLengthMax} characters");
                continue;
            }

            courseMax = Math.Max(courseMax, row.Course ?? 0);
            if (!reports.TryGetValue(row.Track, out var track))
            {
                reports.Add(row.Track, track = []);
            }

            track.Add(row);
        }

        return new TracksRead(Tracks(reports, columns, courseMax > 511 ? 0.1 : 1, rows), rows, null);
    }

    private static Row? Read(List<string> fields, TrackColumns columns, out string? fault)
    {
        fault = null;
        if (fields.Count != columns.Count)
        {
            return Not(out fault, $"{fields.Count} fields, not {columns.Count}");
        }

        if (TimeOf(fields[columns.Time]) is not { } at)
        {
            return Not(out fault, $"no time: \"{fields[columns.Time]}\"");
        }

        if (Number(columns.Latitude) is not { } latitude || Number(columns.Longitude) is not { } longitude
            || Math.Abs(latitude) > 90 || Math.Abs(longitude) > 180)
        {
            return Not(out fault, $"no place: \"{fields[columns.Latitude]}\", \"{fields[columns.Longitude]}\"");
        }

        var (track, vessel) = (columns.Track < 0 ? string.Empty : fields[columns.Track], columns.Vessel < 0 ? string.Empty : fields[columns.Vessel]);
        return track.Length + vessel.Length == 0
            ? Not(out fault, "no track and no vessel")
            : new Row(
                track.Length > 0 ? track : vessel,
                vessel.Length > 0 ? vessel : track,
                at.ToUnixTimeMilliseconds(),
                Position.FromDegrees(latitude, longitude),
                Number(columns.Speed) is { } speed and >= 0 and < 102.2 ? speed : null,
                Number(columns.Course) is { } course and >= 0 ? course : null);

        double? Number(int column) => column >= 0
            && double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    private static Row? Not(out string? fault, string why)
    {
        fault = why;
        return null;
    }

    private static DateTimeOffset? TimeOf(string text)
    {
        if (DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return at;
        }

        return TimeOnly.TryParseExact(text, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var ofDay)
            ? new DateTimeOffset(new DateOnly(2000, 1, 1), ofDay, TimeSpan.Zero)
            : null;
    }

    private static List<VesselTrack> Tracks(Dictionary<string, List<Row>> reports, TrackColumns columns, double courseUnit, TrackRows rows)
    {
        var tracks = new List<VesselTrack>();
        foreach (var (id, all) in reports.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            // A stable sort: of two rows of one time the first in the file counts.
            var points = new List<TrackPoint>();
            foreach (var row in all.OrderBy(static row => row.AtMs))
            {
                if (points.Count > 0 && points[^1].AtMs == row.AtMs)
                {
                    rows.Repeated++;
                    continue;
                }

                if (columns.Track < 0 && points.Count > 0 && row.AtMs - points[^1].AtMs > SilentMs)
                {
                    tracks.Add(new VesselTrack($"{id}-{tracks.Count}", all[0].Vessel, [.. points]));
                    points.Clear();
                }

                var course = row.Course * courseUnit;
                points.Add(new TrackPoint(row.AtMs, row.Place, row.Speed, course < 360 ? course : null));
                rows.Used++;
            }

            tracks.Add(new VesselTrack(columns.Track < 0 ? $"{id}-{tracks.Count}" : id, all[0].Vessel, [.. points]));
        }

        return tracks;
    }

    private sealed record Row(string Track, string Vessel, long AtMs, Position Place, double? Speed, double? Course);
}
