using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>What one vessel has said of itself over time, and how its hulls took turns.</summary>
internal sealed class StaticHistory
{
    /// <summary>Claims by <see cref="ClaimField"/>; null where nothing was ever said.</summary>
    public Claim?[] Claims { get; } = new Claim?[(int)ClaimField.Count];

    /// <summary>The latest statement.</summary>
    public long LastSaidAtMs { get; set; } = long.MinValue / 2;

    /// <summary>Number of the identity that stands, from 1; 0 before the first.</summary>
    public int Number { get; set; }

    /// <summary>Identities that it had: the numbers are places in this list plus 1.</summary>
    public List<PastIdentity> Identities { get; } = [];

    /// <summary>Two hulls that take turns.</summary>
    public HullTurns Turns { get; set; }

    /// <summary>What each hull was heard to say, the latest last.</summary>
    public List<HullSaid> HullsSaid { get; } = [];

    /// <summary>It differs from what was saved last.</summary>
    public bool IsNew { get; set; } = true;

    public Claim ClaimOf(ClaimField field) => Claims[(int)field] ??= new Claim();

    public string? ValueOf(ClaimField field) => Claims[(int)field]?.Value;

    public void Save(StateWriter writer)
    {
        var landings = new LandingList();
        foreach (var claim in Claims)
        {
            writer.Flag(claim is not null);
            claim?.Save(writer, landings);
        }

        writer.Int64(LastSaidAtMs);
        writer.Int32(Number);
        writer.Int32(Identities.Count);
        foreach (var (key, firstAtMs) in Identities)
        {
            writer.Text(key);
            writer.Int64(firstAtMs);
        }

        var turns = Turns;
        writer.Packed(in turns);
        writer.Int32(HullsSaid.Count);
        foreach (var (hull, text) in HullsSaid)
        {
            writer.Int32(hull);
            writer.Text(text);
        }

        IsNew = false;
    }

    public static StaticHistory Restore(ref StateReader reader)
    {
        var history = new StaticHistory();
        var landings = new LandingList();
        for (var field = 0; field < history.Claims.Length; field++)
        {
            history.Claims[field] = reader.Flag() ? Claim.Restore(ref reader, landings) : null;
        }

        history.LastSaidAtMs = reader.Int64();
        history.Number = reader.Int32();
        var identities = reader.Count(12);
        for (var i = 0; i < identities; i++)
        {
            history.Identities.Add(new PastIdentity(reader.Text(), reader.Int64()));
        }

        reader.Packed(out HullTurns turns);
        history.Turns = turns;
        var hulls = reader.Count(8);
        for (var i = 0; i < hulls; i++)
        {
            history.HullsSaid.Add(new HullSaid(reader.Int32(), reader.Text()));
        }

        history.IsNew = false;
        return history;
    }
}

/// <summary>What can be claimed. The number is stored: never renumber.</summary>
internal enum ClaimField
{
    Name,
    CallSign,
    Imo,
    Size,
    Destination,
    Eta,
    Draught,
    Count,
}

/// <summary>An identity that stood once: its texts in one, and since when.</summary>
internal readonly record struct PastIdentity(string Key, long FirstAtMs);

/// <summary>What a hull said when only it can have said it.</summary>
internal readonly record struct HullSaid(int Hull, string Text);

/// <summary>Two hulls of one vessel id that are heard in turn.</summary>
internal struct HullTurns
{
    /// <summary>The hull of the latest report, by its number; 0 before any.</summary>
    public int LastHull;

    /// <summary>The pair that takes turns, the lower number first.</summary>
    public int HullA;
    public int HullB;

    /// <summary>How often it changed from one to the other, and how often each was heard since the first time.</summary>
    public int Count;
    public int ReportsA;
    public int ReportsB;
    public long FirstAtMs;
    public long LastAtMs;
}
