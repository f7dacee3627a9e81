using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace MaritimeWatch.StandIn;

/// <summary>
/// Azurite on free ports of loopback, in memory; started by a test and ended with it. It also ends when the process
/// that started it dies, however that happens: its standard input closes then.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    /// <summary>The account that every Azurite has.</summary>
    public const string Account = "devstoreaccount1";

    /// <summary>The key of that account: printed in Azurite's documentation, and no secret.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const int StartSecondsMax = 60;
    private const int LinesMax = 50;

    private readonly Process process;

    private Azurite(Process process, int blobPort, int queuePort)
    {
        (this.process, BlobPort, QueuePort) = (process, blobPort, queuePort);
        ConnectionString = ConnectionStringOf(blobPort, queuePort);
    }

    /// <summary>For blobs and queues alike.</summary>
    public string ConnectionString { get; }

    /// <summary>Where the blobs answer, on 127.0.0.1.</summary>
    public int BlobPort { get; }

    /// <summary>Where the queues answer, on 127.0.0.1.</summary>
    public int QueuePort { get; }

    /// <summary>Its CPU time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Null where Azurite can run here, else what to do about it (tests skip with it).</summary>
    public static string? Missing() => Script() is null ? "azurite is not installed: run npm ci in tests/"
        : Node() is null ? "node is not installed: Azurite needs Node 20" : null;

    /// <summary>The connection string of an Azurite, or of a proxy in front of one.</summary>
    /// <param name="blobPort">Where the blobs answer, on 127.0.0.1.</param>
    /// <param name="queuePort">Where the queues answer.</param>
    public static string ConnectionStringOf(int blobPort, int queuePort) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};");

    /// <summary>Starts it and returns once it answers.</summary>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InvalidOperationException">It is not installed, or it does not start.</exception>
    public static async Task<Azurite> StartAsync(CancellationToken cancel = default)
    {
        if (Missing() is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        var process = Start(Node()!, Script()!);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(StartSecondsMax));
            var (blobPort, queuePort) = await ReadPortsAsync(process, limit.Token);
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Azurite(process, blobPort, queuePort);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static Process Start(string node, string script)
    {
        // Port 0 lets the system choose, so that no two ever clash.
        string[] arguments =
        [
            "--silent", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
        ];
        const string Wrapper = """
            process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
            // Every ten minutes it would look for bytes that nobody needs, and with many blobs answer nobody for minutes.
            for (const part of ['blob', 'queue']) {
              const constants = require(require('path').join(process.argv[1], '..', part, 'utils', 'constants'));
              if (!constants.DEFAULT_GC_INTERVAL_MS) throw new Error('Azurite has no DEFAULT_GC_INTERVAL_MS any more');
              constants.DEFAULT_GC_INTERVAL_MS = 2 ** 31 - 1;
            }
            require(process.argv[1]);
            """;
        var start = new ProcessStartInfo(node, ["--max-old-space-size=4096", "-e", Wrapper, "--", script, .. arguments])
        {
            RedirectStandardInput = true, // Never written to: it closes when we end.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start) ?? throw new InvalidOperationException("node does not start");
    }

    private static async Task<(int Blob, int Queue)> ReadPortsAsync(Process process, CancellationToken cancel)
    {
        int? blob = null, queue = null;
        for (var lines = 0; lines < LinesMax && await process.StandardOutput.ReadLineAsync(cancel) is { } line; lines++)
        {
            blob ??= PortIn(line, "Azurite Blob service is successfully listening");
            queue ??= PortIn(line, "Azurite Queue service is successfully listening");
            if (blob is { } blobPort && queue is { } queuePort)
            {
                // It says so before the kernel has the socket ready only if it lies; one connection makes sure.
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", queuePort, cancel);
                return (blobPort, queuePort);
            }
        }

        var error = await process.StandardError.ReadToEndAsync(cancel);
        throw new InvalidOperationException($"Azurite does not start: {error}");
    }

    private static int? PortIn(string line, string beginning) =>
        line.StartsWith(beginning, StringComparison.Ordinal)
        && int.TryParse(line.AsSpan(line.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port : null;

    private static string? Script() => Above(AppContext.BaseDirectory)
        .Select(static folder => Path.Combine(folder, "tests", "node_modules", "azurite", "dist", "src", "azurite.js"))
        .FirstOrDefault(File.Exists);

    private static string? Node() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
