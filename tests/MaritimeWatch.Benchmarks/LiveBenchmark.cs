using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// The live way in prompt mode: sentences over TCP, landed, decoded, folded and committed to a folder, everything
/// flushed to disk. First as fast as it goes, then at 5,000 reports/s with the time from receipt to commit.
/// </summary>
public static class LiveBenchmark
{
    private const int Vessels = 5_000;
    private const int ReportsAtOnce = 500_000;
    private const int ReportsPerSecond = 5_000;
    private const int PacedSeconds = 30;

    /// <summary>Runs it and writes a table.</summary>
    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        var lines = Sentences(ReportsAtOnce);
        var naive = await NaiveAsync(lines);
        await output.WriteLineAsync("live, prompt mode                          reports/s      MB/s");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"naive: TCP, ReadLine, split, nothing kept  {ReportsAtOnce / naive,9:F0} {Megabytes(lines) / naive,9:F1}"));
        var full = await FloodAsync(lines);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"TCP to committed checkpoint                {ReportsAtOnce / full,9:F0} {Megabytes(lines) / full,9:F1}   ratio {naive / full:F2}"));
        var lags = await PacedAsync();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"at {ReportsPerSecond} reports/s, oldest line of a blob to its commit: p50 {At(lags, 0.5)} ms, p99 {At(lags, 0.99)} ms, max {lags[^1]} ms ({lags.Length} commits of blobs)"));
    }

    private static double Megabytes(byte[] lines) => lines.Length / 1e6;

    private static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];

    private static async Task<double> FloodAsync(byte[] lines)
    {
        await using var run = await LiveRun.StartAsync(_ => { });
        var watch = Stopwatch.StartNew();
        using var sender = await run.ConnectAsync();
        await sender.GetStream().WriteAsync(lines);
        sender.Close();
        await run.CommittedAsync(ReportsAtOnce);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double[]> PacedAsync()
    {
        var lags = new List<double>();
        await using (var run = await LiveRun.StartAsync(lag =>
        {
            lock (lags)
            {
                lags.Add(lag.TotalMilliseconds);
            }
        }))
        {
            using var sender = await run.ConnectAsync();
            var lines = Sentences(ReportsPerSecond * PacedSeconds);
            var perTick = lines.Length / (PacedSeconds * 100);
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            var watch = Stopwatch.StartNew();
            for (var sent = 0; sent < lines.Length;)
            {
                await tick.WaitForNextTickAsync();
                var due = (int)Math.Min(lines.Length, watch.Elapsed.TotalMilliseconds / 10 * perTick);
                await sender.GetStream().WriteAsync(lines.AsMemory(sent, due - sent));
                sent = due;
            }

            await run.CommittedAsync(ReportsPerSecond * PacedSeconds);
        }

        var sorted = lags.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static async Task<double> NaiveAsync(byte[] lines)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new TcpClient();
        await sender.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var receiver = await listener.AcceptTcpClientAsync();
        var watch = Stopwatch.StartNew();
        var sending = Task.Run(async () =>
        {
            await sender.GetStream().WriteAsync(lines);
            sender.Close();
        });
        using var reader = new StreamReader(receiver.GetStream());
        long characters = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            characters += line.Split(',')[5].Length;
        }

        await sending;
        return characters > 0 ? watch.Elapsed.TotalSeconds : 0;
    }

    /// <summary>So many position sentences of ships on slow, straight courses; times are those of receipt.</summary>
    private static byte[] Sentences(int count)
    {
        var lines = new MemoryStream(count * 50);
        Span<byte> bits = stackalloc byte[AisEncoder.PayloadBytesMax];
        Span<byte> line = stackalloc byte[AisSentenceWriter.BytesMax];
        for (var i = 0; i < count; i++)
        {
            var vessel = i % Vessels;
            var report = new PositionReport
            {
                EventAtMs = 0,
                Vessel = VesselId.FromMmsi(219_000_000 + vessel),
                Position = Position.FromDegrees(54 + (vessel % 100 * 0.02), 8 + (vessel / 100 * 0.05) + (i / Vessels * 1e-5)),
                MessageType = 1,
                SpeedDeciKnots = 100,
                CourseDeciDegrees = 900,
                HeadingDegrees = 90,
            };
            var bitCount = AisEncoder.Position(report, 0, bits);
            lines.Write(line[..AisSentenceWriter.Write(bits, bitCount, new AisFrame('A', 0, -1), default, line)]);
        }

        return lines.ToArray();
    }

    private sealed class LiveRun : IAsyncDisposable
    {
        private readonly ServeHost host;
        private readonly DirectoryInfo folder;

        private LiveRun(ServeHost host, DirectoryInfo folder) => (this.host, this.folder) = (host, folder);

        public static async Task<LiveRun> StartAsync(Action<TimeSpan> timed)
        {
            var folder = Directory.CreateTempSubdirectory("mw-live-");
            var options = new ServeOptions
            {
                Store = folder.FullName,
                Urls = ["http://127.0.0.1:0"],
                TcpListen = [DoorAddress.Parse("0,name=bench", "tcp", listens: true)],
            };
            var host = await ServeHost.StartAsync(options, new ServeParts { Timed = timed, LogLevel = LogLevel.Error });
            return new LiveRun(host, folder);
        }

        public async Task<TcpClient> ConnectAsync()
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, ((TcpServerDoor)host.Sockets[0]).Port);
            return client;
        }

        public async Task CommittedAsync(long reports)
        {
            while (host.Pipeline!.Reports < reports || !host.Pipeline.IsQuiet)
            {
                await Task.Delay(5);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
