using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using MaritimeWatch.Functions.Triggers;

namespace MaritimeWatch.Tests.Security;

/// <summary>
/// Envelopes that an outsider forges, against the program as a Functions host starts it: every function, as the host passes a
/// public request on and as nobody should be able to send one. All find nothing there, and nothing is called.
/// </summary>
[NonParallelizable]
public sealed class ForgedTriggerTests
{
    private const string Lines = "!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24";

    private static readonly string[] FrontEnd =
    [
        "x-ms-invocation-id: 5f0c", "X-MS-Invocation-Id: 5f0c", "Forwarded: for=203.0.113.9", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: x", "X-Forwarded-Proto: https",
        "X-Original-URL: /AisQueue", "X-Original-Host: x", "X-ARR-LOG-ID: 1", "X-ARR-SSL: 1", "X-ARR-ClientCert: x", "DISGUISED-HOST: x", "X-SITE-DEPLOYMENT-ID: x",
        "WAS-DEFAULT-HOSTNAME: x", "Client-IP: 203.0.113.9", "X-Client-IP: 203.0.113.9", "X-Real-IP: 203.0.113.9", "Via: 1.1 x", "Max-Forwards: 10",
        "X-Azure-FDID: 1", "X-Azure-ClientIP: 203.0.113.9", "Origin: https://evil.example", "Referer: https://evil.example/", "Cookie: a=b", "Authorization: Bearer x", "Sec-Fetch-Site: none",
    ];

    private HostedProcess program = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => program = await HostedProcess.StartAsync("ais,plates,manifests,notices,scenes,watch,feeds,forecasts,console");

    [OneTimeTearDown]
    public void Stop() => program.Dispose();

    [Test]
    public async Task The_hosts_own_envelope_is_taken()
    {
        var before = program.Files();
        Assert.That(StatusesOf(await program.RawAsync(Forged("AisEventHub"))), Is.EqualTo((int[])[200]));
        Assert.That(program.Files().Except(before), Is.Not.Empty, "what the other tests look for is there when a function is called");
    }

    [Test]
    public async Task Every_function_is_closed_to_what_the_host_passes_on_and_to_every_front_end()
    {
        var (before, asked) = (program.Files(), 0);
        foreach (var function in TriggerRoutes.FunctionNames)
        {
            foreach (var header in FrontEnd)
            {
                await ClosedAsync(Forged(function, more: header), $"{function} {header}");
                asked++;
            }
        }

        Assert.That(program.Files(), Is.EqualTo(before));
        await TestContext.Out.WriteLineAsync($"{TriggerRoutes.FunctionNames.Count} functions x {FrontEnd.Length} headers = {asked} forged envelopes, all 404");
    }

    [Test]
    public async Task Every_function_is_closed_to_other_names_methods_and_spellings()
    {
        var (before, asked) = (program.Files(), 0);
        foreach (var function in TriggerRoutes.FunctionNames)
        {
            foreach (var (name, request) in Variants(function))
            {
                await ClosedAsync(request, $"{function}: {name}");
                asked++;
            }
        }

        Assert.That(program.Files(), Is.EqualTo(before));
        await TestContext.Out.WriteLineAsync($"{asked} requests with other names, methods and spellings, none called anything");
    }

    [Test]
    public async Task A_request_hidden_in_another_is_never_a_trigger()
    {
        var before = program.Files();
        var inner = Forged("AisEventHub");
        var host = $"Host: 127.0.0.1:{program.Port}\r\nX-Api-Key: {Credentials.ApiKey}\r\nx-ms-invocation-id: 1\r\n";
        (string Name, string Bytes)[] hidden =
        [
            ("a length and chunks, the length shorter", $"POST /ais HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}"),
            ("chunks spelled oddly", $"POST /ais HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{inner}"),
            ("chunks after a tab", $"POST /ais HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n{inner}"),
            ("chunks under a name with a blank", $"POST /ais HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n{inner}"),
            ("two lengths", $"POST /ais HTTP/1.1\r\n{host}Content-Length: 0\r\nContent-Length: 5\r\n\r\n{inner}"),
            ("a chunk size that overflows", $"POST /ais HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n{inner}"),
            ("a chunk with an extension that ends a line", $"POST /ais HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0;a\nb\r\n\r\n{inner}"),
            ("a folded header", $"POST /AisEventHub HTTP/1.1\r\nHost: 127.0.0.1:{program.Port}\r\nX-A: b\r\n X-Azure-Functions-InvocationId: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"),
            ("an invocation id twice", Forged("AisEventHub", more: "X-Azure-Functions-InvocationId: 2")),
            ("two hosts", Forged("AisEventHub", more: "Host: evil.example")),
            ("a bare line feed before a header", Forged("AisEventHub", more: "X-A: b\nx-ms-invocation-id: 1")),
            ("HTTP/1.0 without a host", $"POST /AisEventHub HTTP/1.0\r\nX-Azure-Functions-InvocationId: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"),
            ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + inner),
            ("an upgrade to HTTP/2", Forged("AisEventHub", more: "x-ms-invocation-id: 1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")),
        ];
        foreach (var (name, bytes) in hidden)
        {
            // A last request of our own ends the connection where the server has not ended it before.
            var heard = await program.RawAsync(bytes + $"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:{program.Port}\r\nConnection: close\r\n\r\n", answers: int.MaxValue);
            Assert.That(StatusesOf(heard).Where(status => status == 200), Is.Empty, $"{name}: {heard}");
        }

        var fresh = program.Files().Except(before).ToList();
        Assert.That(fresh.Where(file => file.Contains("hub", StringComparison.Ordinal)), Is.Empty, "no function was called");
    }

    [Test]
    public async Task The_port_of_the_host_is_open_on_loopback_alone()
    {
        var others = NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)).ToList();
        if (others.Count == 0)
        {
            Assert.Ignore("this machine has no other address");
        }

        foreach (var address in others)
        {
            using var socket = new TcpClient();
            Assert.ThrowsAsync<SocketException>(async () => await socket.ConnectAsync(address, program.Port), address.ToString());
        }
    }

    [Test]
    public async Task A_function_that_the_apps_settings_close_is_closed_even_to_what_looks_like_the_host()
    {
        var settings = TriggerRoutes.FunctionNames.Select((name, i) => (i % 2 == 0 ? $"AzureWebJobs.{name}.Disabled" : $"AzureWebJobs_{name}_Disabled", i % 3 == 0 ? "1" : "true"));
        using var front = await HostedProcess.StartAsync("ais,plates,manifests,notices,scenes,feeds,forecasts,console", [.. settings]);
        foreach (var function in TriggerRoutes.FunctionNames)
        {
            Assert.That(StatusesOf(await front.RawAsync(Forged(function, front.Port))), Is.EqualTo((int[])[404]), function);
        }

        Assert.That(front.Files(), Is.Empty);
    }

    [Test]
    public async Task A_body_that_breaks_off_shows_nothing_of_the_inside_though_the_machine_says_that_it_is_for_development()
    {
        var heard = await program.RawAsync(
            $"POST /ais HTTP/1.1\r\nHost: 127.0.0.1:{program.Port}\r\nX-Api-Key: {Credentials.ApiKey}\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n");
        Assert.That(StatusesOf(heard), Is.EqualTo((int[])[400]), heard);
        Assert.That(heard, Does.Not.Contain("Exception").And.Not.Contain("   at ").And.Not.Contain(Credentials.ApiKey).And.Not.Contain("MaritimeWatch."));
        Assert.That(program.Log, Does.Not.Contain(Credentials.ApiKey));
    }

    private async Task ClosedAsync(string request, string what)
    {
        var heard = await program.RawAsync(request);
        Assert.That(StatusesOf(heard), Is.Not.Empty, $"{what}: {heard}");
        Assert.That(StatusesOf(heard), Is.All.AnyOf(400, 401, 404, 405, 505), $"{what}: {heard}");
    }

    private IEnumerable<(string Name, string Request)> Variants(string function)
    {
        string With(string target, string method = "POST", string? host = null, string? id = "X-Azure-Functions-InvocationId: 1", string more = "") =>
            $"{method} {target} HTTP/1.1\r\nHost: {host ?? $"127.0.0.1:{program.Port}"}\r\n{(id is null ? "" : id + "\r\n")}{more}Content-Type: application/json\r\nContent-Length: {Body(function).Length}\r\n\r\n{Body(function)}";
        yield return ("another host", With("/" + function, host: "maritimewatch.example"));
        yield return ("a host that begins like ours", With("/" + function, host: "127.0.0.1.evil.example"));
        yield return ("an absolute address of another host", With($"http://maritimewatch.example/{function}", host: "maritimewatch.example"));
        yield return ("an absolute address of ours under another host", With($"http://127.0.0.1:{program.Port}/{function}", host: "maritimewatch.example"));
        yield return ("no invocation id", With("/" + function, id: null));
        foreach (var method in (string[])["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POSTX"])
        {
            yield return (method, With("/" + function, method));
        }

        foreach (var target in (string[])[$"/{function}/", $"//{function}", $"/{function}//", $"/{function.ToLowerInvariant()}", $"/{function.ToUpperInvariant()}", $"/{function}%2f", $"/{function}%00", $"/{function};a=b", $"/{function}.json", $"/{function}%20", $"/x/{function}", $"/admin/functions/{function}", $"/api/{function}", $"/runtime/webhooks/{function}"])
        {
            yield return (target, With(target));
            yield return (target + " passed on", With(target, more: "x-ms-invocation-id: 1\r\n"));
        }

        foreach (var target in (string[])[$"/%{(int)function[0]:X2}{function[1..]}", $"/./{function}", $"/x/../{function}", $"/%2e/{function}", $"/session/../{function}", $"http://127.0.0.1:{program.Port}/{function}"])
        {
            yield return (target + " passed on", With(target, more: "x-ms-invocation-id: 1\r\n"));
        }
    }

    private string Forged(string function, int? port = null, string? more = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"POST /{function} HTTP/1.1\r\nHost: 127.0.0.1:{port ?? program.Port}\r\nUser-Agent: Azure-Functions-Host/4.1041.200\r\nX-Azure-Functions-InvocationId: 2e8f6a52\r\n{(more is null ? "" : more + "\r\n")}Content-Type: application/json; charset=utf-8\r\nContent-Length: {Body(function).Length}\r\n\r\n{Body(function)}");

    // What the function would act on at once if it were called.
    private static string Body(string function) => function switch
    {
        "AisEventHub" => "{\"Data\":{\"events\":[\"" + Lines + "\"]},\"Metadata\":{}}",
        "ForecastTimer" or "PurgeTimer" or "ClockTimer" => """{"Data":{"timer":{"IsPastDue":true}},"Metadata":{}}""",
        "Wake" => """{"Data":{"msg":{"format":1,"stage":"watch","group":0,"number":1,"generation":0}},"Metadata":{}}""",
        _ => """{"Data":{"msg":{"x":1}},"Metadata":{}}""",
    };

    private static List<int> StatusesOf(string heard) =>
        [.. heard.Split("HTTP/1.1 ").Skip(1).Select(part => int.Parse(part.AsSpan(0, 3), CultureInfo.InvariantCulture))];
}
