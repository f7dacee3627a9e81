using System.Diagnostics;
using System.Globalization;

namespace MaritimeWatch.Functions.Operations;

/// <summary>What the process itself uses, under the names that Prometheus clients agree on.</summary>
internal static class ProcessMetrics
{
    /// <summary>Writes them.</summary>
    /// <param name="text">Takes them.</param>
    public static void Write(PrometheusText text)
    {
        using var self = Process.GetCurrentProcess();
        text.One("process_cpu_seconds_total", "counter", "Processor time used, user and system.", self.TotalProcessorTime.TotalSeconds);
        text.One("process_resident_memory_bytes", "gauge", "Memory that lies in RAM.", self.WorkingSet64);
        text.One("process_start_time_seconds", "gauge", "When the process started, since 1970 UTC.",
            (self.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
        text.One("process_threads", "gauge", "Threads of the process.", self.Threads.Count);
        text.One("dotnet_gc_heap_bytes", "gauge", "Bytes of live objects after the last collection.", GC.GetGCMemoryInfo().HeapSizeBytes);
        text.One("dotnet_gc_allocated_bytes_total", "counter", "Bytes allocated.", GC.GetTotalAllocatedBytes());
        text.One("dotnet_gc_pause_seconds_total", "counter", "Time in which collections stopped everything.",
            GC.GetTotalPauseDuration().TotalSeconds);
        text.Family("dotnet_gc_collections_total", "counter", "Collections, by the oldest generation that they took.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample(
                "dotnet_gc_collections_total", [("generation", generation.ToString(CultureInfo.InvariantCulture))],
                GC.CollectionCount(generation) - (generation < GC.MaxGeneration ? GC.CollectionCount(generation + 1) : 0));
        }
    }
}
