using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What a user may be. A closed list; the names stand in tokens.</summary>
public static class Roles
{
    /// <summary>Looks at everything and may mark a finding false; decides nothing about an alert.</summary>
    public const string Analyst = "analyst";

    /// <summary>Gets the alerts of named ports, acknowledges and decides them.</summary>
    public const string Officer = "officer";

    /// <summary>Gets forecasts, no alerts.</summary>
    public const string Planner = "planner";

    /// <summary>May do what an officer may, and add reference data.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Analyst, Officer, Planner, Admin];
}

/// <summary>Who asks, as a token that we signed says it.</summary>
/// <param name="Subject">Who it is: personal, so never in a log and never in an answer to others.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Ports">LOCODEs in capitals, or <see cref="AllPorts"/>; never empty.</param>
/// <param name="ExpiresAt">When the token ends.</param>
public sealed record Caller(string Subject, string Role, IReadOnlyList<string> Ports, DateTimeOffset ExpiresAt)
{
    /// <summary>Stands for every port there is.</summary>
    public const string AllPorts = "*";

    /// <summary>More ports than one person works for.</summary>
    public const int PortsMax = 64;

    /// <summary>True where the role is shown alerts at all.</summary>
    public bool SeesAlerts => Role != Roles.Planner;

    /// <summary>True where the role acknowledges and decides at all.</summary>
    public bool Decides => Role is Roles.Officer or Roles.Admin;

    /// <summary>True where the role may say that a finding is false: findings belong to no port, so its ports do not matter.</summary>
    public bool Judges => Role is Roles.Analyst or Roles.Admin;

    /// <summary>True where alerts of this port may be shown.</summary>
    public bool SeesAlertsOf(string port) => SeesAlerts && IsOf(port);

    /// <summary>True where alerts of this port may be acknowledged and decided.</summary>
    public bool DecidesFor(string port) => Decides && IsOf(port);

    /// <summary>True for one of the caller's own ports.</summary>
    public bool IsOf(string port) => Ports.Contains(AllPorts) || Ports.Contains(port, StringComparer.Ordinal);

    /// <summary>True for a LOCODE as tokens name it: five capitals, <c>SEGOT</c>.</summary>
    public static bool IsLocode(string text) => UnLocode.TryParse(text, out var locode) && locode.Value == text;

    /// <summary>Why nobody can have this role with these ports, or null.</summary>
    public static string? Refusal(string role, IReadOnlyList<string> ports)
    {
        if (!Roles.All.Contains(role))
        {
            return $"the roles are {string.Join(", ", Roles.All)}";
        }

        if (ports.Count is 0 or > PortsMax)
        {
            return $"name 1 to {PortsMax} ports";
        }

        if (ports.FirstOrDefault(port => port != AllPorts && !IsLocode(port)) is { } wrong)
        {
            return $"'{(wrong.Length <= 12 ? wrong : wrong[..12])}' is no LOCODE such as SEGOT";
        }

        return role == Roles.Officer && ports.Contains(AllPorts)
            ? "an officer belongs to named ports, never to all"
            : null;
    }
}
