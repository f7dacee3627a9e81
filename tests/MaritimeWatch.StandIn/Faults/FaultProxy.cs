using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.StandIn.Faults;

/// <summary>
/// Stands between the workers and the storage on loopback and makes trouble: answers 503 and 500 before or after passing a
/// request on, cuts connections, answers late. The signature of a request names no port, so that it stays sound.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly string[] OfTheHop = ["Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Upgrade"];

    private readonly FaultSettings settings;
    private readonly WebApplication app;
    private readonly HttpClient client;
    private readonly ConcurrentDictionary<int, Uri> targets = new();
    private readonly Random chance;
    private readonly Lock gate = new();
    private long requests;
    private long faults;

    private FaultProxy(FaultSettings settings, WebApplication app)
    {
        (this.settings, this.app) = (settings, app);
        chance = new Random(settings.Seed);
#pragma warning disable CA2000 // The client owns it.
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None };
#pragma warning restore CA2000
        client = new HttpClient(handler)
        {
            Timeout = TimeSpan.FromSeconds(100),
        };
    }

    /// <summary>What the workers are given in place of the storage's own.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Whether trouble is made; false lets all through.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Requests seen.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>Of them those that had trouble.</summary>
    public long Faults => Interlocked.Read(ref faults);

    /// <summary>Starts it on free ports of loopback.</summary>
    /// <param name="connection">The storage's connection string, with path-style endpoints on loopback.</param>
    /// <param name="settings">How often which trouble.</param>
    public static async Task<FaultProxy> StartAsync(string connection, FaultSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToArray();
        var ends = parts.Where(part => part[0] is "BlobEndpoint" or "QueueEndpoint").ToArray();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var _ in ends)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        var proxy = new FaultProxy(settings, builder.Build());
        proxy.app.Run(proxy.PassAsync);
        await proxy.app.StartAsync();
        foreach (var (end, url) in ends.Zip(proxy.app.Urls))
        {
            var (target, ours) = (new Uri(end[1]), new Uri(url));
            proxy.targets[ours.Port] = new Uri(target.GetLeftPart(UriPartial.Authority));
            end[1] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ours.Port}{target.AbsolutePath}");
        }

        proxy.ConnectionString = string.Join(';', parts.Select(part => $"{part[0]}={part[1]}")) + ";";
        return proxy;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
        client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        var (fault, status, late) = Draw();
        if (fault != Fault.None)
        {
            Interlocked.Increment(ref faults);
        }

        if (fault == Fault.CutBefore)
        {
            context.Abort();
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (fault == Fault.Refused)
        {
            await RefuseAsync(context, status);
            return;
        }

        try
        {
            // Once it is passed on it is done, whether or not anybody still waits for it.
            using var request = RequestOf(context, body.ToArray());
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead);
            var content = await answer.Content.ReadAsByteArrayAsync();
            switch (fault)
            {
                case Fault.CutAfter:
                    context.Abort();
                    break;
                case Fault.Denied:
                    await RefuseAsync(context, status);
                    break;
                default:
                    await Task.Delay(late, context.RequestAborted);
                    await AnswerAsync(context, answer, content);
                    break;
            }
        }
        catch (HttpRequestException)
        {
            context.Abort();
        }
        catch (OperationCanceledException)
        {
            // Who asked has gone.
        }
    }

    private HttpRequestMessage RequestOf(HttpContext context, byte[] body)
    {
        // The path as it was sent: the signature is over it.
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(targets[context.Connection.LocalPort], raw));
        if (body.Length > 0 || context.Request.Method is "PUT" or "POST")
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, values) in context.Request.Headers)
        {
            if (!OfTheHop.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()) && name != "Content-Length")
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, byte[] content)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!OfTheHop.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (context.Request.Method != "HEAD" && content.Length > 0)
        {
            await context.Response.Body.WriteAsync(content);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        var (code, message) = status == StatusCodes.Status503ServiceUnavailable ? ("ServerBusy", "The server is busy.") : ("InternalError", "The server met an error.");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        context.Response.Headers["x-ms-error-code"] = code;
        return context.Request.Method == "HEAD"
            ? Task.CompletedTask
            : context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
    }

    private (Fault Fault, int Status, TimeSpan Late) Draw()
    {
        lock (gate)
        {
            var (draw, status, wait) = (chance.NextDouble(), chance.Next(2) == 0 ? 503 : 500, settings.LateMax * chance.NextDouble());
            if (!IsOn)
            {
                return (Fault.None, 0, TimeSpan.Zero);
            }

            (Fault Fault, double Share)[] faults =
            [
                (Fault.Refused, settings.Refused), (Fault.Denied, settings.Denied), (Fault.CutBefore, settings.CutBefore),
                (Fault.CutAfter, settings.CutAfter), (Fault.Late, settings.Late),
            ];
            foreach (var (fault, share) in faults)
            {
                if ((draw -= share) < 0)
                {
                    return (fault, status, fault == Fault.Late ? wait : TimeSpan.Zero);
                }
            }

            return (Fault.None, 0, TimeSpan.Zero);
        }
    }

    private enum Fault
    {
        None,
        Refused,
        Denied,
        CutBefore,
        CutAfter,
        Late,
    }
}
