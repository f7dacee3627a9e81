using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Findings;

/// <summary>The id of a finding: fixed for ever by what it is about and what first triggered it.</summary>
internal static class FindingId
{
    private const int Bytes = 16;

    public static string Of(
        FindingKind kind, string subject, string? aboutObject, string rule, string profile, Trigger trigger)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{FindingNames.Of(kind)}\n{subject}\n{aboutObject}\n{rule}\n{profile}\n{trigger.Group}/{trigger.Entry}/{trigger.Record}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
    }
}
