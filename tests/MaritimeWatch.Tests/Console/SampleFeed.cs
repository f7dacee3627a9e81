using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Pages;
using MaritimeWatch.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Tests.Pages;

/// <summary>The real feeds and the real page on a free loopback port, over a few dozen made-up findings.</summary>
internal sealed class SampleFeed : IAsyncDisposable
{
    public const int Vessels = 24;
    private const int TrackPoints = 240;
    private const long MinuteMs = 60_000;

    private static readonly DateTimeOffset Start = new(2026, 11, 14, 0, 0, 0, TimeSpan.Zero);
    private readonly WebApplication _app;
    private readonly MemoryStore _store;
    private readonly ReadModel _model;

    private SampleFeed(WebApplication app, MemoryStore store, ReadModel model, Uri address) =>
        (_app, _store, _model, Address) = (app, store, model, address);

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri Address { get; }

    /// <summary>Starts it.</summary>
    /// <param name="withData">False for a store in which nothing was found.</param>
    /// <param name="isDown">True for a live source that has been silent for an hour.</param>
    public static async Task<SampleFeed> StartAsync(bool withData = true, bool isDown = false)
    {
        var now = Start + TimeSpan.FromDays(3);
        var time = new FixedTime(now);
        var store = new MemoryStore();
        var model = new ReadModel(store, time);
        var options = new FeedAppOptions
        {
            Simulated = withData,
            Groups = 1,
            LiveSources = isDown ? () => [new LiveSource("SIM-ROOF", now - TimeSpan.FromHours(1))] : null,
        };
        var app = FeedApp.Build(model, options, time, new Uri("http://127.0.0.1:0"));
        ConsolePages.Map(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var feed = new SampleFeed(app, store, model, new Uri(address + "/"));
        if (withData)
        {
            await feed.FillAsync();
        }

        return feed;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>One more finding arrives.</summary>
    public async Task AddFindingAsync(string id)
    {
        await LoadAsync("findings", [Finding(id, "gap", "high", 3, 1, "open", 40, 60)]);
        _model.Publish();
    }

    private async Task FillAsync()
    {
        List<object> findings = [];
        for (var vessel = 0; vessel < Vessels; vessel++)
        {
            var even = vessel % 2 == 0;
            findings.Add(Finding($"gap{vessel:d3}", "gap", even ? "high" : "medium", vessel, 1, "open", 99, 100));
            if (even)
            {
                findings.Add(Finding($"gap{vessel:d3}", "gap", "high", vessel, 2, vessel == 4 ? "retracted" : "closed", 99, 100));
            }

            if (vessel % 3 == 0)
            {
                findings.Add(Finding($"zone{vessel:d3}", "zone-entry", "low", vessel, 1, "closed", 150, 180));
            }

            if (vessel % 4 == 0)
            {
                findings.Add(Finding($"port{vessel:d3}", "port-visit", "info", vessel, 1, "closed", 200, 230));
            }
        }

        await LoadAsync("findings", findings);
        await LoadAsync("vessels", Enumerable.Range(0, Vessels).Select(Vessel));
        await LoadAsync("tracks", Enumerable.Range(0, Vessels).Select(Track));
        await LoadAsync("coverage", Enumerable.Range(0, 24).Select(Coverage));
        _model.Replace("zones", Lines([Zone()]));
        _model.Publish();
    }

    private async Task LoadAsync(string collection, IEnumerable<object> features)
    {
        var bytes = Lines(features);
        var name = $"groups/watch/0/{collection}-{_model.Current.Generation}";
        await _store.PutAsync(name, bytes, PutCondition.IfAbsent, CancellationToken.None);
        await _model.LoadAsync(new SegmentName(collection, name, bytes.Length, bytes.AsSpan().Count((byte)'\n')), CancellationToken.None);
    }

    private static byte[] Lines(IEnumerable<object> features) =>
        Encoding.UTF8.GetBytes(string.Concat(features.Select(f => JsonSerializer.Serialize(f) + "\n")));

    private static int Mmsi(int vessel) => 224_000_100 + vessel;

    // The last silence of each track lies between points 99 and 100 and lasts 13 hours.
    private static long AtMs(int vessel, int point) =>
        Start.ToUnixTimeMilliseconds() + (((vessel * 20) + (point * 3) + (point > 99 ? 777 : 0)) * MinuteMs);

    private static string Text(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static double[] Place(int vessel, int point) =>
        [Math.Round(-6.6 + (point * 0.008) + (vessel * 0.02), 7), Math.Round(35.9 + (vessel * 0.005) + (0.04 * Math.Sin(point / 30.0)), 7)];

    private static object Finding(string id, string kind, string severity, int vessel, int revision, string state, int first, int last) => new
    {
        type = "Feature",
        id,
        geometry = new { type = "LineString", coordinates = new[] { Place(vessel, first), Place(vessel, last) } },
        properties = new
        {
            id, revision, state, settled = state != "open", kind, severity,
            subject = $"mmsi:{Mmsi(vessel)}", @object = (string?)null, mmsi = Mmsi(vessel), name = $"SIM VESSEL {vessel}",
            start_at = Text(AtMs(vessel, first)), end_at = state == "open" ? null : Text(AtMs(vessel, last)),
            reason = $"No report for 13 h while {vessel + 3} other vessels were heard around it.",
            rule = kind, rule_version = 1, profile = "default", simulated = true,
            measure = new { silence_h = 13.0, intervals_heard_near_by = vessel + 3 },
            thresholds = new { silence_h = 6.0 },
            clears_if = new { silence_h = 5.9, text = "a report within 5.9 h" },
            evidence = new { reports = 2, ranges = new[] { new { landing = "landing/sim/2026-11-14/ab", hash = "ab", offset = 10, length = 90 } } },
            position = new { group = 0, entry = 4, record = vessel },
        },
    };

    private static object Vessel(int vessel) => new
    {
        type = "Feature",
        id = $"mmsi:{Mmsi(vessel)}",
        geometry = new { type = "Point", coordinates = Place(vessel, TrackPoints - 1) },
        properties = new
        {
            mmsi = Mmsi(vessel), subject = $"mmsi:{Mmsi(vessel)}", name = $"SIM VESSEL {vessel}", speed_knots = vessel % 4 == 0 ? 0.1 : 12.4,
            course_degrees = 84.0, last_at = Text(AtMs(vessel, TrackPoints - 1)), source = "SIM-ROOF", simulated = true,
        },
    };

    private static object Track(int vessel) => new
    {
        type = "Feature",
        id = $"mmsi:{Mmsi(vessel)}-0-0",
        geometry = new { type = "LineString", coordinates = Enumerable.Range(0, TrackPoints).Select(p => Place(vessel, p)) },
        properties = new
        {
            mmsi = Mmsi(vessel), subject = $"mmsi:{Mmsi(vessel)}", hull = 0,
            start_at = Text(AtMs(vessel, 0)), end_at = Text(AtMs(vessel, TrackPoints - 1)), points = TrackPoints,
            times = Enumerable.Range(0, TrackPoints).Select(p => AtMs(vessel, p)),
            speeds_knots = Enumerable.Range(0, TrackPoints).Select(p => Math.Round(11 + (3 * Math.Sin(p / 20.0)), 1)),
            simulated = true,
        },
    };

    private static object Coverage(int cell)
    {
        var (west, south) = (-6.75 + (0.25 * (cell % 8)), 35.5 + (0.25 * (cell / 8)));
        return new
        {
            type = "Feature",
            id = $"SIM-ROOF-{cell}",
            geometry = new { type = "Polygon", coordinates = new[] { Box(west, south, west + 0.25, south + 0.25) } },
            properties = new { source = "SIM-ROOF", cell, first_heard_at = Text(AtMs(0, 0)), last_heard_at = Text(AtMs(0, 200)), reports = 10 + (cell * 40), simulated = true },
        };
    }

    private static object Zone() => new
    {
        type = "Feature",
        id = "strait",
        geometry = new { type = "Polygon", coordinates = new[] { Box(-5.7, 35.85, -5.3, 36.02) } },
        properties = new { name = "Inshore zone", severity = "low" },
    };

    private static double[][] Box(double west, double south, double east, double north) =>
        [[west, south], [east, south], [east, north], [west, north], [west, south]];

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
