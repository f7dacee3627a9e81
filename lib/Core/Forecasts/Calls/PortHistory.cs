using MaritimeWatch.Reference;

namespace MaritimeWatch.Forecasts.Calls;

/// <summary>
/// All that the stages before have said about calls at ports, with the time at which each line could be known. Lines may
/// come in any order and more than once.
/// </summary>
/// <param name="places">What sort each stopping place is; see <see cref="PlaceKinds"/>.</param>
public sealed class PortHistory(IReadOnlyDictionary<string, StoppingPlace> places)
{
    private readonly Dictionary<string, List<PortCallRevision>> calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DeclaredRevision>> declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SceneCount>> counts = new(StringComparer.Ordinal);
    private readonly List<ExpectedRevision> ships = [];
    private ILookup<string, ExpectedRevision>? byShip;
    private ILookup<string, string>? boundFor;
    private readonly List<long> newsAtMs = [];

    /// <summary>Lines that could not be used: of another kind, damaged, or without a port or a time.</summary>
    public int Ignored { get; private set; }

    /// <summary>Ports that were called at, in ordinal order.</summary>
    public IReadOnlyList<string> Ports => [.. calls.Keys.Order(StringComparer.Ordinal)];

    /// <summary>When the first line became known, milliseconds since 1970 UTC, or null where there is none.</summary>
    public long? FirstKnownAtMs { get; private set; }

    /// <summary>When the last line became known, milliseconds since 1970 UTC, or null where there is none.</summary>
    public long? LastKnownAtMs { get; private set; }

    /// <summary>Takes one line.</summary>
    /// <param name="collection"><c>port-calls</c>, <c>declared-calls</c>, <c>scene-counts</c> or <c>expected-arrivals</c>; others are ignored.</param>
    /// <param name="line">One feature.</param>
    public void Add(string collection, ReadOnlyMemory<byte> line)
    {
        if (collection == "port-calls" && PortCallRevision.Parse(line) is { } call)
        {
            ListOf(calls, call.Port).Add(call);
            Note(call.KnownAtMs);
        }
        else if (collection == "declared-calls" && DeclaredRevision.Parse(line) is { } notice)
        {
            ListOf(declared, notice.Port).Add(notice);
        }
        else if (collection == "scene-counts" && SceneCount.Parse(line) is { } count)
        {
            ListOf(counts, count.Port).Add(count);
        }
        else if (collection == "expected-arrivals" && ExpectedRevision.Parse(line) is { } ship)
        {
            ships.Add(ship);
            (byShip, boundFor) = (null, null);
        }
        else
        {
            Ignored++;
        }
    }

    /// <summary>What is known of one port; empty where nothing is.</summary>
    /// <param name="port">UN/LOCODE.</param>
    public PortSeries Of(string port)
    {
        newsAtMs.Sort();
        return new PortSeries(
            port, calls.GetValueOrDefault(port) ?? [], declared.GetValueOrDefault(port) ?? [], newsAtMs, places)
        {
            SceneCounts = counts.GetValueOrDefault(port) ?? [],
            Expected = ExpectedAt(port),
        };
    }

    // All lines of every ship that was ever bound for the port: that it is bound elsewhere now, or has come, matters too.
    private List<ExpectedRevision> ExpectedAt(string port)
    {
        byShip ??= ships.OrderBy(ship => ship.KnownAtMs).ThenBy(ship => ship.EtaAtMs).ToLookup(ship => ship.Subject, StringComparer.Ordinal);
        boundFor ??= ships.Where(ship => ship.Port is not null).ToLookup(ship => ship.Port!, ship => ship.Subject, StringComparer.Ordinal);
        return [.. boundFor[port].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).SelectMany(ship => byShip[ship])];
    }

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string port)
    {
        if (!lists.TryGetValue(port, out var list))
        {
            lists.Add(port, list = []);
        }

        return list;
    }

    private void Note(long atMs)
    {
        newsAtMs.Add(atMs);
        FirstKnownAtMs = Math.Min(FirstKnownAtMs ?? atMs, atMs);
        LastKnownAtMs = Math.Max(LastKnownAtMs ?? atMs, atMs);
    }
}
