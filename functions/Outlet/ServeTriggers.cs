using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// What the triggers of an Azure Functions host call here. Scenes wait for the blob store of Azure: the event names a
/// blob there, which the embedded store cannot read.
/// </summary>
internal static class ServeTriggers
{
    private const string HubSource = "eventhub";

    public static TriggerParts Of(
        DurableIntake intake, LivePipeline? pipeline, StagePipeline stages, ServeAlerts alerts, ForecastDesk forecasts,
        WatchStore watch, TimeProvider time) => new()
    {
        AisLanded = pipeline is null ? null : pipeline.DecodeAsync,
        AisLines = (lines, cancel) => LandAsync(intake, lines, time, cancel),
        PlatesLanded = stages.DecodeAsync,
        ManifestLanded = stages.DecodeAsync,
        AlertQueued = (_, _) =>
        {
            // The board reads what the alerts stage has committed; the message only says that there is something.
            alerts.Board.Wake();
            return Task.CompletedTask;
        },
        ForecastDue = (_, cancel) => forecasts.IssueDueAsync(time.GetUtcNow(), cancel),
        PurgeDue = async (_, cancel) =>
            await new Purge(watch.Blobs, watch.Keys).RunAsync(time.GetUtcNow(), new Retention(), cancel),
    };

    private static async Task LandAsync(
        DurableIntake intake, IReadOnlyList<ReadOnlyMemory<byte>> lines, TimeProvider time, CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        foreach (var line in lines)
        {
            whole.Write(line.Span);
            whole.WriteByte((byte)'\n');
        }

        var receivedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var cut = new LandingCut(whole.ToArray(), [new ReceivedMark(0, receivedAtMs)]);
        await intake.AcceptAsync(SourceName.Parse(HubSource), DeliveryKind.Stream, cut, cancel);
    }
}
