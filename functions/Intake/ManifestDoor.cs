using System.Text.Json;
using MaritimeWatch.Intake.Manifests;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// <c>POST /manifests</c>: a CUSCAR interchange or a JSON manifest, gzip or plain. 202 with counts and every defect once it
/// is landed, sealed, and queued; what cannot be used is landed and kept as refused, sealed, and answered with 400.
/// </summary>
public sealed class ManifestDoor
{
    private static readonly string[] Types =
    [
        "application/edifact", "application/edi-x12", "application/json", "text/plain", "application/octet-stream", "application/gzip",
        "application/xml", "text/xml", // XML is let in so that the answer can say why it is not read.
    ];

    private readonly DeclaredBody body;
    private readonly SealedRejects rejects;
    private readonly Func<LandedNote, CancellationToken, Task> queue;
    private readonly int bodyBytesMax;

    /// <summary>A door.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="queue">Takes the note of what was landed.</param>
    /// <param name="time">The clock of received_at.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    public ManifestDoor(
        IBlobStore store, KeyRing keys, Func<LandedNote, CancellationToken, Task> queue, TimeProvider time, DeclaredDoorOptions? options = null)
    {
        options ??= new DeclaredDoorOptions();
        body = new DeclaredBody(ManifestDecoder.DoorName, Types, store, keys, time, options);
        (rejects, this.queue, bodyBytesMax) = (new SealedRejects(store, keys), queue, options.BodyBytesMax);
    }

    /// <summary>Opens the door, and shows the schema of JSON manifests at <c>/schemas/manifest.json</c>.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/manifests", (Delegate)TakeAsync);
        app.MapGet("/schemas/manifest.json", () => Results.Bytes(ManifestSchema.Bytes.ToArray(), "application/schema+json"));
    }

    private Task<IResult> TakeAsync(HttpContext context) => body.TakeAsync(context, AnswerAsync);

    private async Task<IResult> AnswerAsync(ReceivedBody received)
    {
        var reading = ManifestReader.Read(received.Clear, bodyBytesMax);
        var receipt = ManifestReceipt.Of(reading, received.Landed.Hash);
        if (reading.Fault == ManifestFault.None)
        {
            await queue(received.Note, received.Cancel);
            return Results.Json(receipt, ManifestReceipt.Json, statusCode: StatusCodes.Status202Accepted);
        }

        await rejects.KeepAsync(received.Landed, ManifestDecoder.Refused(reading, received.Clear), received.Cancel);
        return Results.Problem(
            $"no manifest could be read: {reading.FaultText}",
            statusCode: StatusCodes.Status400BadRequest,
            extensions: new Dictionary<string, object?>
            {
                ["fault"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(reading.Fault.ToString()),
                ["defects"] = receipt.Defects,
                ["landed"] = receipt.Landed,
            });
    }
}

/// <summary>What became of a posted manifest.</summary>
/// <param name="Manifests">Messages that were read.</param>
/// <param name="Consignments">Bills in them.</param>
/// <param name="Containers">Containers in them.</param>
/// <param name="MessagesRefused">Messages of other types in the same file.</param>
/// <param name="DefectCounts">Defects by kind.</param>
/// <param name="Defects">Where, what and what was done; at most 100.</param>
/// <param name="Landed">SHA-256 of the sealed bytes.</param>
public sealed record ManifestReceipt(
    int Manifests,
    int Consignments,
    int Containers,
    int MessagesRefused,
    IReadOnlyDictionary<string, long> DefectCounts,
    IReadOnlyList<string> Defects,
    string Landed)
{
    private const int DefectsMax = 100;

    /// <summary>How it is written.</summary>
    public static JsonSerializerOptions Json => AisReceipt.Json;

    /// <summary>From a reading.</summary>
    public static ManifestReceipt Of(ManifestReading reading, string landed) => new(
        reading.Manifests.Count,
        reading.Manifests.Sum(manifest => manifest.Consignments.Count),
        reading.Manifests.SelectMany(manifest => manifest.Consignments).SelectMany(consignment => consignment.Containers).Distinct().Count(),
        reading.MessagesRefused,
        reading.DefectCounts.ToDictionary(pair => JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Key.ToString()), pair => pair.Value),
        [.. reading.Defects.Take(DefectsMax).Select(defect => defect.ToString())],
        landed);
}
