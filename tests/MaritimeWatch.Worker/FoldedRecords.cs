using System.Diagnostics.Metrics;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Worker;

/// <summary>Counts the records of the watch that this process has committed: what it did of the work that several share.</summary>
internal sealed class FoldedRecords : IDisposable
{
    private const string Instrument = "maritimewatch.group.records";

    private readonly MeterListener listener = new();
    private long count;

    public FoldedRecords()
    {
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == IntakeMeters.Name && instrument.Name == Instrument)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var (_, stage) in tags)
            {
                if (stage is StageNames.Watch)
                {
                    Interlocked.Add(ref count, value);
                }
            }
        });
        listener.Start();
    }

    /// <summary>Records so far.</summary>
    public long Count => Interlocked.Read(ref count);

    public void Dispose() => listener.Dispose();
}
