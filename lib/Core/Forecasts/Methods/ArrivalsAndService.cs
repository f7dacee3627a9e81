using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts.Methods;

/// <summary>
/// Who is there, who is announced and who usually comes, each followed through anchorage and berth for as long as ships
/// take here: many simulated courses of the week, of which the quantiles are taken. Berths are not limited (how many
/// there are is not known); a port that is full shows in its own recent waits, which is what is drawn from.
/// </summary>
internal sealed class ArrivalsAndService
{
    public const string Name = "arrivals-and-service";
    private const int Hours = PortForecaster.Hours;
    private const double AssumedWaitHours = 12;
    private const double AssumedStayHours = 18;
    private const double AssumedLateHours = 3;
    private const double FailedPrior = 0.5;
    private const double CamePrior = 4.5;
    private readonly PortPicture picture;
    private readonly DurationTable waits;
    private readonly DurationTable stays;
    private readonly ArrivalPattern arrivals;
    private readonly Chance chance;
    private readonly int[] queue = new int[Hours + 1];
    private readonly int[] berths = new int[Hours + 1];
    private readonly double comesToBerth;
    private readonly double failed;
    private readonly double sightedCome;
    private readonly double firstHour;

    private ArrivalsAndService(PortPicture picture, int seed)
    {
        this.picture = picture;
        waits = DurationTable.Learn(picture.Waits, picture.AtMs, AssumedWaitHours);
        stays = DurationTable.Learn(picture.Stays, picture.AtMs, AssumedStayHours);
        arrivals = new ArrivalPattern(picture);
        chance = new Chance(seed);
        var ended = picture.Waits.Count(wait => !wait.IsOpen);
        comesToBerth = (ended - picture.WentAway + 1) / (ended + 1.0);
        failed = (picture.DeclaredFailed + FailedPrior) / (picture.DeclaredCame + picture.DeclaredFailed + FailedPrior + CamePrior);

        sightedCome = (picture.SightedCame + CamePrior) / (picture.SightedCame + picture.SightedFailed + CamePrior + FailedPrior);

        // Hours of the forecast are whole; the first one begins up to an hour from now.
        firstHour = (double)(PortForecaster.FirstHourMs(picture.AtMs) - picture.AtMs) / PortPicture.HourMs;
    }

    /// <summary>Forecasts.</summary>
    /// <param name="picture">The port as it is known.</param>
    /// <param name="runs">Simulated courses.</param>
    /// <param name="seed">Seed of the chance.</param>
    public static WeekBands Forecast(PortPicture picture, int runs, int seed)
    {
        var method = new ArrivalsAndService(picture, seed);
        var (queues, berths) = (new double[Hours][], new double[Hours][]);
        for (var hour = 0; hour < Hours; hour++)
        {
            (queues[hour], berths[hour]) = (new double[runs], new double[runs]);
        }

        for (var run = 0; run < runs; run++)
        {
            method.Run();
            var (waiting, alongside) = (0, 0);
            for (var hour = 0; hour < Hours; hour++)
            {
                queues[hour][run] = waiting += method.queue[hour];
                berths[hour][run] = alongside += method.berths[hour];
            }
        }

        var week = new WeekBands();
        var wait = method.Waiting(runs);
        for (var hour = 0; hour < Hours; hour++)
        {
            week[0, hour] = BandOfCounts(queues[hour]);
            week[1, hour] = wait;
            week[2, hour] = BandOfCounts(berths[hour]);
        }

        return week;
    }

    private static Band BandOf(double[] values)
    {
        Array.Sort(values);
        return Band.Of(Quantiles.OfSorted(values, 0.1), Quantiles.OfSorted(values, 0.5), Quantiles.OfSorted(values, 0.9));
    }

    private static Band BandOfCounts(double[] values)
    {
        Array.Sort(values);
        return Band.Of(Quantiles.OfSorted(values, 0.1), Quantiles.MidMedianOfSorted(values), Quantiles.OfSorted(values, 0.9));
    }

    private void Run()
    {
        Array.Clear(queue);
        Array.Clear(berths);
        foreach (var wait in picture.Waits)
        {
            if (wait.IsOpen)
            {
                Leave(0, waits.Draw(chance.Next(), wait.Hours) - wait.Hours);
            }
        }

        foreach (var stay in picture.Stays)
        {
            if (stay.IsOpen)
            {
                Count(berths, 0, stays.Draw(chance.Next(), stay.Hours) - stay.Hours);
            }
        }

        foreach (var notice in picture.Expected)
        {
            if (chance.Next() >= failed)
            {
                var ahead = (double)(notice.EtaAtMs - picture.AtMs) / PortPicture.HourMs;
                Arrive(Math.Max(chance.Next(), ahead + Late()));
            }
        }

        foreach (var ship in picture.Sighted)
        {
            if (chance.Next() < ship.Probability * sightedCome)
            {
                Arrive(Math.Max(chance.Next(), (DrawAtMs(ship) - picture.AtMs) / PortPicture.HourMs));
            }
        }

        for (var hour = 0; hour < Hours; hour++)
        {
            var atMs = picture.AtMs + (hour * PortPicture.HourMs);
            for (var left = Poisson(arrivals.Unannounced(atMs, hour)); left > 0; left--)
            {
                Arrive(hour + chance.Next());
            }
        }
    }

    private void Arrive(double atHours)
    {
        if (chance.Next() < picture.WaitedShare)
        {
            Leave(atHours, atHours + waits.Draw(chance.Next()));
        }
        else
        {
            Count(berths, atHours, atHours + stays.Draw(chance.Next()));
        }
    }

    private void Leave(double fromHours, double toHours)
    {
        Count(queue, fromHours, toHours);
        if (chance.Next() < comesToBerth)
        {
            Count(berths, toHours, toHours + stays.Draw(chance.Next()));
        }
    }

    // Counts are kept as changes: plus one at the first whole hour inside, minus one at the first after.
    private void Count(int[] changes, double fromHours, double toHours)
    {
        var first = IndexOf(fromHours);
        var after = IndexOf(toHours);
        if (first < after)
        {
            changes[first]++;
            changes[after]--;
        }
    }

    private int IndexOf(double aheadHours) => (int)Math.Clamp(Math.Ceiling(aheadHours - firstHour), 0, Hours);

    // Straight lines through the 10, 50 and 90 %, a quarter longer at either end.
    private double DrawAtMs(ExpectedRevision ship)
    {
        var level = chance.Next();
        return level < 0.5
            ? ship.EtaAtMs - ((0.5 - level) / 0.4 * (ship.EtaAtMs - ship.LowAtMs))
            : ship.EtaAtMs + ((level - 0.5) / 0.4 * (ship.HighAtMs - ship.EtaAtMs));
    }

    private double Late() => picture.LateHours.Count > 0
        ? picture.LateHours[chance.Below(picture.LateHours.Count)]
        : AssumedLateHours * (chance.Next() + chance.Next() - 1);

    // Knuth's way is exact and quick enough: arrivals an hour are few.
    private int Poisson(double mean)
    {
        var (limit, product, count) = (Math.Exp(-Math.Min(mean, 500)), chance.Next(), 0);
        while (product > limit)
        {
            product *= chance.Next();
            count++;
        }

        return count;
    }

    private Band Waiting(int runs)
    {
        var draws = new double[runs * 4];
        for (var draw = 0; draw < draws.Length; draw++)
        {
            draws[draw] = chance.Next() < picture.QueuingShare ? waits.Draw(chance.Next()) : 0;
        }

        return BandOf(draws);
    }
}
