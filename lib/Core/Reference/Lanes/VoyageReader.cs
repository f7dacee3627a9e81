using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// Puts voyages together from the lines of the collections <c>vessels</c>, <c>port-calls</c> and <c>tracks</c>, in this
/// order; of a line's id the last counts. A line that does not read is passed over and counted. Only what was sailed
/// between calls is held.
/// </summary>
/// <param name="settledAfter">
/// Of a store that goes on: a voyage counts once its ship's group was heard for so long after it, since a call may still be
/// taken back and late reports may still come. Null (a recording that is over): a voyage counts when it has ended.
/// </param>
public sealed class VoyageReader(TimeSpan? settledAfter = null)
{
    private const long SeaMs = 4 * 86_400_000L;
    private const int CallsPerPortMax = 32;
    private const int PortDecimetres = 148_160;
    private const long VoyageMsMax = 30 * 86_400_000L;
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Call> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Piece> _pieces = new(StringComparer.Ordinal);
    private Dictionary<string, List<Window>>? _windows;
    private readonly Dictionary<int, long> _ends = [];

    /// <summary>Lines that did not read.</summary>
    public int Unread { get; private set; }

    /// <summary>Points of ways that are held; each takes 24 bytes.</summary>
    public long Points { get; private set; }

    /// <summary>Takes a line of <c>vessels</c>.</summary>
    public void AddVessel(ReadOnlyMemory<byte> line) => Read(line, (_, of, _) =>
        _types[of.GetProperty("subject").GetString()!] = ShipClass.Of(
            of.TryGetProperty("ship_type", out var type) && type.ValueKind == JsonValueKind.Number ? type.GetInt32() : 0));

    /// <summary>Takes a line of <c>port-calls</c>.</summary>
    public void AddCall(ReadOnlyMemory<byte> line) => Read(line, (id, of, shape) =>
    {
        var name = of.GetProperty("port_name").GetString();
        var port = of.GetProperty("port").GetString();
        if (of.GetProperty("state").GetString() == "retracted" || (name ?? port) is not { Length: > 0 } called)
        {
            _calls.Remove(id);
            return;
        }

        _calls[id] = new Call(
            of.GetProperty("subject").GetString()!, LanePort.Of(port, called), port is not null, PlaceOf(shape),
            AtMs(of, "arrival_at") ?? 0, AtMs(of, "departure_at"));
    });

    /// <summary>Takes a line of <c>tracks</c>, after all calls, of a store that stands still.</summary>
    /// <param name="line">The line.</param>
    public void AddTrack(ReadOnlyMemory<byte> line) => AddTrack(line, 0);

    /// <summary>Takes a line of <c>tracks</c>, after all calls.</summary>
    /// <param name="line">The line.</param>
    /// <param name="group">
    /// The group that it is of. Groups get on each at its own pace: that one has heard of a later hour says nothing of ships
    /// of another.
    /// </param>
    public void AddTrack(ReadOnlyMemory<byte> line, int group) => Read(line, (id, of, shape) =>
    {
        _windows ??= Windows();
        var (startAtMs, endAtMs) = (AtMs(of, "start_at")!.Value, AtMs(of, "end_at")!.Value);
        _ends[group] = Math.Max(_ends.GetValueOrDefault(group, long.MinValue), endAtMs);
        var subject = of.GetProperty("subject").GetString()!;
        if (_windows.TryGetValue(subject, out var windows) && windows.Exists(one => one.FromMs <= endAtMs && startAtMs <= one.ToMs))
        {
            var piece = new Piece(
                subject, of.GetProperty("hull").GetInt32(), PointsOf(of, shape), of.GetProperty("simulated").GetBoolean(), group);
            Points += piece.Points.Length - (_pieces.TryGetValue(id, out var before) ? before.Points.Length : 0);
            _pieces[id] = piece;
        }
    });

    /// <summary>The voyages that have ended.</summary>
    public IReadOnlyList<SailedVoyage> Voyages()
    {
        var voyages = new List<SailedVoyage>();
        _windows ??= Windows();
        foreach (var ship in _pieces.Values.GroupBy(piece => piece.Subject).OrderBy(ship => ship.Key, StringComparer.Ordinal))
        {
            // Where two hulls use one number, the one that was heard most.
            var hull = ship.GroupBy(piece => piece.Hull).OrderByDescending(pieces => pieces.Sum(piece => piece.Points.Length))
                .ThenBy(pieces => pieces.Key).First().ToList();
            var points = hull.SelectMany(piece => piece.Points).OrderBy(point => point.AtMs).ToArray();
            var endMs = _ends[hull[0].Group];
            var settledMs = settledAfter is { } after ? endMs - (long)after.TotalMilliseconds : long.MaxValue;
            foreach (var window in _windows[ship.Key])
            {
                var sailed = points.Where(point => point.AtMs >= window.FromMs && point.AtMs <= window.ToMs).ToList();
                var ended = VoyageCuts.Of(
                    new VoyageSpan(
                        ship.Key, _types.GetValueOrDefault(ship.Key, "other"), window.From, window.To, window.FromMs, window.ToMs,
                        hull.Exists(piece => piece.IsSimulated)),
                    sailed, endMs);
                voyages.AddRange(ended.Where(voyage => voyage.ArriveAtMs <= settledMs));
            }
        }

        return voyages;
    }

    private Dictionary<string, List<Window>> Windows()
    {
        var all = new Dictionary<string, List<Window>>(StringComparer.Ordinal);
        foreach (var ship in Named().GroupBy(call => call.Subject, StringComparer.Ordinal))
        {
            var calls = ship.OrderBy(call => call.ArrivalMs).ThenBy(call => call.DepartureMs ?? long.MaxValue).ToList();
            var windows = all[ship.Key] = [];
            windows.Add(new Window(LanePort.Sea, calls[0].Port, calls[0].ArrivalMs - SeaMs, calls[0].ArrivalMs));
            for (var i = 0; i < calls.Count; i++)
            {
                if (calls[i].DepartureMs is not { } departure)
                {
                    continue;
                }

                var next = i + 1 < calls.Count ? calls[i + 1] : null;
                if (next is null)
                {
                    windows.Add(new Window(calls[i].Port, LanePort.Sea, departure, departure + SeaMs));
                }
                else if (next.ArrivalMs > departure && next.ArrivalMs - departure <= VoyageMsMax)
                {
                    windows.Add(new Window(calls[i].Port, next.Port, departure, next.ArrivalMs));
                }
            }
        }

        return all;
    }

    // A learned berth may bear no port's name: it is of the named port whose calls are next to it.
    private List<Call> Named()
    {
        var named = _calls.Values.Where(call => call is { IsNamed: true, Where: not null })
            .GroupBy(call => call.Port.Id, StringComparer.Ordinal).OrderBy(port => port.Key, StringComparer.Ordinal)
            .SelectMany(port => port.OrderBy(call => call.ArrivalMs).ThenBy(call => call.Subject, StringComparer.Ordinal).Take(CallsPerPortMax)).ToList();
        return [.. _calls.Values.Select(call => call.IsNamed || call.Where is not { } where
            ? call
            : named.Select(one => (one.Port, Off: VoyageWay.Decimetres(one.Where!.Value, where))).Where(one => one.Off <= PortDecimetres)
                .OrderBy(one => one.Off).Select(one => call with { Port = one.Port }).FirstOrDefault(call))];
    }

    private static Position? PlaceOf(JsonElement shape) =>
        shape.ValueKind == JsonValueKind.Object && shape.GetProperty("type").GetString() == "Point"
            ? Position.FromDegrees(shape.GetProperty("coordinates")[1].GetDouble(), shape.GetProperty("coordinates")[0].GetDouble())
            : null;

    private void Read(ReadOnlyMemory<byte> line, Action<string, JsonElement, JsonElement> take)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            take(
                document.RootElement.GetProperty("id").GetString()!,
                document.RootElement.GetProperty("properties"),
                document.RootElement.GetProperty("geometry"));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            Unread++;
        }
    }

    // A line over the antimeridian is stored in two pieces that meet there.
    private static VoyagePoint[] PointsOf(JsonElement of, JsonElement shape)
    {
        var coordinates = shape.GetProperty("coordinates");
        var places = (shape.GetProperty("type").GetString() switch
        {
            "Point" => [coordinates],
            "LineString" => coordinates.EnumerateArray(),
            "MultiLineString" => coordinates.EnumerateArray().SelectMany(part => part.EnumerateArray()),
            _ => Enumerable.Empty<JsonElement>(),
        }).Select(at => Position.FromDegrees(at[1].GetDouble(), at[0].GetDouble())).ToList();
        var (times, speeds) = (of.GetProperty("times"), of.GetProperty("speeds_knots"));
        var count = times.GetArrayLength();
        places = places.Count == count ? places : WithoutSeam(places, count);
        var points = new VoyagePoint[Math.Min(places.Count, count)];
        for (var i = 0; i < points.Length; i++)
        {
            var speed = speeds[i];
            points[i] = new VoyagePoint(
                places[i], times[i].GetInt64(), speed.ValueKind == JsonValueKind.Number ? (int)Math.Round(speed.GetDouble() * 10) : -1);
        }

        return points;
    }

    // The cut adds a place at 180 degrees to either side.
    private static List<Position> WithoutSeam(List<Position> places, int count)
    {
        var without = new List<Position>();
        for (var i = 0; i < places.Count; i++)
        {
            var isSeam = Math.Abs((long)places[i].LongitudeE7) == 1_800_000_000 && places.Count - i + without.Count > count;
            if (!isSeam)
            {
                without.Add(places[i]);
            }
        }

        return without.Count == count ? without : throw new FormatException("a track has not as many times as places");
    }

    private static long? AtMs(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds()
            : null;

    private sealed record Call(
        string Subject, LanePort Port, bool IsNamed, Position? Where, long ArrivalMs, long? DepartureMs);

    private sealed record Window(LanePort From, LanePort To, long FromMs, long ToMs);

    private sealed record Piece(string Subject, int Hull, VoyagePoint[] Points, bool IsSimulated, int Group);
}
