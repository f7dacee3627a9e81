using System.Diagnostics;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Models;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Benchmarks.Scenes;

/// <summary>
/// A SIMULATED radar scene of 25,000 by 17,000 pixels from file to ships, as the door reads it: the learned detector beside
/// CFAR. Asked: within 60 s on two cores and 1 GB. The machine may be shared, so the processor's time is told beside the
/// clock's. Then a part of the scene without the screen, which says what the screen loses.
/// </summary>
internal static class ScenesBenchmark
{
    private const ulong Seed = 1;
    private const int Ships = 600;
    private const double MatchM = 100;
    private const int PartEdge = 4096;

    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Raster.LibraryVersion() is null || ReferenceDefaults.Coast is not { } coast)
        {
            output.WriteLine("scenes: skipped, GDAL or the coastline is absent");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("scene-bench");
        try
        {
            var path = Path.Combine(folder.FullName, "wide.tif");
            var watch = Stopwatch.StartNew();
            var scene = new WideScene(Seed, Ships, coast);
            scene.Write(path);
            output.WriteLine(
                $"SIMULATED radar scene, seed {Seed}: {WideScene.Columns:N0} x {WideScene.Rows:N0} at {WideScene.PixelM} m, {scene.Ships.Count} ships of 15 to 350 m, "
                + $"{scene.LandShare:P0} land, {new FileInfo(path).Length >> 20} MB, written in {watch.Elapsed.TotalSeconds:F0} s; {Environment.ProcessorCount} cores");
            output.WriteLine($"{"detector",-10}{"wall s",8}{"CPU s",8}{"peak MB",9}{"km2/s",9}{"found",7}{"of",5}{"false",7}{"beside land",13}");
            Read(output, scene, path, DetectorChoice.Cfar);
            Read(output, scene, path, DetectorChoice.Model);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Read(TextWriter output, WideScene scene, string path, DetectorChoice choice)
    {
        using var detectors = new ShipDetectors(ShipNet.PathOf);
        ResetPeak();
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        SceneReading reading;
        try
        {
            reading = SceneReading.Read(
                path, new SceneDescription { Sensor = SceneSensor.Sar }, ReferenceDefaults.Coast, RasterLimits.Default, default, choice, detectors);
        }
        catch (ModelException trouble)
        {
            output.WriteLine($"{choice,-10}{trouble.Message}");
            return;
        }

        watch.Stop();
        process.Refresh();
        var cpu = (process.TotalProcessorTime - before).TotalSeconds;
        var (found, wrong, beside) = Judge(scene, reading.Detections);
        var area = (double)WideScene.Columns * WideScene.Rows * WideScene.PixelM * WideScene.PixelM / 1e6;
        output.WriteLine(
            $"{reading.Detector.Name,-10}{watch.Elapsed.TotalSeconds,8:F1}{cpu,8:F1}{process.PeakWorkingSet64 >> 20,9}{area / watch.Elapsed.TotalSeconds,9:N0}"
            + $"{found,7}{scene.Ships.Count,5}{wrong,7}{beside,13}");
        if (reading.Detector is ShipNet net)
        {
            Say(output, net, watch.Elapsed.TotalSeconds, cpu);
            Part(output, path);
        }
    }

    private static void Say(TextWriter output, ShipNet net, double wall, double cpu)
    {
        var counts = net.Counts;
        output.WriteLine(
            $"  {counts.Windows} windows of {net.Settings.Window} with margins of {net.Settings.Margin}: {counts.Windows / wall:F0} windows/s; "
            + $"the screen left {(counts.Windows - counts.WindowsLeftOut) / (double)counts.Windows:P1} of them, {counts.PixelsScored / (double)counts.Pixels:P1} of the pixels "
            + $"(margins counted), in {counts.Looks} looks");
        output.WriteLine(
            $"  ONNX Runtime: {net.RunTime.TotalSeconds:F1} thread seconds, {net.RunTime.TotalSeconds / (wall * Environment.ProcessorCount):P0} of the threads' time; "
            + $"{net.Settings.MacsPerPixel:N0} multiply-adds a pixel, {net.Settings.MacsPerPixel * (double)counts.PixelsScored / net.RunTime.TotalSeconds / 1e9:F1} thousand million a second and thread; "
            + $"the whole scene without a screen would take about {net.RunTime.TotalSeconds / counts.PixelsScored * counts.Pixels * Widened(net.Settings):F0} thread seconds; CPU {cpu:F1} s");
    }

    private static double Widened(ShipNetSettings settings)
    {
        var edge = (settings.Window + (2.0 * settings.Margin)) / settings.Window;
        return edge * edge;
    }

    // The same part of the scene with the screen and without: what the network finds alone, and how much of it is left.
    private static void Part(TextWriter output, string path)
    {
        using var raster = Raster.Open(path, new RasterOptions { IsZeroNoData = true });
        var part = new PartOfScene(raster, new SceneWindow(6_000, 6_000, PartEdge, PartEdge));
        using var all = ShipNet.Load(ShipNet.PathOf("ship-sar"), new WindowSwitches { ScreenSigmas = null });
        using var screened = ShipNet.Load(ShipNet.PathOf("ship-sar"));
        var sure = all.Detect(part, null, Environment.ProcessorCount, default).Where(ship => ship.ConfidenceMilli >= all.ConfidenceMilliMin).ToList();
        var left = screened.Detect(part, null, Environment.ProcessorCount, default);
        var kept = sure.Count(ship => left.Any(other => other.ConfidenceMilli >= all.ConfidenceMilliMin
            && Math.Abs(other.X - ship.X) < 3 && Math.Abs(other.Y - ship.Y) < 3));
        output.WriteLine(
            $"  screen on a part of {PartEdge} x {PartEdge}: the network alone finds {sure.Count}, behind the screen {kept} of them; "
            + $"{screened.Counts.PixelsScored / (double)all.Counts.PixelsScored:P1} of the pixels scored");
    }

    private static (int Found, int Wrong, int Beside) Judge(WideScene scene, IReadOnlyList<SceneDetection> detections)
    {
        var free = scene.Ships.Select(ship => (Where: WideScene.PlaceOf(ship.X, ship.Y), IsFree: true)).ToArray();
        var (found, wrong, beside) = (0, 0, 0);
        foreach (var detection in detections.OrderByDescending(one => one.Confidence))
        {
            var at = Nearest(free, detection.Where);
            if (at >= 0)
            {
                free[at].IsFree = false;
                found++;
            }
            else if (ReferenceDefaults.Coast!.KilometresOffshore(detection.Where) < 1)
            {
                beside++;
            }
            else
            {
                wrong++;
            }
        }

        return (found, wrong, beside);
    }

    private static int Nearest((Position Where, bool IsFree)[] ships, Position where)
    {
        var (best, least) = (-1, MatchM);
        for (var i = 0; i < ships.Length; i++)
        {
            if (ships[i].IsFree && Math.Abs(ships[i].Where.LatitudeE7 - where.LatitudeE7) < 20_000
                && Geodesy.GreatCircle.DistanceMetres(ships[i].Where, where) is var metres && metres < least)
            {
                (best, least) = (i, metres);
            }
        }

        return best;
    }

    // The kernel forgets the greatest size so far; where it will not, the peak includes the painting.
    private static void ResetPeak()
    {
        GC.Collect();
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"the peak of memory includes the painting: {e.Message}");
        }
    }

    private sealed class PartOfScene(ISceneImage scene, SceneWindow part) : ISceneImage
    {
        public int Width => part.Width;

        public int Height => part.Height;

        public void Read(SceneWindow window, Span<float> target) => scene.Read(window with { X = window.X + part.X, Y = window.Y + part.Y }, target);

        public Position? PositionAt(double x, double y) => scene.PositionAt(x + part.X, y + part.Y);

        public GroundSize PixelAt(double x, double y) => scene.PixelAt(x + part.X, y + part.Y);
    }
}
