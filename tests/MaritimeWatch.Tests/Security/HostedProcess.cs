using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MaritimeWatch.Tests.Security;

/// <summary>The program as a Functions host starts it: a process of its own, over a folder of its own, told its port by the environment.</summary>
internal sealed class HostedProcess : IDisposable
{
    private const int SecondsMax = 60;

    private static readonly string[] Left = ["landing/", "hub/", "rejects/", "forecasts/", "letters/", "dead"];

    private readonly Process process;
    private readonly string folder;
    private readonly StringBuilder log = new();

    private HostedProcess(Process process, string folder, int port) => (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>Starts it and returns once it listens.</summary>
    public static async Task<HostedProcess> StartAsync(string doors, params (string Name, string Value)[] environment)
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("mw-hosted-").FullName, FreePort());
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "maritimewatch"), ["serve", "--store", folder, "--doors", doors])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["MW_API_KEY"] = Credentials.ApiKey;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var hosted = new HostedProcess(Process.Start(start)!, folder, port);
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (hosted.log)
            {
                hosted.log.AppendLine(line.Data);
            }

            if (line.Data is null)
            {
                listens.TrySetException(new InvalidOperationException("it has ended: " + hosted.Log));
            }
            else if (line.Data.Contains("Listening on", StringComparison.Ordinal))
            {
                listens.TrySetResult();
            }
        }

        hosted.process.ErrorDataReceived += Hear;
        hosted.process.BeginErrorReadLine();
        hosted.process.BeginOutputReadLine();
        try
        {
            await listens.Task.WaitAsync(TimeSpan.FromSeconds(SecondsMax));
            return hosted;
        }
        catch
        {
            hosted.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes as they are and reads until the server has nothing more to say and closes, or has said the given number of answers.</summary>
    public async Task<string> RawAsync(string bytes, int answers = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(SecondsMax));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), limit.Token);
        var (heard, buffer) = (new StringBuilder(), new byte[8192]);
        try
        {
            int read;
            while (CountOf(heard.ToString()) < answers && (read = await stream.ReadAsync(buffer, limit.Token)) > 0)
            {
                heard.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // It has closed the connection at once: what was heard counts.
        }

        return heard.ToString();
    }

    /// <summary>What functions that were called would have left: landed bytes, receipts of batches, refusals, forecasts, letters.</summary>
    public IReadOnlyList<string> Files() =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
            .Where(file => Left.Any(start => file.StartsWith(start, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit(10_000);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int CountOf(string heard) => heard.Split("HTTP/1.1 ").Length - 1;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
