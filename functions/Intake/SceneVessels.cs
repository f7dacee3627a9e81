using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// The vessels that may be in a scene, from what the watch groups have committed: tracks around the scene's time, lengths
/// and names as last heard. No report after what was known is used, so that a replay knows no more than the day did.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="format">What the store is.</param>
internal sealed class SceneVessels(IBlobStore store, StoreFormat format)
{
    /// <summary>So far outside the scene a vessel may still have gone into it, metres.</summary>
    public const double MarginMetres = 30_000;

    private const long PieceMsMax = 24L * 3_600_000;
    private const long FixesMax = 20_000_000;

    /// <summary>Finds them, nearest to the scene's middle first where there are too many.</summary>
    /// <param name="box">The scene's box.</param>
    /// <param name="atMs">When it was taken.</param>
    /// <param name="knownAtMs">When it could be known.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<SceneVesselList> FindAsync(GeoBox box, long atMs, long knownAtMs, CancellationToken cancel)
    {
        var output = new StoreOutput(store, [.. Enumerable.Range(0, format.Groups).Select(group => new GroupName(StageNames.Watch, group))]);
        var tracks = await TracksAsync(output, atMs, knownAtMs, cancel);
        var placed = new List<(TrackOwner Owner, PlacedVessel Place)>();
        var silent = await SilentReaches.ReadAsync(output, atMs, knownAtMs, cancel);
        var middle = MiddleOf(box);
        foreach (var (owner, track) in tracks)
        {
            track.Fixes.Sort(static (a, b) => a.AtMs.CompareTo(b.AtMs));
            if (VesselPlace.At(track.Fixes, atMs) is { } place
                && (box.Contains(place.Where) || box.Intersects(GeoBox.Around(place.Where, Math.Min(MarginMetres, 3.0 * place.SigmaMetres)))))
            {
                placed.Add((owner, place));
            }
        }

        var kept = placed
            .OrderBy(one => GreatCircle.DistanceMetres(middle, one.Place.Where))
            .ThenBy(one => one.Owner.Subject, StringComparer.Ordinal)
            .ThenBy(one => one.Owner.Hull)
            .Take(SceneEntry.CandidatesMax)
            .OrderBy(one => one.Owner.Subject, StringComparer.Ordinal)
            .ThenBy(one => one.Owner.Hull)
            .ToList();
        var cards = await CardsAsync(output, [.. kept.Select(one => one.Owner.Subject)], cancel);
        return new SceneVesselList(
            [.. kept.Select(one => Candidate(one.Owner, tracks[one.Owner], cards.GetValueOrDefault(one.Owner.Subject), atMs, knownAtMs, silent))],
            placed.Count - kept.Count)
        {
            Silent = silent.CoveredBy(box, atMs),
        };
    }

    /// <summary>One vessel as the matching takes it: the same for the door, the verb and the evaluation.</summary>
    /// <param name="subject">Who.</param>
    /// <param name="card">What it says of itself; its last report may be newer than the last kept point and tells the course.</param>
    /// <param name="fixes">Its kept points in order of time, none after what was known.</param>
    /// <param name="atMs">The scene's time.</param>
    /// <returns>Null where it was not heard for too long.</returns>
    public static SceneCandidate? CandidateOf(string subject, VesselCardLine card, IReadOnlyList<TrackFix> fixes, long atMs)
    {
        if (card.Last is { } last && fixes.Count > 0 && last.AtMs >= fixes[^1].AtMs)
        {
            fixes = last.AtMs == fixes[^1].AtMs ? [.. fixes.SkipLast(1), last] : [.. fixes, last];
        }

        return VesselPlace.At(fixes, atMs) is not { } place ? null : new SceneCandidate(
            subject,
            subject.StartsWith("mmsi:", StringComparison.Ordinal)
                && uint.TryParse(subject.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var mmsi) ? mmsi : null,
            card.Name,
            place.Where.LatitudeE7,
            place.Where.LongitudeE7,
            place.SigmaMetres,
            card.LengthM,
            place.BeforeS,
            place.AfterS,
            IsSimulated: false)
        {
            Ways = place.Ways,
            UsualS = UsualIntervals.SecondsOf(fixes, atMs),
        };
    }

    private static SceneCandidate Candidate(
        TrackOwner owner, Track track, VesselCardLine? card, long atMs, long knownAtMs, SilentReaches silent)
    {
        card = card is null || (card.Last?.AtMs <= knownAtMs && card.Hull == owner.Hull) ? card : card with { Last = null };
        var candidate = CandidateOf(owner.Subject, card ?? new VesselCardLine(null, null, owner.Hull, null), track.Fixes, atMs)! with
        {
            IsSimulated = track.IsSimulated,
        };
        // Who is held for silent on purpose is not heard only now and then.
        candidate = silent.IsSilent(owner.Subject) ? candidate with { UsualS = null } : candidate;
        return candidate.BeforeS is not { } seconds || track.Fixes.LastOrDefault(fix => fix.AtMs <= atMs) is not { AtMs: > 0 } last
            ? candidate
            : candidate with
            {
                LastLat = last.Where.LatitudeE7,
                LastLon = last.Where.LongitudeE7,
                ReachM = SilentReaches.MarginMetres + (int)(silent.DeciKnotsOf(owner.Subject) * 1852L * ((atMs - last.AtMs) / 1000) / 36_000),
            };
    }

    // A piece is of one day at most and its id ends with its start: most pieces are passed over unread. Of one id the last
    // line counts; an older one holds a part of the same points.
    private static async Task<Dictionary<TrackOwner, Track>> TracksAsync(
        StoreOutput output, long atMs, long knownAtMs, CancellationToken cancel)
    {
        var pieces = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        await foreach (var line in output.LinesAsync("tracks", cancel))
        {
            var id = StoreOutput.IdOf(line.Span);
            if (long.TryParse(id.AsSpan(id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var startMs)
                && startMs >= atMs - VesselPlace.SilenceMsMax - PieceMsMax
                && startMs <= Math.Min(knownAtMs, atMs + VesselPlace.SilenceMsMax))
            {
                pieces[id] = line.ToArray();
            }
        }

        var tracks = new Dictionary<TrackOwner, Track>();
        long fixes = 0;
        foreach (var piece in pieces.Values)
        {
            fixes += Add(tracks, piece, knownAtMs);
            if (fixes > FixesMax)
            {
                throw new StoreException(StoreTrouble.Stop, "more than 20 million track points around one scene: cut the scene's time or the store");
            }
        }

        return tracks;
    }

    private static int Add(Dictionary<TrackOwner, Track> tracks, ReadOnlyMemory<byte> line, long knownAtMs)
    {
        using var json = JsonDocument.Parse(line);
        var properties = json.RootElement.GetProperty("properties");
        var owner = new TrackOwner(properties.GetProperty("subject").GetString()!, properties.GetProperty("hull").GetInt32());
        if (!tracks.TryGetValue(owner, out var track))
        {
            tracks.Add(owner, track = new Track());
        }

        track.IsSimulated |= properties.GetProperty("simulated").GetBoolean();
        var times = properties.GetProperty("times");
        var geometry = json.RootElement.GetProperty("geometry");
        var places = Places(geometry);
        var (speeds, courses) = (Tenths(properties, "speeds_knots"), Tenths(properties, "courses_degrees"));
        var count = 0;
        foreach (var time in times.EnumerateArray())
        {
            var atMs = time.GetInt64();
            if (count >= places.Count || atMs > knownAtMs)
            {
                break;
            }

            track.Fixes.Add(new TrackFix(
                atMs, places[count], count < speeds.Length ? speeds[count] : null, count < courses.Length ? courses[count] : null));
            count++;
        }

        return count;
    }

    private static int?[] Tenths(JsonElement properties, string name) => !properties.TryGetProperty(name, out var array) ? []
        : [.. array.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? (int)Math.Round(value.GetDouble() * 10) : (int?)null)];

    // A line that crosses the antimeridian is cut there into several, with a point more at each cut: those have no time.
    private static List<Position> Places(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() switch
        {
            "LineString" => [.. coordinates.EnumerateArray().Select(Place)],
            "MultiLineString" => [.. coordinates.EnumerateArray().SelectMany((part, index) =>
            {
                var points = part.EnumerateArray().Select(Place).ToArray();
                var isLast = index == coordinates.GetArrayLength() - 1;
                return points[(index == 0 ? 0 : 1)..(isLast ? points.Length : points.Length - 1)];
            })],
            "Point" => [Place(coordinates)],
            _ => [],
        };
    }

    private static Position Place(JsonElement pair) => Position.FromDegrees(pair[1].GetDouble(), pair[0].GetDouble());

    private static async Task<Dictionary<string, VesselCardLine>> CardsAsync(
        StoreOutput output, HashSet<string> subjects, CancellationToken cancel)
    {
        var cards = new Dictionary<string, VesselCardLine>(StringComparer.Ordinal);
        await foreach (var line in output.LinesAsync("vessels", cancel))
        {
            if (!subjects.Contains(StoreOutput.IdOf(line.Span)))
            {
                continue;
            }

            using var json = JsonDocument.Parse(line);
            cards[json.RootElement.GetProperty("properties").GetProperty("subject").GetString()!] = VesselCardLine.Of(json.RootElement);
        }

        return cards;
    }

    private static Position MiddleOf(GeoBox box) => new(
        box.SouthE7 + ((box.NorthE7 - box.SouthE7) / 2), Longitudes.Wrap(box.WestE7 + (box.WidthE7 / 2)));

    private readonly record struct TrackOwner(string Subject, int Hull);

    private sealed class Track
    {
        public List<TrackFix> Fixes { get; } = [];

        public bool IsSimulated { get; set; }
    }
}

/// <summary>The vessels of a scene.</summary>
/// <param name="Candidates">By subject.</param>
/// <param name="LeftOut">How many more there were.</param>
internal sealed record SceneVesselList(IReadOnlyList<SceneCandidate> Candidates, int LeftOut)
{
    /// <summary>Subjects of the ships with an open gap whose area the scene covers.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];
}
