using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>A simulated scene: its time and what is in it.</summary>
internal sealed record SimScene(string Id, long AtMs, long ReceivedAtMs, IReadOnlyList<Echo> Echoes, SimRandom Random);

/// <summary>
/// The two radar scenes of the week and their truth. Every ship in the frame is in them, with or without AIS: where the
/// radar shows it, which for a moving one is not quite where it is (see <see cref="RadarGeometry"/>); the truth has the true
/// place. Beside the ships a few boats that need no AIS, and a fixed structure that is in both.
/// </summary>
internal static class SceneBook
{
    private const double BoatClearM = 1500;

    /// <summary>As Sentinel-1 on its way south looks at the middle of its swath.</summary>
    public static RadarGeometry Radar { get; } = new(113_000, 280_000, 38_000, 190_000);

    /// <summary>A measuring mast that stands in the water.</summary>
    public static GeoPoint Mast { get; } = new(58.362, 10.770);

    /// <summary>Makes both scenes.</summary>
    /// <param name="week">The run.</param>
    /// <param name="cast">The story's ships.</param>
    /// <param name="log">Who was where.</param>
    /// <param name="truth">Takes what is dark in them.</param>
    public static List<SimScene> Of(PlayedWeek week, Cast cast, WeekLog log, List<TruthEntry> truth)
    {
        var random = new SimRandom(week.Options.Seed, 0x570D_0001);
        var quiet = Scene(week, log, cast.Times.QuietSceneAtMs, cast.Times.QuietSceneAtMs + random.Minutes(55, 85), random, truth);
        var story = Scene(week, log, cast.Times.SceneAtMs, cast.Times.SceneReceivedAtMs, random, truth);
        return [quiet, story];
    }

    /// <summary>The middle of a hull: the aerial stands aft.</summary>
    public static GeoPoint MiddleOf(Identity identity, in Motion now)
    {
        var forward = ((identity.About.ToBowM ?? 0) - (identity.About.ToSternM ?? 0)) / 2.0;
        return now.At.Moved(forward * SimMaths.SinDegrees(now.HeadingDegrees), forward * SimMaths.CosDegrees(now.HeadingDegrees));
    }

    /// <summary>Where the radar shows what moves: shifted along its flight by the speed towards it times range over its own speed.</summary>
    public static GeoPoint ShownAt(GeoPoint at, in Motion now)
    {
        const double MetresPerSecondOfKnot = 1852 / 3600.0;
        var away = now.SpeedKnots * MetresPerSecondOfKnot * SimMaths.CosDegrees(now.CourseDegrees - (Radar.LookMillidegrees / 1000.0))
            * SimMaths.SinDegrees(Radar.IncidenceMillidegrees / 1000.0);
        var ahead = -away * Radar.SlantRangeOverSpeedMs / 1000;
        var flight = Radar.FlightMillidegrees / 1000.0;
        return at.Moved(ahead * SimMaths.SinDegrees(flight), ahead * SimMaths.CosDegrees(flight));
    }

    /// <summary>Writes the GeoTIFF and its STAC item.</summary>
    public static void Write(string folder, SimScene scene)
    {
        var frame = SceneFrame.Skagerrak;
        var painter = new SarPainter(frame, scene.Echoes, scene.Random);
        using (var file = new FileStream(Path.Combine(folder, scene.Id + ".tif"), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20))
        {
            GeoTiffWriter.Write(
                file, SceneFrame.Columns, SceneFrame.Rows, painter.Row, frame.West, frame.North, frame.PixelLon, frame.PixelLat, "SIMULATED radar scene");
        }

        ScenarioJson.WriteFile(Path.Combine(folder, scene.Id + ".json"), json => WriteItem(json, scene, frame));
    }

    private static SimScene Scene(PlayedWeek week, WeekLog log, long atMs, long receivedAtMs, SimRandom random, List<TruthEntry> truth)
    {
        var frame = SceneFrame.Skagerrak;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        var id = "SIM-SAR-" + at.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var echoes = new List<Echo>();
        foreach (var (vessel, now, isSilent) in log.At(atMs))
        {
            var about = vessel.Identity.About;
            var length = (about.ToBowM ?? 0) + (about.ToSternM ?? 0);
            var middle = MiddleOf(vessel.Identity, now);
            if (!frame.Holds(middle))
            {
                continue;
            }

            echoes.Add(new Echo(ShownAt(middle, now), length, (about.ToPortM ?? 0) + (about.ToStarboardM ?? 0), now.HeadingDegrees));
            var heard = week.World.Sky.Covers(now.At, atMs, vessel.Identity.IsClassB);
            if (isSilent || !heard)
            {
                var note = vessel.Identity.IsClassB ? "class B has no duty to transmit"
                    : isSilent ? "transmitter off" : "on the air where nobody could hear it";
                truth.Add(Dark(id, atMs, middle, length, vessel.Identity.IsClassB || !isSilent, $"{note}; mmsi:{vessel.Identity.Mmsi:D9}"));
            }
        }

        for (var boat = 0; boat < 3; boat++)
        {
            var place = Clear(frame, echoes, random);
            var length = random.Between(8, 14);
            echoes.Add(new Echo(place, length, length / 3, random.Between(0, 360)));
            truth.Add(Dark(id, atMs, place, length, true, "a small boat has no duty to transmit"));
        }

        echoes.Add(new Echo(Mast, 26, 22, 0));
        truth.Add(Dark(id, atMs, Mast, 26, true, "a fixed structure"));
        return new SimScene(id, atMs, receivedAtMs, echoes, new SimRandom(week.Options.Seed, 0x570E_0000UL + (ulong)(atMs / 1000)));
    }

    private static GeoPoint Clear(SceneFrame frame, List<Echo> echoes, SimRandom random)
    {
        const int AttemptsMax = 200;
        GeoPoint place = default;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            place = new GeoPoint(random.Between(frame.South, frame.North), random.Between(frame.West, frame.WaterEast));
            var here = place;
            if (frame.Holds(place, 60) && SimMaths.Metres(place, Mast) > BoatClearM
                && echoes.TrueForAll(echo => SimMaths.Metres(echo.At, here) > BoatClearM))
            {
                break;
            }
        }

        return place;
    }

    private static TruthEntry Dark(string scene, long atMs, GeoPoint at, double lengthM, bool lawful, string note) =>
        new("dark-ship", "detection:" + scene, atMs, atMs, Math.Round(lengthM), "metres", lawful, scene, note)
        {
            Latitude = Math.Round(at.Lat, 6),
            Longitude = Math.Round(at.Lon, 6),
        };

    private static void WriteItem(Utf8JsonWriter json, SimScene scene, SceneFrame frame)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("stac_version", "1.0.0");
        json.WriteString("id", scene.Id);
        json.WriteStartArray("bbox");
        foreach (var edge in new[] { frame.West, frame.South, frame.East, frame.North })
        {
            json.WriteNumberValue(Math.Round(edge, 7));
        }

        json.WriteEndArray();
        json.WriteStartObject("geometry");
        json.WriteString("type", "Polygon");
        json.WriteStartArray("coordinates");
        json.WriteStartArray();
        foreach (var (lon, lat) in new[]
        {
            (frame.West, frame.South), (frame.East, frame.South), (frame.East, frame.North), (frame.West, frame.North), (frame.West, frame.South),
        })
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(lon, 7));
            json.WriteNumberValue(Math.Round(lat, 7));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("datetime", Instants.ToText(scene.AtMs));
        json.WriteString("received_at", Instants.ToText(scene.ReceivedAtMs / 1000 * 1000));
        json.WriteString("sensor", "sar");
        json.WriteString("platform", "SIMULATED");
        json.WriteNumber("gsd", SceneFrame.PixelM);
        json.WriteNumber("slant_range_over_speed_s", Radar.SlantRangeOverSpeedMs / 1000m);
        json.WriteNumber("look_bearing_degrees", Radar.LookMillidegrees / 1000m);
        json.WriteNumber("incidence_degrees", Radar.IncidenceMillidegrees / 1000m);
        json.WriteNumber("flight_bearing_degrees", Radar.FlightMillidegrees / 1000m);
        json.WriteBoolean("simulated", true);
        json.WriteEndObject();
        json.WriteStartArray("links");
        json.WriteEndArray();
        json.WriteStartObject("assets");
        json.WriteStartObject("data");
        json.WriteString("href", scene.Id + ".tif");
        json.WriteString("type", "image/tiff; application=geotiff");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
