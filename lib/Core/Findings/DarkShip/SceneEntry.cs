using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// The body of a Batch entry of the stage <c>scenes</c>: a scene, the ships in it, and the vessels that may be they. All
/// numbers are integers, so that the fold is the same on every processor.
/// </summary>
public sealed record SceneEntry
{
    /// <summary>The newest format.</summary>
    public const int FormatNow = 1;

    private const int FootprintMax = 256;

    /// <summary>The most detections in an entry; more are counted and left out, the least sure first.</summary>
    public const int DetectionsMax = 4_000;

    /// <summary>The most vessels in an entry; more are counted and left out, the farthest from any detection first.</summary>
    public const int CandidatesMax = 10_000;

    /// <summary>Format.</summary>
    public int Format { get; init; } = FormatNow;

    /// <summary>The scene's name: the first 12 digits of its hash.</summary>
    public required string Scene { get; init; }

    /// <summary>How often it was checked before against the reports there were: 0 at first.</summary>
    public int Check { get; init; }

    /// <summary>No check will follow: what is said is settled.</summary>
    public bool IsLast { get; init; }

    /// <summary>The landed blob.</summary>
    public required string Landing { get; init; }

    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Length of the blob, bytes.</summary>
    public long Length { get; init; }

    /// <summary>The file's name, for people, or null.</summary>
    public string? FileName { get; init; }

    /// <summary>Who sent it.</summary>
    public required string Source { get; init; }

    /// <summary>What took it.</summary>
    public required SceneSensor Sensor { get; init; }

    /// <summary>When it was taken, milliseconds since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    /// <summary>When it could be known; no report after it was used.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>It is invented, or a vessel's reports are.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Columns.</summary>
    public int Width { get; init; }

    /// <summary>Rows.</summary>
    public int Height { get; init; }

    /// <summary>Size of a pixel, centimetres.</summary>
    public int PixelCentimetres { get; init; }

    /// <summary>
    /// Its outline, counter-clockwise: four corners, and points between where its edges are curved; latitude and longitude
    /// by turns, 1e-7 degree.
    /// </summary>
    public required IReadOnlyList<int> Footprint { get; init; }

    /// <summary>What found the ships.</summary>
    public required string Detector { get; init; }

    /// <summary>Its version.</summary>
    public int DetectorVersion { get; init; }

    /// <summary>The ships.</summary>
    public required IReadOnlyList<SceneDetection> Detections { get; init; }

    /// <summary>Detections that were left out because there were too many.</summary>
    public int DetectionsLeftOut { get; init; }

    /// <summary>The vessels.</summary>
    public required IReadOnlyList<SceneCandidate> Candidates { get; init; }

    /// <summary>Candidates that were left out because there were too many.</summary>
    public int CandidatesLeftOut { get; init; }

    /// <summary>Subjects of the ships with an open gap whose area the scene covers; null where there is none.</summary>
    public IReadOnlyList<string>? SilentShips { get; init; }

    /// <summary>The outline as places.</summary>
    [JsonIgnore]
    public IReadOnlyList<Position> Corners =>
        [.. Enumerable.Range(0, Footprint.Count / 2).Select(i => new Position(Footprint[2 * i], Footprint[(2 * i) + 1]))];

    /// <summary>How its radar displaces what moves; null where nothing is known of it.</summary>
    public SceneRadar? Radar { get; init; }

    /// <summary>The middle of the box around it.</summary>
    [JsonIgnore]
    public Position Middle => Geodesy.GeoBox.Of([.. Corners]) is var box
        ? new Position(box.SouthE7 + ((box.NorthE7 - box.SouthE7) / 2), Geodesy.Longitudes.Wrap(box.WestE7 + (box.WidthE7 / 2)))
        : default;

    /// <summary>As the inbox carries it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, SceneJson.Default.SceneEntry);

    /// <summary>Reads an entry.</summary>
    /// <exception cref="InvalidDataException">It is damaged or from a newer version.</exception>
    public static SceneEntry Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, SceneJson.Default.SceneEntry) is { Format: FormatNow, Footprint.Count: >= 8 and <= FootprintMax } entry
                ? entry
                : throw new InvalidDataException("the entry of a scene is from a newer version or has no footprint");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the entry of a scene is damaged: {e.Message}", e);
        }
    }
}

/// <summary>One ship in the scene.</summary>
/// <param name="N">Its number in the scene, from 1.</param>
/// <param name="Lat">Latitude, 1e-7 degree.</param>
/// <param name="Lon">Longitude, 1e-7 degree.</param>
/// <param name="LengthM">Length, metres.</param>
/// <param name="WidthM">Width, metres.</param>
/// <param name="Axis">Direction of its axis, degrees true, 0 to 179, or null.</param>
/// <param name="Confidence">How sure the detector is, thousandths.</param>
public sealed record SceneDetection(int N, int Lat, int Lon, int LengthM, int WidthM, int? Axis, int Confidence)
{
    /// <summary>Where.</summary>
    [JsonIgnore]
    public Position Where => new(Lat, Lon);
}

/// <summary>A vessel, where its reports put it at the scene's time.</summary>
/// <param name="Subject">Who: <c>mmsi:N</c>.</param>
/// <param name="Mmsi">Its MMSI, or null.</param>
/// <param name="Name">Its name, or null.</param>
/// <param name="Lat">Latitude, 1e-7 degree.</param>
/// <param name="Lon">Longitude, 1e-7 degree.</param>
/// <param name="SigmaM">Standard deviation of that place in each direction, metres.</param>
/// <param name="LengthM">Length by its own report, metres, or null.</param>
/// <param name="BeforeS">How old its last report was at the scene's time, seconds; null where there is none before.</param>
/// <param name="AfterS">How long until its next report, seconds; null where none is known yet.</param>
/// <param name="IsSimulated">Its reports are invented.</param>
public sealed record SceneCandidate(
    string Subject, uint? Mmsi, string? Name, int Lat, int Lon, int SigmaM, int? LengthM, int? BeforeS, int? AfterS, bool IsSimulated)
{
    /// <summary>Where it was heard last before the scene: latitude, 1e-7 degree; null where it was not.</summary>
    public int? LastLat { get; init; }

    /// <summary>Its longitude, 1e-7 degree.</summary>
    public int? LastLon { get; init; }

    /// <summary>How far it can have gone from there by the scene's time, metres.</summary>
    public int? ReachM { get; init; }

    /// <summary>The ways in which it may have moved; null where nothing is known: then its place is as unsure in every direction.</summary>
    public CandidateWays? Ways { get; init; }

    /// <summary>It is heard only now and then: this long it is silent again and again, seconds; null where it is heard regularly or nobody knows.</summary>
    public int? UsualS { get; init; }

    /// <summary>A silence is none up to so many of its usual ones, and never beyond <see cref="UsualSMax"/>.</summary>
    public const int UsualTimes = 3;

    /// <summary>However seldom a vessel is heard, a silence of more than this is one, seconds.</summary>
    public const int UsualSMax = 6 * 3600;

    /// <summary>Who lay still in one place before and after a silence lay there all the while, from this chance on, thousandths.</summary>
    public const int AtRestMilli = 500;

    /// <summary>A vessel that was heard within this of the scene is reporting, seconds: kept points of a stopped ship are 30 minutes apart.</summary>
    public const int ReportingS = 40 * 60;

    /// <summary>Whoever was heard within this of the scene, before or after, was there, whatever it did later, seconds.</summary>
    public const int HeardS = 15 * 60;

    /// <summary>And is not silent for longer than this around it, seconds.</summary>
    public const int ReportingGapS = 75 * 60;

    /// <summary>Where it is expected.</summary>
    [JsonIgnore]
    public Position Where => new(Lat, Lon);

    /// <summary>Can it be there, from where it was heard last? Nothing is known against it where that is not said.</summary>
    public bool Reaches(Position place) =>
        LastLat is not { } lat || LastLon is not { } lon || ReachM is not { } metres
        || Geodesy.GreatCircle.DistanceMetres(new Position(lat, lon), place) <= metres;

    /// <summary>It reported at the time, so that its own echo is explained; a vessel that was silent is no explanation.</summary>
    [JsonIgnore]
    public bool IsReporting => (BeforeS is not null && AfterS is not null && Ways?.Steady is { SpeedDeciKnots: 0, Milli: >= AtRestMilli })
        || IsHeardOften;

    private bool IsHeardOften =>
        Math.Min(BeforeS ?? int.MaxValue, AfterS ?? int.MaxValue) <= Math.Max(ReportingS, UsualSilenceS)
        && (BeforeS is null || AfterS is null || Math.Min(BeforeS.Value, AfterS.Value) <= HeardS
            || (long)BeforeS + AfterS <= Math.Max(ReportingGapS, UsualSilenceS));

    // Where a vessel is heard only now and then, as by satellites, hours without a report say nothing of its transmitter.
    private long UsualSilenceS => Math.Min(UsualSMax, (long)(UsualS ?? 0) * UsualTimes);
}

/// <summary>Without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SceneEntry))]
[JsonSerializable(typeof(SceneState))]
internal sealed partial class SceneJson : JsonSerializerContext;
