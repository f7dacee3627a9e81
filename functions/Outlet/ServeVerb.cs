using System.CommandLine;
using System.Globalization;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary><c>serve</c>: doors, pipeline, feeds and console until Ctrl+C.</summary>
public static class ServeVerb
{
    private static readonly Option<string?> Store = new("--store")
    {
        Description = "folder of the store, or azure (MW_STORE; default store)",
    };

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "where to listen, ';' between several (URLS; default http://localhost:7071)",
    };

    private static readonly Option<string?> Doors = new("--doors")
    {
        Description = $"which doors are open, of {string.Join(',', ServeOptions.AllDoors)} (MW_DOORS; default all)",
    };

    private static readonly Option<string?> Mode = new("--mode")
    {
        Description = "prompt: blobs and commits at most every 100 ms; thrift: every 60 s (MW_MODE; default prompt)",
    };

    private static readonly Option<string[]> TcpConnect = new("--tcp-connect")
    {
        Description = "a receiver to connect to: HOST:PORT[,name=NAME], repeatable (MW_TCP_CONNECT, ';' between several)",
    };

    private static readonly Option<string[]> TcpListen = new("--tcp-listen")
    {
        Description = "let receivers connect: [ADDRESS:]PORT[,name=NAME], repeatable (MW_TCP_LISTEN)",
    };

    private static readonly Option<string[]> UdpListen = new("--udp-listen")
    {
        Description = "take datagrams: [ADDRESS:]PORT[,name=NAME], repeatable (MW_UDP_LISTEN)",
    };

    private static readonly Option<string[]> Allow = new("--allow")
    {
        Description = "addresses that may send to TCP and UDP doors, CIDR, repeatable (MW_ALLOW; loopback always may)",
    };

    private static readonly Option<string?> ApiKeyFile = new("--api-key-file")
    {
        Description = "file with the API key, 16 characters or more (else MW_API_KEY); needed beyond loopback",
    };

    private static readonly Option<bool> OpenReads = new("--open-reads")
    {
        Description = "reading needs no key beyond loopback (MW_OPEN_READS=true); writing always does",
    };

    private static readonly Option<int?> SilentAfter = new("--silent-after")
    {
        Description = "seconds of silence after which a receiver counts as down (MW_SILENT_AFTER; default 60)",
    };

    private static readonly Option<int?> BodyMax = new("--body-max")
    {
        Description = "largest POST body in bytes, as sent and unpacked (MW_BODY_MAX; default 16777216)",
    };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("serve", "Doors, live watch, feeds and console, until Ctrl+C.")
        {
            Store, Urls, Doors, Mode, TcpConnect, TcpListen, UdpListen, Allow, ApiKeyFile, OpenReads, SilentAfter, BodyMax,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                return await RunAsync(Read(parsed), null, Console.Error, cancel);
            }
            catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"maritimewatch: {wrong.Message}");
                return ExitCodes.WrongUsage;
            }
        });
        return command;
    }

    /// <summary>Serves a store with everything else from the environment; the exit code.</summary>
    /// <param name="store">The folder.</param>
    /// <param name="urls">Where to listen; null takes URLS or the default.</param>
    /// <param name="cancel">Ends it cleanly.</param>
    public static Task<int> RunAsync(string store, string? urls, CancellationToken cancel) =>
        Create().Parse(urls is null ? ["--store", store] : ["--store", store, "--urls", urls])
            .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, cancel);

    /// <summary>Serves until cancelled or told to end by the system; the exit code.</summary>
    /// <param name="options">What to serve.</param>
    /// <param name="parts">Parts that are not the usual; null in production.</param>
    /// <param name="error">Takes a line when it cannot start.</param>
    /// <param name="cancel">Ends it cleanly.</param>
    public static async Task<int> RunAsync(
        ServeOptions options, ServeParts? parts, TextWriter error, CancellationToken cancel)
    {
        try
        {
            await using var host = await ServeHost.StartAsync(options, parts, cancel);
            await host.WaitAsync(cancel);
            await host.StopAsync();
            return host.Fatal is null ? ExitCodes.Done : ExitCodes.Fatal;
        }
        catch (ServeRefusedException refused)
        {
            await error.WriteLineAsync($"maritimewatch: {refused.Message}");
            return ExitCodes.WrongUsage;
        }
        catch (StoreException trouble)
        {
            await error.WriteLineAsync($"maritimewatch: the store cannot be opened: {trouble.Message}");
            return ExitCodes.WrongUsage;
        }
    }

    /// <summary>Options first, then the environment, then the defaults.</summary>
    /// <exception cref="FormatException">A value says something else than it should.</exception>
    internal static ServeOptions Read(ParseResult parsed)
    {
        var usual = new ServeOptions();
        var mode = One(parsed, Mode, "MW_MODE") ?? "prompt";
        var doors = One(parsed, Doors, "MW_DOORS")?.Split(',', StringSplitOptions.TrimEntries);
        return new ServeOptions
        {
            Store = One(parsed, Store, "MW_STORE") ?? usual.Store,
            Urls = Several(One(parsed, Urls, "URLS")) is { Length: > 0 } urls ? urls : usual.Urls,
            Doors = doors ?? usual.Doors,
            AreDoorsNamed = doors is not null,
            Mode = LiveMode.Find(mode) ?? throw new FormatException($"'{mode}' is no mode: prompt or thrift"),
            TcpConnect = Addresses(parsed, TcpConnect, "MW_TCP_CONNECT", "tcp", listens: false),
            TcpListen = Addresses(parsed, TcpListen, "MW_TCP_LISTEN", "tcp-in", listens: true),
            UdpListen = Addresses(parsed, UdpListen, "MW_UDP_LISTEN", "udp", listens: true),
            Allow = AllowList.Parse(Many(parsed, Allow, "MW_ALLOW")),
            Key = ApiKey.Find(parsed.GetValue(ApiKeyFile)),
            OpenReads = parsed.GetValue(OpenReads) || Environment.GetEnvironmentVariable("MW_OPEN_READS") == "true",
            SilentAfter = Positive(parsed.GetValue(SilentAfter), "MW_SILENT_AFTER") is { } seconds
                ? TimeSpan.FromSeconds(seconds) : usual.SilentAfter,
            BodyBytesMax = Positive(parsed.GetValue(BodyMax), "MW_BODY_MAX") ?? usual.BodyBytesMax,
        }.UnderHost(Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT"));
    }

    private static string? One(ParseResult parsed, Option<string?> option, string variable) =>
        parsed.GetValue(option) ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : null);

    private static string[] Several(string? text) =>
        text?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string[] Many(ParseResult parsed, Option<string[]> option, string variable) =>
        parsed.GetValue(option) is { Length: > 0 } given ? given : Several(Environment.GetEnvironmentVariable(variable));

    private static IReadOnlyList<DoorAddress> Addresses(
        ParseResult parsed, Option<string[]> option, string variable, string prefix, bool listens) =>
        [.. Many(parsed, option, variable).Select(text => DoorAddress.Parse(text, prefix, listens))];

    private static int? Positive(int? given, string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        int? value = given ?? (string.IsNullOrEmpty(text) ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException($"{variable}={text} is no number"));
        return value is null or > 0 ? value : throw new FormatException($"{variable} or its option must be above 0");
    }
}
