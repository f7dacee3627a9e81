using System.Globalization;
using MaritimeWatch.Forecasts.Series;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>Reads one column of a CSV file as a regular series. Rows may come in any order; hours may be missing.</summary>
internal static class SeriesFile
{
    private const int LineLengthMax = 100_000;
    private const int PeriodsMax = 2_000_000;
    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The column of numbers.</param>
    /// <param name="where"><c>COLUMN=VALUE</c>, or null for every row.</param>
    /// <param name="period">How far apart rows are meant to be.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<SeriesRead> ReadAsync(string path, string column, string? where, TimeSpan period, CancellationToken cancel)
    {
        using var reader = new StreamReader(path);
        var heading = Fields(await reader.ReadLineAsync(cancel) ?? string.Empty);
        var at = heading.IndexOf(column);
        if (at < 0)
        {
            return SeriesRead.Wrong($"{path} has no column '{column}'; it has {string.Join(", ", heading)}");
        }

        var equals = where?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        var filter = where is null || equals < 1 ? -1 : heading.IndexOf(where[..equals]);
        if (where is not null && filter < 0)
        {
            return SeriesRead.Wrong($"--where takes COLUMN=VALUE with a column of {path}: {string.Join(", ", heading)}");
        }

        var (values, counts) = (new SortedDictionary<long, double>(), new SeriesCounts());
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            var fields = line.Length > LineLengthMax ? [] : Fields(line);
            if (filter >= 0 && filter < fields.Count && fields[filter] != where![(equals + 1)..])
            {
                counts.Ignored++;
            }
            else if (fields.Count != heading.Count || TimeOf(fields[0]) is not { } time
                || !double.TryParse(fields[at], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            {
                counts.Refused++;
            }
            else
            {
                // Of several rows in one period the last one in the file counts.
                counts.Repeated += values.ContainsKey(time.UtcTicks / period.Ticks) ? 1 : 0;
                values[time.UtcTicks / period.Ticks] = value;
            }
        }

        return Regular(values, counts, period);
    }

    private static SeriesRead Regular(SortedDictionary<long, double> values, SeriesCounts counts, TimeSpan period)
    {
        counts.Used = values.Count;
        if (values.Count == 0)
        {
            return new SeriesRead(null, counts, null);
        }

        var (first, last) = (values.Keys.First(), values.Keys.Last());
        if (last - first >= PeriodsMax)
        {
            return SeriesRead.Wrong($"the rows span {last - first + 1} periods; at most {PeriodsMax} are taken: is --period right?");
        }

        var grid = new double?[last - first + 1];
        foreach (var (place, value) in values)
        {
            grid[place - first] = value;
        }

        counts.Missing = grid.Length - values.Count;
        return new SeriesRead(new RegularSeries(new DateTimeOffset(first * period.Ticks, TimeSpan.Zero), period, grid), counts, null);
    }

    private static DateTimeOffset? TimeOf(string text) => DateTimeOffset.TryParseExact(
        text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>The fields of a line: RFC 4180 without line breaks inside fields, which no series has.</summary>
    internal static List<string> Fields(string line)
    {
        var (fields, field, isQuoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var index = 0; index < line.Length; index++)
        {
            var letter = line[index];
            if (isQuoted && letter == '"' && index + 1 < line.Length && line[index + 1] == '"')
            {
                field.Append('"');
                index++;
            }
            else if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ',' && !isQuoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else if (letter != '\uFEFF')
            {
                field.Append(letter);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }
}

/// <summary>What a file held.</summary>
/// <param name="Series">The series, or null where no row could be used.</param>
/// <param name="Counts">What became of the rows.</param>
/// <param name="Fault">What is wrong with the request, or null.</param>
internal sealed record SeriesRead(RegularSeries? Series, SeriesCounts Counts, string? Fault)
{
    /// <summary>A request that cannot be met.</summary>
    public static SeriesRead Wrong(string fault) => new(null, new SeriesCounts(), fault);
}

/// <summary>What became of the rows of a file.</summary>
internal sealed class SeriesCounts
{
    /// <summary>Periods with a value.</summary>
    public int Used { get; set; }

    /// <summary>Rows whose time or number could not be read, or with another number of fields than the heading.</summary>
    public int Refused { get; set; }

    /// <summary>Rows of another port.</summary>
    public int Ignored { get; set; }

    /// <summary>Rows of a period that had one already.</summary>
    public int Repeated { get; set; }

    /// <summary>Periods between the first and the last without a row.</summary>
    public int Missing { get; set; }
}
