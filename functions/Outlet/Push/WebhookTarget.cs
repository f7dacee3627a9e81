using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Where pushes of a port go: the web address of somebody's own system.</summary>
public sealed record WebhookTarget
{
    /// <summary>Stands for every port.</summary>
    public const string AllPorts = "*";

    private static readonly string[] Ranked = ["low", "normal", "high"];

    /// <summary>How urgent a push may be, least first.</summary>
    public static IReadOnlyList<string> Urgencies => Ranked;

    /// <summary>A hash of port and address: the same target twice is one.</summary>
    public required string Id { get; init; }

    /// <summary>https, or http on this machine where <see cref="AllowsLoopback"/>.</summary>
    public required Uri Url { get; init; }

    /// <summary>LOCODE of the port whose alerts it gets, or <see cref="AllPorts"/>.</summary>
    public required string Port { get; init; }

    /// <summary>The least urgency that it gets, one of <see cref="Urgencies"/>; default all.</summary>
    public string Urgency { get; init; } = "low";

    /// <summary>It gets the whole alert, with the ship's name and the reasons; else what may stand on a locked screen.</summary>
    public bool IsFull { get; init; }

    /// <summary>It may be on this machine, without encryption: tests, and a relay beside us.</summary>
    public bool AllowsLoopback { get; init; }

    /// <summary>The secrets that sign for it, newest first, each wrapped by the vault; two while one is being replaced.</summary>
    public required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When it was closed, or null: it said 410, or somebody closed it.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it was closed.</summary>
    public string? ClosedBecause { get; init; }

    /// <summary>The id of a port's target.</summary>
    /// <param name="port">LOCODE or <see cref="AllPorts"/>.</param>
    /// <param name="url">Its address.</param>
    public static string IdOf(string port, Uri url) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{port}\n{url.AbsoluteUri}")).AsSpan(0, 6));

    /// <summary>Why nothing may be sent to an address, or null.</summary>
    /// <param name="url">The address.</param>
    /// <param name="allowsLoopback">It may be on this machine.</param>
    public static string? Refusal(Uri url, bool allowsLoopback) =>
        !url.IsAbsoluteUri ? "the address is not absolute"
        : url.UserInfo.Length > 0 ? "the address holds a user name or password"
        : url.Fragment.Length > 0 ? "the address has a fragment"
        : url.AbsoluteUri.Length > 2000 ? "the address is longer than 2,000 characters"
        : url.Scheme == Uri.UriSchemeHttps || (allowsLoopback && url.Scheme == Uri.UriSchemeHttp && url.IsLoopback) ? null
        : "the address must begin with https://";

    /// <summary>True where a push is for it.</summary>
    /// <param name="message">The push.</param>
    public bool Fits(AlertMessage message) =>
        ClosedAt is null
        && (message.Target is null || message.Target == Id)
        && (Port == AllPorts || Port == message.Port)
        && Rank(message.Urgency) >= Rank(Urgency);

    // What a newer build calls otherwise is not held back.
    private static int Rank(string urgency) => Array.IndexOf(Ranked, urgency) is >= 0 and var rank ? rank : Ranked.Length;
}

/// <summary>A secret of a target.</summary>
/// <param name="Wrapped">Its bytes, wrapped by the vault.</param>
/// <param name="Until">When it stops to sign; null while it is the newest.</param>
public sealed record WebhookSecret(ReadOnlyMemory<byte> Wrapped, DateTimeOffset? Until);

/// <summary>All targets, as they are kept.</summary>
internal sealed record WebhookList
{
    /// <summary>The newest format this build writes and reads.</summary>
    public const int FormatNow = 1;

    public int Format { get; init; } = FormatNow;

    public IReadOnlyList<WebhookTarget> Targets { get; init; } = [];
}

/// <summary>That a target has taken a push.</summary>
/// <param name="At">When.</param>
/// <param name="Failed">Tries before that failed.</param>
internal sealed record PushRecord(DateTimeOffset At, int Failed);
