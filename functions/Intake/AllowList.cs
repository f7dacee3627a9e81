using System.Net;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Which addresses may send to a raw socket; a raw socket has no header for a key.</summary>
/// <param name="Networks">CIDR blocks; loopback is always allowed.</param>
public sealed record AllowList(IReadOnlyList<IPNetwork> Networks)
{
    /// <summary>Loopback only.</summary>
    public static AllowList LoopbackOnly { get; } = new([]);

    /// <summary>Reads CIDR blocks; a bare address is that address alone.</summary>
    /// <exception cref="FormatException">A text is no CIDR block.</exception>
    public static AllowList Parse(IEnumerable<string> texts) => new([.. texts.Select(ParseOne)]);

    /// <summary>True when the address may send.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
        {
            return true;
        }

        foreach (var network in Networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    private static IPNetwork ParseOne(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new FormatException($"'{text}' is not a CIDR block such as 192.0.2.0/24");
    }
}
