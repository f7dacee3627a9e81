using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.DarkShip;

/// <summary>A small sea: scenes, ships in them and vessels near them, put together by hand.</summary>
internal static class SceneWorld
{
    public const long AtMs = 1_740_800_000_000;

    public static Position Middle { get; } = Position.FromDegrees(58.4, 10.7);

    public static SceneDetection Ship(int n, double eastMetres, double northMetres, int lengthM = 120, int confidence = 950)
    {
        var where = Off(eastMetres, northMetres);
        return new SceneDetection(n, where.LatitudeE7, where.LongitudeE7, lengthM, 20, 45, confidence);
    }

    public static SceneCandidate Vessel(
        uint mmsi, double eastMetres, double northMetres, int? lengthM = 120, int sigmaM = 60, int? beforeS = 100, int? afterS = 100)
    {
        var where = Off(eastMetres, northMetres);
        return new SceneCandidate(
            $"mmsi:{mmsi}", mmsi, $"SHIP {mmsi}", where.LatitudeE7, where.LongitudeE7, sigmaM, lengthM, beforeS, afterS, IsSimulated: false);
    }

    public static SceneEntry Scene(SceneDetection[] ships, SceneCandidate[] vessels, char hash = 'a', long atMs = AtMs, int check = 0)
    {
        var half = 20_000;
        var corners = new[] { Off(-half, half), Off(-half, -half), Off(half, -half), Off(half, half) };
        return new SceneEntry
        {
            Scene = new string(hash, 12),
            Check = check,
            Landing = $"landing/scenes.test/2025-03-01/{new string(hash, 64)}",
            Hash = new string(hash, 64),
            Source = "test",
            Sensor = SceneSensor.Sar,
            AtMs = atMs,
            KnownAtMs = atMs + 3_600_000 + check,
            PixelCentimetres = 1000,
            Footprint = [.. corners.SelectMany(corner => (int[])[corner.LatitudeE7, corner.LongitudeE7])],
            Detector = "cfar-sar",
            DetectorVersion = 1,
            Detections = ships,
            Candidates = vessels,
        };
    }

    public static Position Off(double eastMetres, double northMetres)
    {
        var north = GreatCircle.Destination(Middle, 0, northMetres);
        return GreatCircle.Destination(north, 90, eastMetres);
    }
}

/// <summary>Folds scenes and keeps the lines.</summary>
internal sealed class SceneRun(IReferenceSource? reference = null) : IFoldOutput, IDisposable
{
    private long number;

    public SceneFold Fold { get; } = new(reference);

    public List<(string Collection, string Line)> Lines { get; } = [];

    public void Dispose() => Fold.Dispose();

    public void WriteLine(string collection, ReadOnlySpan<byte> line) =>
        Lines.Add((collection, System.Text.Encoding.UTF8.GetString(line)));

    /// <summary>Says that a version of the ports is in force.</summary>
    public void TakePorts() => Assert.That(Fold.FoldAsync(
        new InboxEntry(++number, EntryKind.Reference, "{\"kind\":\"ports\",\"version\":1}"u8.ToArray()), 0, 1000, this, default).AsTask().GetAwaiter().GetResult().IsDone);

    public void Take(SceneEntry entry)
    {
        var step = Fold.FoldAsync(new InboxEntry(++number, EntryKind.Batch, entry.ToBytes()), 0, 1000, this, default).AsTask().GetAwaiter().GetResult();
        Assert.That(step.IsDone);
    }

    /// <summary>The properties of the lines of a collection.</summary>
    public List<JsonElement> Of(string collection) =>
        [.. Lines.Where(line => line.Collection == collection).Select(line => JsonDocument.Parse(line.Line).RootElement.GetProperty("properties"))];

    /// <summary>The last status of a detection.</summary>
    public string? StatusOf(int n) => Of("detections").Last(line => line.GetProperty("subject").GetString()!.EndsWith($":{n}", StringComparison.Ordinal))
        .GetProperty("status").GetString();
}
