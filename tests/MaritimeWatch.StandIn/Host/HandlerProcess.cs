using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MaritimeWatch.StandIn.Host;

/// <summary>One custom handler: a process of ours that answers on a free port of loopback.</summary>
public sealed partial class HandlerProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly HttpClient client;
    private readonly int id;
    private TimeSpan cpu;
    private int inFlight;
    private volatile bool isGone;

    private HandlerProcess(Process process, int port)
    {
        (this.process, id) = (process, process.Id);
        Port = port;
#pragma warning disable CA2000 // The client owns it.
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
#pragma warning restore CA2000
        client = new HttpClient(handler)
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its address, for HTTP as the host passes it on.</summary>
    public Uri Address => client.BaseAddress!;

    /// <summary>The system's number for it.</summary>
    public int Id => id;

    /// <summary>Invocations that it has not answered yet.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>It answered, and has not ended since.</summary>
    public bool IsReady { get; private set; }

    /// <summary>It has ended.</summary>
    public bool HasExited => isGone || process.HasExited;

    /// <summary>How it ended: its exit code, 128 + signal where a signal ended it.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Ends when the process does.</summary>
    public Task Exited => process.WaitForExitAsync();

    /// <summary>True while it is stopped (SIGSTOP).</summary>
    public bool IsStopped => StatOf().Contains(") T ", StringComparison.Ordinal);

    /// <summary>Its CPU time so far, all threads; what was seen last once it has ended.</summary>
    public TimeSpan Cpu
    {
        get
        {
            var stat = StatOf();
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 12)
            {
                // utime and stime, in ticks of 1/100 s on Linux.
                cpu = TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / 100.0);
            }

            return cpu;
        }
    }

    /// <summary>Starts a process; it may not answer yet.</summary>
    /// <param name="start">How.</param>
    public static HandlerProcess Start(HandlerStart start)
    {
        var port = FreePort();
        var isAssembly = start.Program.EndsWith(".dll", StringComparison.Ordinal);

        // The shell only points its output to the file; it becomes the program.
        var info = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(start.LogFile))! };
        foreach (var word in (string[])["-c", "exec \"$@\" </dev/null >>\"$MW_HANDLER_LOG\" 2>&1", "sh", .. isAssembly ? ["dotnet"] : Array.Empty<string>(), start.Program, .. start.Arguments])
        {
            info.ArgumentList.Add(word);
        }

        info.Environment["MW_HANDLER_LOG"] = Path.GetFullPath(start.LogFile);
        info.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        return new HandlerProcess(Process.Start(info)!, port);
    }

    /// <summary>Asks <c>GET /</c> until any answer comes, as the host does; false where it ended or took too long.</summary>
    /// <param name="within">How long it may take.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<bool> ReadyAsync(TimeSpan within, CancellationToken cancel)
    {
        // The limit holds for an answer that never comes too.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        try
        {
            while (!HasExited)
            {
                try
                {
                    using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), limit.Token);
                    return IsReady = true;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(AskEvery, limit.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // It took too long.
        }

        return false;
    }

    /// <summary>
    /// Invokes a function; true where the answer is 200 with a JSON body, which is all that the host takes for done.
    /// </summary>
    /// <param name="function">Its name.</param>
    /// <param name="envelope">What is posted.</param>
    /// <param name="invocation">The invocation's id.</param>
    /// <param name="cancel">The function's time-out.</param>
    /// <exception cref="HttpRequestException">The process is gone.</exception>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public async Task<InvocationAnswer> InvokeAsync(string function, byte[] envelope, string invocation, CancellationToken cancel)
    {
        Interlocked.Increment(ref inFlight);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/" + function) { Content = new ByteArrayContent(envelope) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-Azure-Functions-InvocationId", invocation);
            using var answer = await client.SendAsync(request, cancel);
            var body = await answer.Content.ReadAsStringAsync(cancel);
            var isDone = answer.StatusCode == HttpStatusCode.OK
                && answer.Content.Headers.ContentType?.MediaType == "application/json" && body.Length > 0;
            return new InvocationAnswer(isDone, (int)answer.StatusCode, body);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        IsReady = false;
        _ = Cpu;
        Signal(SigKill);
    }

    /// <summary>SIGSTOP: it stands still until <see cref="Resume"/>.</summary>
    public void Halt() => Signal(Stop);

    /// <summary>SIGCONT.</summary>
    public void Resume() => Signal(Continue);

    /// <summary>SIGTERM, and SIGKILL where it does not end in time.</summary>
    public async Task EndAsync()
    {
        _ = Cpu;
        Signal(Terminate);
        using var limit = new CancellationTokenSource(EndsWithin);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync();
        lock (client)
        {
            isGone = true;
            IsReady = false;
        }

        client.Dispose();
        process.Dispose();
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string StatOf()
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private void Signal(int signal)
    {
        // Not reaped before it is disposed of, so that the number is no other's.
        lock (client)
        {
            if (!isGone && !process.HasExited)
            {
                _ = SendSignal(id, signal);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}

/// <summary>What a handler answered.</summary>
/// <param name="IsDone">The host takes it for done.</param>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
public sealed record InvocationAnswer(bool IsDone, int Status, string Body);
