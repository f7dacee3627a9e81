using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>An instant at which two ships were together.</summary>
internal readonly record struct Contact(
    long AtMs, int Decimetres, Position Middle, int SpeedOfFirst, int SpeedOfSecond, bool IsSimulated);

/// <summary>A time over which two ships were together, with what is needed of it; its size does not grow.</summary>
internal sealed class Stretch
{
    /// <summary>Speeds are below this, 0.1 knot: a count for each.</summary>
    public const int Speeds = 20;

    public required long StartAtMs { get; set; }

    public long LastAtMs { get; set; }

    public int Instants { get; set; }

    public int NearestDecimetres { get; set; } = int.MaxValue;

    public required Position FirstMiddle { get; init; }

    public Position LastMiddle { get; set; }

    public bool IsSimulated { get; set; }

    public int[] SpeedsOfFirst { get; init; } = new int[Speeds];

    public int[] SpeedsOfSecond { get; init; } = new int[Speeds];

    public static Stretch From(Contact contact)
    {
        var stretch = new Stretch { StartAtMs = contact.AtMs, FirstMiddle = contact.Middle };
        stretch.Add(contact);
        return stretch;
    }

    public Stretch Copy() => new()
    {
        StartAtMs = StartAtMs,
        LastAtMs = LastAtMs,
        Instants = Instants,
        NearestDecimetres = NearestDecimetres,
        FirstMiddle = FirstMiddle,
        LastMiddle = LastMiddle,
        IsSimulated = IsSimulated,
        SpeedsOfFirst = [.. SpeedsOfFirst],
        SpeedsOfSecond = [.. SpeedsOfSecond],
    };

    /// <summary>Adds an instant that is later than all before.</summary>
    public void Add(Contact contact)
    {
        LastAtMs = contact.AtMs;
        LastMiddle = contact.Middle;
        Instants++;
        NearestDecimetres = Math.Min(NearestDecimetres, contact.Decimetres);
        IsSimulated |= contact.IsSimulated;
        SpeedsOfFirst[Math.Clamp(contact.SpeedOfFirst, 0, Speeds - 1)]++;
        SpeedsOfSecond[Math.Clamp(contact.SpeedOfSecond, 0, Speeds - 1)]++;
    }

    /// <summary>The greater of the two medians, 0.1 knot.</summary>
    public int MedianDeciKnots() => Math.Max(Median(SpeedsOfFirst), Median(SpeedsOfSecond));

    private int Median(int[] counts)
    {
        var (seen, speed) = (0, 0);
        for (; speed < Speeds - 1; speed++)
        {
            seen += counts[speed];
            if (seen * 2 >= Instants)
            {
                break;
            }
        }

        return speed;
    }
}
