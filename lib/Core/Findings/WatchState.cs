using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Findings.Disturbance;
using MaritimeWatch.Findings.RouteDeviation;
using MaritimeWatch.Findings.Spoofing;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>All that one group's fold knows, and where it stands. Detectors work on it; nothing else holds state.</summary>
internal sealed class WatchState
{
    public WatchState(WatchOptions options)
    {
        Options = options;
        Profiles = [.. options.Profiles.Select(Findings.Profiles.ByName)];
        Table = new VesselTable(options.VesselsMax);
        Codec = new VesselCodec(Table);
        Book = new FindingBook(Table);
        Routes = new RouteBook(Table);
        Statics = new StaticsBook();
        Motions = new MotionBook(Table);
        Clock = new EventClock((long)options.Lateness.TotalMilliseconds, options.PendingMax);
    }

    public WatchOptions Options { get; }

    public Profile[] Profiles { get; }

    public VesselTable Table { get; }

    public VesselCodec Codec { get; }

    public FindingBook Book { get; }

    public RouteBook Routes { get; }

    public StaticsBook Statics { get; }

    public JumpBook Jumps { get; } = new();

    public MotionBook Motions { get; }

    public SourceClocks Clocks { get; } = new();

    public ChangedSlots Changed { get; } = new();

    public CoverageMap Coverage { get; } = new();

    public EventClock Clock { get; }

    public LandingTable Landings { get; } = new();

    public NameTable Sources { get; } = new();

    public PlaceTable Places { get; } = new();

    public ReferenceInForce Reference { get; } = new();

    public SeenBatches Seen { get; } = new();

    public WatchCounts Counts { get; set; } = new();

    /// <summary>The next beat to run, milliseconds since 1970.</summary>
    public long NextBeatMs { get; set; } = long.MinValue;

    /// <summary>No vessel is due before this.</summary>
    public long FirstDueMs { get; set; } = long.MaxValue;

    /// <summary>The record being folded.</summary>
    public Trigger Trigger { get; set; }

    /// <summary>
    /// When what is being said could be said: event time of the record, or the watermark where time or a late report
    /// brought it. Set before anything is said, so that it is no part of the saved state.
    /// </summary>
    public long KnownAtMs { get; set; } = EventClock.None;

    /// <summary>Takes lines while folding.</summary>
    public IFoldOutput Output { get; set; } = NoOutput.Instance;

    /// <summary>Hears of every silence that is judged: the vessel's slot, when, and the chance. No part of the state.</summary>
    public Action<int, long, Gap.GapChance>? OnSilence { get; set; }

    /// <summary>Asks for a look at a vessel no later than a time.</summary>
    public void Due(int slot, long atMs)
    {
        if (atMs < Table.DueAtMs[slot])
        {
            Table.DueAtMs[slot] = atMs;
        }

        FirstDueMs = Math.Min(FirstDueMs, atMs);
    }

    /// <summary>How a vessel is called in a sentence.</summary>
    public string NameOf(int slot) => Table.Cards[slot].Name ?? Table.Vessels[slot].Vessel.Subject;

    public static bool IsShip(VesselId vessel) => !vessel.IsMmsi || Mmsi.KindOf(vessel.Mmsi) == MmsiKind.Ship;

    public void Clear()
    {
        Table.Clear();
        Codec.Clear();
        Book.Clear();
        Routes.Clear();
        Statics.Clear();
        Jumps.Clear();
        Motions.Clear();
        Clocks.Clear();
        Changed.ClearDelta();
        Changed.ClearViews();
        Coverage.Clear();
        Clock.Clear();
        Landings.Clear();
        Sources.Clear();
        Places.Clear();
        Reference.Clear();
        Seen.Clear();
        Counts = new WatchCounts();
        NextBeatMs = long.MinValue;
        FirstDueMs = long.MaxValue;
    }

    private sealed class NoOutput : IFoldOutput
    {
        public static NoOutput Instance { get; } = new();

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            // Nothing is folded outside a step.
        }
    }
}
