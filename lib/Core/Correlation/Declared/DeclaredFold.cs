using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Correlation.Declared;

/// <summary>
/// The declared stage: what manifests, notices and pick-ups say becomes lines of <c>declared-calls</c>,
/// <c>consignments</c> and <c>pickups</c>. It judges nothing: whether it is true is the alerts stage's question. A pure
/// function of its entries; an entry is folded in one step.
/// </summary>
public sealed class DeclaredFold : IFold, IDisposable
{
    private const int SeenMax = 4_096;
    private const int ManifestsMax = 4_096;
    private const int ConsignmentsTracked = 5_000;

    private DeclaredState state = new();
    private HashSet<string> seen = new(StringComparer.Ordinal);
    private CallBook calls;
    private readonly DeclaredLines lines = new();
    private readonly Dictionary<string, int> manifests = new(StringComparer.Ordinal);

    /// <summary>A fold in the state before entry 1.</summary>
    public DeclaredFold() => calls = new CallBook(state);

    /// <summary>Calls remembered.</summary>
    public int CallCount => state.Calls.Count;

    /// <summary>Entries that were skipped because they had come before.</summary>
    public long Repeated => state.Repeated;

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    /// <inheritdoc/>
    public bool SavesWhole => true;

    /// <inheritdoc/>
    public void Reset() => Take(new DeclaredState());

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        try
        {
            var saved = JsonSerializer.Deserialize(snapshot, DeclaredJson.Default.DeclaredState);
            OlderFormatException.Check("the state of the declared stage", saved?.Format ?? 0, DeclaredState.FormatNow);
            Take(saved!);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the state of the declared stage is damaged: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target)
    {
        using var json = new Utf8JsonWriter(target);
        JsonSerializer.Serialize(json, state, DeclaredJson.Default.DeclaredState);
    }

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target); // Small enough to be written whole.

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
        // Every line was written when it became known.
    }

    /// <inheritdoc/>
    public ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        if (entry.Kind == EntryKind.Batch)
        {
            Fold(DeclaredEntry.Parse(entry.Body.Span), output);
        }

        return ValueTask.FromResult(FoldStep.EntryDone); // Ticks, reference data and news change nothing that was declared.
    }

    private void Fold(DeclaredEntry entry, IFoldOutput output)
    {
        if (!seen.Add(entry.Key))
        {
            state.Repeated++;
            return;
        }

        state.Seen.Add(entry.Key);
        if (state.Seen.Count > SeenMax)
        {
            seen.Remove(state.Seen[0]);
            state.Seen.RemoveAt(0);
        }

        foreach (var notice in entry.Calls.OrderBy(call => call.KnownAtMs).ThenBy(call => call.SentAtMs))
        {
            var (call, isNews) = calls.Take(notice);
            if (isNews)
            {
                output.WriteLine("declared-calls", lines.Call(call, notice, entry));
            }
        }

        foreach (var manifest in entry.Manifests.OrderBy(manifest => manifest.KnownAtMs))
        {
            Fold(manifest, entry, output);
        }

        foreach (var pickup in entry.Pickups.OrderBy(pickup => pickup.KnownAtMs))
        {
            output.WriteLine("pickups", lines.Pickup(pickup, entry));
        }
    }

    private void Fold(DeclaredManifestItem manifest, DeclaredEntry entry, IFoldOutput output)
    {
        var known = manifests.TryGetValue(manifest.Id, out var index) ? state.Manifests[index] : null;
        if (known is not null && manifest.DocumentAtMs < known.DocumentAtMs)
        {
            state.Outdated++; // It was replaced before it came.
            return;
        }

        var isCancelled = manifest.Function == "cancel";
        foreach (var consignment in manifest.Consignments)
        {
            output.WriteLine("consignments", lines.Consignment(manifest, consignment, isCancelled ? "cancelled" : "declared", entry));
        }

        List<string> ids = [.. manifest.Consignments.Take(ConsignmentsTracked).Select(consignment => consignment.Id)];
        if (known is not null && manifest.Function != "change")
        {
            var here = ids.ToHashSet(StringComparer.Ordinal);
            foreach (var gone in known.Consignments.Where(id => !here.Contains(id)))
            {
                output.WriteLine("consignments", lines.Withdrawn(gone, manifest, isCancelled ? "cancelled" : "withdrawn", entry));
            }
        }
        else if (known is not null)
        {
            ids = [.. known.Consignments.Union(ids).Take(ConsignmentsTracked)];
        }

        Remember(new ManifestMemory(manifest.Id, manifest.DocumentAtMs, manifest.KnownAtMs, isCancelled ? [] : ids));
    }

    private void Remember(ManifestMemory manifest)
    {
        if (manifests.TryGetValue(manifest.Id, out var index))
        {
            state.Manifests[index] = manifest;
            return;
        }

        if (state.Manifests.Count >= ManifestsMax)
        {
            state.Manifests.Sort((a, b) => a.KnownAtMs != b.KnownAtMs ? a.KnownAtMs.CompareTo(b.KnownAtMs) : string.CompareOrdinal(a.Id, b.Id));
            state.Manifests.RemoveRange(0, ManifestsMax / 8);
            state.Evicted += ManifestsMax / 8;
            IndexManifests();
        }

        manifests.Add(manifest.Id, state.Manifests.Count);
        state.Manifests.Add(manifest);
    }

    private void Take(DeclaredState saved)
    {
        state = saved;
        seen = saved.Seen.ToHashSet(StringComparer.Ordinal);
        calls = new CallBook(state);
        calls.Load();
        IndexManifests();
    }

    private void IndexManifests()
    {
        manifests.Clear();
        for (var i = 0; i < state.Manifests.Count; i++)
        {
            manifests.Add(state.Manifests[i].Id, i);
        }
    }
}
