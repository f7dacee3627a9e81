using System.Buffers;
using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Forecasts;

/// <summary>Lines of calls as stages commit them: through real inboxes, workers and checkpoints.</summary>
internal static class CommittedLines
{
    /// <summary>Commits the lines of calls in the watch's group 0, those announced in the declared stage, and describes the places.</summary>
    public static async Task WriteAsync(IBlobStore store, PortLines lines)
    {
        const string Places = """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","id":"NOSIM-A","geometry":{"type":"Point","coordinates":[10,59]},"properties":{"kind":"anchorage","port":"NOSIM"}},
              {"type":"Feature","id":"NOSIM-B","geometry":{"type":"Point","coordinates":[10.1,59]},"properties":{"kind":"berth","port":"NOSIM"}}]}
            """;
        await new ReferenceStore(store).AddAsync(ReferenceKinds.Anchorages, Encoding.UTF8.GetBytes(Places), CancellationToken.None);
        foreach (var (stage, collection) in new[] { (StageNames.Watch, "port-calls"), (StageNames.Declared, "declared-calls") })
        {
            var (group, time) = (new GroupName(stage, 0), new ManualTime());
            var own = lines.Lines.Where(line => line.Collection == collection).Select(line => Encoding.UTF8.GetString(line.Line.Span));
            await new Inbox(store, group, time).AppendAsync(EntryKind.Batch, Encoding.UTF8.GetBytes(string.Join('\n', own)));
            await new GroupWorker(store, group, new Script(collection), GroupWorkerOptions.Replay, time).CommitAsync();
        }
    }

    /// <summary>A stage that says what it is given.</summary>
    private sealed class Script(string collection) : IFold
    {
        public void Reset()
        {
        }

        public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
        {
        }

        public void RestoreDelta(ReadOnlySpan<byte> delta)
        {
        }

        public void SaveSnapshot(IBufferWriter<byte> target) => target.Write("{}"u8);

        public void SaveDelta(IBufferWriter<byte> target) => target.Write("{}"u8);

        public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
        {
            foreach (var line in Encoding.UTF8.GetString(entry.Body.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                output.WriteLine(collection, Encoding.UTF8.GetBytes(line));
            }

            return ValueTask.FromResult(FoldStep.EntryDone);
        }

        public void Publish(IFoldOutput output)
        {
        }
    }
}
