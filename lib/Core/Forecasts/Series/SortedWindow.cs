namespace MaritimeWatch.Forecasts.Series;

/// <summary>The last so many numbers, in order of size.</summary>
internal sealed class SortedWindow(int countMax)
{
    private readonly List<double> sorted = [];
    private readonly Queue<double> byTime = new();

    /// <summary>How many there are.</summary>
    public int Count => sorted.Count;

    /// <summary>Adds one; the oldest goes where there are too many.</summary>
    public void Add(double value)
    {
        Insert(value);
        byTime.Enqueue(value);
        if (byTime.Count > countMax)
        {
            sorted.RemoveAt(sorted.BinarySearch(byTime.Dequeue()));
        }
    }

    /// <summary>A quantile; there must be a number.</summary>
    public double Quantile(double level) =>
        Quantiles.OfSorted(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sorted), level);

    private void Insert(double value)
    {
        var place = sorted.BinarySearch(value);
        sorted.Insert(place < 0 ? ~place : place, value);
    }
}
