using System.Diagnostics.Metrics;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// Adds up what our meters say, from its start on, for whoever asks. It costs a lock and a look-up per measurement, and
/// a measurement is made per blob or commit.
/// </summary>
public sealed class MetricsListener : IDisposable
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener;

    /// <summary>Begins to listen.</summary>
    public MetricsListener()
    {
        listener = new MeterListener { InstrumentPublished = OnPublished };
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.Start();
    }

    /// <summary>The families of our meters, also those without a sample yet.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate)
            {
                return [.. families.Keys];
            }
        }
    }

    /// <summary>Writes every family that has a sample, by name.</summary>
    /// <param name="text">Takes them.</param>
    public void Write(PrometheusText text)
    {
        listener.RecordObservableInstruments();
        lock (gate)
        {
            foreach (var family in families.Values)
            {
                family.Write(text);
            }

            WriteBehind(text);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void OnPublished(Instrument instrument, MeterListener to)
    {
        // What the storage was asked is written from its own count, which began before we listened.
        if (!instrument.Meter.Name.StartsWith(IntakeMeters.Name, StringComparison.Ordinal)
            || instrument.Meter.Name == StorageOperations.MeterName)
        {
            return;
        }

        lock (gate)
        {
            var family = new MetricFamily(instrument);
            if (families.TryAdd(family.Name, family))
            {
                to.EnableMeasurementEvents(instrument, family);
            }
        }
    }

    /// <summary>How many entries a group has still to fold: only known where both its inbox and its checkpoint were seen.</summary>
    private void WriteBehind(PrometheusText text)
    {
        const string Name = "maritimewatch_group_entries_behind";
        if (!families.TryGetValue("maritimewatch_group_inbox_last_entry", out var lasts)
            || !families.TryGetValue("maritimewatch_group_next_entry", out var nexts))
        {
            return;
        }

        var known = nexts.Values();
        var both = lasts.Values().Where(last => known.ContainsKey(last.Key)).ToList();
        if (both.Count > 0)
        {
            text.Family(Name, "gauge", "Entries of a group's inbox that are not yet folded and committed.");
            foreach (var (group, last) in both)
            {
                text.Sample(Name, nexts.LabelsOf(group), Math.Max(0, last - known[group] + 1));
            }
        }
    }
}
