using System.Globalization;
using System.Text;
using MaritimeWatch.Functions;
using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary>Files of made tracks, and the verbs run on them.</summary>
internal static class TrackText
{
    public const string Heading = "track_id,mmsi,t_utc,lat,lon,sog_kn,cog_deg\n";

    /// <summary>Ships that go straight with small turns, each with its own way; the same for the same seed.</summary>
    public static string Fleet(int tracks, int reports, int seed)
    {
        var (random, csv) = (new Random(seed), new StringBuilder(Heading));
        for (var track = 0; track < tracks; track++)
        {
            var (course, knots) = (random.Next(360), 8 + (6 * random.NextDouble()));
            var place = Position.FromDegrees(40 + (10 * random.NextDouble()), 10 * random.NextDouble());
            for (var report = 0; report < reports; report++)
            {
                csv.Append(Row(track.ToString(CultureInfo.InvariantCulture), 200_000_000 + (track / 2), report * 10, place, knots, course));
                course = (course + random.Next(-4, 5) + 360) % 360;
                var (sine, cosine) = Math.SinCos(course * Math.PI / 180);
                place = new OffsetNm(knots * sine / 6, knots * cosine / 6).From(place);
            }
        }

        return csv.ToString();
    }

    public static string Row(string track, int mmsi, double minute, Position place, double knots, double course) => string.Create(
        CultureInfo.InvariantCulture,
        $"{track},{mmsi},{new DateTime(2024, 1, 1).AddMinutes(minute):yyyy-MM-ddTHH:mm:ssZ},{place.LatitudeDegrees:F4},{place.LongitudeDegrees:F4},{knots:F1},{course:F1}\n");

    public static async Task<(int Code, string Said, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var wrong = new StringWriter();
        Console.SetOut(said);
        Console.SetError(wrong);
        try
        {
            return (await Program.Main(["evaluate", .. args]), said.ToString(), wrong.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
