using System.Globalization;
using System.Text;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>Whether every line that a stage hears, and that its producers' checkpoints name, was told to it once, and nothing else.</summary>
internal sealed class RelayJudge(IBlobStore store, StagePlan plan, IReadOnlyDictionary<GroupName, Dictionary<string, List<ReadOnlyMemory<byte>>>> said)
{
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        var expected = Expected();
        var faults = new List<string>();
        foreach (var group in plan.Groups)
        {
            var (heard, clash) = await HeardAsync(group);
            if (clash is not null)
            {
                faults.Add(clash);
            }

            var wanted = expected[group.Group];
            var lost = wanted.Where(line => heard.GetValueOrDefault(line.Key) < line.Value).ToList();
            var extra = heard.Where(line => wanted.GetValueOrDefault(line.Key) < line.Value).ToList();
            if (lost.Count > 0 || extra.Count > 0)
            {
                faults.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{group} has not heard {lost.Count} lines of its producers and heard {extra.Count} that they do not say (or too often): {Start(lost.Concat(extra).First().Key)}"));
            }
        }

        return faults;
    }

    private Dictionary<string, int>[] Expected()
    {
        var expected = plan.Groups.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray();
        var groups = new List<int>();
        foreach (var producer in plan.Hears)
        {
            foreach (var collection in producer.Collections)
            {
                foreach (var line in said[producer.Group].GetValueOrDefault(collection) ?? [])
                {
                    groups.Clear();
                    groups.Add(0);
                    if (plan.Route is { } route)
                    {
                        groups.Clear();
                        route(collection, line.Span, groups);
                    }

                    foreach (var group in groups)
                    {
                        Count(expected[group], Key(collection, line));
                    }
                }
            }
        }

        return expected;
    }

    // As a fold hears it: what is not later than what was heard last is a repetition.
    private async Task<(Dictionary<string, int> Heard, string? Clash)> HeardAsync(GroupName group)
    {
        var heard = new Dictionary<string, int>(StringComparer.Ordinal);
        var parts = new Dictionary<NewsPlace, ReadOnlyMemory<byte>>();
        var place = NewsPlace.None;
        string? clash = null;
        await foreach (var entry in new Inbox(store, group, TimeProvider.System).EntriesAsync())
        {
            if (entry.Kind != EntryKind.News)
            {
                continue;
            }

            var news = NewsEntry.Parse(entry.Body);
            if (parts.TryGetValue(news.Place, out var before) && !before.Span.SequenceEqual(entry.Body.Span))
            {
                clash ??= $"{group}: round {news.Plan}, part {news.Part} was told in two ways";
            }

            parts[news.Place] = entry.Body;
            if (news.Place.IsAfter(place))
            {
                place = news.Place;
                foreach (var row in news.Rows)
                {
                    Count(heard, Key(row.Collection, row.Line));
                }
            }
        }

        return (heard, clash);
    }

    private static string Key(string collection, ReadOnlyMemory<byte> line) => collection + "\t" + Encoding.UTF8.GetString(line.Span);

    private static string Start(string line) => line.Length > 160 ? line[..160] + "..." : line;

    private static void Count(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
