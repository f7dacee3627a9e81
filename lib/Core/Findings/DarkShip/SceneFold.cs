using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Findings.DarkShip;

/// <summary>
/// The stage <c>scenes</c>: ships in a scene are matched one to one with the vessels that reported; what no report explains
/// is dark, unless nobody was heard there, or it stood there before. A scene that is checked again, with reports that came
/// late, amends or retracts what was said. One entry is one scene; the same entry twice changes nothing.
/// </summary>
/// <param name="reference">Zones (ids that begin with <c>structure</c> hold fixed structures) and stopping places; null has none.</param>
public sealed class SceneFold(IReferenceSource? reference = null) : IFold, IDisposable
{
    private readonly StageFindings findings = new(StageNames.Scenes);
    private readonly SceneLines lines = new();
    private readonly EchoPlaces places = new();
    private SceneState state = new();
    private IReferenceView view = EmptyReferenceView.Instance;
    private bool isStale;

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    /// <inheritdoc/>
    public bool SavesWhole => true;

    /// <inheritdoc/>
    public void Reset()
    {
        findings.Clear();
        places.Clear();
        (state, view, isStale) = (new SceneState(), EmptyReferenceView.Instance, false);
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => Restore(snapshot);

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => Restore(delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) => Save(target);

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => Save(target);

    /// <inheritdoc/>
    public async ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        switch (entry.Kind)
        {
            case EntryKind.Reference:
                var (kind, version) = EntryJson.Reference(entry.Body.Span);
                state.Reference[kind] = version;
                isStale = true;
                break;
            case EntryKind.Batch:
                if (isStale && reference is not null)
                {
                    view = await reference.LoadAsync(state.Reference, cancel).ConfigureAwait(false);
                }

                isStale = false;
                Take(SceneEntry.Parse(entry.Body.Span), entry.Number, output);
                break;
            default:
                break; // Ticks, news and actions say nothing of scenes.
        }

        return FoldStep.EntryDone;
    }

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
        // Every line was written when it was known.
    }

    private void Take(SceneEntry scene, long number, IFoldOutput output)
    {
        var seen = state.Scenes.Find(known => known.Hash == scene.Hash);
        if (seen is not null && scene.Check <= seen.Check)
        {
            return; // Landed or queued twice.
        }

        var matches = SceneMatcher.Match(scene);
        var darkBefore = seen?.Dark ?? [];
        List<int> dark = [];
        var (matched, unsettled) = (0, 0);
        var ships = new List<(SceneDetection Ship, JudgedDetection Judged)>(scene.Detections.Count);
        for (var index = 0; index < scene.Detections.Count; index++)
        {
            var detection = scene.Detections[index];
            var judged = Judge(scene, index, matches);
            var key = KeyOf(scene, detection);
            if (judged.Judgement == Judgement.Dark)
            {
                dark.Add(detection.N);
                judged = judged with { FindingId = findings.Say(key, DarkShipFinding.Of(scene, detection, judged, view), number, index, output) };
            }
            else if (darkBefore.Contains(detection.N))
            {
                judged = judged with { FindingId = findings.Say(key, DarkShipFinding.Retracted(scene, detection, judged, view), number, index, output) };
            }

            matched += judged.Judgement == Judgement.Matched ? 1 : 0;
            unsettled += judged.Judgement is Judgement.Matched or Judgement.Dark ? 0 : 1;
            lines.WriteDetection(output, scene, detection, judged);
            ships.Add((detection, judged));
        }

        Remember(scene, seen, dark);
        lines.WriteScene(output, scene, new SceneTally(matched, dark.Count, unsettled), UnseenVessels.Of(scene, matches));
        foreach (var count in AreaCounts.Of(ships, view))
        {
            lines.WriteCount(output, scene, count);
        }
    }

    private JudgedDetection Judge(SceneEntry scene, int index, SceneMatch[] matches)
    {
        var (detection, match) = (scene.Detections[index], matches[index]);
        var earlier = match.Candidate >= 0 ? null : places.Earlier(detection.Where, scene.AtMs, scene.Scene);
        var judgement = SceneJudgement.Of(scene, index, matches, view, earlier);
        if (scene.Check == 0 && judgement is not Judgement.Matched)
        {
            places.See(earlier, detection.Where, scene.AtMs, scene.Scene);
        }

        var (vessel, probability) = judgement == Judgement.Matched ? (match.Candidate, match.OwnMilli)
            : match.Silent >= 0 ? (match.Silent, match.SilentMilli)
            : (-1, match.ExplainedMilli);
        var sigma = CarriageDuty.LengthSigmaMetres(detection.LengthM, scene.PixelCentimetres);
        return new JudgedDetection(
            judgement,
            vessel >= 0 ? scene.Candidates[vessel] : null,
            probability,
            CarriageDuty.OddsMilli(detection.LengthM, sigma),
            null);
    }

    private void Remember(SceneEntry scene, SeenScene? seen, List<int> dark)
    {
        if (seen is not null)
        {
            (seen.Check, seen.Dark) = (scene.Check, dark);
            return;
        }

        state.Scenes.Add(new SeenScene { Hash = scene.Hash, Check = scene.Check, AtMs = scene.AtMs, Dark = dark });
        if (state.Scenes.Count > SceneState.ScenesMax)
        {
            var oldest = state.Scenes[0];
            state.Scenes.RemoveAt(0);
            foreach (var n in oldest.Dark)
            {
                findings.Forget($"{oldest.Hash}:{n}");
            }
        }
    }

    private static string KeyOf(SceneEntry scene, SceneDetection detection) => $"{scene.Hash}:{detection.N}";

    private void Save(IBufferWriter<byte> target)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WritePropertyName("state"u8);
        JsonSerializer.Serialize(json, state with { Places = places.ToList() }, SceneJson.Default.SceneState);
        json.WritePropertyName("findings"u8);
        findings.Save(json);
        json.WriteEndObject();
    }

    private void Restore(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var root = JsonElement.ParseValue(ref reader);
            var read = root.GetProperty("state").Deserialize(SceneJson.Default.SceneState);
            OlderFormatException.Check("the state of the scenes", read?.Format ?? 0, SceneState.FormatNow);
            state = read!;
            places.Clear();
            foreach (var place in state.Places)
            {
                places.Add(place);
            }

            state.Places.Clear();
            findings.Restore(root.GetProperty("findings"));
            isStale = state.Reference.Count > 0;
            view = EmptyReferenceView.Instance;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"the state of the scenes is damaged: {e.Message}", e);
        }
    }
}
