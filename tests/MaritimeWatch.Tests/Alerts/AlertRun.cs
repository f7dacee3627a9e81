using System.Buffers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Alerts;

/// <summary>Runs the stage over lines and keeps what it writes.</summary>
internal sealed class AlertRun(AlertOptions? options = null) : IFoldOutput
{
    private long number;
    private long plan;

    public AlertFold Fold { get; private set; } = new(options ?? new AlertOptions());

    public List<(string Collection, string Line)> Lines { get; } = [];

    /// <summary>Where given, the stage is killed, saved and restored between entries.</summary>
    public Random? Chaos { get; init; }

    public IReadOnlyList<Alert> AlertRevisions => [.. Of("alerts").Select(line => AlertLine.Parse(Encoding.UTF8.GetBytes(line)))];

    /// <summary>The latest revision of each alert.</summary>
    public IReadOnlyList<Alert> Alerts => [.. AlertRevisions.GroupBy(alert => alert.Id).Select(revisions => revisions.Last())];

    public IReadOnlyList<JsonElement> Findings => [.. Of("findings").Select(Properties)];

    public IReadOnlyList<JsonElement> Deliveries => [.. Of("deliveries").Select(Properties)];

    public IReadOnlyDictionary<string, JsonElement> Assessments =>
        Of("assessments").Select(Properties).GroupBy(line => line.GetProperty("subject").GetString()!).ToDictionary(group => group.Key, group => group.Last());

    /// <summary>Everything but where in the inbox a finding began, which follows from how the lines were cut.</summary>
    public string Bytes => string.Join('\n', Lines.Where(line => line.Collection != "alert-counts").Select(line => $"{line.Collection} {Cut(line.Line)}"));

    public IEnumerable<string> Of(string collection) => Lines.Where(line => line.Collection == collection).Select(line => line.Line);

    public AlertRun Hear(NewsLines lines, int rowsPerEntry = int.MaxValue) => Hear(lines.Sorted, () => rowsPerEntry);

    public AlertRun Hear(IReadOnlyList<NewsRow> rows, Func<int> rowsPerEntry)
    {
        plan++;
        foreach (var entry in NewsLines.Entries(rows, rowsPerEntry, number + 1, plan))
        {
            number = entry.Number;
            Give(entry);
        }

        return this;
    }

    public AlertRun Tick(double hours)
    {
        Give(new InboxEntry(++number, EntryKind.Tick, Encoding.UTF8.GetBytes($$"""{"at":"{{NewsLines.Text(hours)}}"}""")));
        return this;
    }

    public AlertRun Act(string alert, AlertActionKind kind, double hours, string? outcome = null, string? note = null)
    {
        Give(new InboxEntry(++number, EntryKind.Action, new AlertAction(alert, kind, outcome, note, "officer", NewsLines.At(hours)).ToBytes()));
        return this;
    }

    public AlertRun Judge(FindingJudgement judgement)
    {
        Give(new InboxEntry(++number, EntryKind.Action, judgement.ToBytes()));
        return this;
    }

    public void WriteLine(string collection, ReadOnlySpan<byte> line) => Lines.Add((collection, Encoding.UTF8.GetString(line)));

    public byte[] Snapshot()
    {
        var buffer = new ArrayBufferWriter<byte>();
        Fold.SaveSnapshot(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public void Give(InboxEntry entry)
    {
        if (Chaos is null)
        {
            Step(entry);
            return;
        }

        var saved = Snapshot();
        while (Chaos.Next(3) == 0)
        {
            // Killed before the commit: the lines are never seen, the entry is folded again.
            var lines = Lines.Count;
            Step(entry);
            Lines.RemoveRange(lines, Lines.Count - lines);
            Restore(saved);
        }

        Step(entry);
        if (Chaos.Next(3) == 0)
        {
            Restore(Snapshot());
        }

        if (Chaos.Next(4) == 0)
        {
            Fold.Publish(this);
        }
    }

    private void Restore(byte[] saved)
    {
        Fold = new AlertFold(Fold.Options);
        Fold.Reset();
        Fold.RestoreSnapshot(saved);
    }

    private void Step(InboxEntry entry) =>
        Assert.That(Fold.FoldAsync(entry, 0, 1, this, default).AsTask().GetAwaiter().GetResult().IsDone);

    private static JsonElement Properties(string line) => JsonDocument.Parse(line).RootElement.GetProperty("properties");

    private static string Cut(string line) => line.IndexOf("\"position\":", StringComparison.Ordinal) is >= 0 and var at ? line[..at] : line;
}
