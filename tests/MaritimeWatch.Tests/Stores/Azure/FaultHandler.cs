using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MaritimeWatch.Tests.Stores.Azure;

/// <summary>Something that goes wrong with one request; it may send it first.</summary>
/// <param name="send">Sends the request on.</param>
/// <param name="cancel">The request's own.</param>
internal delegate Task<HttpResponseMessage> Fault(Func<Task<HttpResponseMessage>> send, CancellationToken cancel);

/// <summary>Stands before the network and lets chosen requests go wrong, one after another.</summary>
internal sealed class FaultHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<(string Method, Fault Fault)> script = new();

    /// <summary>The clock of the client under test, for faults that use up a try's time.</summary>
    public SkippingTime Time { get; } = new();

    /// <summary>Everything that was sent or would have been, as <c>PUT /path?query</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The next request of a method goes wrong so; faults are used up in order.</summary>
    public FaultHandler Next(string method, Fault fault)
    {
        script.Enqueue((method, fault));
        return this;
    }

    /// <summary>It takes effect, and the answer never comes.</summary>
    public Fault AnswerLost() => async (send, cancel) =>
    {
        (await send()).Dispose();
        return await NeverAsync(cancel);
    };

    /// <summary>It never arrives, and no answer comes.</summary>
    public Fault RequestLost() => (_, cancel) => NeverAsync(cancel);

    /// <summary>It takes effect, and the connection is cut before the answer.</summary>
    public static Fault CutAfter() => async (send, _) =>
    {
        (await send()).Dispose();
        throw Cut();
    };

    /// <summary>The connection is cut before it arrives.</summary>
    public static Fault CutBefore() => static (_, _) => throw Cut();


    /// <summary>The service says that it failed; whether it did the work is the caller's choice.</summary>
    public static Fault Says(HttpStatusCode status, string code, bool takesEffect = false, string? retryAfter = null) => async (send, _) =>
    {
        if (takesEffect)
        {
            (await send()).Dispose();
        }

        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        answer.Headers.Add("x-ms-error-code", code);
        answer.Headers.Add("x-ms-request-id", "the-request");
        if (retryAfter is not null)
        {
            answer.Headers.Add("Retry-After", retryAfter);
        }

        return answer;
    };

    /// <summary>It takes effect, and an error is said whose words are cut off.</summary>
    public static Fault WordsLost() => async (send, _) =>
    {
        (await send()).Dispose();
        var answer = new HttpResponseMessage(HttpStatusCode.InternalServerError) { Content = new ByteArrayContent([]) };
        answer.Content.Headers.ContentType = new("application/xml");
        return answer;
    };

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"{request.Method} {request.RequestUri!.PathAndQuery}");
        return script.TryPeek(out var next) && next.Method == request.Method.Method && script.TryDequeue(out next)
            ? next.Fault(() => base.SendAsync(request, cancellationToken), cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }

    private static HttpRequestException Cut() =>
        new("An error occurred while sending the request.", new SocketException((int)SocketError.ConnectionReset));

    private async Task<HttpResponseMessage> NeverAsync(CancellationToken cancel)
    {
        Time.PassLimits();
        await Task.Delay(Timeout.Infinite, cancel);
        throw new InvalidOperationException("the try was not given up");
    }
}
