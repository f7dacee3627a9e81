using System.Text.Json;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Functions.Watch;

/// <summary>Sends what a reader finds to the batch of its group, and what it refuses to the rejects.</summary>
/// <param name="batch">Splits by group.</param>
/// <param name="rejects">Keeps refusals.</param>
internal readonly struct BatchSink(RecordBatchWriter batch, RejectBatch rejects) : IAisSink
{
    private static readonly string[] FaultNames =
        [.. Enum.GetValues<IntakeFault>().Select(fault => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()))];

    public void OnPosition(in PositionReport report) => batch.Add(in report);

    public void OnStatic(StaticReport report) => batch.Add(report);

    public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes) =>
        rejects.Add(FaultNames[(int)refusal.Fault], refusal.Offset, refusal.Length, refusal.LineNumber, bytes);
}
