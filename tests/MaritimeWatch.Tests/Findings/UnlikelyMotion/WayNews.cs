using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Findings.UnlikelyMotion;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Findings.UnlikelyMotion;

/// <summary>Folds the ways of ships as entries of news.</summary>
internal sealed class WayNews(Lazy<LearnedMotion?> learned) : IFoldOutput
{
    public const int StepMs = 600_000;

    public static readonly long StartMs = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly Lazy<LearnedMotion?> _learned = learned;
    private long _number;

    public MotionFold Fold { get; private set; } = new(learned);

    public List<(string Collection, string Line)> Said { get; } = [];

    /// <summary>Each revision of each finding.</summary>
    public IReadOnlyList<JsonElement> Revisions =>
        [.. Said.Where(line => line.Collection == "findings").Select(line => JsonDocument.Parse(line.Line).RootElement.GetProperty("properties"))];

    public JsonElement Counts
    {
        get
        {
            Fold.Publish(this);
            return JsonDocument.Parse(Said.Last(line => line.Collection == "counts").Line).RootElement;
        }
    }

    /// <summary>A ship at whole ten minutes: legs of course, knots and minutes, one after the other.</summary>
    public static List<string> Way(int ship, Position from, int hull, params (double Course, double Knots, int Minutes)[] legs)
    {
        var (lines, at, step) = (new List<string>(), from, 0);
        lines.Add(Line(ship, at, step++, legs[0].Knots, legs[0].Course, hull));
        foreach (var (course, knots, minutes) in legs)
        {
            for (var left = minutes; left > 0; left -= 10)
            {
                at = GreatCircle.Destination(at, course, knots * 1852 / 6);
                lines.Add(Line(ship, at, step++, knots, course, hull));
            }
        }

        return lines;
    }

    public static string Line(int ship, Position at, int step, double knots, double course, int hull = 1)
    {
        var when = Instants.ToText(StartMs + ((long)step * StepMs));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"Feature","id":"mmsi:{{{ship}}}-{{{when}}}","geometry":{"type":"Point","coordinates":[{{{at.LongitudeDegrees:F7}}},{{{at.LatitudeDegrees:F7}}}]},"properties":{"id":"mmsi:{{{ship}}}-{{{when}}}","mmsi":{{{ship}}},"subject":"mmsi:{{{ship}}}","name":"SHIP {{{ship % 100}}}","at":"{{{when}}}","known_at":"{{{when}}}","speed_knots":{{{knots:F1}}},"course_degrees":{{{course:F1}}},"hull":{{{hull}}},"simulated":true}}""");
    }

    /// <summary>The lines of ships as time brings them.</summary>
    public static List<string> InOrder(params List<string>[] ships) =>
        [.. ships.SelectMany(ship => ship).OrderBy(AtOf, StringComparer.Ordinal)];

    /// <summary>Folds lines, so many to an entry; saves and restores after each entry where asked.</summary>
    public WayNews Take(IEnumerable<string> lines, int rowsAnEntry = 50, bool restart = false)
    {
        var saved = new List<byte[]>();
        foreach (var chunk in lines.Chunk(rowsAnEntry))
        {
            var rows = chunk.Select(line => new NewsRow("ways", Encoding.UTF8.GetBytes(line))).ToArray();
            Fold1(new InboxEntry(++_number, EntryKind.News, new NewsEntry(_number, 0, rows).ToBytes()));
            if (restart)
            {
                Restart(saved);
            }
        }

        return this;
    }

    public void Tick(long atMs) =>
        Fold1(new InboxEntry(++_number, EntryKind.Tick, Encoding.UTF8.GetBytes($$"""{"at":"{{Instants.ToText(atMs)}}"}""")));

    public void WriteLine(string collection, ReadOnlySpan<byte> line) => Said.Add((collection, Encoding.UTF8.GetString(line)));

    private static string AtOf(string line) => line[line.IndexOf("\"at\":", StringComparison.Ordinal)..];

    private void Fold1(InboxEntry entry)
    {
        var step = Fold.FoldAsync(entry, 0, int.MaxValue, this, CancellationToken.None);
        Assert.That(step.IsCompletedSuccessfully);
    }

    // A snapshot first, then deltas on it, as a worker loads them.
    private void Restart(List<byte[]> saved)
    {
        var state = new ArrayBufferWriter<byte>();
        if (saved.Count == 0)
        {
            Fold.SaveSnapshot(state);
        }
        else
        {
            Fold.SaveDelta(state);
        }

        saved.Add(state.WrittenSpan.ToArray());
        Fold = new MotionFold(_learned);
        Fold.RestoreSnapshot(saved[0]);
        saved.Skip(1).ToList().ForEach(delta => Fold.RestoreDelta(delta));
    }
}
