using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>
/// Whether everything that the doors have queued is in the inboxes as an undisturbed decoder makes it, and is counted once
/// whatever often it was delivered.
/// </summary>
internal sealed class EffectJudge(MemoryStore store, WatchStore watch, SentLog sent)
{
    /// <summary>Reports that an undisturbed run counts.</summary>
    public long Reports { get; private set; }

    public async Task<IReadOnlyList<string>> FaultsAsync(IReadOnlyDictionary<GroupName, Dictionary<string, List<ReadOnlyMemory<byte>>>> said)
    {
        var faults = new List<string>();
        var expected = await DecodedAsync();
        foreach (var group in watch.Groups)
        {
            var there = await BatchesAsync(group);
            foreach (var key in expected[group.Group].Where(one => one.Value.IsSure && !there.ContainsKey(one.Key)).Select(one => one.Key).Take(3))
            {
                faults.Add($"{group} has lost a landed blob: {key}");
            }

            long reports = 0;
            foreach (var (key, bodies) in there)
            {
                // The same bytes may have been landed on two occasions: either will do, and the first of them counts.
                var of = expected[group.Group].GetValueOrDefault(key)?.Bodies ?? [];
                if (bodies.Exists(body => !of.Exists(other => other.Span.SequenceEqual(body.Span))))
                {
                    faults.Add($"{group} has a batch that no landed blob gives: {key}");
                }

                reports += PositionsOf(bodies[0]);
            }

            Reports += reports;
            var counted = CountOf(said[group], "reports");
            if (counted != reports)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{group} has counted {counted} reports; its landed blobs hold {reports}"));
            }
        }

        faults.AddRange(await LostNotesAsync());
        return faults;
    }

    // Every queued blob decoded once, alone: what each group's entry of it must be.
    private async Task<IReadOnlyList<Dictionary<string, Expected>>> DecodedAsync()
    {
        var expected = watch.Groups.Select(_ => new Dictionary<string, Expected>(StringComparer.Ordinal)).ToArray();
        foreach (var (message, isSure) in sent.Works)
        {
            var alone = new MemoryStore();
            if (await store.GetAsync(message.Landed, default) is { } blob)
            {
                await alone.PutAsync(message.Landed, blob.Bytes, PutCondition.IfAbsent, default);
            }

            var inboxes = watch.Groups.Select(group => new Inbox(alone, group, TimeProvider.System)).ToArray();
            await new BlobDecoder(alone, watch.Format, inboxes).DecodeAsync(message, default);
            for (var group = 0; group < inboxes.Length; group++)
            {
                if (await inboxes[group].ReadAsync(1) is { } entry)
                {
                    var key = KeyOf(RecordBatch.Read(entry.Body));
                    if (!expected[group].TryGetValue(key, out var of))
                    {
                        expected[group][key] = of = new Expected();
                    }

                    of.Bodies.Add(entry.Body);
                    of.IsSure |= isSure;
                }
            }
        }

        return expected;
    }

    private async Task<Dictionary<string, List<ReadOnlyMemory<byte>>>> BatchesAsync(GroupName group)
    {
        var there = new Dictionary<string, List<ReadOnlyMemory<byte>>>(StringComparer.Ordinal);
        await foreach (var entry in new Inbox(store, group, TimeProvider.System).EntriesAsync())
        {
            if (entry.Kind == EntryKind.Batch)
            {
                var key = KeyOf(RecordBatch.Read(entry.Body));
                if (!there.TryGetValue(key, out var bodies))
                {
                    there[key] = bodies = [];
                }

                bodies.Add(entry.Body);
            }
        }

        return there;
    }

    private async Task<IReadOnlyList<string>> LostNotesAsync()
    {
        var stages = new Dictionary<string, string>
        {
            ["plates"] = StageNames.Gate, ["manifests"] = StageNames.Declared, ["notices"] = StageNames.Declared,
        };
        var faults = new List<string>();
        foreach (var stage in stages.Values.Distinct())
        {
            var hashes = new StringBuilder();
            await foreach (var entry in new Inbox(store, new GroupName(stage, 0), TimeProvider.System).EntriesAsync())
            {
                hashes.Append(entry.Kind == EntryKind.Batch ? Encoding.UTF8.GetString(entry.Body.Span) : "");
            }

            var all = hashes.ToString();
            faults.AddRange(sent.Notes.Where(note => note.IsSure && stages[note.Note.Door] == stage && !all.Contains(note.Note.Hash, StringComparison.Ordinal))
                .Select(note => $"{stage} has lost what came through {note.Note.Door}: {note.Note.Landed}"));
        }

        return faults;
    }

    private static string KeyOf(RecordBatch batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', batch.Landings.Select(landing => landing.Hash))} part {batch.Part}");

    private static long PositionsOf(ReadOnlyMemory<byte> body)
    {
        var batch = RecordBatch.Read(body);
        var reader = new RecordReader(batch.Records.Span);
        var positions = 0L;
        while (reader.MoveNext())
        {
            positions += reader.Kind == RecordKind.Position ? 1 : 0;
        }

        return positions;
    }

    private static long CountOf(Dictionary<string, List<ReadOnlyMemory<byte>>> said, string member)
    {
        if (said.GetValueOrDefault("counts") is not { Count: > 0 } counts)
        {
            return 0;
        }

        using var json = JsonDocument.Parse(counts[^1]);
        return json.RootElement.GetProperty(member).GetInt64();
    }

    private sealed class Expected
    {
        public List<ReadOnlyMemory<byte>> Bodies { get; } = [];

        public bool IsSure { get; set; }
    }
}
