using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;
using MaritimeWatch.Trajectories;
using TrackPoint = MaritimeWatch.Trajectories.TrackPoint;

namespace MaritimeWatch.Findings.UnlikelyMotion;

/// <summary>What the stage remembers of a ship: where it was at the last whole ten minutes, how surprising that was, what was said.</summary>
internal sealed class VesselWay(string subject)
{
    // A window of less than half an hour says too little of a ship.
    private const long KnownMs = 3 * GridTimes.StepMs;

    private readonly List<TrackPoint> _places = [];
    private readonly List<(long AtMs, int Milli)> _moments = [];

    public string Subject { get; } = subject;

    public uint? Mmsi { get; private set; }

    public string? Name { get; private set; }

    public int Hull { get; private set; }

    /// <summary>When it was heard before the last place, by whichever hull; 0 before any.</summary>
    public long HeardBeforeMs { get; private set; }

    /// <summary>The last place is the first of its hull.</summary>
    public bool IsAnew => _places.Count == 1;

    /// <summary>The last place's time; 0 before any.</summary>
    public long LastAtMs => _places.Count == 0 ? 0 : _places[^1].AtMs;

    public IReadOnlyList<TrackPoint> Places => _places;

    /// <summary>What was said and can still change, or null.</summary>
    public UnlikelyWay? Said { get; set; }

    public bool IsSimulated { get; private set; }

    /// <summary>Mean surprise over so many moments, thousandths of a nat; moments that are missing count as nothing.</summary>
    public int ScoreMilli(int moments) => (int)(_moments.Sum(moment => (long)moment.Milli) / moments);

    /// <summary>Goes on to a place, of which so many are kept; with another hull it begins anew.</summary>
    public void Sail(WayRow row, int placesMax)
    {
        HeardBeforeMs = LastAtMs;
        if (row.Hull != Hull)
        {
            _places.Clear();
            _moments.Clear();
        }

        (Mmsi, Name, Hull, IsSimulated) = (row.Mmsi, row.Name, row.Hull, row.IsSimulated);
        if (_places.Count >= placesMax)
        {
            _places.RemoveAt(0);
        }

        _places.Add(new TrackPoint(
            row.AtMs, row.Where, row.SpeedDeciKnots < 0 ? null : row.SpeedDeciKnots / 10.0,
            row.CourseDeciDegrees < 0 ? null : row.CourseDeciDegrees / 10.0));
    }

    /// <summary>Adds what was known so many steps before the last place; -1 where it was not heard then, or not for half an hour.</summary>
    public int Ask(int steps, MotionBatch batch)
    {
        var index = _places.FindIndex(place => place.AtMs == LastAtMs - (steps * GridTimes.StepMs));
        return index >= 0 && IsKnownAt(_places[index].AtMs) && batch.TryAdd(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_places), index) ? batch.Count - 1 : -1;
    }

    // What is older than a window counts for nothing, whether it is still held or not.
    private bool IsKnownAt(long atMs) =>
        _places.Exists(place => place.AtMs <= atMs - KnownMs && place.AtMs >= atMs - (MotionSteps.Count * GridTimes.StepMs));

    /// <summary>A moment has been judged.</summary>
    public void Judge(long atMs, int milli, int moments)
    {
        _moments.RemoveAll(moment => moment.AtMs <= atMs - (moments * GridTimes.StepMs));
        _moments.Add((atMs, milli));
    }

    public void Save(StateWriter writer)
    {
        writer.Text(Subject);
        writer.UInt32(Mmsi ?? 0);
        writer.TextOrNull(Name);
        writer.Int32(Hull);
        writer.Flag(IsSimulated);
        writer.Int64(HeardBeforeMs);
        writer.Int32(_places.Count);
        foreach (var place in _places)
        {
            writer.Int64(place.AtMs);
            writer.Int32(place.Place.LatitudeE7);
            writer.Int32(place.Place.LongitudeE7);
            writer.Int32(place.SpeedKnots is { } speed ? (int)Math.Round(speed * 10) : -1);
            writer.Int32(place.CourseDegrees is { } course ? (int)Math.Round(course * 10) : -1);
        }

        writer.Int32(_moments.Count);
        foreach (var (atMs, milli) in _moments)
        {
            writer.Int64(atMs);
            writer.Int32(milli);
        }

        writer.Flag(Said is not null);
        Said?.Save(writer);
    }

    public static VesselWay Restore(ref StateReader reader)
    {
        var way = new VesselWay(reader.Text());
        var mmsi = reader.UInt32();
        (way.Mmsi, way.Name, way.Hull, way.IsSimulated) = (mmsi == 0 ? null : mmsi, reader.TextOrNull(), reader.Int32(), reader.Flag());
        way.HeardBeforeMs = reader.Int64();
        for (var left = reader.Count(24); left > 0; left--)
        {
            var (atMs, latitude, longitude, speed, course) = (reader.Int64(), reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32());
            way._places.Add(new TrackPoint(
                atMs, new Position(latitude, longitude), speed < 0 ? null : speed / 10.0, course < 0 ? null : course / 10.0));
        }

        for (var left = reader.Count(12); left > 0; left--)
        {
            way._moments.Add((reader.Int64(), reader.Int32()));
        }

        way.Said = reader.Flag() ? UnlikelyWay.Restore(ref reader) : null;
        return way;
    }
}

/// <summary>An unlikely way that is being said: since when, and its worst moment.</summary>
internal sealed record UnlikelyWay
{
    /// <summary>The moment that opened it, milliseconds since 1970 UTC.</summary>
    public required long OpenedAtMs { get; init; }

    /// <summary>When what makes it unlikely began.</summary>
    public required long StartAtMs { get; init; }

    /// <summary>The score that opened it had to reach this, thousandths of a nat.</summary>
    public required int LimitMilli { get; init; }

    /// <summary>The highest score so far.</summary>
    public required int WorstMilli { get; init; }

    /// <summary>The moment at which the ship was farthest from where it was expected half an hour before.</summary>
    public required long FarthestAtMs { get; init; }

    /// <summary>How far then, decimetres.</summary>
    public required long FarthestDecimetres { get; init; }

    /// <summary>The radius of a circle as large as the region that 9 of 10 ships come to, decimetres.</summary>
    public required long UsualDecimetres { get; init; }

    public void Save(StateWriter writer)
    {
        writer.Int64(OpenedAtMs);
        writer.Int64(StartAtMs);
        writer.Int32(LimitMilli);
        writer.Int32(WorstMilli);
        writer.Int64(FarthestAtMs);
        writer.Int64(FarthestDecimetres);
        writer.Int64(UsualDecimetres);
    }

    public static UnlikelyWay Restore(ref StateReader reader) => new()
    {
        OpenedAtMs = reader.Int64(),
        StartAtMs = reader.Int64(),
        LimitMilli = reader.Int32(),
        WorstMilli = reader.Int32(),
        FarthestAtMs = reader.Int64(),
        FarthestDecimetres = reader.Int64(),
        UsualDecimetres = reader.Int64(),
    };
}
