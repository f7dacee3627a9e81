using System.Globalization;
using System.Text;
using MaritimeWatch.Forecasts.Calls;
using MaritimeWatch.Forecasts.Methods;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Forecasts;

/// <summary>How a forecast was made, in words.</summary>
internal static class ForecastWords
{
    public static string Basis(PortPicture picture, IReadOnlyList<MethodChoice> choices, ForecastOptions options)
    {
        var name = picture.PortName ?? picture.Port;
        if (picture.KnownHours == 0)
        {
            return $"No call at {name} is known by then: these numbers say only that.";
        }

        var text = new StringBuilder();
        var ended = picture.Waits.Where(wait => !wait.IsOpen).Select(wait => wait.Hours).Order().ToArray();
        text.Append(
            CultureInfo.InvariantCulture,
            $"From {picture.KnownHours} h of calls at {name}: {picture.Arrivals.Sum()} arrivals, {picture.Waits.Count} of them by way of an anchorage");
        text.Append(ended.Length == 0
            ? ". "
            : string.Create(CultureInfo.InvariantCulture, $" (median wait {Quantiles.OfSorted(ended, 0.5):0.#} h). "));
        if (picture.Regulars > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{picture.Regulars} ships that call here all the time and never wait (ferries, the port's own boats) are left out of the waits. ");
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"Now {picture.Waits.Count(wait => wait.IsOpen)} wait and {picture.Stays.Count(stay => stay.IsOpen)} are at berth; {picture.Expected.Count} announced arrivals are counted on{(picture.Sighted.Count == 0 ? string.Empty : $", and {picture.Sighted.Count} ships seen under way here that nobody announced")}. ");
        if (picture.KnownHours < options.HistoryHoursMin)
        {
            text.Append(CultureInfo.InvariantCulture, $"This is less than {options.HistoryHoursMin} h of past, so the bands are made wide. ");
        }

        var trials = choices.Max(choice => choice.Origins);
        text.Append(trials == 0
            ? "There was no past on which to try the two methods. "
            : string.Create(CultureInfo.InvariantCulture, $"The two methods were tried from {trials} moments of the past; the better one is used for each horizon. "));
        text.Append(Method(choices, "queue"));
        return text.ToString();
    }

    /// <summary>What a scene adds, or nothing.</summary>
    public static string Seen(SeenAtAnchor? seen) => seen is not { } shown ? string.Empty : string.Create(
        CultureInfo.InvariantCulture,
        $" A satellite scene of {Instants.ToText(shown.At.ToUnixTimeMilliseconds())} shows {shown.Ships} ships at the port's anchorages: {shown.WithAis} with AIS, {shown.WithoutAis} without, {shown.Unsettled} of which neither can be said. The queue and its bands count ships with AIS; those without come on top.");

    public static string? Coverage(PortPicture picture)
    {
        if (picture.SilentSinceMs is { } since)
        {
            return $"Nothing has been heard at any port since {Instants.ToText(since)}: the present is not known, and the bands are made wide.";
        }

        return picture.UnknownHours == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"In {picture.UnknownHours} h of the past nothing was heard at any port. They are left out and not taken for an empty port.");
    }

    private static string Method(IReadOnlyList<MethodChoice> choices, string quantity)
    {
        var parts = choices.Where(choice => choice.Quantity == quantity).Select(choice => string.Create(
            CultureInfo.InvariantCulture,
            $"up to {choice.HorizonToH} h by {(choice.Method == SeasonalMethod.Name ? "the usual course of the day" : "arrivals and service times")}"));
        return $"Queue: {string.Join(", ", parts)}.";
    }
}
