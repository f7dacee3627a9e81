using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Ids made of what was declared, so that the same thing has the same id whenever and however it comes.</summary>
internal static class DeclaredNames
{
    private const int IdBytes = 16;

    /// <summary>A hash of some texts, 32 lower-case hexadecimal digits.</summary>
    public static string IdOf(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, IdBytes));

    /// <summary>True where the name of a party names nobody: a bill to order.</summary>
    public static bool IsToOrder(string name)
    {
        var plain = new string([.. name.ToUpperInvariant().Where(char.IsAsciiLetter)]);
        return plain.Length == 0 || plain is "TOORDER" or "ORDER" or "TOTHEORDER" or "TOORDEROF" or "SAMEASCONSIGNEE" or "SAME";
    }
}
