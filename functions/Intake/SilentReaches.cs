using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>The ships that are silent at a scene's time, and where each can be, from the lines of <c>reach</c>.</summary>
internal sealed class SilentReaches
{
    /// <summary>A place is told to so much, and a ship is not a point, metres.</summary>
    public const int MarginMetres = 2 * 1852;

    /// <summary>A ship without a line of its own is taken to make this at most, 0.1 knot.</summary>
    private const int UnknownDeciKnots = 250;

    private readonly SortedDictionary<string, SilentReach> _ships = new(StringComparer.Ordinal);

    /// <summary>Reads what was known.</summary>
    /// <param name="output">The lines of the watch.</param>
    /// <param name="atMs">The scene's time.</param>
    /// <param name="knownAtMs">No line that was said later is used.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<SilentReaches> ReadAsync(StoreOutput output, long atMs, long knownAtMs, CancellationToken cancel)
    {
        var read = new SilentReaches();
        await foreach (var line in output.LinesAsync("reach", cancel))
        {
            using var json = JsonDocument.Parse(line);
            var of = json.RootElement.GetProperty("properties");
            if (MsOf(of, "known_at") <= knownAtMs && MsOf(of, "silent_since") <= atMs && MsOf(of, "at") is var saidMs)
            {
                // What was said after the scene still says that it was silent then, and from where: its area is larger.
                var isOpen = of.GetProperty("state").GetString() == "open" || saidMs > atMs;
                read._ships[of.GetProperty("subject").GetString()!] = new SilentReach(
                    Ring(json.RootElement.GetProperty("geometry")), saidMs, (int)Math.Round(of.GetProperty("speed_knots").GetDouble() * 10), isOpen);
            }
        }

        return read;
    }

    /// <summary>Is a ship held for silent at the scene's time?</summary>
    public bool IsSilent(string subject) => _ships.TryGetValue(subject, out var ship) && ship.IsOpen;

    /// <summary>The speed that bounds a ship, 0.1 knot.</summary>
    public int DeciKnotsOf(string subject) => _ships.TryGetValue(subject, out var ship) ? ship.DeciKnots : UnknownDeciKnots;

    /// <summary>Which silent ships may be in a scene: those whose area it touches, by subject.</summary>
    /// <param name="box">The scene's box.</param>
    /// <param name="atMs">The scene's time: since a line was said the area may have grown.</param>
    public IReadOnlyList<string> CoveredBy(GeoBox box, long atMs) =>
        [.. _ships.Where(pair => pair.Value.IsOpen && pair.Value.Touches(box, atMs)).Select(pair => pair.Key)];

    private static long MsOf(JsonElement of, string property) => of.GetProperty(property).GetDateTimeOffset().ToUnixTimeMilliseconds();

    private static Position[] Ring(JsonElement geometry)
    {
        var rings = geometry.GetProperty("coordinates");
        var isMany = geometry.GetProperty("type").GetString() == "MultiPolygon";
        return [.. (isMany ? rings.EnumerateArray().SelectMany(part => part[0].EnumerateArray()) : rings[0].EnumerateArray())
            .Select(pair => Position.FromDegrees(pair[1].GetDouble(), pair[0].GetDouble()))];
    }

    private sealed record SilentReach(Position[] Ring, long SaidAtMs, int DeciKnots, bool IsOpen)
    {
        // By boxes: it names a ship too many near a corner, never one too few.
        public bool Touches(GeoBox box, long atMs)
        {
            var grown = MarginMetres + (DeciKnots * 1852L * Math.Max(0, atMs - SaidAtMs) / 36_000_000);
            var own = GeoBox.Of(Ring);
            var south = GeoBox.Around(new Position(own.SouthE7, own.WestE7), grown);
            var north = GeoBox.Around(new Position(own.NorthE7, own.EastE7), grown);
            return new GeoBox(south.WestE7, south.SouthE7, north.EastE7, north.NorthE7).Intersects(box);
        }
    }
}
