using System.Globalization;
using System.Net;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Where a socket door listens or connects to, and what its source is called.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">0 to 65,535; 0 lets the system choose (listening only).</param>
/// <param name="Name">The source's name.</param>
public sealed record DoorAddress(string Host, int Port, SourceName Name)
{
    /// <summary>True when only this machine can reach it.</summary>
    public bool IsLoopback => IsLoopbackHost(Host);

    /// <summary>True for localhost and the loopback addresses.</summary>
    public static bool IsLoopbackHost(string host)
    {
        var bare = host.Trim('[', ']');
        return bare.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(bare, out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Reads <c>HOST:PORT[,name=NAME]</c>.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="prefix">What the source is called where no name is given: prefix, dash, port.</param>
    /// <param name="listens">True to read <c>[ADDR:]PORT</c> with 127.0.0.1 as the default.</param>
    /// <exception cref="FormatException">The text says something else; the message says what is expected.</exception>
    public static DoorAddress Parse(string text, string prefix, bool listens)
    {
        var fields = text.Split(',', StringSplitOptions.TrimEntries);
        var colon = fields[0].LastIndexOf(':');
        var host = colon < 0 ? "" : fields[0][..colon].Trim('[', ']');
        if (!int.TryParse(fields[0][(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port > IPEndPoint.MaxPort || (!listens && (host.Length == 0 || port == 0)))
        {
            throw new FormatException(listens
                ? $"'{text}' is not [ADDRESS:]PORT[,name=NAME]"
                : $"'{text}' is not HOST:PORT[,name=NAME]");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{port}");
        foreach (var field in fields[1..])
        {
            name = field.StartsWith("name=", StringComparison.Ordinal)
                ? field["name=".Length..]
                : throw new FormatException($"'{field}' in '{text}' is not name=NAME");
        }

        if (!SourceName.TryParse(name, out var source))
        {
            throw new FormatException($"'{name}' in '{text}': {SourceName.Rule}");
        }

        if (QueuedLanding.IsOfAnotherDoor(source.Value))
        {
            throw new FormatException($"'{name}' in '{text}': this name belongs to the sources of another door");
        }

        if (listens && host.Length > 0 && host != "localhost" && !IPAddress.TryParse(host, out _))
        {
            throw new FormatException($"'{host}' in '{text}' is not an IP address to listen on");
        }

        return new DoorAddress(host.Length == 0 ? "127.0.0.1" : host, port, source);
    }

    /// <summary>The address to listen on.</summary>
    public IPEndPoint ToListenEndPoint() =>
        new(Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(Host), Port);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
