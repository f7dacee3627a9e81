using System.Text.Json;

namespace MaritimeWatch.Functions.Intake;

/// <summary>What became of posted plate reads. Says nothing of the plates.</summary>
/// <param name="Items">Reads, used or refused.</param>
/// <param name="Used">Taken.</param>
/// <param name="Refused">Refused, by fault.</param>
/// <param name="Ignored">Blank lines, comments, headers.</param>
/// <param name="ImagesDropped">Images that were in the body and were not kept.</param>
/// <param name="Landed">SHA-256 of the bytes as they are stored, sealed.</param>
public sealed record PlateReceipt(
    long Items, long Used, IReadOnlyDictionary<string, long> Refused, long Ignored, int ImagesDropped, string Landed)
{
    /// <summary>How it is written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}
