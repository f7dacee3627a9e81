using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Evaluate.Matching;

/// <summary>One simulated ship of a marked scene.</summary>
/// <param name="Subject">What it is called: <c>mmsi:N</c>.</param>
/// <param name="Echo">Its echo, as an index, or -1 where it has none.</param>
/// <param name="AgeS">How old its last report is at the scene's time, seconds; null for one that reports nothing.</param>
/// <param name="Doing">What it does.</param>
internal sealed record SimulatedShip(string Subject, int Echo, double? AgeS, ShipDoing Doing)
{
    /// <summary>Metres that each of many possible goings-on, drawn from the true law and its last report, draw its echo off the last report.</summary>
    public IReadOnlyList<(double East, double North)> Possible { get; init; } = [];

    /// <summary>Where it was said to be last.</summary>
    public Position Last { get; init; }

    /// <summary>What it says of its length, or null.</summary>
    public int? SaidLengthM { get; init; }
}

/// <summary>
/// A marked scene with simulated AIS. Of every mark that is a vessel a ship is drawn whose echo that is; nine of ten report.
/// The true place is the mark less the radar's displacement of its true motion and the error of an echo. See
/// <see cref="ShipMotion"/> for how it moves.
/// </summary>
internal sealed class SimulatedScene
{
    /// <summary>Of ten ships one reports nothing.</summary>
    public const double DarkShare = 0.1;

    /// <summary>Of five last reports one is missing: then the one before counts, with the same chance again.</summary>
    public const double DropOut = 0.2;

    /// <summary>Of twenty ships that report one more has no echo.</summary>
    public const double NoEchoShare = 0.05;

    private const double AgeMedianS = 300;
    private const double AgeNinetiethS = 3_600;
    private const double DayS = 86_400;
    private const double MotionS = 5_400;
    private const double EchoMetres = 15;
    private const double OrbitKm = 693;
    private const double OrbitKmPerSecond = 7.5;
    private const int ReportsMax = 2_000;
    private const int PossibleCount = 300;
    private const double KnotsToMetres = 1852.0 / 3600;

    private readonly Chance chance;
    private readonly long atMs;
    private readonly bool isBoundWanted;
    private readonly List<SceneDetection> echoes = [];
    private readonly List<SimulatedShip> ships = [];
    private readonly List<SceneCandidate> before = [];
    private readonly List<SceneCandidate> after = [];
    private readonly double heading;
    private readonly double west;
    private readonly double east;

    public SimulatedScene(string name, IReadOnlyList<MarkedShip> marks, long atMs, int seed, bool isBoundWanted)
    {
        (chance, this.atMs, this.isBoundWanted) = (new Chance(seed), atMs, isBoundWanted);
        heading = (chance.Unit() < 0.5 ? 348 : 192) + chance.Normal(1.5);
        (west, east) = (marks.Min(mark => mark.Longitude), marks.Max(mark => mark.Longitude));
        var lengths = marks.Where(mark => mark.LengthM is not null).Select(mark => mark.LengthM!.Value).DefaultIfEmpty(80).ToArray();
        for (var i = 0; i < marks.Count; i++)
        {
            var length = Math.Clamp(marks[i].LengthM ?? lengths[chance.Below(lengths.Length)], 8, 420);
            echoes.Add(EchoOf(i, marks[i], length));
            var isDark = chance.Unit() < DarkShare;
            var motion = ShipMotion.Draw(marks[i].ShoreKm, Neighbour(marks, i), chance);
            Add(motion, PlaceOf(marks[i], motion), length, isDark, i);
            if (!isDark && chance.Unit() < NoEchoShare)
            {
                // It sails near, and the radar or the detector missed it: small, or lost in the clutter.
                var other = ShipMotion.Draw(marks[i].ShoreKm, double.MaxValue, chance);
                Add(other, Moved(PlaceOf(marks[i], other), chance.Normal(4_000), chance.Normal(4_000)), chance.Between(10, 40), false, -1);
            }
        }

        Box = GeoBox.Of([.. echoes.Select(echo => echo.Where)]);
        Name = name;
    }

    public string Name { get; }

    public GeoBox Box { get; }

    public IReadOnlyList<SimulatedShip> Ships => ships;

    public IReadOnlyList<SceneDetection> Echoes => echoes;

    /// <summary>The entry as the decoder would make it.</summary>
    /// <param name="isLater">With the reports that came after the scene, not only those before it.</param>
    /// <param name="isRadarKnown">With what a scene's file says of its radar.</param>
    public SceneEntry Entry(bool isLater, bool isRadarKnown) => new()
    {
        Scene = Name[..Math.Min(12, Name.Length)],
        Landing = "labels",
        Hash = Name,
        Source = "SIMULATED",
        Sensor = SceneSensor.Sar,
        AtMs = atMs,
        KnownAtMs = isLater ? atMs + (long)(DayS * 1000) : atMs,
        IsSimulated = true,
        PixelCentimetres = 1_000,
        Footprint =
        [
            Box.NorthE7, Box.WestE7, Box.SouthE7, Box.WestE7, Box.SouthE7, Box.EastE7, Box.NorthE7, Box.EastE7,
        ],
        Detector = "labels",
        Detections = echoes,
        Candidates = isLater ? after : before,
        Radar = isRadarKnown ? new SceneRadar((int)Math.Round(heading + 360) % 360, false, 38, 113) : null,
    };

    private void Add(ShipMotion motion, Position place, double length, bool isDark, int echo)
    {
        var number = 200_000_000 + ships.Count + 1;
        var subject = $"mmsi:{number}";
        if (isDark)
        {
            ships.Add(new SimulatedShip(subject, echo, null, ShipDoing.Passing));
            return;
        }

        var age = AgeOf();
        var past = Reports(motion, place, -1, age);
        var said = chance.Unit() < 0.15 ? (int?)null : chance.Unit() < 0.03 ? (int)chance.Between(10, 350) : (int)Math.Round(length);
        var last = past[^1];
        var card = new VesselCardLine(null, said, 0, last);
        Take(SceneVessels.CandidateOf(subject, card, past, atMs), before);
        var future = Reports(motion, place, +1, AgeOf());
        Take(SceneVessels.CandidateOf(subject, card with { Last = null }, [.. past, .. future], atMs), after);
        ships.Add(new SimulatedShip(subject, echo, age, motion.Doing)
        {
            Last = last.Where, SaidLengthM = said, Possible = isBoundWanted ? Possible(motion, last, age, place) : [],
        });
    }

    private static double Neighbour(IReadOnlyList<MarkedShip> marks, int of)
    {
        var here = Position.FromDegrees(marks[of].Latitude, marks[of].Longitude);
        return marks.Where((_, i) => i != of).Select(mark => FlatDistance.Metres(here, Position.FromDegrees(mark.Latitude, mark.Longitude)))
            .DefaultIfEmpty(double.MaxValue).Min();
    }

    private static void Take(SceneCandidate? candidate, List<SceneCandidate> into)
    {
        if (candidate is not null)
        {
            into.Add(candidate);
        }
    }

    private double AgeOf()
    {
        var age = chance.LogNormal(AgeMedianS, AgeNinetiethS);
        while (chance.Unit() < DropOut)
        {
            age += chance.LogNormal(AgeMedianS, AgeNinetiethS);
        }

        return Math.Max(2, age);
    }

    // Reports of a day on one side of the scene, in order of time; places are true to an hour and a half beyond the nearest.
    private List<TrackFix> Reports(ShipMotion motion, Position place, int sign, double first)
    {
        var way = motion.Walk(first + MotionS, sign);
        var clock = chance.Unit() < 0.02 ? chance.Normal(40) : chance.Normal(1);
        var antenna = chance.Between(-0.4, 0.1) * 80;
        var list = new List<TrackFix>();
        for (var at = first; list.Count < ReportsMax && (at < DayS || list.Count == 0); at += Math.Max(10, chance.LogNormal(AgeMedianS, AgeNinetiethS)))
        {
            var state = ShipMotion.At(way, at);
            var (sin, cos) = Math.SinCos(state.CourseDegrees * Math.PI / 180);
            list.Add(new TrackFix(
                atMs + (long)((sign * at) + (at > 60 ? clock : 0)) * 1000,
                Moved(place, state.East + (antenna * sin) + chance.Normal(8), state.North + (antenna * cos) + chance.Normal(8)),
                (int)Math.Round(Math.Max(0, (state.MetresPerSecond / KnotsToMetres) + chance.Normal(0.15)) * 10),
                state.MetresPerSecond < 0.3 ? chance.Below(3_600) : (int)Math.Round(((state.CourseDegrees + chance.Normal(1.5)) * 10) + 36_000) % 3_600));
        }

        list.Sort(static (a, b) => a.AtMs.CompareTo(b.AtMs));
        return list;
    }

    private SceneDetection EchoOf(int index, MarkedShip mark, double length)
    {
        var measured = Math.Clamp((length * Math.Exp(chance.Normal(0.2))) + chance.Normal(12), 10, 500);
        var where = Position.FromDegrees(mark.Latitude, mark.Longitude);
        return new SceneDetection(
            index + 1, where.LatitudeE7, where.LongitudeE7, (int)measured, (int)Math.Max(10, measured / 6), null, (int)chance.Between(600, 990));
    }

    // Where the ship truly is: its echo less the displacement and the error of an echo's place.
    private Position PlaceOf(MarkedShip mark, ShipMotion motion)
    {
        var (dx, dy) = Displaced(motion.Start, mark.Longitude);
        return Moved(Position.FromDegrees(mark.Latitude, mark.Longitude), -dx - chance.Normal(EchoMetres), -dy - chance.Normal(EchoMetres));
    }

    // The radar looks to the right; near range lies on its side of the scene.
    private (double East, double North) Displaced(ShipState state, double longitude)
    {
        var part = east > west ? (longitude - west) / (east - west) : 0.5;
        var incidence = (30 + (16 * (heading > 270 ? part : 1 - part))) * Math.PI / 180;
        var seconds = OrbitKm / Math.Cos(incidence) / OrbitKmPerSecond;
        var approach = -state.MetresPerSecond * Math.Sin(incidence) * Math.Cos((state.CourseDegrees - heading - 90) * Math.PI / 180);
        return (approach * seconds * Math.Sin(heading * Math.PI / 180), approach * seconds * Math.Cos(heading * Math.PI / 180));
    }

    private List<(double East, double North)> Possible(ShipMotion motion, TrackFix last, double age, Position place)
    {
        var other = new Chance(ships.Count + 17);
        var longitude = place.LongitudeDegrees;
        var start = new ShipState(0, 0, (last.SpeedDeciKnots ?? 0) / 10.0 * KnotsToMetres, (last.CourseDeciDegrees ?? 0) / 10.0);
        return [.. Enumerable.Range(0, PossibleCount).Select(_ =>
        {
            var end = ShipMotion.At(motion.From(start, other).Walk(age, +1), age);
            var (dx, dy) = Displaced(end, longitude);
            return (end.East + dx + other.Normal(25), end.North + dy + other.Normal(25));
        })];
    }

    private static Position Moved(Position from, double eastMetres, double northMetres) => from.Moved(new FlatVector(eastMetres, northMetres));
}
