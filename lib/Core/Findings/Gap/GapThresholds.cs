namespace MaritimeWatch.Findings.Gap;

/// <summary>When a silence is a gap.</summary>
public sealed record GapThresholds
{
    /// <summary>A silence of at least this, milliseconds; default 6 h (Global Fishing Watch records gaps from 6 h).</summary>
    public long SilenceMs { get; init; } = 6 * 3_600_000;

    /// <summary>
    /// Reception: in at least so many percent of the ten-minute buckets of the silence others were heard in the cell of
    /// the last position or the eight around it; default 60 (ours).
    /// </summary>
    public int ReceptionPercent { get; init; } = 60;

    /// <summary>
    /// A finding from this chance that the transmitter was off although it could have been heard, thousandths; 0 asks for
    /// no chance; default 600 (ours, chosen on the training seeds). GFW 0: it knows no such chance.
    /// </summary>
    public int OpenPermille { get; init; } = 600;

    /// <summary>Retracted when what is heard later brings the chance below this, thousandths; default 300 (ours).</summary>
    public int KeepPermille { get; init; } = 300;

    /// <summary>No alarm below this chance, thousandths; default 800 (ours). GFW 0.</summary>
    public int AlarmPermille { get; init; } = 800;

    /// <summary>
    /// No alarm for a ship whose usual interval is longer, milliseconds: whether its reports thinned out at an edge or ended
    /// at once does not show; default 3 min (ours; the longest interval of class A under ITU-R M.1371-5). GFW: none.
    /// </summary>
    public int AlarmIntervalMs { get; init; } = 180_000;

    /// <summary>Heard so often before, at least; default 3 (ours: an invented identity is no ship that fell silent).</summary>
    public int ReportsMin { get; init; } = 3;

    /// <summary>Heard over so long before, at least, milliseconds; default 2 minutes (ours).</summary>
    public long HeardForMs { get; init; } = 2 * 60_000;

    /// <summary>Lying still: below this, 0.1 knot; default 0.5 kn (ours; Global Fishing Watch restarts visits at 0.5).</summary>
    public int StillDeciKnots { get; init; } = 5;

    /// <summary>In port: so near to a stopping place, metres; default 4,000 (GFW's port exit distance).</summary>
    public int InPortMetres { get; init; } = 4000;

    /// <summary>No alarm below this length, metres, where it is known; default 15 (EU carriage duty of fishing boats).</summary>
    public int DutyLengthM { get; init; } = 15;

    /// <summary>An alarm only from this length of silence on, milliseconds; default 6 h, GFW 12 h.</summary>
    public long AlarmAfterMs { get; init; } = 6 * 3_600_000;

    /// <summary>An alarm only so far from the coast, nautical miles; default 0 (anywhere), GFW 50.</summary>
    public int AlarmOffshoreNm { get; init; }

    /// <summary>An alarm only where more reports than this come per day from the cell; default 0, GFW 10.</summary>
    public int AlarmAreaReportsPerDay { get; init; }

    /// <summary>An alarm only with so many reports in the 12 h before; default 0, GFW 14.</summary>
    public int AlarmReportsBefore { get; init; }
}
