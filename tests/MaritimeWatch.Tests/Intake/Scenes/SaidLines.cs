using System.Buffers;
using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Intake.Scenes;

/// <summary>Commits lines as a group of the watch would, so that later stages can read them.</summary>
internal sealed class SaidLines : IFold
{
    public static async Task CommitAsync(IBlobStore store, string collection, params string[] lines)
    {
        var time = new ManualTime();
        var group = new GroupName(StageNames.Watch, 0);
        await new Inbox(store, group, time).AppendAsync(EntryKind.Tick, Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend(collection))));
        var worker = new GroupWorker(store, group, new SaidLines(), GroupWorkerOptions.Replay, time);
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }
    }

    /// <summary>A track line: every point is (longitude, latitude, milliseconds).</summary>
    public static string Track(uint mmsi, params (double Lon, double Lat, long AtMs)[] points)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var line = string.Join(',', points.Select(p => string.Create(culture, $"[{p.Lon:F6},{p.Lat:F6}]")));
        var times = string.Join(',', points.Select(p => p.AtMs.ToString(culture)));
        return $$$"""{"type":"Feature","id":"mmsi:{{{mmsi}}}-1-{{{points[0].AtMs}}}","geometry":{"type":"LineString","coordinates":[{{{line}}}]},"properties":{"mmsi":{{{mmsi}}},"subject":"mmsi:{{{mmsi}}}","hull":1,"times":[{{{times}}}],"simulated":true}}""";
    }

    public static string Vessel(uint mmsi, string name, int lengthM) =>
        $$$"""{"type":"Feature","id":"mmsi:{{{mmsi}}}","geometry":null,"properties":{"mmsi":{{{mmsi}}},"subject":"mmsi:{{{mmsi}}}","name":"{{{name}}}","length_m":{{{lengthM}}}}}""";

    public void Reset()
    {
    }

    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
    }

    public void RestoreDelta(ReadOnlySpan<byte> delta)
    {
    }

    public void SaveSnapshot(IBufferWriter<byte> target) => target.Write("-"u8);

    public void SaveDelta(IBufferWriter<byte> target) => target.Write("-"u8);

    public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        var lines = Encoding.UTF8.GetString(entry.Body.Span).Split('\n');
        foreach (var line in lines.Skip(1))
        {
            output.WriteLine(lines[0], Encoding.UTF8.GetBytes(line));
        }

        return new(FoldStep.EntryDone);
    }

    public void Publish(IFoldOutput output)
    {
    }
}
