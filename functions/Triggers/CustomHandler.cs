using System.Globalization;
using System.Net;

namespace MaritimeWatch.Functions.Triggers;

/// <summary>Whether an Azure Functions host has started us as its custom handler.</summary>
public static class CustomHandler
{
    /// <summary>The variable with the port on which the host wants us to listen.</summary>
    public const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>The port, or null where no host has started us.</summary>
    public static int? PortFromEnvironment() => PortOf(Environment.GetEnvironmentVariable(PortVariable));

    /// <summary>A port of 1 to 65,535, or null.</summary>
    /// <param name="text">The variable's value.</param>
    public static int? PortOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port : null;
}
