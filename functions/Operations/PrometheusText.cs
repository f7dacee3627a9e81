using System.Globalization;
using System.Text;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// Writes the Prometheus text exposition format 0.0.4: <c># HELP</c> and <c># TYPE</c> once a family, then its samples,
/// each on a line that ends in <c>\n</c>. See https://prometheus.io/docs/instrumenting/exposition_formats/.
/// </summary>
public sealed class PrometheusText
{
    /// <summary>The content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new(16 << 10);

    /// <summary>Begins a family.</summary>
    /// <param name="name">Its name: <c>[a-zA-Z_:][a-zA-Z0-9_:]*</c>.</param>
    /// <param name="type">counter, gauge or histogram.</param>
    /// <param name="help">What it says, one line.</param>
    public void Family(string name, string type, string help) => text
        .Append("# HELP ").Append(name).Append(' ').Append(Escape(help, quotes: false)).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    /// <summary>A sample of the family that was begun.</summary>
    /// <param name="name">The family's name, with <c>_bucket</c>, <c>_sum</c> or <c>_count</c> in a histogram.</param>
    /// <param name="labels">Names and values.</param>
    /// <param name="value">The value.</param>
    public void Sample(string name, IEnumerable<(string Name, string Value)> labels, double value)
    {
        text.Append(name);
        var open = '{';
        foreach (var (label, said) in labels)
        {
            text.Append(open).Append(label).Append("=\"").Append(Escape(said, quotes: true)).Append('"');
            open = ',';
        }

        text.Append(open == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    /// <summary>A family of one sample without labels.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">counter or gauge.</param>
    /// <param name="help">What it says.</param>
    /// <param name="value">The value.</param>
    public void One(string name, string type, string help, double value)
    {
        Family(name, type, help);
        Sample(name, [], value);
    }

    /// <summary>A number as the format has it.</summary>
    /// <param name="value">Any double.</param>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Escape(string said, bool quotes)
    {
        var escaped = said.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
