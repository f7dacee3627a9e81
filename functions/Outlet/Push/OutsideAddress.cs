using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Which addresses are outside: a target that somebody configured must not make us call machines behind our own walls
/// (server-side request forgery). Blocks are those of the IANA special-purpose registries (RFC 6890), and two addresses of
/// clouds.
/// </summary>
public static class OutsideAddress
{
    // Address, bits.
    private static readonly (uint Network, int Bits)[] Closed4 =
    [
        (0x00000000, 8),   // this network
        (0x0A000000, 8),   // private
        (0x64400000, 10),  // carrier-grade NAT
        (0x7F000000, 8),   // loopback
        (0xA9FE0000, 16),  // link-local; 169.254.169.254 tells secrets of a cloud machine
        (0xAC100000, 12),  // private
        (0xC0000000, 24),  // IETF protocols
        (0xC0000200, 24),  // documentation
        (0xC0586300, 24),  // 6to4 relays
        (0xC0A80000, 16),  // private
        (0xC6120000, 15),  // benchmarks
        (0xC6336400, 24),  // documentation
        (0xCB007100, 24),  // documentation
        (0xA83F8110, 32),  // 168.63.129.16, Azure's own
        (0xE0000000, 3),   // multicast, reserved, broadcast
    ];

    /// <summary>True where an address may be called.</summary>
    /// <param name="address">The address as resolved.</param>
    /// <param name="allowsLoopback">This machine may be called too.</param>
    public static bool IsOpen(IPAddress address, bool allowsLoopback = false)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsOpen(address.MapToIPv4(), allowsLoopback);
        }

        if (IPAddress.IsLoopback(address))
        {
            return allowsLoopback;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => IsOpen4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            AddressFamily.InterNetworkV6 when length == 16 => IsOpen6(bytes),
            _ => false,
        };
    }

    private static bool IsOpen4(uint address) =>
        !Array.Exists(Closed4, block => (address ^ block.Network) >> (32 - block.Bits) == 0);

    // Global unicast is 2000::/3 alone; what carries an IPv4 address within is as open as that.
    private static bool IsOpen6(ReadOnlySpan<byte> bytes)
    {
        var head = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (head == 0x0064FF9B && bytes[4..12].IndexOfAnyExcept((byte)0) < 0)
        {
            return IsOpen4(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])); // NAT64, RFC 6052
        }

        return bytes[0] >> 5 == 1 // 2000::/3
            && head >> 9 != 0x20010000 >> 9 // 2001::/23: Teredo and other protocols
            && head != 0x20010DB8 // documentation
            && head >> 12 != 0x3FFF0 // 3fff::/20, documentation
            && (head >> 16 != 0x2002 || IsOpen4(BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]))); // 6to4
    }
}
