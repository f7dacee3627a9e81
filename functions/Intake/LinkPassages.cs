using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// The toll-road tables of KDD Cup 2017 (links, routes, trajectories as <c>link#time#seconds</c>) as a camera network and
/// plate reads: a camera stands where each link begins, and each passage of a link is one read. The vehicles are real, their
/// plates and the cameras' places are invented, so everything is marked SIMULATED.
/// </summary>
internal sealed class LinkPassages
{
    private const int RowsMax = 1_000_000;
    private const int LinksMax = 10_000;

    private LinkPassages(IReadOnlyList<RoadLink> links, IReadOnlyList<RoadRoute> routes, IReadOnlyList<LinkJourney> journeys) =>
        (Links, Routes, Journeys) = (links, routes, journeys);

    /// <summary>The links, by id.</summary>
    public IReadOnlyList<RoadLink> Links { get; }

    /// <summary>The routes.</summary>
    public IReadOnlyList<RoadRoute> Routes { get; }

    /// <summary>The journeys, in the order of the file.</summary>
    public IReadOnlyList<LinkJourney> Journeys { get; }

    /// <summary>Rows that could not be read.</summary>
    public int Refused { get; private init; }

    /// <summary>Reads the three tables.</summary>
    /// <param name="links">Lines of <c>link_id,length,...,in_top,out_top</c>.</param>
    /// <param name="routes">Lines of <c>intersection_id,tollgate_id,link_seq</c>.</param>
    /// <param name="trajectories">Lines of <c>intersection_id,tollgate_id,vehicle_id,starting_time,travel_seq,travel_time</c>.</param>
    /// <exception cref="InvalidDataException">A table lacks its columns or names an unknown link.</exception>
    public static LinkPassages Read(IEnumerable<string> links, IEnumerable<string> routes, IEnumerable<string> trajectories)
    {
        var roads = Rows(links, "link_id", "length", "out_top").Take(LinksMax)
            .Select(row => new RoadLink(row[0], Metres(row[1]), row[2].Split(',', StringSplitOptions.RemoveEmptyEntries)))
            .OrderBy(link => link.Id, StringComparer.Ordinal).ToList();
        var ways = Rows(routes, "intersection_id", "tollgate_id", "link_seq")
            .Select(row => new RoadRoute($"{row[0]}-{row[1]}", row[2].Split(','))).ToList();
        var known = roads.Select(link => link.Id).ToHashSet(StringComparer.Ordinal);
        if (ways.SelectMany(way => way.Links).FirstOrDefault(link => !known.Contains(link)) is { } unknown)
        {
            throw new InvalidDataException($"a route names link {unknown}, which the table of links has not");
        }

        var (journeys, refused) = (new List<LinkJourney>(), 0);
        foreach (var row in Rows(trajectories, "vehicle_id", "travel_seq").Take(RowsMax))
        {
            if (JourneyOf(row[0], row[1], known) is { } journey)
            {
                journeys.Add(journey);
            }
            else
            {
                refused++;
            }
        }

        return new LinkPassages(roads, ways, journeys) { Refused = refused };
    }

    /// <summary>The invented plate of a vehicle.</summary>
    public static string PlateOf(string vehicle) => "SIM" + vehicle;

    /// <summary>The camera at the beginning of a link.</summary>
    public static string CameraOf(string link) => "link-" + link;

    /// <summary>The same tables with the first journeys alone.</summary>
    public LinkPassages First(int journeys) => new(Links, Routes, [.. Journeys.Take(journeys)]);

    /// <summary>The reads as NDJSON, in order of time.</summary>
    public void WriteReads(Stream target)
    {
        foreach (var read in Journeys
            .SelectMany(journey => journey.Passages.Select(passage => (journey.Vehicle, passage.Link, passage.AtMs)))
            .OrderBy(read => read.AtMs).ThenBy(read => read.Link, StringComparer.Ordinal).ThenBy(read => read.Vehicle, StringComparer.Ordinal))
        {
            target.Write(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"at":"{{DateTimeOffset.FromUnixTimeMilliseconds(read.AtMs):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","camera":"{{CameraOf(read.Link)}}","plate":"{{PlateOf(read.Vehicle)}}","confidence":0.95,"simulated":true}""")));
            target.Write("\n"u8);
        }
    }

    /// <summary>
    /// The network as reference data of kind <c>cameras</c>. The tables have no places, so the cameras stand on a line in
    /// the Gulf of Guinea, as far from the first as the road is long: never farther apart than by road.
    /// </summary>
    public byte[] ToCameraFile()
    {
        var next = Routes.SelectMany(route => route.Links.Zip(route.Links.Skip(1)))
            .Concat(Links.SelectMany(link => link.Onward.Select(to => (link.Id, to))))
            .Where(pair => Links.Any(link => link.Id == pair.Item2)).Distinct().ToList();
        var length = Links.ToDictionary(link => link.Id, link => link.LengthMetres, StringComparer.Ordinal);
        var along = Distances(next, length);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("simulated"u8, true);
            json.WriteStartArray("cameras"u8);
            foreach (var link in Links)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, CameraOf(link.Id));
                json.WriteString("name"u8, $"SIMULATED start of link {link.Id}");
                json.WriteNumber("lat"u8, 0);
                json.WriteNumber("lon"u8, Math.Round(along.GetValueOrDefault(link.Id) / 111_195.0, 7));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("links"u8);
            foreach (var (from, to) in next)
            {
                json.WriteStartObject();
                json.WriteString("from"u8, CameraOf(from));
                json.WriteString("to"u8, CameraOf(to));
                json.WriteNumber("distance_m"u8, length[from]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("routes"u8);
            foreach (var route in Routes)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, route.Id);
                json.WriteStartArray("cameras"u8);
                foreach (var link in route.Links)
                {
                    json.WriteStringValue(CameraOf(link));
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Metres by road from the first link, either way along each link.</summary>
    private Dictionary<string, int> Distances(List<(string From, string To)> next, Dictionary<string, int> length)
    {
        var along = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new PriorityQueue<string, int>();
        open.Enqueue(Links[0].Id, 0);
        while (open.TryDequeue(out var at, out var metres))
        {
            if (along.TryAdd(at, metres))
            {
                foreach (var (from, to) in next.Where(pair => pair.From == at || pair.To == at))
                {
                    open.Enqueue(from == at ? to : from, metres + length[from]);
                }
            }
        }

        return along;
    }

    /// <summary>
    /// The table has whole seconds and the length of each passage to a hundredth: where both agree the passages are chained
    /// by their lengths, so that two in one second keep their order.
    /// </summary>
    private static LinkJourney? JourneyOf(string vehicle, string sequence, HashSet<string> known)
    {
        var passages = new List<LinkPassage>();
        var chainedMs = 0.0;
        foreach (var part in sequence.Split(';'))
        {
            var fields = part.Split('#');
            if (fields.Length != 3 || !known.Contains(fields[0])
                || !DateTimeOffset.TryParseExact(
                    fields[1], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                || !double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                || !(seconds is >= 0 and < 86_400))
            {
                return null;
            }

            var givenMs = at.ToUnixTimeMilliseconds();
            chainedMs = passages.Count > 0 && Math.Abs(chainedMs - givenMs) < 1_500 ? chainedMs : givenMs;
            var atMs = (long)Math.Round(chainedMs);
            passages.Add(new LinkPassage(fields[0], passages.Count > 0 ? Math.Max(atMs, passages[^1].AtMs + 1) : atMs));
            chainedMs += seconds * 1_000;
        }

        return vehicle.Length is > 0 and <= 13 && vehicle.All(char.IsAsciiLetterOrDigit) ? new LinkJourney(vehicle, passages) : null;
    }

    private static int Metres(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var metres) && metres is > 0 and < 1_000_000
            ? metres
            : throw new InvalidDataException($"the length \"{text}\" of a link is no number of metres");

    private static IEnumerable<string[]> Rows(IEnumerable<string> lines, params string[] columns)
    {
        int[]? places = null;
        foreach (var line in lines)
        {
            var cells = Cells(line);
            if (places is null)
            {
                places = [.. columns.Select(column => Array.IndexOf(cells, column) is >= 0 and var at
                    ? at
                    : throw new InvalidDataException($"a table has no column {column}"))];
            }
            else if (places.Max() < cells.Length)
            {
                yield return [.. places.Select(place => cells[place])];
            }
        }
    }

    /// <summary>Cells in quotes may hold commas; there are no quotes inside.</summary>
    private static string[] Cells(string line) =>
        line.Trim() is ['"', .. var inner, '"'] ? inner.Split("\",\"") : line.Split(',');
}

/// <summary>A piece of road.</summary>
internal sealed record RoadLink(string Id, int LengthMetres, IReadOnlyList<string> Onward);

/// <summary>A way from an intersection to a toll-gate.</summary>
internal sealed record RoadRoute(string Id, IReadOnlyList<string> Links);

/// <summary>One row of the trajectories.</summary>
internal sealed record LinkJourney(string Vehicle, IReadOnlyList<LinkPassage> Passages);

/// <summary>A vehicle enters a link.</summary>
internal readonly record struct LinkPassage(string Link, long AtMs);
