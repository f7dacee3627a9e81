namespace MaritimeWatch.Functions.Evaluate.Trajectory;

/// <summary>Which columns of a file of tracks are what, known by their names in the heading whatever their case.</summary>
internal sealed record TrackColumns
{
    private static readonly string[] TrackNames = ["track_id", "track", "segment_id", "segment", "trip_id", "trips", "trip", "id"];
    private static readonly string[] VesselNames = ["mmsi", "vid", "vessel_id", "vessel"];
    private static readonly string[] TimeNames =
        ["t_utc", "t_utc_approx", "time", "timestamp", "t", "at", "datetime", "basedatetime", "base_date_time", "sequence_dttm"];

    private static readonly string[] LatitudeNames = ["lat", "latitude", "latitude_deg"];
    private static readonly string[] LongitudeNames = ["lon", "lng", "long", "longitude", "longitude_deg"];
    private static readonly string[] SpeedNames = ["sog_kn", "sog", "sog_knots", "speed_kn", "speed", "speed_over_ground"];
    private static readonly string[] CourseNames = ["cog_deg", "cog", "course_deg", "course", "course_over_ground"];

    /// <summary>Columns of the heading.</summary>
    public required int Count { get; init; }

    /// <summary>The track or segment; -1 where a vessel's reports are one row of tracks.</summary>
    public required int Track { get; init; }

    /// <summary>The vessel; -1 where each track counts as a vessel.</summary>
    public required int Vessel { get; init; }

    /// <summary>The time in UTC.</summary>
    public required int Time { get; init; }

    /// <summary>Latitude, degrees.</summary>
    public required int Latitude { get; init; }

    /// <summary>Longitude, degrees.</summary>
    public required int Longitude { get; init; }

    /// <summary>Speed over ground, knots; -1 where there is none.</summary>
    public required int Speed { get; init; }

    /// <summary>Course over ground, degrees (or tenths, see <see cref="TrackFile"/>); -1 where there is none.</summary>
    public required int Course { get; init; }

    /// <summary>Finds them.</summary>
    /// <param name="heading">The fields of the first line.</param>
    /// <param name="fault">What lacks, or null.</param>
    public static TrackColumns Of(IReadOnlyList<string> heading, out string? fault)
    {
        var columns = new TrackColumns
        {
            Count = heading.Count,
            Track = At(TrackNames),
            Vessel = At(VesselNames),
            Time = At(TimeNames),
            Latitude = At(LatitudeNames),
            Longitude = At(LongitudeNames),
            Speed = At(SpeedNames),
            Course = At(CourseNames),
        };
        List<string> lacking = [];
        Need(columns.Time, "a time", TimeNames);
        Need(columns.Latitude, "a latitude", LatitudeNames);
        Need(columns.Longitude, "a longitude", LongitudeNames);
        Need(Math.Max(columns.Track, columns.Vessel), "a track or a vessel", [.. TrackNames, .. VesselNames]);
        fault = lacking.Count == 0 ? null : $"the heading lacks {string.Join(" and ", lacking)}; it has {string.Join(", ", heading)}";
        return columns;

        int At(string[] names) => names
            .Select(name => heading.ToList().FindIndex(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(static at => at >= 0, -1);

        void Need(int at, string what, string[] names)
        {
            if (at < 0)
            {
                lacking.Add($"{what} ({string.Join(", ", names)})");
            }
        }
    }
}
