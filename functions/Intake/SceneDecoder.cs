using System.Globalization;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Log;
using MaritimeWatch.Rasters;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Takes a landed scene to the inbox of the stage <c>scenes</c>: reads it through a file of its own, finds the ships, places
/// the vessels that the watch has committed at the scene's time, and appends all as one entry. A scene that cannot be read
/// is refused with its reason; its bytes stay in the landing.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="format">What the store is.</param>
/// <param name="time">The clock: for waiting on the store, and when a check is made.</param>
/// <param name="land">Where land is; null leaves no land out.</param>
/// <param name="limits">What a raster may hold; null for the defaults.</param>
internal sealed class SceneDecoder(
    IBlobStore store, StoreFormat format, TimeProvider time, Coastline? land = null, RasterLimits? limits = null) : ILandedDecoder
{
    /// <summary>The door's name.</summary>
    public const string DoorName = "scenes";

    /// <summary>Reports that come later than this after a scene change nothing any more.</summary>
    public static readonly TimeSpan CheckedWithin = TimeSpan.FromHours(24);

    private const string NoTime = "no_time";
    private const string WrongFact = "wrong_fact";
    private const string FromTheFuture = "future";
    private const int HeadBytes = 1024;

    private readonly Landing landing = new(store);
    private readonly Rejects rejects = new(store);
    private readonly Inbox inbox = new(store, new GroupName(StageNames.Scenes, 0), time);
    private readonly SceneVessels vessels = new(store, format);

    /// <inheritdoc/>
    public string Door => DoorName;

    /// <inheritdoc/>
    public string Stage => StageNames.Scenes;

    /// <inheritdoc/>
    public async Task<LandedOutcome> DecodeAsync(LandedNote note, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("maritimewatch-scene-");
        try
        {
            var path = Path.Combine(folder.FullName, "scene.tif");
            if (!await CopyAsync(note, path, cancel))
            {
                return Outcome(used: 0, null, "purged", $"{note.Landed} is no longer kept");
            }

            SceneReading reading;
            try
            {
                using var scene = SceneFile.Open(path, SceneDescription.From(note.Facts), limits ?? RasterLimits.Default);
                reading = SceneReading.Read(scene, land, cancel);
                if (reading.Description.AtMs is not null && reading.Description.FutureAt(note.ReceivedAtMs) is null)
                {
                    await ScenePictures.KeepAsync(store, note.Hash[..12], scene, reading, cancel);
                }
            }
            catch (RasterException trouble)
            {
                return await RefuseAsync(note, path, FaultOf(trouble.Trouble), trouble.Message, cancel);
            }
            catch (FormatException wrong)
            {
                return await RefuseAsync(note, path, WrongFact, wrong.Message, cancel);
            }

            var cameMs = note.IsRecorded ? reading.Description.ReceivedAtMs : note.ReceivedAtMs;
            if (cameMs is { } came && reading.Description.FutureAt(came) is { } future)
            {
                return await RefuseAsync(note, path, FromTheFuture, future, cancel);
            }

            return reading.Description.AtMs is { } atMs
                ? await AppendAsync(note, reading, atMs, cancel)
                : await RefuseAsync(
                    note, path, NoTime, "nobody says when the scene was taken: give at=TIME, a STAC item, or the TIFF's DateTime tag", cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Looks at a scene again with the reports that have come in since: appends an entry where a vessel's place has changed.
    /// For a timer; every 3 hours on the first day is usual.
    /// </summary>
    /// <param name="entry">The scene's latest entry.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The inbox entry, or null where nothing has changed.</returns>
    public async Task<long?> CheckAgainAsync(SceneEntry entry, CancellationToken cancel)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var list = await vessels.FindAsync(Geodesy.GeoBox.Of([.. entry.Corners]), entry.AtMs, nowMs, cancel);
        var isLast = nowMs - entry.AtMs >= (long)CheckedWithin.TotalMilliseconds;
        if (list.Candidates.SequenceEqual(entry.Candidates) && isLast == entry.IsLast)
        {
            return null;
        }

        var again = entry with
        {
            Check = entry.Check + 1,
            IsLast = isLast,
            KnownAtMs = nowMs,
            Candidates = list.Candidates,
            CandidatesLeftOut = list.LeftOut,
            SilentShips = list.Silent.Count > 0 ? list.Silent : null,
        };
        return await inbox.AppendAsync(EntryKind.Batch, again.ToBytes(), cancel);
    }

    private static string FaultOf(RasterTrouble trouble) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(trouble.ToString());

    private async Task<bool> CopyAsync(LandedNote note, string path, CancellationToken cancel)
    {
        await using var landed = await landing.OpenVerifiedAsync(note.Landed, cancel);
        if (landed is null)
        {
            return false;
        }

        await using var file = File.Create(path);
        await landed.CopyToAsync(file, cancel);
        return true;
    }

    private async Task<LandedOutcome> AppendAsync(LandedNote note, SceneReading reading, long atMs, CancellationToken cancel)
    {
        var receivedMs = note.IsRecorded ? reading.Description.ReceivedAtMs ?? atMs : note.ReceivedAtMs;
        var knownAtMs = Math.Max(atMs, receivedMs);
        var list = await vessels.FindAsync(reading.Box, atMs, knownAtMs, cancel);
        var entry = EntryOf(note, reading, atMs, knownAtMs, list) with
        {
            IsLast = note.IsRecorded || knownAtMs - atMs >= (long)CheckedWithin.TotalMilliseconds,
        };
        var number = await inbox.AppendAsync(EntryKind.Batch, entry.ToBytes(), cancel);
        List<string> notes = reading.LeftOut > 0
            ? [string.Create(CultureInfo.InvariantCulture, $"{reading.LeftOut} detections more than {SceneEntry.DetectionsMax} were left out")]
            : [];
        return new LandedOutcome(1, 1, new Dictionary<string, long>(), 0, number, notes);
    }

    /// <summary>The entry of a scene.</summary>
    internal static SceneEntry EntryOf(LandedNote note, SceneReading reading, long atMs, long knownAtMs, SceneVesselList list) => new()
    {
        Scene = note.Hash[..12],
        Landing = note.Landed,
        Hash = note.Hash,
        Length = note.Length,
        FileName = note.FileName,
        Source = note.Source,
        Sensor = reading.Sensor,
        AtMs = atMs,
        KnownAtMs = knownAtMs,
        IsSimulated = note.IsSimulated || reading.Description.IsSimulated || list.Candidates.Any(vessel => vessel.IsSimulated),
        Width = reading.Width,
        Height = reading.Height,
        PixelCentimetres = reading.PixelCentimetres,
        Footprint = [.. reading.Corners.SelectMany(corner => (int[])[corner.LatitudeE7, corner.LongitudeE7])],
        Detector = reading.Detector.Name,
        DetectorVersion = reading.Detector.Version,
        Detections = reading.Detections,
        DetectionsLeftOut = reading.LeftOut,
        Candidates = list.Candidates,
        CandidatesLeftOut = list.LeftOut,
        SilentShips = list.Silent.Count > 0 ? list.Silent : null,
        Radar = SceneRadar.Of(reading.Description.Radar),
    };

    private async Task<LandedOutcome> RefuseAsync(LandedNote note, string path, string fault, string why, CancellationToken cancel)
    {
        var head = new byte[HeadBytes];
        await using (var file = File.OpenRead(path))
        {
            head = head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel)];
        }

        var batch = new RejectBatch();
        batch.Add(fault, 0, note.Length, 0, head);
        await rejects.KeepAsync(new LandedBlob(note.Landed, note.Hash, note.Length, note.Source, note.ReceivedAt), batch, cancel);
        return Outcome(used: 0, null, fault, why);
    }

    private static LandedOutcome Outcome(long used, long? number, string fault, string why) =>
        new(1, used, new Dictionary<string, long> { [fault] = 1 }, 0, number, [why]);
}
