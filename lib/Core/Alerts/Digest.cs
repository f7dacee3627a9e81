using System.Buffers;
using System.Security.Cryptography;
using MaritimeWatch.Risk;

namespace MaritimeWatch.Alerts;

/// <summary>A hash of what an alert or an assessment says, without when it was said and among how many it was ranked.</summary>
internal static class Digest
{
    private const int Bytes = 16;

    public static string Of(Alert alert)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        AlertLine.Write(buffer, alert with { Revision = 0, UpdatedAtMs = 0, Assessment = Bare(alert.Assessment) });
        return Hash(buffer);
    }

    public static string Of(Assessment assessment)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        AssessmentJson.WriteLine(buffer, Bare(assessment));
        return Hash(buffer);
    }

    private static Assessment Bare(Assessment assessment) => assessment with { KnownAtMs = 0, Rank = 0, RankedCalls = 0 };

    private static string Hash(ArrayBufferWriter<byte> buffer) =>
        Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan).AsSpan(0, Bytes));
}
