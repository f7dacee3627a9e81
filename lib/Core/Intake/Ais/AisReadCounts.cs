using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>What became of every line. <c>Lines = Used + Refused + Ignored</c>.</summary>
public sealed class AisReadCounts
{
    private readonly long[] _refused = new long[Enum.GetValues<IntakeFault>().Length];
    private readonly long[] _types = new long[28];

    /// <summary>What the content was recognised as.</summary>
    public AisDialect Dialect { get; internal set; }

    /// <summary>Physical lines.</summary>
    public long Lines { get; internal set; }

    /// <summary>Lines that were understood, also where they gave no report.</summary>
    public long Used { get; internal set; }

    /// <summary>Lines that were refused.</summary>
    public long Refused { get; internal set; }

    /// <summary>Comments, blank lines, CSV headers and sentences that carry no AIS message.</summary>
    public long Ignored { get; internal set; }

    /// <summary>Used lines with a message or row that has no time, not even an assumed one.</summary>
    public long NoTime { get; internal set; }

    /// <summary>Positions sent to the sink.</summary>
    public long Positions { get; internal set; }

    /// <summary>Static reports sent to the sink.</summary>
    public long Statics { get; internal set; }

    /// <summary>Static data that were the same as the vessel's last and so were not sent.</summary>
    public long StaticsUnchanged { get; internal set; }

    /// <summary>The earliest event time sent, milliseconds since 1970 UTC, or <see cref="Instants.None"/>.</summary>
    public long FirstEventAtMs { get; internal set; } = Instants.None;

    /// <summary>The latest event time sent, milliseconds since 1970 UTC, or <see cref="Instants.None"/>.</summary>
    public long LastEventAtMs { get; internal set; } = Instants.None;

    /// <summary>Lines refused for a reason.</summary>
    public long RefusedFor(IntakeFault fault) => _refused[(int)fault];

    /// <summary>Messages of an AIS type, 1 to 27; 0 for rows that do not say.</summary>
    public long OfType(int messageType) => _types[messageType];

    /// <summary>Adds another file's counts to these; the dialect becomes the other's where this has none.</summary>
    public void Add(AisReadCounts other)
    {
        Dialect = Dialect == AisDialect.Unknown ? other.Dialect : Dialect;
        Lines += other.Lines;
        Used += other.Used;
        Refused += other.Refused;
        Ignored += other.Ignored;
        NoTime += other.NoTime;
        Positions += other.Positions;
        Statics += other.Statics;
        StaticsUnchanged += other.StaticsUnchanged;
        for (var i = 0; i < _refused.Length; i++)
        {
            _refused[i] += other._refused[i];
        }

        for (var i = 0; i < _types.Length; i++)
        {
            _types[i] += other._types[i];
        }

        SeeTime(other.FirstEventAtMs);
        SeeTime(other.LastEventAtMs);
    }

    /// <summary>Counts a refusal that is no line of the file: a compressed stream that ends early, for example.</summary>
    public void CountRefusal(IntakeFault fault) => _refused[(int)fault]++;

    /// <summary>Counts used lines whose message has no time; for handlers, who decide what time is assumed.</summary>
    public void CountNoTime(int lines) => NoTime += lines;

    internal void Refuse(IntakeFault fault)
    {
        Refused++;
        _refused[(int)fault]++;
    }

    internal void SeeType(int messageType) => _types[messageType]++;

    internal void SeeTime(long atMs)
    {
        if (atMs == Instants.None)
        {
            return;
        }

        FirstEventAtMs = FirstEventAtMs == Instants.None ? atMs : Math.Min(FirstEventAtMs, atMs);
        LastEventAtMs = Math.Max(LastEventAtMs, atMs);
    }
}
