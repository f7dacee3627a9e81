using System.Globalization;
using System.Net;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Functions.Watch;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What <c>serve</c> is told: options first, then the environment, then the default.</summary>
public sealed record ServeOptions
{
    /// <summary>All doors that can be named.</summary>
    public static IReadOnlyList<string> AllDoors { get; } = ["ais", "plates", "manifests", "notices", "scenes", "tcp", "udp", "watch", "feeds", "forecasts", "alerts", "upkeep", "console"];

    /// <summary>The folder of the store; default <c>store</c> (MW_STORE).</summary>
    public string Store { get; init; } = "store";

    /// <summary>Where to listen; default http://localhost:7071 (URLS).</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://localhost:7071"];

    /// <summary>Which doors are open; default all (MW_DOORS).</summary>
    public IReadOnlyList<string> Doors { get; init; } = AllDoors;

    /// <summary>The doors were named, and are not just all there are: what cannot be opened is then refused.</summary>
    public bool AreDoorsNamed { get; init; }

    /// <summary>prompt or thrift; default prompt (MW_MODE).</summary>
    public LiveMode Mode { get; init; } = LiveMode.Prompt;

    /// <summary>Receivers to connect to (MW_TCP_CONNECT).</summary>
    public IReadOnlyList<DoorAddress> TcpConnect { get; init; } = [];

    /// <summary>Where receivers may connect to us (MW_TCP_LISTEN).</summary>
    public IReadOnlyList<DoorAddress> TcpListen { get; init; } = [];

    /// <summary>Where datagrams are taken (MW_UDP_LISTEN).</summary>
    public IReadOnlyList<DoorAddress> UdpListen { get; init; } = [];

    /// <summary>Who may send to TCP and UDP doors; loopback always may (MW_ALLOW).</summary>
    public AllowList Allow { get; init; } = AllowList.LoopbackOnly;

    /// <summary>The API key, or null (MW_API_KEY, --api-key-file).</summary>
    public ApiKey? Key { get; init; }

    /// <summary>Reads need no key beyond loopback; default false.</summary>
    public bool OpenReads { get; init; }

    /// <summary>The largest body of a POST in bytes, as sent and unpacked; default 16 MiB.</summary>
    public int BodyBytesMax { get; init; } = 16 << 20;

    /// <summary>A source that should send and is silent for longer counts as down; default 60 s.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A host in front passes requests on to us (an Azure Functions custom handler).</summary>
    public bool IsHosted { get; init; }

    /// <summary>Profiles of a new store; null takes what the store has, or <c>default</c>.</summary>
    public IReadOnlyList<string>? Profiles { get; init; }

    /// <summary>True when others than this machine can reach the web address.</summary>
    public bool IsExposed => IsHosted || Urls.Any(url => !DoorAddress.IsLoopbackHost(BindingAddress.Parse(url).Host));

    /// <summary>True when a door is open.</summary>
    public bool Has(string door) => Doors.Contains(door);

    /// <summary>Why it may not start so, or null.</summary>
    public string? Refusal()
    {
        if (Doors.FirstOrDefault(door => !AllDoors.Contains(door)) is { } unknown)
        {
            return $"there is no door '{unknown}'; the doors are {string.Join(", ", AllDoors)}";
        }

        if (OpenedStore.IsAzure(Store) && !IsHosted && AreDoorsNamed && Has("watch"))
        {
            return "the door watch of a store on Azure is open only where a Functions host delivers, which says its port in "
                + $"{CustomHandler.PortVariable}: leave it out of --doors here";
        }

        if (Urls.FirstOrDefault(url => !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            return $"'{other}': only http:// addresses are served; put a proxy with a certificate in front for https";
        }

        if (IsExposed && !IsHosted && Key is null)
        {
            return $"listening on {string.Join(", ", Urls)} can be reached from other machines and needs an API key: "
                + "set MW_API_KEY or --api-key-file, or listen on http://localhost:7071";
        }

        return TcpListen.Concat(UdpListen).FirstOrDefault(door => !door.IsLoopback) is { } open && (Key is null || Allow.Networks.Count == 0)
            ? $"listening on {open} can be reached from other machines: it needs an API key (MW_API_KEY or --api-key-file) "
                + "and, as a raw socket carries no key, the senders' addresses (--allow 192.0.2.0/24)"
            : null;
    }

    /// <summary>Where an Azure Functions host tells us to listen, if one started us.</summary>
    /// <param name="port">The value of FUNCTIONS_CUSTOMHANDLER_PORT.</param>
    public ServeOptions UnderHost(string? port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= IPEndPoint.MaxPort
            ? this with { IsHosted = true, Urls = [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{number}")] }
            : this;
}
