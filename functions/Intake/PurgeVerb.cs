using System.CommandLine;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Intake;

/// <summary><c>purge --store DIR [--days N] [--json]</c>: erases personal data that is no longer kept; the timer does the same.</summary>
internal static class PurgeVerb
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = OpenedStore.Help, Required = true };
        var days = new Option<int?>("--days") { Description = "days that personal data is kept (default 30); at least an epoch and its overlap, 28" };
        var asJson = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("purge", "Erases personal data that is no longer kept.") { store, days, asJson };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var opened = await WatchStore.OpenAsync(parsed.GetRequiredValue(store), cancel);
            var retention = parsed.GetValue(days) is { } kept ? new Retention { PersonalDataDays = kept } : new Retention();
            var report = await new Purge(opened.Blobs, opened.Keys).RunAsync(TimeProvider.System.GetUtcNow(), retention, cancel);
            Console.WriteLine(parsed.GetValue(asJson)
                ? JsonSerializer.Serialize(report, Json)
                : $"{report.ErasedKeys.Count:N0} keys erased, {report.DeletedBlobs:N0} blobs deleted");
            return ExitCodes.Done;
        }));
        return command;
    }
}
