using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Findings.Vehicles;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Cameras;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Takes converted reads through landing, decoder and gate in memory, and compares the journeys that come out with those
/// of the table.
/// </summary>
internal static class JourneyCheck
{
    private const long DayMs = 86_400_000;

    /// <summary>Runs it.</summary>
    /// <param name="passages">The tables.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<JourneyCheckResult> RunAsync(LinkPassages passages, CancellationToken cancel)
    {
        using var reads = new MemoryStream();
        passages.WriteReads(reads);
        var last = passages.Journeys.SelectMany(journey => journey.Passages).Max(passage => passage.AtMs);
        var time = TimeProvider.System;
        var store = new MemoryStore();
        await StoreFormat.OpenOrCreateAsync(store, DateTimeOffset.FromUnixTimeMilliseconds(last), simulated: true, cancel: cancel);
        var keys = new KeyRing(store, new LocalVault(RandomNumberGenerator.GetBytes(LocalVault.MasterKeyBytes), RandomNumberGenerator.GetBytes), RandomNumberGenerator.GetBytes);
        var tokenKey = RandomNumberGenerator.GetBytes(LocalVault.MasterKeyBytes);
        await keys.ImportEpochAsync(tokenKey, cancel);
        var inbox = new Inbox(store, new GroupName(StageNames.Gate, 0), time);
        var cameras = await new ReferenceStore(store).AddAsync(ReferenceKinds.Cameras, passages.ToCameraFile(), cancel);
        await inbox.AppendAsync(EntryKind.Reference, JsonSerializer.SerializeToUtf8Bytes(new { kind = cameras.Kind, version = cameras.Version, hash = cameras.Hash }), cancel);

        var receivedAt = DateTimeOffset.FromUnixTimeMilliseconds(last + DayMs);
        var landed = await new SealedLanding(store, keys).LandAsync("plates.check", receivedAt, reads.ToArray(), cancel);
        var note = new LandedNote
        {
            Door = PlateDecoder.DoorName, Landed = landed.Name, Hash = landed.Hash, Length = landed.Length, Source = "check",
            ReceivedAtMs = receivedAt.ToUnixTimeMilliseconds(), IsRecorded = true, IsSimulated = true,
        };
        var outcome = await new PlateDecoder(store, keys, time).DecodeAsync(note, cancel);
        await inbox.AppendAsync(EntryKind.Tick, JsonSerializer.SerializeToUtf8Bytes(new { at = Instants.ToText(last + DayMs) }), cancel);

        var lines = new Lines();
        var fold = new GateFold(new StoredCameras(store));
        fold.Reset();
        await foreach (var entry in inbox.EntriesAsync(1, cancel))
        {
            await fold.FoldAsync(entry, 0, int.MaxValue, lines, cancel);
        }

        return Compare(passages, new PlateTokens(tokenKey), outcome, lines);
    }

    private static JourneyCheckResult Compare(LinkPassages passages, PlateTokens tokens, LandedOutcome outcome, Lines lines)
    {
        var rebuilt = lines.Journeys.ToHashSet(StringComparer.Ordinal);
        var exact = passages.Journeys.Count(journey =>
            Plate.TryParse(LinkPassages.PlateOf(journey.Vehicle), out var plate)
            && rebuilt.Contains(Key(tokens.Of(plate).Exact, journey.Passages.Select(passage => (LinkPassages.CameraOf(passage.Link), passage.AtMs)))));
        var perThousand = lines.Findings.Values
            .GroupBy(finding => finding, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Math.Round(group.Count() * 1000.0 / passages.Journeys.Count, 2));
        return new JourneyCheckResult(
            outcome.Items, outcome.Used, passages.Journeys.Count, lines.Journeys.Count, exact,
            Math.Round(exact / (double)passages.Journeys.Count, 4), new SortedDictionary<string, double>(perThousand, StringComparer.Ordinal));
    }

    private static string Key(string token, IEnumerable<(string Camera, long AtMs)> stops) =>
        $"{token} {string.Join(' ', stops.Select(stop => $"{stop.Camera}@{stop.AtMs}"))}";

    private sealed class Lines : IFoldOutput
    {
        public List<string> Journeys { get; } = [];

        /// <summary>Id to rule and severity of the latest revision; what was retracted is said so.</summary>
        public Dictionary<string, string> Findings { get; } = new(StringComparer.Ordinal);

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            var reader = new Utf8JsonReader(line);
            var properties = JsonElement.ParseValue(ref reader).GetProperty("properties");
            if (collection == "journeys")
            {
                var stops = properties.GetProperty("cameras").EnumerateArray()
                    .Zip(properties.GetProperty("times").EnumerateArray(), (camera, at) => (camera.GetString()!, at.GetInt64()));
                Journeys.Add(Key(properties.GetProperty("token").GetString()!, stops));
            }
            else if (collection == "findings")
            {
                var state = properties.GetProperty("state").GetString() == "retracted" ? "retracted" : properties.GetProperty("severity").GetString();
                Findings[properties.GetProperty("id").GetString()!] = $"{properties.GetProperty("rule").GetString()} {state}";
            }
        }
    }
}

/// <summary>What came out.</summary>
/// <param name="Reads">Reads that were landed.</param>
/// <param name="Used">Of them used.</param>
/// <param name="JourneysOfTheTable">Journeys of the table.</param>
/// <param name="JourneysRebuilt">Journeys that the gate made.</param>
/// <param name="Exact">Journeys of the table that came out with every camera and time.</param>
/// <param name="ExactShare">The same as a share.</param>
/// <param name="FindingsPerThousandJourneys">By rule and severity, or retracted.</param>
internal sealed record JourneyCheckResult(
    long Reads, long Used, int JourneysOfTheTable, int JourneysRebuilt, int Exact, double ExactShare,
    IReadOnlyDictionary<string, double> FindingsPerThousandJourneys);
