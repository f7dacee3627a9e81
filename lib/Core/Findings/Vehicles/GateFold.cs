using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Cameras;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>
/// The gate: folds plate reads, as tokens, into journeys over the camera network and says what is unusual about them. Reads
/// are put in order within a short delay; a plate seen twice by a camera within half a minute passed it once.
/// </summary>
public sealed class GateFold : IFold
{
    // A plate at more places at once is no evidence of more vehicles.
    private const int JourneysMax = 4;

    private readonly GateState state = new();
    private readonly GateThresholds thresholds;
    private readonly ICameraSource? cameras;
    private readonly RoadSense roads;
    private readonly MisreadSense misreads;
    private readonly CloneJudge clones;
    private readonly LateJudge lates;
    private readonly OddWayJudge odds;
    private readonly ArrayBufferWriter<byte> line = new(2048);

    /// <summary>A gate that remembers nothing yet.</summary>
    /// <param name="cameras">Where the network comes from once a Reference entry names it; null for none.</param>
    /// <param name="thresholds">What it judges by; null for the defaults.</param>
    public GateFold(ICameraSource? cameras, GateThresholds? thresholds = null)
    {
        (this.cameras, this.thresholds) = (cameras, thresholds ?? new GateThresholds());
        roads = new RoadSense(state, this.thresholds);
        misreads = new MisreadSense(state, roads);
        clones = new CloneJudge(state, this.thresholds, roads, misreads);
        lates = new LateJudge(state, this.thresholds, roads);
        odds = new OddWayJudge(state, this.thresholds, roads);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        state.Clear();
        roads.Network = CameraNetwork.Empty;
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => GateStateCodec.Restore(state, thresholds, snapshot);

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => GateStateCodec.Restore(state, thresholds, delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) => GateStateCodec.Save(state, target, isWhole: true);

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => GateStateCodec.Save(state, target, isWhole: false);

    /// <inheritdoc/>
    public async ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        switch (entry.Kind)
        {
            case EntryKind.Reference when EntryJson.Reference(entry.Body.Span) is { Kind: ReferenceKinds.Cameras } named:
                state.CameraVersion = named.Version;
                break;
            case EntryKind.Batch:
                await LoadAsync(cancel);
                var batch = TokenBatch.Parse(entry.Body);
                Take(batch, entry.Number, output);
                return new FoldStep(batch.Reads.Count, IsDone: true);
            case EntryKind.Tick:
                await LoadAsync(cancel);
                state.ClockMs = Math.Max(state.ClockMs, TickEntry.AtMs(entry.Body.Span));
                Release(entry.Number, output);
                break;
            default:
                break;
        }

        return FoldStep.EntryDone;
    }

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
        line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "Feature"u8);
            json.WriteString("id"u8, "gate"u8);
            json.WriteNull("geometry"u8);
            json.WriteStartObject("properties"u8);
            json.WriteString("id"u8, "gate"u8);
            json.WriteNumber("vehicles"u8, state.Vehicles.Count);
            json.WriteNumber("ways"u8, state.Ways.All.Count);
            foreach (var (what, count) in state.Counts)
            {
                json.WriteNumber(what, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteLine("counts", line.WrittenSpan);
    }

    private async ValueTask LoadAsync(CancellationToken cancel)
    {
        if (cameras is not null && roads.Network.Version != state.CameraVersion)
        {
            roads.Network = state.CameraVersion == 0 ? CameraNetwork.Empty : await cameras.LoadAsync(state.CameraVersion, cancel).ConfigureAwait(false);
        }
    }

    private void Take(TokenBatch batch, long entry, IFoldOutput output)
    {
        if (!state.See(batch.Key))
        {
            state.Count("batches_repeated");
            return;
        }

        foreach (var read in batch.Reads)
        {
            state.Count("reads");
            state.ClockMs = Math.Max(state.ClockMs, read.AtMs);
            state.Held.Add(new HeldRead(read, batch.Landing, batch.Hash));
        }

        Release(entry, output);
    }

    /// <summary>Folds what no earlier read can come before any more.</summary>
    private void Release(long entry, IFoldOutput output)
    {
        if (state.ClockMs == long.MinValue)
        {
            return;
        }

        var untilMs = state.ClockMs - thresholds.HoldMs;
        while (state.Held.Min is { } held && (held.Read.AtMs <= untilMs || state.Held.Count > thresholds.HeldMax))
        {
            state.Held.Remove(held);
            Advance(held.Read.AtMs, entry, output);
            Fold(held, entry, output);
        }

        Advance(untilMs, entry, output);
    }

    private void Advance(long nowMs, long entry, IFoldOutput output)
    {
        if (nowMs <= state.FoldedMs)
        {
            return;
        }

        state.FoldedMs = nowMs;
        while (state.NextDue(nowMs) is { } vehicle)
        {
            for (var i = vehicle.Journeys.Count - 1; i >= 0; i--)
            {
                if (DueOf(vehicle.Journeys[i]) <= nowMs)
                {
                    Close(vehicle, vehicle.Journeys[i], DueOf(vehicle.Journeys[i]), entry, output);
                }
            }

            Put(vehicle);
        }

        lates.Advance(nowMs, entry, output);
        while (state.Oldest is { } oldest
            && (oldest.LastAtMs + thresholds.VehicleMs < nowMs || state.Vehicles.Count > thresholds.VehiclesMax))
        {
            foreach (var journey in oldest.Journeys.ToArray())
            {
                Close(oldest, journey, nowMs, entry, output);
            }

            state.Remove(oldest.Token);
            state.Count("vehicles_forgotten");
        }
    }

    private void Fold(HeldRead held, long entry, IFoldOutput output)
    {
        var read = held.Read;
        var vehicle = VehicleOf(read);
        if (vehicle.Journeys.Exists(journey => journey.Last.Camera == read.Camera && Math.Abs(read.AtMs - journey.Last.LastSeenMs) <= thresholds.RepeatMs))
        {
            Repeat(vehicle, read);
        }
        else if (read.AtMs < state.FoldedMs && vehicle.Journeys.Exists(journey => journey.Last.LastSeenMs > read.AtMs))
        {
            state.Count("too_late");
        }
        else
        {
            Step(vehicle, held, entry, output);
        }

        vehicle.LastAtMs = Math.Max(vehicle.LastAtMs, read.AtMs);
        Put(vehicle);
    }

    /// <summary>The vehicle of a token; in the overlap of two epochs it is found by its former token and goes on under the new one.</summary>
    private Vehicle VehicleOf(TokenRead read)
    {
        var vehicle = state.Find(read.Token);
        if (vehicle is null && read.Previous is { } former && state.Find(former) is { } known)
        {
            state.Remove(former);
            state.Count("tokens_carried_over");
            vehicle = known.As(read.Token);
            vehicle.Deletions = read.Deletions;
        }

        return vehicle ?? new Vehicle(read.Token) { Deletions = read.Deletions, LastAtMs = read.AtMs };
    }

    private void Repeat(Vehicle vehicle, TokenRead read)
    {
        var last = vehicle.Journeys.Find(journey => journey.Last.Camera == read.Camera)!.Last;
        last.LastSeenMs = Math.Max(last.LastSeenMs, read.AtMs);
        state.Count("reads_repeated");
    }

    private void Step(Vehicle vehicle, HeldRead held, long entry, IFoldOutput output)
    {
        var read = held.Read;
        if (roads.Network.Find(read.Camera) is null)
        {
            state.Count("reads_of_unknown_cameras");
        }

        foreach (var over in vehicle.Journeys.FindAll(journey => roads.IsEnd(journey.Last.Camera) || journey.Stops.Count >= Journey.StopsMax))
        {
            Close(vehicle, over, read.AtMs, entry, output);
        }

        var journey = vehicle.Journeys
            .Where(journey => roads.IsPossible(journey.Last.Camera, read.Camera, read.AtMs - journey.Last.LastSeenMs))
            .MaxBy(journey => (IsNext(journey, read), journey.Last.LastSeenMs));
        if (journey is null)
        {
            Begin(vehicle, held, entry, output);
            return;
        }

        var left = journey.Last;
        journey.IsSimulated |= read.IsSimulated;
        lates.Judge(vehicle, journey, left, held, entry, output);
        odds.Judge(vehicle, journey, left, held, entry, output);
        if (!state.Ways.Learn(left.Camera, read.Camera, vehicle.Token, left.LastSeenMs, read.AtMs, thresholds.WaysMax))
        {
            state.Count("ways_beyond_bound");
        }

        vehicle.Took(left.Camera, read.Camera);
        journey.Stops.Add(StopOf(held));
    }

    /// <summary>Where a plate is at two places, a read belongs to the journey that a road leads on from.</summary>
    private bool IsNext(Journey journey, TokenRead read) =>
        roads.Network.Link(journey.Last.Camera, read.Camera) is not null || state.Ways.Find(journey.Last.Camera, read.Camera) is not null;

    private void Begin(Vehicle vehicle, HeldRead held, long entry, IFoldOutput output)
    {
        if (vehicle.Journeys.MaxBy(journey => journey.Last.LastSeenMs) is { } elsewhere)
        {
            state.Count(clones.Judge(vehicle, elsewhere, held, entry, output) ? "clones" : "reads_doubtful");
        }

        if (vehicle.Journeys.Count >= JourneysMax)
        {
            return;
        }

        var journey = new Journey { IsSimulated = held.Read.IsSimulated };
        journey.Stops.Add(StopOf(held));
        if (vehicle.Habits.Count == 0 && vehicle.Journeys.Count == 0 && misreads.Find(held.Read) is { } candidate)
        {
            (journey.CandidateOf, journey.CandidatePermille) = candidate;
        }

        vehicle.Journeys.Add(journey);
    }

    private void Close(Vehicle vehicle, Journey journey, long knownAtMs, long entry, IFoldOutput output)
    {
        vehicle.Journeys.Remove(journey);
        odds.Close(vehicle, journey, knownAtMs, entry, output);
        line.ResetWrittenCount();
        JourneyLine.Write(line, vehicle, journey, knownAtMs, roads);
        output.WriteLine("journeys", line.WrittenSpan);
        state.Count("journeys");
    }

    private long DueOf(Journey journey) => journey.Last.LastSeenMs + thresholds.JourneyGapMs;

    private void Put(Vehicle vehicle) => state.Put(vehicle, vehicle.Journeys.Count == 0 ? null : vehicle.Journeys.Min(DueOf));

    private static Stop StopOf(HeldRead held) =>
        new(held.Read.Camera, held.Read.AtMs, held.Read.Written, held.Read.ConfidencePermille, held.Evidence);
}
