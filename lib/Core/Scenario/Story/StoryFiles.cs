using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>
/// All sources beside AIS, made from one run so that they agree: notices.ndjson, manifests/, plates.ndjson, scenes/,
/// reference/cameras.json, epoch.key.
/// </summary>
internal sealed class StoryFiles
{
    private readonly PlayedWeek week;
    private readonly Cast cast;

    private StoryFiles(PlayedWeek week, Cast cast, WeekLog log)
    {
        this.week = week;
        this.cast = cast;
        var seed = week.Options.Seed;
        Calls = CallBook.Of(week, log, cast);
        var announced = new List<ShipNotices.Announced>();
        Notices = ShipNotices.Of(Calls, week.World, cast.Times, seed, announced);
        Announced = announced;
        Manifests = ManifestBook.Of(announced, week.World, cast.Times, seed);
        Roads = RoadWeek.Of(week, cast.Times, Manifests);
        var truth = new List<TruthEntry>(week.Result.Truth);
        Scenes = SceneBook.Of(week, cast, log, truth);
        truth.AddRange(Roads.Truth);
        truth.AddRange(DeclaredTruth());
        truth.Sort(SimulationRun.InOrder);
        Truth = truth;
    }

    public IReadOnlyList<SimCall> Calls { get; }

    public IReadOnlyList<ShipNotices.Announced> Announced { get; }

    public List<SentLine> Notices { get; }

    public IReadOnlyList<SimManifest> Manifests { get; }

    public RoadWeek Roads { get; }

    public IReadOnlyList<SimScene> Scenes { get; }

    /// <summary>The truth of all sources.</summary>
    public IReadOnlyList<TruthEntry> Truth { get; }

    /// <summary>Makes all sources of a run; null where it has no story.</summary>
    public static StoryFiles? Of(PlayedWeek week) => week.Cast is { } cast && week.Log is { } log ? new StoryFiles(week, cast, log) : null;

    /// <summary>Writes them.</summary>
    public void Write(string folder)
    {
        ManifestFiles.Write(Fresh(folder, "manifests"), Manifests);
        var scenes = Fresh(folder, "scenes");
        foreach (var scene in Scenes)
        {
            SceneBook.Write(scenes, scene);
        }

        ScenarioJson.WriteLines(Path.Combine(folder, "notices.ndjson"), [.. Notices, .. Roads.Pickups.Where(IsInTime).Select(Line)]);
        ScenarioJson.WriteLines(Path.Combine(folder, "plates.ndjson"), Roads.Reads);
        ScenarioJson.WriteFile(Path.Combine(folder, "reference", "cameras.json"), RoadMap.Write);
        File.WriteAllText(Path.Combine(folder, "epoch.key"), SimulatedEpochKey.ToText(EpochKey(week.Options.Seed)));
    }

    /// <summary>Takes away what an earlier scenario left.</summary>
    public static void Clear(string folder)
    {
        foreach (var name in new[] { "manifests", "scenes" })
        {
            var path = Path.Combine(folder, name);
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }

        foreach (var name in new[] { "notices.ndjson", "plates.ndjson", "epoch.key", Path.Combine("reference", "cameras.json") })
        {
            File.Delete(Path.Combine(folder, name));
        }
    }

    /// <summary>The SIMULATED key of the plates' epoch, 32 bytes.</summary>
    public static byte[] EpochKey(ulong seed)
    {
        var random = new SimRandom(seed, 0x570F_0001);
        var key = new byte[32];
        for (var index = 0; index < key.Length; index++)
        {
            key[index] = (byte)random.Below(256);
        }

        return key;
    }

    /// <summary>The member <c>story</c> of scenario.json: for tests, not for the pipeline.</summary>
    public void Describe(Utf8JsonWriter json)
    {
        var times = cast.Times;
        var call = Announced.First(one => one.Call.Part == 'f');
        json.WriteStartObject("story");
        json.WriteString("mmsi", Mmsi(cast.FeederIdentity));
        json.WriteString("name", cast.FeederIdentity.About.Name);
        json.WriteNumber("imo", cast.FeederIdentity.About.ImoNumber!.Value);
        json.WriteString("call_sign", cast.FeederIdentity.About.CallSign);
        json.WriteString("port", "SEGOT");
        json.WriteString("call", Subject(call));
        json.WriteString("sails_from", "NOLAR");
        json.WriteString("declares", ManifestBook.StoryPort);
        json.WriteString("other_mmsi", Mmsi(cast.CoasterIdentity));
        json.WriteString("manifest", Manifests.First(one => one.Call.Part == 'f').Id);
        json.WriteString("scene", Scenes[1].Id);
        json.WriteString("quiet_scene", Scenes[0].Id);
        json.WriteString("box", Roads.StoryBox);
        json.WriteString("plate", RoadWeek.StoryLorry);
        foreach (var (name, atMs) in new[]
        {
            ("departed_at", times.DepartedAtMs), ("left_lane_at", times.LeftLaneAtMs), ("met_at", times.MetAtMs), ("parted_at", times.PartedAtMs),
            ("silent_at", times.SilentAtMs), ("scene_at", times.SceneAtMs), ("scene_received_at", times.SceneReceivedAtMs),
            ("heard_again_at", times.HeardAgainAtMs), ("rejoined_at", times.RejoinedAtMs), ("anchored_at", times.AnchoredAtMs),
            ("berthed_at", times.BerthedAtMs), ("box_out_at", Roads.BoxOutAtMs), ("lorry_last_read_at", Roads.LastReadAtMs),
        })
        {
            json.WriteString(name, Instants.ToText(atMs / 1000 * 1000));
        }

        json.WriteEndObject();
    }

    private static string Fresh(string folder, string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    private static string Mmsi(Identity identity) => identity.Mmsi.ToString("D9", CultureInfo.InvariantCulture);

    private static string Subject(ShipNotices.Announced announced) =>
        $"call:{announced.Call.Port}:{Mmsi(announced.Call.Identity)}:{Instants.ToText(announced.EtaAtMs)}";

    private static SentLine Line(Pickup pickup) => new(pickup.SentAtMs, ScenarioJson.Line(json =>
    {
        json.WriteString("type", "pickup");
        json.WriteString("container", pickup.Box);
        json.WriteString("plate", pickup.Plate);
        json.WriteString("port", "SEGOT");
        json.WriteString("at", Instants.ToText(pickup.AtMs / 60_000 * 60_000));
        json.WriteString("sent_at", Instants.ToText(pickup.SentAtMs / 60_000 * 60_000));
        json.WriteBoolean("simulated", true);
    }));

    private bool IsInTime(Pickup pickup) => pickup.SentAtMs < week.World.EndAtMs;

    // Lawful: boxes loaded first in another port than the ship's, and an ETA that was far off until it was revised.
    private IEnumerable<TruthEntry> DeclaredTruth()
    {
        foreach (var announced in Announced)
        {
            var call = announced.Call;
            var manifest = Manifests.FirstOrDefault(one => ReferenceEquals(one.Call, call));
            if (call.Part == 'f' && manifest is not null)
            {
                yield return new TruthEntry(
                    "declared-mismatch", Subject(announced), manifest.SentAtMs, call.BerthedAtMs, 1, "consignments", false, "SEGOT",
                    $"declares {ManifestBook.StoryPort} as port of loading; it came from NOLAR");
            }
            else if (call.Part == 'r')
            {
                yield return new TruthEntry(
                    "declared-mismatch", Subject(announced), announced.SentAtMs, call.BerthedAtMs,
                    Math.Round((call.ArrivedAtMs - announced.EtaAtMs) / 3_600_000.0, 1), "hours", true, "SEGOT", "an ETA that a new notice put right");
            }
            else if (manifest is not null && manifest.Consignments.Count(one => one.FirstLoaded is not null) is > 0 and var transhipped)
            {
                yield return new TruthEntry(
                    "declared-mismatch", Subject(announced), manifest.SentAtMs, Math.Min(call.BerthedAtMs, week.World.EndAtMs), transhipped, "consignments",
                    true, "SEGOT", "transhipment: loaded first in another port, and on this ship where it called");
            }
        }
    }
}
