using System.Net;
using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Functions.Triggers;

/// <summary>
/// Tells a trigger's own request, which the Functions host makes, from a public request that the host passes on to us. Both
/// come from the host over loopback and to the same path if an outsider wants it so. Only what the host itself adds to a
/// public request, after the outsider has sent it, can be relied on. See lib/decisions/0009-functions-doors.md.
/// </summary>
public static class TriggerGuard
{
    /// <summary>The host sets it on every request that it passes on, and on none that it makes for a trigger.</summary>
    public const string PassedOnHeader = "x-ms-invocation-id";

    /// <summary>The host sets it on both.</summary>
    public const string InvocationHeader = "X-Azure-Functions-InvocationId";

    // Added by front ends and proxies before the host: a request with any of them was not made by the host.
    private static readonly string[] FrontEndHeaders =
    [
        PassedOnHeader, "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "X-Original-Host",
        "X-ARR-LOG-ID", "X-ARR-SSL", "X-ARR-ClientCert", "DISGUISED-HOST", "X-SITE-DEPLOYMENT-ID", "WAS-DEFAULT-HOSTNAME", "Client-IP",
        "X-Client-IP", "X-Client-Port", "X-Real-IP", "X-Forwarded-Port", "X-Forwarded-TlsVersion", "X-AppService-Proto", "X-WAWS-Unencoded-URL",
        "X-Azure-ClientIP", "X-Azure-SocketIP", "X-Azure-FDID", "X-Azure-Ref", "X-MS-CLIENT-PRINCIPAL", "Max-Forwards", "Via",
        "Origin", "Referer", "Cookie", "Authorization", "Sec-Fetch-Site", "Accept-Language",
    ];

    /// <summary>
    /// True for a function that this app's settings close. The host does not call it then, so that whoever does is not the
    /// host: the app with the public function has no other open, and there the rule about headers is not needed.
    /// </summary>
    /// <param name="function">The function's name.</param>
    /// <param name="environment">Gives a variable's value, or null.</param>
    public static bool IsClosed(string function, Func<string, string?> environment) =>
        ((string[])[$"AzureWebJobs.{function}.Disabled", $"AzureWebJobs_{function}_Disabled", $"AzureWebJobs__{function}__Disabled"])
        .Any(name => environment(name) is "1" or "true" or "True" or "TRUE");

    /// <summary>Why a request to a trigger's path is answered as if there were nothing, or null where it may go on.</summary>
    /// <param name="request">The request.</param>
    /// <param name="remote">Who made it.</param>
    public static string? Refusal(HttpRequest request, IPAddress? remote)
    {
        if (remote is null || !IPAddress.IsLoopback(remote))
        {
            return "not from this machine";
        }

        if (FrontEndHeaders.FirstOrDefault(request.Headers.ContainsKey) is { } header)
        {
            return $"passed on from outside ({header})";
        }

        if (!DoorAddress.IsLoopbackHost(request.Host.Host))
        {
            return "meant for another host";
        }

        return !HttpMethods.IsPost(request.Method) ? "not a POST"
            : request.Headers[InvocationHeader] is not { Count: 1 } ? "without the host's invocation id"
            : null;
    }
}
