namespace MaritimeWatch.Tracks;

/// <summary>
/// In this bucket of ten minutes, in this cell of 0.25 degree, this source heard so many reports of so many vessels.
/// Every group gets all marks, so that each knows where anything was heard at all.
/// </summary>
/// <param name="Bucket">Event time divided by ten minutes (milliseconds since 1970 UTC / 600,000).</param>
/// <param name="Cell">Cell number, see <c>GridCells</c>.</param>
/// <param name="SourceIndex">Index into the source table of the batch or set.</param>
/// <param name="Reports">How many reports, at least 1.</param>
/// <param name="Vessels">How many different stations, at least 1.</param>
/// <param name="LastAtMs">Event time of the last of them, milliseconds since 1970 UTC.</param>
/// <param name="Squares">Where in the cell: a bit for each of its 5 x 5 squares, row by row from the south-west
/// (aircraft and satellites left out); the highest bit says that the stations are of class B, which are weaker.</param>
public readonly record struct HeardMark(
    int Bucket, int Cell, ushort SourceIndex, int Reports, int Vessels, long LastAtMs, uint Squares)
{
    /// <summary>The bit of <see cref="Squares"/> that tells class B; the other class has marks of its own.</summary>
    public const uint ClassB = 1u << 31;

    /// <summary>Length of a bucket, milliseconds.</summary>
    public const long BucketMs = 600_000;

    /// <summary>The bucket of an event time; whole buckets before 1970 are negative.</summary>
    public static int BucketOf(long atMs) => (int)((atMs - (((atMs % BucketMs) + BucketMs) % BucketMs)) / BucketMs);

    /// <summary>When a bucket begins, milliseconds since 1970 UTC.</summary>
    public static long StartOf(int bucket) => bucket * BucketMs;
}
