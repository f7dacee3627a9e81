using System.Globalization;
using System.Text.RegularExpressions;

namespace MaritimeWatch.Tests.Operations;

/// <summary>
/// Reads the Prometheus text format 0.0.4 and throws at the first thing that its grammar does not allow. Stricter than a
/// server: HELP and TYPE are asked for, families stand together, series are unique, units and endings are right.
/// </summary>
internal sealed partial class PrometheusGrammar
{
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);
    private string family = "";
    private bool hasHelp;

    /// <summary>Types by family.</summary>
    public IReadOnlyDictionary<string, string> Types => types;

    /// <summary>Values by name and labels as they are written.</summary>
    public IReadOnlyDictionary<string, double> Samples => samples;

    public static PrometheusGrammar Read(string text)
    {
        var read = new PrometheusGrammar();
        if (!text.EndsWith('\n') || text.Contains('\r', StringComparison.Ordinal))
        {
            throw new FormatException("every line ends in a line feed alone");
        }

        foreach (var line in text[..^1].Split('\n'))
        {
            read.Line(line);
        }

        read.Histograms();
        return read;
    }

    public double this[string sample] => samples.TryGetValue(sample, out var value) ? value
        : throw new KeyNotFoundException($"no sample {sample}; there are:\n{string.Join('\n', samples.Keys)}");

    private void Line(string line)
    {
        if (HelpLine().Match(line) is { Success: true } help)
        {
            family = help.Groups[1].Value;
            hasHelp = true;
            if (types.ContainsKey(family))
            {
                throw new FormatException($"{family} comes twice");
            }
        }
        else if (TypeLine().Match(line) is { Success: true } type)
        {
            if (!hasHelp || type.Groups[1].Value != family)
            {
                throw new FormatException($"TYPE without its HELP: {line}");
            }

            hasHelp = false;
            types.Add(family, type.Groups[2].Value);
        }
        else
        {
            Sample(line);
        }
    }

    private void Sample(string line)
    {
        var match = SampleLine().Match(line);
        if (!match.Success)
        {
            throw new FormatException($"no sample: {line}");
        }

        var name = match.Groups["name"].Value;
        var type = types[family];
        string[] allowed = type == "histogram" ? [family + "_bucket", family + "_sum", family + "_count"] : [family];
        if (!allowed.Contains(name) || hasHelp)
        {
            throw new FormatException($"{name} stands in the family {family}");
        }

        if ((type == "counter") != family.EndsWith("_total", StringComparison.Ordinal) || name.Contains("milli", StringComparison.Ordinal) || name.EndsWith("_ms", StringComparison.Ordinal))
        {
            throw new FormatException($"{family} is a {type}: counters and nothing else end in _total, units are base units");
        }

        var labels = LabelPair().Matches(match.Groups["labels"].Value).Select(pair => pair.Groups[1].Value).ToList();
        if (labels.Distinct(StringComparer.Ordinal).Count() != labels.Count)
        {
            throw new FormatException($"a label comes twice: {line}");
        }

        var value = match.Groups["value"].Value switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            "NaN" => double.NaN,
            var number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        if (!samples.TryAdd(line[..line.LastIndexOf(' ')], value))
        {
            throw new FormatException($"a series comes twice: {line}");
        }
    }

    private void Histograms()
    {
        foreach (var name in types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            var series = samples.Keys.Where(key => key.StartsWith(name + "_bucket{", StringComparison.Ordinal))
                .GroupBy(key => LeLabel().Replace(key[(name.Length + 7)..], ""));
            foreach (var one in series)
            {
                var buckets = one.ToList();
                var counts = buckets.ConvertAll(key => samples[key]);
                var labels = one.Key.Replace("{}", "", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal);
                if (!buckets[^1].Contains("le=\"+Inf\"", StringComparison.Ordinal) || counts.Zip(counts.Skip(1)).Any(pair => pair.First > pair.Second)
                    || samples[name + "_count" + labels] != counts[^1] || !samples.ContainsKey(name + "_sum" + labels))
                {
                    throw new FormatException($"{name}{labels} is no histogram");
                }
            }
        }
    }

    [GeneratedRegex(@"\A# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\n]|\\\\|\\n)+)\z")]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"\A# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)\z")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*")*)\})? (?<value>[+-]Inf|NaN|-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)\z""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\\n]|\\["\\n])*",?""")]
    private static partial Regex LabelPair();

    [GeneratedRegex("""le="[^"]*"$?""")]
    private static partial Regex LeLabel();
}
