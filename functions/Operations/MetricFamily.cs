using System.Diagnostics.Metrics;
using System.Text;

namespace MaritimeWatch.Functions.Operations;

/// <summary>One instrument as Prometheus sees it: its series by label values, bounded in number.</summary>
internal sealed class MetricFamily
{
    /// <summary>Series at most; later label values share one series, all labels <c>other</c>.</summary>
    public const int SeriesMax = 300;

    private const int LabelsMax = 3;
    private const string Other = "other";

    private readonly Lock gate = new();
    private readonly Dictionary<(object?, object?, object?), Series> series = [];
    private readonly MetricKind kind;
    private readonly string help;
    private readonly double scale;
    private readonly double[] bounds;
    private string[]? labels;

    public MetricFamily(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        kind = type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
        IsAbsolute = instrument.IsObservable || type == typeof(Gauge<>);
        help = instrument.Description ?? instrument.Name;
        (var unit, scale) = instrument.Unit switch
        {
            "By" => ("bytes", 1),
            "ms" => ("seconds", 0.001),
            "s" => ("seconds", 1),
            _ => ("", 1.0),
        };
        Name = NameOf(instrument.Name, unit, kind);
        bounds = kind == MetricKind.Histogram
            ? [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [0.1, 1, 10, 100]]
            : [];
    }

    public string Name { get; }

    private bool IsAbsolute { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (gate)
        {
            var one = Find(tags);
            value *= scale;
            if (kind == MetricKind.Histogram)
            {
                one.Buckets![BucketOf(value)]++;
                one.Count++;
                one.Value += value;
            }
            else
            {
                one.Value = IsAbsolute ? value : one.Value + value;
            }
        }
    }

    /// <summary>The value of each series by its label values.</summary>
    public IReadOnlyDictionary<string, double> Values()
    {
        lock (gate)
        {
            return series.Values.ToDictionary(one => string.Join('/', one.Labels.Select(label => label.Value)), one => one.Value);
        }
    }

    public IReadOnlyList<(string Name, string Value)> LabelsOf(string values)
    {
        lock (gate)
        {
            return series.Values.First(one => string.Join('/', one.Labels.Select(label => label.Value)) == values).Labels;
        }
    }

    public void Write(PrometheusText text)
    {
        lock (gate)
        {
            if (series.Count == 0)
            {
                return;
            }

#pragma warning disable CA1308 // The format's own words are lower case.
            text.Family(Name, kind.ToString().ToLowerInvariant(), help);
#pragma warning restore CA1308
            foreach (var one in series.Values)
            {
                if (kind == MetricKind.Histogram)
                {
                    WriteHistogram(text, one);
                }
                else
                {
                    text.Sample(Name, one.Labels, one.Value);
                }
            }
        }
    }

    private static string NameOf(string dotted, string unit, MetricKind kind)
    {
        var name = new StringBuilder();
        foreach (var c in dotted)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        if (unit.Length > 0 && !name.ToString().EndsWith('_' + unit, StringComparison.Ordinal))
        {
            name.Append('_').Append(unit);
        }

        return name.Append(kind == MetricKind.Counter ? "_total" : "").ToString();
    }

    private void WriteHistogram(PrometheusText text, Series one)
    {
        var sum = 0L;
        for (var i = 0; i <= bounds.Length; i++)
        {
            sum += one.Buckets![i];
            var le = PrometheusText.Number(i < bounds.Length ? bounds[i] : double.PositiveInfinity);
            text.Sample(Name + "_bucket", [.. one.Labels, ("le", le)], sum);
        }

        text.Sample(Name + "_sum", one.Labels, one.Value);
        text.Sample(Name + "_count", one.Labels, one.Count);
    }

    private int BucketOf(double value)
    {
        var i = 0;
        while (i < bounds.Length && value > bounds[i])
        {
            i++;
        }

        return i;
    }

    // The label names are those of the first measurement: ours never change from one to the next.
    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        labels ??= NamesOf(tags);
        var key = (ValueAt(tags, 0), ValueAt(tags, 1), ValueAt(tags, 2));
        if (series.TryGetValue(key, out var there))
        {
            return there;
        }

        if (series.Count >= SeriesMax)
        {
            key = (Other, Other, Other);
            if (series.TryGetValue(key, out there))
            {
                return there;
            }
        }

        object?[] values = [key.Item1, key.Item2, key.Item3];
        var made = new Series([.. labels.Select((label, i) => (label, values[i]?.ToString() ?? ""))], kind == MetricKind.Histogram ? new long[bounds.Length + 1] : null);
        series.Add(key, made);
        return made;
    }

    private static object? ValueAt(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) =>
        index < tags.Length ? tags[index].Value : null;

    private static string[] NamesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tags.Length, LabelsMax, nameof(tags));
        var names = new string[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            names[i] = tags[i].Key;
        }

        return names;
    }

    private sealed class Series((string Name, string Value)[] labels, long[]? buckets)
    {
        public (string Name, string Value)[] Labels { get; } = labels;

        public long[]? Buckets { get; } = buckets;

        public double Value { get; set; }

        public long Count { get; set; }
    }
}

/// <summary>The kinds of families that we write.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts by size.</summary>
    Histogram,
}
