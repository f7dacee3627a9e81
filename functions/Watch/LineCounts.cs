using System.Text.Json;
using System.Text.RegularExpressions;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// What became of every line of a set. Kept as <c>sets/{id}</c> once a set has been decoded, so that a later run that
/// has nothing to decode can still say it.
/// </summary>
internal sealed partial record LineCounts
{
    /// <summary>Physical lines.</summary>
    public long Lines { get; init; }

    /// <summary>Lines that were understood.</summary>
    public long Used { get; init; }

    /// <summary>Comments, blank lines, headers, sentences without an AIS message.</summary>
    public long Ignored { get; init; }

    /// <summary>Used lines without any time.</summary>
    public long NoTime { get; init; }

    /// <summary>Positions that went to the watch.</summary>
    public long Reports { get; init; }

    /// <summary>Refused lines by fault, in snake_case.</summary>
    public IReadOnlyDictionary<string, long> Refused { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Takes over what a reader counted.</summary>
    /// <param name="counts">A reader's counts.</param>
    public static LineCounts From(AisReadCounts counts) => new()
    {
        Lines = counts.Lines,
        Used = counts.Used,
        Ignored = counts.Ignored,
        NoTime = counts.NoTime,
        Reports = counts.Positions,
        Refused = Sum(Enum.GetValues<IntakeFault>().Select(fault => (Snake(fault.ToString()), counts.RefusedFor(fault)))),
    };

    /// <summary>Takes over what became of a document.</summary>
    /// <param name="outcome">A decoder's answer.</param>
    public static LineCounts Of(LandedOutcome outcome) => new()
    {
        Lines = outcome.Items,
        Used = outcome.Used,
        Ignored = outcome.Ignored,
        Refused = Sum(outcome.Refused.Select(pair => (pair.Key, pair.Value))),
    };

    /// <summary>The counts of two sets together.</summary>
    /// <param name="other">The other's.</param>
    public LineCounts Plus(LineCounts other) => new()
    {
        Lines = Lines + other.Lines,
        Used = Used + other.Used,
        Ignored = Ignored + other.Ignored,
        NoTime = NoTime + other.NoTime,
        Reports = Reports + other.Reports,
        Refused = Sum(Refused.Concat(other.Refused).Select(pair => (pair.Key, pair.Value))),
    };

    /// <summary>Keeps the counts of a set that was just decoded, or finds those of an earlier run.</summary>
    /// <param name="store">The store.</param>
    /// <param name="set">The set.</param>
    /// <param name="decoded">What a reader counted now; null where nothing was decoded.</param>
    /// <param name="cancel">Stops the work.</param>
    public static async Task<LineCounts> KeepAsync(IBlobStore store, ReplaySet set, AisReadCounts? decoded, CancellationToken cancel)
    {
        var name = $"sets/{set.Id}";
        if (decoded is not null)
        {
            var counts = From(decoded);
            var bytes = JsonSerializer.SerializeToUtf8Bytes(counts, JsonSerializerOptions.Web);
            await store.PutAsync(name, bytes, PutCondition.IfAbsent, cancel);
            return counts;
        }

        return await store.GetAsync(name, cancel) is { } held
            ? JsonSerializer.Deserialize<LineCounts>(held.Bytes.Span, JsonSerializerOptions.Web)!
            : new LineCounts();
    }

    /// <summary>The name of an enum value as JSON has it.</summary>
    /// <param name="name">PascalCase.</param>
    public static string Snake(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    private static SortedDictionary<string, long> Sum(IEnumerable<(string Name, long Count)> counts)
    {
        var sum = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in counts.Where(pair => pair.Count > 0))
        {
            sum[name] = sum.GetValueOrDefault(name) + count;
        }

        return sum;
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
