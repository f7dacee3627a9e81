using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What a target said.</summary>
public enum PushAnswer
{
    /// <summary>2xx: it has it.</summary>
    Delivered,

    /// <summary>410: it wants no more.</summary>
    Gone,

    /// <summary>Anything else, or nothing in time.</summary>
    Failed,
}

/// <summary>Finds the addresses of a host's name.</summary>
/// <param name="host">A name or an address.</param>
/// <param name="cancel">Stops.</param>
public delegate Task<IPAddress[]> HostLookup(string host, CancellationToken cancel);

/// <summary>
/// Calls a target once: signed, only over https, only where its name resolves to addresses outside alone, connected to
/// exactly those, no redirects, no proxy, no cookies; the answer's body is never read.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private static readonly MediaTypeHeaderValue CloudEvents = new("application/cloudevents+json") { CharSet = "utf-8" };

    private readonly IVault vault;
    private readonly TimeProvider time;
    private readonly TimeSpan within;
    private readonly HttpMessageInvoker outside;
    private readonly HttpMessageInvoker loopback;

    /// <summary>A sender.</summary>
    /// <param name="vault">Opens the targets' secrets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="within">How long a call may take, 1 to 60 s; default 15 s.</param>
    /// <param name="lookup">Finds addresses; null asks the system.</param>
    public WebhookSender(IVault vault, TimeProvider time, TimeSpan? within = null, HostLookup? lookup = null)
    {
        (this.vault, this.time, this.within) = (vault, time, within ?? TimeSpan.FromSeconds(15));
        lookup ??= Dns.GetHostAddressesAsync;
        outside = NewInvoker(lookup, allowsLoopback: false);
        loopback = NewInvoker(lookup, allowsLoopback: true);
    }

    /// <summary>Calls a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="id">The push's id.</param>
    /// <param name="body">A CloudEvent.</param>
    /// <param name="cancel">Stops; whether the target has it is then unknown.</param>
    /// <returns>What it said, and why it failed in words without content.</returns>
    public async Task<(PushAnswer Answer, string Why)> PostAsync(
        WebhookTarget target, string id, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        if (WebhookTarget.Refusal(target.Url, target.AllowsLoopback) is { } refusal)
        {
            return (PushAnswer.Failed, refusal);
        }

        using var request = Request(target, id, body);
        using var timeout = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            using var response = await (target.AllowsLoopback ? loopback : outside).SendAsync(request, either.Token);
            return response.StatusCode switch
            {
                >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => (PushAnswer.Delivered, string.Empty),
                HttpStatusCode.Gone => (PushAnswer.Gone, "it answered 410"),
                var status => (PushAnswer.Failed, string.Create(CultureInfo.InvariantCulture, $"it answered {(int)status}")),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (PushAnswer.Failed, "no answer in time");
        }
        catch (HttpRequestException failed)
        {
            return (PushAnswer.Failed, failed.InnerException is AddressClosedException closed ? closed.Message : $"no connection ({failed.HttpRequestError})");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        outside.Dispose();
        loopback.Dispose();
    }

    private HttpRequestMessage Request(WebhookTarget target, string id, ReadOnlyMemory<byte> body)
    {
        var now = time.GetUtcNow();
        var secrets = target.Secrets.Where(secret => secret.Until is null || secret.Until > now).Select(secret => vault.Unwrap(secret.Wrapped.Span));
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = CloudEvents;
        var timestamp = now.ToUnixTimeSeconds();
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(secrets, id, timestamp, body.Span));
        request.Headers.UserAgent.ParseAdd("MaritimeWatch");
        return request;
    }

#pragma warning disable CA2000 // The invoker disposes of its handler, the stream of its socket.
    private static HttpMessageInvoker NewInvoker(HostLookup lookup, bool allowsLoopback) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 16, // KiB
        MaxResponseDrainSize = 16 << 10,
        MaxConnectionsPerServer = 8,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // So that a name that moves is looked up again.
        ConnectCallback = async (context, cancel) => await ConnectAsync(context.DnsEndPoint, lookup, allowsLoopback, cancel),
    });

    // The addresses that were checked are those that are connected to: a name that answers otherwise next time gains nothing.
    private static async Task<Stream> ConnectAsync(DnsEndPoint to, HostLookup lookup, bool allowsLoopback, CancellationToken cancel)
    {
        var addresses = await lookup(to.Host, cancel);
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, address => OutsideAddress.IsOpen(address, allowsLoopback)))
        {
            throw new AddressClosedException("its address is not open to pushes");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

#pragma warning restore CA2000

    private sealed class AddressClosedException(string message) : IOException(message);
}
