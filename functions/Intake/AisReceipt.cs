using System.Text.Json;
using System.Text.Json.Serialization;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Functions.Intake;

/// <summary>What became of a posted body: <c>lines = used + refused + ignored</c> for line formats.</summary>
/// <param name="Lines">Physical lines or rows.</param>
/// <param name="Used">Understood.</param>
/// <param name="Refused">Refused, by fault.</param>
/// <param name="Ignored">Comments, blank lines, headers, other sentences.</param>
/// <param name="NoTime">Used, but without a time.</param>
/// <param name="Reports">Positions found.</param>
/// <param name="Landed">SHA-256 of the bytes as landed.</param>
public sealed record AisReceipt(
    long Lines,
    long Used,
    IReadOnlyDictionary<string, long> Refused,
    long Ignored,
    long NoTime,
    long Reports,
    string Landed)
{
    /// <summary>How it is written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>From the reader's counts.</summary>
    public static AisReceipt From(AisReadCounts counts, string landed) => new(
        counts.Lines, counts.Used, RefusedOf(counts), counts.Ignored, counts.NoTime, counts.Positions, landed);

    /// <summary>Only the faults that occurred, in snake_case.</summary>
    public static IReadOnlyDictionary<string, long> RefusedOf(AisReadCounts counts)
    {
        var refused = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var fault in Enum.GetValues<IntakeFault>())
        {
            if (counts.RefusedFor(fault) is > 0 and var count)
            {
                refused.Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()), count);
            }
        }

        return refused;
    }
}
