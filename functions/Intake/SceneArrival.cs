using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Log;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// A scene was put into the container of scenes: it is copied into the landing by ranges, and a note goes onto the queue
/// <c>scenes</c>. The blob's own time is its received_at, so that an event that comes again lands the same blob under the
/// same name, and the stage skips the second note. The STAC item beside it (<c>NAME.json</c>), if it is
/// there already, says when and by what it was taken; else the file's own tags do.
/// </summary>
/// <param name="landing">Where scenes are kept.</param>
/// <param name="open">Opens a blob of the container of scenes by its name, or gives null where there is none.</param>
/// <param name="queue">Takes the note of what was landed; durable when it returns.</param>
/// <param name="settings">Which container, and how large a scene may be.</param>
/// <param name="log">Says what was left aside; never a blob's name, which is its sender's.</param>
public sealed class SceneArrival(
    Landing landing, Func<string, CancellationToken, ValueTask<IncomingBlob?>> open, Func<LandedNote, CancellationToken, Task> queue,
    SceneArrivalSettings settings, ILogger log)
{
    private const string Source = "storage";
    private const int HeadBytes = 4;
    private const int NameLengthMax = 100;

    private static readonly string[] Variables = ["MW_SCENES", "MW_SCENES__blobServiceUri", "MW_BLOBS", "MW_BLOBS__blobServiceUri"];
    private static readonly string[] Endings = [".tif", ".tiff"];

    /// <summary>
    /// The parts with the function <c>Scene</c> open, where the environment names an account on Azure (see
    /// <see cref="IncomingContainer.OfScenes"/>); else the parts as they are.
    /// </summary>
    /// <param name="parts">The parts.</param>
    /// <param name="store">The store.</param>
    /// <param name="queue">Takes the note of what was landed.</param>
    /// <param name="log">Says what was left aside.</param>
    /// <exception cref="StoreException">FixInput: the environment names it wrongly.</exception>
    public static TriggerParts AddTo(TriggerParts parts, IBlobStore store, Func<LandedNote, CancellationToken, Task> queue, ILogger log)
    {
        if (!Variables.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
        {
            return parts;
        }

        var container = IncomingContainer.OfScenes(Environment.GetEnvironmentVariable);
        var arrival = new SceneArrival(
            new Landing(store), container.OpenAsync, queue, new SceneArrivalSettings { Container = container.Name }, log);
        return parts with { SceneHost = container.Host, SceneCreated = arrival.TakeAsync };
    }

    /// <summary>Lands the scene and queues it; when it returns without an exception there is no more to do about the event.</summary>
    /// <param name="scene">The event; its host has been checked.</param>
    /// <param name="cancel">Gives up; the event comes again.</param>
    /// <exception cref="StoreException">Trouble outside: the event must come again.</exception>
    public async Task TakeAsync(SceneCreated scene, CancellationToken cancel)
    {
        if (NameIn(scene.Url) is not { } name)
        {
            log.LogWarning("A blob that is no GeoTIFF in the container of scenes was left aside");
            return;
        }

        await using var blob = await open(name, cancel);
        if (blob is null)
        {
            log.LogWarning("A scene was gone before it could be read");
            return;
        }

        if (blob.Length is <= 0 || blob.Length > settings.BytesMax || !await IsTiffAsync(blob.Content, cancel))
        {
            log.LogWarning("A blob of {Bytes} bytes is no scene of 1 to {BytesMax} bytes and was left aside", blob.Length, settings.BytesMax);
            return;
        }

        var described = await DescribeAsync(name, cancel);
        if (described.FutureAt(blob.ModifiedAt.ToUnixTimeMilliseconds()) is not null)
        {
            log.LogWarning("A scene whose STAC item says that it was taken after it came was left aside");
            return;
        }

        var landed = await landing.LandAsync($"{SceneDecoder.DoorName}.{Source}", blob.ModifiedAt, blob.Content, cancel);
        await queue(
            new LandedNote
            {
                Door = SceneDecoder.DoorName,
                Landed = landed.Name,
                Hash = landed.Hash,
                Length = landed.Length,
                Source = Source,
                ReceivedAtMs = landed.ReceivedAt.ToUnixTimeMilliseconds(),
                ContentType = "image/tiff",
                FileName = ForPeople(name),
                IsSimulated = described.IsSimulated,
                Facts = described.ToFacts(),
            },
            cancel);
    }

    // The blob's name if it is a GeoTIFF in our container: /CONTAINER/NAME, or /ACCOUNT/CONTAINER/NAME of a test's storage.
    private string? NameIn(Uri url)
    {
        var path = Uri.UnescapeDataString(url.AbsolutePath);
        var start = $"/{settings.Container}/";
        return path.StartsWith(start, StringComparison.Ordinal) && path.Length > start.Length
            && url.Query.Length == 0 && Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            ? path[start.Length..]
            : null;
    }

    private static async ValueTask<bool> IsTiffAsync(Stream content, CancellationToken cancel)
    {
        var head = new byte[HeadBytes];
        var isTiff = await content.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancel) == HeadBytes && SceneDoor.IsTiff(head);
        content.Position = 0;
        return isTiff;
    }

    private async ValueTask<SceneDescription> DescribeAsync(string name, CancellationToken cancel)
    {
        await using var item = await open(Path.ChangeExtension(name, ".json"), cancel);
        if (item is null || item.Length > StacItem.BytesMax)
        {
            return new SceneDescription();
        }

        var bytes = new byte[item.Length];
        await item.Content.ReadExactlyAsync(bytes, cancel);
        try
        {
            return StacItem.Read(bytes);
        }
        catch (FormatException wrong)
        {
            log.LogWarning("The STAC item of a scene is not used: {Why}", wrong.Message);
            return new SceneDescription();
        }
    }

    // Letters, digits and a few marks of the last segment, cut short.
    private static string ForPeople(string name) =>
        new([.. name[(name.LastIndexOf('/') + 1)..].Take(NameLengthMax).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')]);
}

/// <summary>What of the storage counts as a scene.</summary>
public sealed record SceneArrivalSettings
{
    /// <summary>The container that scenes are put into (MW_SCENES_CONTAINER); default <c>scenes</c>.</summary>
    public string Container { get; init; } = "scenes";

    /// <summary>The largest scene, bytes; 1 to 4 GiB, which is also the default: GDAL needs it as a file on the app's own disk.</summary>
    public long BytesMax { get; init; } = SceneDoor.BodyBytesUsual;
}
