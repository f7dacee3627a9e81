using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Log;
using MaritimeWatch.Models;
using MaritimeWatch.Rasters;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// The verb <c>scene</c>: the ships in a GeoTIFF as GeoJSON. With a store they are matched with its vessels and counted
/// per stopping place; nothing is written to the store (the door <c>POST /scenes</c> and <c>replay</c> do that).
/// </summary>
internal static class SceneVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "A GeoTIFF (a STAC item of the same name with .json is read too), the GeoTIFFs of one scene with a band each, a STAC item that names them, or a Sentinel-1 GRD product (SAFE folder or zip)",
            Arity = ArgumentArity.OneOrMore,
        };
        var at = new Option<string?>("--at") { Description = "When it was taken; default the STAC item or the TIFF's own tag" };
        var sensor = new Option<string?>("--sensor") { Description = "sar, optical or sentinel-2; default the STAC item, or by the bands" };
        var bands = new Option<string?>("--bands") { Description = "The bands in their order, or one for each FILE: B02,B03,B04,B08[,B11] or VV,VH; or one by its number from 1; default the file's own names" };
        var detector = new Option<string>("--detector")
        {
            Description = "best (default: the learned detector where it is measured on scenes and can be used), model or cfar",
            DefaultValueFactory = _ => "best",
        };
        detector.AcceptOnlyFromAmong("best", "model", "cfar");
        var store = new Option<string?>("--store") { Description = "Match with the vessels of this store: a folder, or azure or azure:CONTAINER" };
        var quicklook = new Option<string?>("--quicklook") { Description = "Write a picture of the scene with boxes around its ships there, as PNG" };
        var output = new Option<string?>("--out") { Description = "Write the GeoJSON there instead of to standard output" };
        var verb = new Command("scene", "Ships in a satellite scene: place, length, confidence, matched with AIS or dark") { files, at, sensor, bands, detector, store, output, quicklook };
        verb.SetAction((parsed, cancel) => VerbGuard.RunAsync(() => RunAsync(
            parsed.GetRequiredValue(files),
            Given(
                ("at", parsed.GetValue(at)),
                ("sensor", parsed.GetValue(sensor)),
                (parsed.GetValue(bands) is { Length: > 0 } text && text.All(char.IsAsciiDigit) ? "band" : "bands", parsed.GetValue(bands))),
            Enum.Parse<DetectorChoice>(parsed.GetValue(detector)!, ignoreCase: true),
            parsed.GetValue(store),
            parsed.GetValue(output),
            parsed.GetValue(quicklook),
            cancel)));
        return verb;
    }

    private static SortedDictionary<string, string> Given(params (string Name, string? Value)[] options)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in options)
        {
            if (value is not null)
            {
                facts[name] = value;
            }
        }

        return facts;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<string> given, SortedDictionary<string, string> facts, DetectorChoice choice, string? folder, string? output,
        string? quicklook, CancellationToken cancel)
    {
        var store = folder is null ? null : await WatchStore.OpenAsync(folder, cancel);
        SceneReading reading;
        SceneInput input;
        try
        {
            input = await SceneInput.OfAsync(given, SceneDescription.From(facts), cancel);
            using var scene = SceneFile.Open(input.Files, input.Description, RasterLimits.Default);
            reading = SceneReading.Read(scene, ReferenceDefaults.Coast, cancel, choice);
            await ShowAsync(scene, reading, quicklook, cancel);
        }
        catch (Exception trouble) when (trouble is RasterException or FormatException or ModelException)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {string.Join(' ', given)}: {trouble.Message}");
            return trouble is FormatException ? ExitCodes.WrongUsage : ExitCodes.NothingUsable;
        }

        if (store is not null && reading.Description.AtMs is null)
        {
            await Console.Error.WriteLineAsync("maritimewatch: nobody says when the scene was taken: give --at TIME");
            return ExitCodes.WrongUsage;
        }

        if (reading.Description.FutureAt(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) is { } future)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: warning: {future}");
        }

        var entry = await EntryAsync(input.Files, reading, store, cancel);
        var lines = await FoldAsync(entry, store, cancel);
        await WriteAsync(lines.Detections, output, cancel);
        await SayAsync(reading, entry, lines, store is not null);
        return ExitCodes.Done;
    }

    private static async Task ShowAsync(SceneFile scene, SceneReading reading, string? quicklook, CancellationToken cancel)
    {
        if (quicklook is not null)
        {
            await using var file = File.Create(quicklook);
            Quicklook.Write(file, scene, [.. reading.Boxes.Select(box => new QuicklookBox(box))], cancel: cancel);
        }
    }

    private static async Task<SceneEntry> EntryAsync(
        IReadOnlyList<string> files, SceneReading reading, WatchStore? store, CancellationToken cancel)
    {
        var (hash, length) = await HashAsync(files, cancel);
        var atMs = reading.Description.AtMs ?? 0;
        var knownAtMs = Math.Max(atMs, reading.Description.ReceivedAtMs ?? (atMs + (long)SceneDecoder.CheckedWithin.TotalMilliseconds));
        var vessels = store is null
            ? new SceneVesselList([], 0)
            : await new SceneVessels(store.Blobs, store.Format).FindAsync(reading.Box, atMs, knownAtMs, cancel);
        var note = new LandedNote
        {
            Door = SceneDecoder.DoorName,
            Landed = Path.GetFileName(files[0]),
            Hash = hash,
            Length = length,
            Source = "file",
            ReceivedAtMs = knownAtMs,
            FileName = Path.GetFileName(files[0]),
            IsSimulated = store?.Format.Simulated ?? false,
        };
        return SceneDecoder.EntryOf(note, reading, atMs, knownAtMs, vessels) with { IsLast = true };
    }

    // Of one file its own hash, as at the door; of several the hash of their hashes.
    private static async Task<(string Hash, long Length)> HashAsync(IReadOnlyList<string> files, CancellationToken cancel)
    {
        var hashes = new List<byte[]>(files.Count);
        long length = 0;
        foreach (var file in files.Select(file => Directory.Exists(file) ? Path.Combine(file, "manifest.safe") : file))
        {
            await using var stream = File.OpenRead(file);
            hashes.Add(await SHA256.HashDataAsync(stream, cancel));
            length += stream.Length;
        }

        return (Convert.ToHexStringLower(hashes.Count == 1 ? hashes[0] : SHA256.HashData([.. hashes.SelectMany(hash => hash)])), length);
    }

    private static async Task<Lines> FoldAsync(SceneEntry entry, WatchStore? store, CancellationToken cancel)
    {
        using var fold = new SceneFold(store is null ? null : new StoredReference(store.Blobs));
        var lines = new Lines();
        if (store is not null)
        {
            foreach (var (kind, version) in await new ReferenceStore(store.Blobs).LatestVersionsAsync(cancel))
            {
                var body = System.Text.Encoding.UTF8.GetBytes($$"""{"kind":"{{kind}}","version":{{version}}}""");
                await fold.FoldAsync(new InboxEntry(1, EntryKind.Reference, body), 0, 1, lines, cancel);
            }
        }

        await fold.FoldAsync(new InboxEntry(1, EntryKind.Batch, entry.ToBytes()), 0, 1, lines, cancel);
        return lines;
    }

    private static async Task WriteAsync(IReadOnlyList<byte[]> features, string? output, CancellationToken cancel)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new GeoJsonWriter(buffer))
        {
            writer.StartCollection();
            writer.StartFeatures();
            foreach (var feature in features)
            {
                writer.WriteStoredFeature(feature);
            }

            writer.EndFeatures();
            writer.EndCollection();
        }

        await using var target = output is null ? Console.OpenStandardOutput() : File.Create(output);
        await target.WriteAsync(buffer.WrittenMemory, cancel);
        await target.WriteAsync("\n"u8.ToArray(), cancel);
    }

    private static async Task SayAsync(SceneReading reading, SceneEntry entry, Lines lines, bool isMatched)
    {
        var box = reading.Box;
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"maritimewatch: {reading.Width} x {reading.Height} x {reading.Bands}, {SceneSensors.NameOf(reading.Sensor)}, pixels of {reading.PixelCentimetres / 100.0:F2} m, {box}: {entry.Detections.Count} ships, {lines.Dark} dark of {entry.Candidates.Count} vessels near"));
        await Console.Error.WriteLineAsync(
            $"maritimewatch: found by {reading.Detector.Name} version {reading.Detector.Version}"
            + (reading.WhyNotLearned is { } why ? $", not by the learned detector: {why}" : string.Empty));
        if (!isMatched)
        {
            await Console.Error.WriteLineAsync("maritimewatch: without --store nothing was matched: every ship is unsettled");
            return;
        }

        foreach (var place in lines.Places)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {place}");
        }
    }

    private sealed class Lines : IFoldOutput
    {
        public List<byte[]> Detections { get; } = [];

        public List<string> Places { get; } = [];

        public int Dark { get; private set; }

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            if (collection == "detections")
            {
                Detections.Add(line.ToArray());
                Dark += line.IndexOf("\"status\":\"dark\""u8) >= 0 ? 1 : 0;
            }
            else if (collection == "scene-counts")
            {
                Places.Add(PlaceOf(line));
            }
        }

        // The line of the feed in words: the same counts, whoever asks.
        private static string PlaceOf(ReadOnlySpan<byte> line)
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            var of = document.RootElement.GetProperty("properties");
            return $"{of.GetProperty("ships")} ships at {of.GetProperty("port_name")} ({of.GetProperty("place")}, {of.GetProperty("place_kind")}): "
                + $"{of.GetProperty("with_ais")} with AIS, {of.GetProperty("without_ais")} without, {of.GetProperty("unsettled")} unsettled; {of.GetProperty("passing")} passing";
        }
    }
}
