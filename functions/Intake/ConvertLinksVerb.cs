using System.CommandLine;
using System.Text.Json;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// <c>convert-links LINKS ROUTES TRAJECTORIES --out DIR [--check]</c>: a toll-road table as SIMULATED plate reads and their
/// camera network, in the form of a scenario folder.
/// </summary>
internal static class ConvertLinksVerb
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var links = new Argument<FileInfo>("LINKS") { Description = "CSV: link_id, length, out_top" };
        var routes = new Argument<FileInfo>("ROUTES") { Description = "CSV: intersection_id, tollgate_id, link_seq" };
        var trajectories = new Argument<FileInfo>("TRAJECTORIES") { Description = "CSV: vehicle_id, travel_seq (link#time#seconds;...)" };
        var into = new Option<DirectoryInfo>("--out") { Description = "folder for plates.ndjson and reference/cameras.json", Required = true };
        var check = new Option<bool>("--check") { Description = "take the reads through door and gate and compare the journeys" };
        var strict = new Option<bool>("--strict") { Description = "exit with 1 when a row was refused" };
        var command = new Command("convert-links", "Turns link passages of a toll road into SIMULATED plate reads.")
        {
            links, routes, trajectories, into, check, strict,
        };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var passages = LinkPassages.Read(
                await File.ReadAllLinesAsync(parsed.GetRequiredValue(links).FullName, cancel),
                await File.ReadAllLinesAsync(parsed.GetRequiredValue(routes).FullName, cancel),
                await File.ReadAllLinesAsync(parsed.GetRequiredValue(trajectories).FullName, cancel));
            await WriteAsync(passages, parsed.GetRequiredValue(into), cancel);
            await Console.Error.WriteLineAsync(
                $"maritimewatch: {passages.Journeys.Count:N0} journeys, {passages.Journeys.Sum(journey => journey.Passages.Count):N0} SIMULATED reads, {passages.Refused:N0} rows refused");
            if (passages.Journeys.Count == 0)
            {
                return ExitCodes.NothingUsable;
            }

            if (parsed.GetValue(check))
            {
                Console.WriteLine(JsonSerializer.Serialize(await JourneyCheck.RunAsync(passages, cancel), Json));
            }

            return parsed.GetValue(strict) && passages.Refused > 0 ? ExitCodes.SomeRefused : ExitCodes.Done;
        }));
        return command;
    }

    private static async Task WriteAsync(LinkPassages passages, DirectoryInfo folder, CancellationToken cancel)
    {
        var reference = Directory.CreateDirectory(Path.Combine(folder.FullName, "reference"));
        await File.WriteAllBytesAsync(Path.Combine(reference.FullName, "cameras.json"), passages.ToCameraFile(), cancel);
        await using var reads = File.Create(Path.Combine(folder.FullName, "plates.ndjson"));
        passages.WriteReads(reads);
    }
}
