using System.Globalization;
using System.Net.Sockets;
using System.Xml;
using Azure;
using Azure.Identity;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>What a failed try means.</summary>
/// <param name="Trouble">What to do.</param>
/// <param name="Words">What happened, without a secret.</param>
/// <param name="IsUnknown">True where the request may have taken effect all the same.</param>
/// <param name="RetryAfter">How long the service asks us to wait, or null.</param>
internal sealed record FailedTry(StoreTrouble Trouble, string Words, bool IsUnknown, TimeSpan? RetryAfter = null);

/// <summary>Turns what the service, the network or the identity says into what the caller should do.</summary>
/// <remarks>
/// Words are made from the status, the service's error code and its request id alone. The message of a
/// <see cref="RequestFailedException"/> quotes headers and what was signed, so it is never passed on, nor is the
/// exception itself.
/// </remarks>
internal static class AzureTroubles
{
    private const int RetryAfterSecondsMax = 30;

    /// <summary>What a failure means, or null where it is no trouble outside: then it is our own bug.</summary>
    public static FailedTry? Of(Exception e) => e switch
    {
        RequestFailedException failed when failed.Status > 0 => OfStatus(failed),
        CredentialUnavailableException => new(StoreTrouble.Stop, "there is no identity to sign in with", false),
        AuthenticationFailedException => OfIdentity(e),
        FileNotFoundException or FileLoadException => null, // An assembly of ours is missing: no trouble outside.
        RequestFailedException or HttpRequestException or IOException or SocketException => OfNetwork(e),
        XmlException => new(StoreTrouble.Retry, "an answer was cut off", true), // The client library reads errors as XML, whole or not.
        AggregateException many when many.InnerException is { } first => Of(first),
        _ => null,
    };

    private static FailedTry OfStatus(RequestFailedException e)
    {
        var words = Words(e);
        return e.Status switch
        {
            401 or 403 => new(StoreTrouble.Stop, $"we may not: {words}", false),
            507 => new(StoreTrouble.Stop, $"the account is full: {words}", false),
            400 or 411 or 413 or 414 or 431 => new(StoreTrouble.FixInput, $"refused: {words}", false),
            408 => new(StoreTrouble.Retry, words, true),
            429 or 503 => new(StoreTrouble.Retry, $"busy: {words}", false, RetryAfter(e)),
            >= 500 => new(StoreTrouble.Retry, words, true, RetryAfter(e)),
            409 when e.ErrorCode is "ContainerBeingDeleted" or "QueueBeingDeleted" or "AccountBeingCreated" =>
                new(StoreTrouble.Retry, words, false),
            404 when e.ErrorCode is "ResourceNotFound" or "AccountNotFound" => new(StoreTrouble.Retry, $"there is no such account: {words}", false),
            _ => new(StoreTrouble.Stop, words, false),
        };
    }

    private static FailedTry OfIdentity(Exception e)
    {
        for (var at = e.InnerException; at is not null; at = at.InnerException)
        {
            if (at is HttpRequestException or SocketException or RequestFailedException { Status: 0 or 429 or >= 500 })
            {
                return new(StoreTrouble.Retry, "the identity service does not answer", false);
            }
        }

        return new(StoreTrouble.Stop, "the identity was refused", false);
    }

    private static FailedTry OfNetwork(Exception e)
    {
        for (var at = e; at is not null; at = at.InnerException)
        {
            if (at is SocketException socket)
            {
                // Refused or not found: nothing has left this machine.
                return socket.SocketErrorCode switch
                {
                    SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
                        new(StoreTrouble.Retry, "there is no such account, or no name service", false),
                    SocketError.ConnectionRefused => new(StoreTrouble.Retry, "the connection is refused", false),
                    _ => new(StoreTrouble.Retry, $"the connection was cut ({socket.SocketErrorCode})", true),
                };
            }
        }

        return new(StoreTrouble.Retry, "the connection was cut", true);
    }

    private static string Words(RequestFailedException e)
    {
        var id = e.GetRawResponse() is { } response && response.Headers.TryGetValue("x-ms-request-id", out var value) ? value : null;
        return string.Create(CultureInfo.InvariantCulture, $"{e.Status} {e.ErrorCode ?? "without a code"}{(id is null ? "" : $" (request {id})")}");
    }

    private static TimeSpan? RetryAfter(RequestFailedException e)
    {
        if (e.GetRawResponse() is not { } response)
        {
            return null;
        }

        double? seconds = null;
        if (response.Headers.TryGetValue("x-ms-retry-after-ms", out var text) || response.Headers.TryGetValue("retry-after-ms", out text))
        {
            seconds = Number(text) / 1000;
        }
        else if (response.Headers.TryGetValue("Retry-After", out text))
        {
            // Azure Storage sends seconds; a date (which HTTP allows too) would need the service's clock to be ours.
            seconds = Number(text);
        }

        return seconds is > 0 and var wait ? TimeSpan.FromSeconds(Math.Min(wait, RetryAfterSecondsMax)) : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
