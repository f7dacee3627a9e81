using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Learning;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What the triggers of an Azure Functions host call here.</summary>
internal static class ServeTriggers
{
    public static TriggerParts Of(
        DurableIntake intake, LivePipeline? pipeline, StagePipeline stages, ServeAlerts alerts, ServePushes pushes, ForecastDesk forecasts,
        WatchStore watch, TimeProvider time, ILoggerFactory logs) => pushes.AddTo(new TriggerParts
    {
        AisLanded = pipeline is null ? null : pipeline.DecodeAsync,
        AisLines = new HubDoor(intake, watch.Blobs, time, HubDoor.SourceOf(Environment.GetEnvironmentVariable("MW_AIS_HUB"))).TakeAsync,
        PlatesLanded = stages.DecodeAsync,
        ManifestLanded = stages.DecodeAsync,
        SceneLanded = stages.DecodeAsync,
        ForecastDue = (_, cancel) => forecasts.IssueDueAsync(time.GetUtcNow(), cancel),
        LearnDue = (_, cancel) => new LearningRun(watch, LearningBounds.Hosted, time, logs.CreateLogger<LearningRun>()).RunAsync(cancel),
        PurgeDue = async (_, cancel) =>
            await new Purge(watch.Blobs, watch.Keys).RunAsync(time.GetUtcNow(), new Retention(), cancel),
    }, alerts.Board);
}
