using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts.Methods;

/// <summary>
/// How long something lasts, learned from past lengths and from those that still go on (E. Kaplan, P. Meier, JASA 53,
/// 1958, with weights: the older the less). Without the ones that go on, a queue that stands still would look short.
/// </summary>
internal sealed class DurationTable
{
    private const double HalfLifeDays = 7;
    private const double DayMs = 86_400_000;
    private const int GuideCount = 128;
    private readonly double[] hours;
    private readonly double[] surviving;
    private readonly double tailMeanHours;

    // Where to begin looking for a share that survives: of those in [i, i + 1) / 128 the first place is between two guides.
    private readonly int[] guides = new int[GuideCount + 2];
    private readonly double survivingAtFirst;

    private DurationTable(double[] hours, double[] surviving, double tailMeanHours, bool isAssumed)
    {
        (this.hours, this.surviving, this.tailMeanHours, IsAssumed) = (hours, surviving, tailMeanHours, isAssumed);
        for (var guide = 0; guide <= GuideCount; guide++)
        {
            guides[guide] = PlaceOf((double)guide / GuideCount, 0, surviving.Length);
        }

        survivingAtFirst = SurvivingAt(0);
    }

    /// <summary>Nothing was seen: the lengths are assumed.</summary>
    public bool IsAssumed { get; }

    /// <summary>Learns.</summary>
    /// <param name="spells">Lengths.</param>
    /// <param name="atMs">Now.</param>
    /// <param name="assumedMeanHours">Mean length where nothing ended yet.</param>
    public static DurationTable Learn(IEnumerable<Spell> spells, long atMs, double assumedMeanHours)
    {
        (double Hours, double Weight, bool IsOpen)[] known =
        [
            .. spells.Select(spell => (spell.Hours, Math.Pow(0.5, (atMs - spell.StartAtMs) / DayMs / HalfLifeDays), spell.IsOpen))
                .OrderBy(spell => spell.Hours).ThenBy(spell => spell.IsOpen),
        ];
        var atRisk = known.Sum(spell => spell.Weight);
        var (hours, surviving, alive) = (new List<double>(), new List<double>(), 1.0);
        foreach (var (length, weight, isOpen) in known)
        {
            if (!isOpen)
            {
                alive *= Math.Max(0, 1 - (weight / Math.Max(weight, atRisk)));
                hours.Add(length);
                surviving.Add(alive);
            }

            atRisk -= weight;
        }

        var ended = known.Where(spell => !spell.IsOpen).Sum(spell => spell.Weight);
        var total = known.Sum(spell => spell.Weight * spell.Hours);
        return new DurationTable(
            [.. hours], [.. surviving], ended > 0 ? Math.Max(1, total / ended) : assumedMeanHours, hours.Count == 0);
    }

    /// <summary>Draws a length that is longer than one that has passed already.</summary>
    /// <param name="chance">0 to 1, 1 excluded.</param>
    /// <param name="passedHours">What has passed; 0 for a new one.</param>
    public double Draw(double chance, double passedHours = 0)
    {
        var wanted = chance * (passedHours == 0 ? survivingAtFirst : SurvivingAt(passedHours));
        var guide = (int)(wanted * GuideCount);
        var low = PlaceOf(wanted, guides[guide + 1], guides[guide]);

        // Beyond the longest that was seen to end, and where nothing was seen: it ends as fast as on the mean.
        return low < surviving.Length && hours[low] > passedHours
            ? hours[low]
            : Math.Max(passedHours, hours.Length == 0 ? 0 : hours[^1]) - (tailMeanHours * Math.Log(1 - (chance * 0.999)));
    }

    // The first place at which no more than the wanted share survives; surviving shares descend.
    private int PlaceOf(double wanted, int low, int high)
    {
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = surviving[middle] > wanted ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private double SurvivingAt(double passedHours)
    {
        var place = Array.BinarySearch(hours, passedHours);
        if (place < 0)
        {
            place = ~place - 1;
        }
        else
        {
            while (place + 1 < hours.Length && hours[place + 1] <= passedHours)
            {
                place++;
            }
        }

        return place < 0 ? 1 : surviving[place];
    }
}
