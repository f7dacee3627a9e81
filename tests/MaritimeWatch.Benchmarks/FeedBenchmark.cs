using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Stores;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// Stored findings in a folder: how long they take to load, how much memory their index takes, and how long a bbox +
/// datetime query takes in process (rows only, then with the lines read back) and over HTTP, beside LINQ over parsed JSON.
/// </summary>
public static class FeedBenchmark
{
    private const int Seed = 20261121;
    private const int LinesPerSegment = 5_000;
    private const int Queries = 1_000;
    private const int BaselineQueries = 30;
    private const int HttpQueries = 300;
    private const int BaselineFindingsMax = 200_000;
    private const long FirstAtMs = 1_780_000_000_000;
    private const long SpanMs = 90L * 86_400_000;

    /// <summary>Runs for 200,000 and 1,000,000 findings.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        foreach (var findings in (int[])[200_000, 1_000_000])
        {
            var folder = Directory.CreateTempSubdirectory("feed-benchmark-").FullName;
            try
            {
                RunAsync(output, findings, folder).GetAwaiter().GetResult();
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task RunAsync(TextWriter output, int findings, string folder)
    {
        void Say(string text) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"feed {findings,9:N0} | {text}"));
        var store = DirectoryStore.Open(folder);
        var (segments, bytes) = await WriteAsync(store, findings);
        var before = GC.GetTotalMemory(true);
        var model = new ReadModel(store, TimeProvider.System);
        var watch = Stopwatch.StartNew();
        foreach (var segment in segments)
        {
            await model.LoadAsync(segment, CancellationToken.None);
        }

        model.Publish();
        var seconds = watch.Elapsed.TotalSeconds;
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"load {findings / seconds:N0} lines/s, {bytes / seconds / 1e6:N0} MB/s; {(GC.GetTotalMemory(true) - before) / 1e6:N0} MB held for {bytes / 1e6:N0} MB of lines"));

        var queries = Enumerable.Range(0, Queries).Select(i => MakeQuery(new Random(Seed + i))).ToArray();
        var matched = new int[queries.Length];
        Say("rows      " + Time(queries.Length, i => matched[i] = model.Current.Query(FeedCollections.Findings, queries[i].Query).Matched));
        Say(string.Create(CultureInfo.InvariantCulture, $"          {matched.Average():N0} matches a query on average"));
        Say("and lines " + Time(queries.Length, i => ReadPageAsync(model, queries[i].Query).GetAwaiter().GetResult()));

        var app = FeedApp.Build(model, new FeedAppOptions(), TimeProvider.System, new Uri("http://127.0.0.1:0"));
        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            Say("over HTTP " + Time(HttpQueries, i => client
                .GetByteArrayAsync(new Uri("/collections/findings/items?" + queries[i].Text, UriKind.Relative)).GetAwaiter().GetResult()));
        }

        if (findings <= BaselineFindingsMax)
        {
            await BaselineAsync(store, segments, queries, matched, Say);
        }
    }

    private static async Task ReadPageAsync(ReadModel model, FeedQuery query)
    {
        var page = model.Current.Query(FeedCollections.Findings, query);
        await model.WarmAsync(page.Rows, CancellationToken.None);
        foreach (var row in page.Rows)
        {
            await model.ReadAsync(row, CancellationToken.None);
        }
    }

    // What one would write first: parse everything once, then filter the documents with LINQ.
    private static async Task BaselineAsync(
        DirectoryStore store, List<SegmentName> segments, Ask[] queries, int[] matched, Action<string> say)
    {
        var before = GC.GetTotalMemory(true);
        var documents = new List<JsonElement>();
        foreach (var segment in segments)
        {
            var content = await SegmentReader.ReadAsync(store, segment);
            documents.AddRange(Encoding.UTF8.GetString(content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line)));
        }

        var held = GC.GetTotalMemory(true) - before;
        say("LINQ      " + Time(BaselineQueries, i =>
        {
            var found = documents.Where(queries[i].Wants).ToList();
            if (found.Count != matched[i])
            {
                throw new InvalidOperationException($"query {i}: {found.Count} by LINQ, {matched[i]} by the index");
            }
        }) + string.Create(CultureInfo.InvariantCulture, $"; {held / 1e6:N0} MB held"));
    }

    private static string Time(int count, Action<int> run)
    {
        for (var i = 0; i < Math.Min(count, 20); i++)
        {
            run(i);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var took = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            run(i);
            took[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(took);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {took[count / 2],8:N3} ms | p99 {took[count * 99 / 100],8:N3} ms | {allocated / count:N0} B allocated a query");
    }

    private static async Task<(List<SegmentName> Segments, long Bytes)> WriteAsync(DirectoryStore store, int findings)
    {
        var random = new Random(Seed);
        var segments = new List<SegmentName>();
        var (lines, total) = (new StringBuilder(), 0L);
        for (var i = 0; i < findings; i++)
        {
            // Findings come roughly in order of time, from all over the world.
            AppendLine(lines, random, i, FirstAtMs + (long)(SpanMs * (i / (double)findings)));
            if ((i + 1) % LinesPerSegment == 0)
            {
                var bytes = Encoding.UTF8.GetBytes(lines.ToString());
                var name = string.Create(CultureInfo.InvariantCulture, $"groups/watch/000/{i:D10}-benchmark.findings.ndjson");
                await store.PutAsync(name, bytes, PutCondition.IfAbsent, CancellationToken.None);
                segments.Add(new SegmentName("findings", name, bytes.Length, LinesPerSegment));
                total += bytes.Length;
                lines.Clear();
            }
        }

        return (segments, total);
    }

    private static void AppendLine(StringBuilder lines, Random random, int i, long atMs)
    {
        var (lon, lat) = ((random.NextDouble() * 360) - 180, (random.NextDouble() * 160) - 80);
        var (kind, mmsi) = (random.Next(4) switch { 0 => "gap", 1 => "zone-entry", 2 => "port-visit", _ => "encounter" }, 200_000_000 + random.Next(20_000));
        var (start, end) = (atMs + random.Next(3_600_000), atMs + 3_600_000 + random.Next(40_000_000));
        var geometry = kind == "gap"
            ? string.Create(CultureInfo.InvariantCulture, $$"""{"type":"LineString","coordinates":[[{{lon:F5}},{{lat:F5}}],[{{Math.Min(180, lon + 0.5):F5}},{{lat + 0.2:F5}}]]}""")
            : string.Create(CultureInfo.InvariantCulture, $$"""{"type":"Point","coordinates":[{{lon:F5}},{{lat:F5}}]}""");
        lines.Append(CultureInfo.InvariantCulture, $$$"""
            {"type":"Feature","id":"{{{i:x16}}}{{{mmsi:x16}}}","geometry":{{{geometry}}},"properties":{"id":"{{{i:x16}}}{{{mmsi:x16}}}","revision":1,"state":"closed","settled":true,"kind":"{{{kind}}}","severity":"{{{(i % 9 == 0 ? "high" : "low")}}}","subject":"mmsi:{{{mmsi}}}","object":null,"mmsi":{{{mmsi}}},"name":"VESSEL {{{mmsi}}}","start_at":"{{{Instants.ToText(start)}}}","end_at":"{{{Instants.ToText(end)}}}","reason":"Silent for some hours in a place where others were heard.","rule":"{{{kind}}}","rule_version":1,"profile":"default","simulated":true,"measure":{"hours":12.5,"expected_reports":240},"thresholds":{"hours":6,"share":0.5},"clears_if":"one report in between","evidence":[{"hash":"0123456789abcdef0123456789abcdef","from":1024,"to":2048}],"reference":{"ports":1},"position":{"entry":{{{i}}},"record":12},"note":null}}
            """).Append('\n');
    }

    private static Ask MakeQuery(Random random)
    {
        var (west, south) = ((random.NextDouble() * 340) - 180, (random.NextDouble() * 140) - 80);
        var (east, north) = (west + 1 + (random.NextDouble() * 19), south + 1 + (random.NextDouble() * 19));
        var from = FirstAtMs + (long)(random.NextDouble() * SpanMs);
        var to = from + (long)(random.NextDouble() * 7 * 86_400_000);
        (from, to) = (from / 1000 * 1000, to / 1000 * 1000);
        return new Ask(west, south, east, north, from, to);
    }

    private sealed record Ask(double West, double South, double East, double North, long FromMs, long ToMs)
    {
        public FeedQuery Query { get; } = new()
        {
            Area = FeedArea.Of(West, South, East, North), FromMs = FromMs, ToMs = ToMs,
        };

        public string Text => string.Create(
            CultureInfo.InvariantCulture,
            $"bbox={West},{South},{East},{North}&datetime={Instants.ToText(FromMs)}/{Instants.ToText(ToMs)}");

        public bool Wants(JsonElement feature)
        {
            var properties = feature.GetProperty("properties");
            return properties.GetProperty("start_at").GetDateTimeOffset().ToUnixTimeMilliseconds() <= ToMs
                && properties.GetProperty("end_at").GetDateTimeOffset().ToUnixTimeMilliseconds() >= FromMs
                && Meets(feature.GetProperty("geometry"));
        }

        private bool Meets(JsonElement geometry)
        {
            var coordinates = geometry.GetProperty("coordinates");
            if (geometry.GetProperty("type").GetString() == "Point")
            {
                return Clipped(coordinates, coordinates);
            }

            return Clipped(coordinates[0], coordinates[1]);
        }

        // Liang and Barsky: the part of the segment that lies in the box, or none.
        private bool Clipped(JsonElement a, JsonElement b)
        {
            var (x, y) = (a[0].GetDouble(), a[1].GetDouble());
            var (dx, dy) = (b[0].GetDouble() - x, b[1].GetDouble() - y);
            var (from, to) = (0.0, 1.0);
            return Cut(-dx, x - West, ref from, ref to) && Cut(dx, East - x, ref from, ref to)
                && Cut(-dy, y - South, ref from, ref to) && Cut(dy, North - y, ref from, ref to);
        }

        private static bool Cut(double step, double room, ref double from, ref double to)
        {
            if (step == 0)
            {
                return room >= 0;
            }

            var at = room / step;
            (from, to) = step < 0 ? (Math.Max(from, at), to) : (from, Math.Min(to, at));
            return from <= to;
        }
    }
}
