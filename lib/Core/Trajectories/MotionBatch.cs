namespace MaritimeWatch.Trajectories;

/// <summary>
/// What is known of ships' motion up to now, row by row in the form that a motion model takes: where the ship was 10, 20, ...,
/// 180 minutes ago, where it is, and what it reports of its speed and course. Nothing after a row's now is looked at.
/// </summary>
/// <remarks>
/// History: for each step the offset from now in nautical miles east and north, and 1; all three are 0 where the place is not
/// known, before the track and where no two reports at most 30 minutes apart lie around that instant. Now: latitude and
/// longitude in degrees, speed times sine and cosine of the course in knots east and north, and 1 (these three are 0
/// where speed or course was not reported), and the two numbers of <see cref="SemidiurnalTide"/>. A track of one report is taken: all its history is unknown. Not safe for several
/// threads.
/// </remarks>
public sealed class MotionBatch
{
    /// <summary>The most rows of a batch.</summary>
    public const int RowsMax = 1 << 18;

    /// <summary>Numbers of history in a row.</summary>
    public const int HistoryNumbers = MotionSteps.Count * 3;

    /// <summary>Numbers of now in a row.</summary>
    public const int NowNumbers = 7;

    private float[] history = new float[64 * HistoryNumbers];
    private float[] now = new float[64 * NowNumbers];
    private TrackPoint[] origins = new TrackPoint[64];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>History of all rows, one after the other.</summary>
    public ReadOnlySpan<float> History => history.AsSpan(0, Count * HistoryNumbers);

    /// <summary>Now of all rows, one after the other.</summary>
    public ReadOnlySpan<float> Now => now.AsSpan(0, Count * NowNumbers);

    /// <summary>The reports that are now, row by row.</summary>
    public ReadOnlySpan<TrackPoint> Origins => origins.AsSpan(0, Count);

    /// <summary>Adds what was known of a track at one of its reports.</summary>
    /// <param name="track">Reports in order of time.</param>
    /// <param name="index">The report that is now.</param>
    /// <returns>False, and nothing is added, where the ship is poleward of <see cref="OffsetNm.LatitudeDegreesMax"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such report.</exception>
    /// <exception cref="InvalidOperationException">The batch has <see cref="RowsMax"/> rows.</exception>
    public bool TryAdd(ReadOnlySpan<TrackPoint> track, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, track.Length);
        var origin = track[index];
        if (!OffsetNm.IsFlatAround(origin.Place))
        {
            return false;
        }

        Grow();
        WriteHistory(track[..(index + 1)], history.AsSpan(Count * HistoryNumbers, HistoryNumbers));
        WriteNow(origin, now.AsSpan(Count * NowNumbers, NowNumbers));
        origins[Count++] = origin;
        return true;
    }

    /// <summary>Takes all rows away.</summary>
    public void Clear() => Count = 0;

    private static void WriteHistory(ReadOnlySpan<TrackPoint> known, Span<float> row)
    {
        row.Clear();
        var origin = known[^1];
        for (var step = 1; step <= MotionSteps.Count; step++)
        {
            var atMs = origin.AtMs - (step * MotionSteps.Ms);
            if (atMs < known[0].AtMs)
            {
                return;
            }

            if (TrackWay.PlaceAt(known, atMs) is { } place)
            {
                var offset = OffsetNm.Between(origin.Place, place);
                var at = row[((step - 1) * 3)..];
                (at[0], at[1], at[2]) = ((float)offset.EastNm, (float)offset.NorthNm, 1);
            }
        }
    }

    private static void WriteNow(in TrackPoint origin, Span<float> row)
    {
        row.Clear();
        (row[0], row[1]) = ((float)origin.Place.LatitudeDegrees, (float)origin.Place.LongitudeDegrees);
        if (origin is { SpeedKnots: { } speed, CourseDegrees: { } course })
        {
            var (sine, cosine) = Math.SinCos(course * Math.PI / 180);
            (row[2], row[3], row[4]) = ((float)(speed * sine), (float)(speed * cosine), 1);
        }

        var (real, imaginary) = SemidiurnalTide.At(origin.AtMs);
        (row[5], row[6]) = ((float)real, (float)imaginary);
    }

    private void Grow()
    {
        if (Count == RowsMax)
        {
            throw new InvalidOperationException($"a batch has at most {RowsMax} rows");
        }

        if (Count == origins.Length)
        {
            Array.Resize(ref history, history.Length * 2);
            Array.Resize(ref now, now.Length * 2);
            Array.Resize(ref origins, origins.Length * 2);
        }
    }
}
