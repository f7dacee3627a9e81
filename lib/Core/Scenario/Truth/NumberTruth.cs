using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>
/// Numbers that cannot be. An IMO number (1,000,000 to 9,999,999; ITU-R M.1371-5, table 52, keeps what is above for numbers of
/// national registers) whose check digit is wrong, said twice or more; a ship's MMSI whose first three digits no country has.
/// From when it was first heard until when it was last.
/// </summary>
internal sealed class NumberTruth(int vessels) : TruthWatch
{
    private const int ImoFirst = 1_000_000;
    private const int ImoLast = 9_999_999;
    private const int MillionShips = 1_000_000;

    private readonly Seen?[] wrongImo = new Seen?[vessels];
    private readonly Seen?[] noCountry = new Seen?[vessels];

    public override void OnHeard(SimVessel vessel, in Transmission sent, List<TruthEntry> truth)
    {
        var mmsi = vessel.Identity.Mmsi;
        if (mmsi is >= 200_000_000 and < 800_000_000 && !Countries.Has(mmsi / MillionShips))
        {
            (noCountry[vessel.Index] ??= new Seen(vessel, sent.AtMs)).Again(sent.AtMs);
        }
    }

    public override void OnStaticHeard(SimVessel vessel, StaticReport said, long atMs, List<TruthEntry> truth)
    {
        if (said.ImoNumber is >= ImoFirst and <= ImoLast and var imo && Identity.ImoWith(imo / 10) != imo)
        {
            (wrongImo[vessel.Index] ??= new Seen(vessel, atMs)).Again(atMs);
        }
    }

    public override void OnEnd(long atMs, List<TruthEntry> truth)
    {
        const int TimesLeast = 2;
        foreach (var seen in wrongImo)
        {
            if (seen is { Times: >= TimesLeast })
            {
                truth.Add(seen.As("impossible-imo"));
            }
        }

        foreach (var seen in noCountry)
        {
            if (seen is not null)
            {
                truth.Add(seen.As("impossible-mid"));
            }
        }
    }

    private sealed class Seen(SimVessel vessel, long firstAtMs)
    {
        private long lastAtMs;

        public int Times { get; private set; }

        public void Again(long atMs)
        {
            lastAtMs = atMs;
            Times++;
        }

        public TruthEntry As(string rule) =>
            new("spoofing", vessel.Identity.About.Vessel.Subject, firstAtMs, lastAtMs, 1, "numbers", false, rule, null);
    }
}
