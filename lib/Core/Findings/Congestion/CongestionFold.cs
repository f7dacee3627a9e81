using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Congestion;

/// <summary>
/// The stage <c>ports</c>: lines of <c>port-calls</c> in, findings of kind <c>congestion</c> out. Time is what the news
/// say; whole hours that lie in a long pause of all news are unknown, not empty.
/// </summary>
public sealed class CongestionFold : IFold
{
    /// <summary>Most ports and most calls of one port that are held.</summary>
    internal const int PortsMax = 10_000;

    internal const int CallsMax = 20_000;

    private const string Collection = "port-calls";

    /// <summary>
    /// An hour is looked at so much later, because groups of ships are folded apart and one may lag behind the others.
    /// </summary>
    private const long LagMs = 3 * CongestionJudge.HourMs;

    /// <summary>No news of any port for so long: reception has failed, or the recording has a hole.</summary>
    private const long SilenceMs = 12 * CongestionJudge.HourMs;

    private readonly CongestionJudge _judge;
    private readonly StageFindings _findings;
    private readonly CongestionThresholds _thresholds;
    private readonly SortedDictionary<string, PortQueue> _ports = new(StringComparer.Ordinal);
    private NewsPlace _heard = NewsPlace.None;
    private long _nowMs = long.MinValue;
    private long _refused;
    private long _leftOut;
    private (long, long) _shown;

    /// <summary>A fold in the state before entry 1.</summary>
    /// <param name="profile">Name of the profile that judges; default <c>default</c>.</param>
    /// <exception cref="ArgumentException">There is no such profile, or it looks for no congestion.</exception>
    public CongestionFold(string profile = "default")
    {
        _thresholds = Profiles.ByName(profile).Congestion
            ?? throw new ArgumentException($"the profile {profile} looks for no congestion", nameof(profile));
        _findings = new StageFindings(StageNames.Ports, profile);
        _judge = new CongestionJudge(_thresholds, _findings);
    }

    /// <summary>Ports that are known.</summary>
    public int PortCount => _ports.Count;

    /// <inheritdoc/>
    public bool SavesWhole => true;

    /// <inheritdoc/>
    public void Reset()
    {
        _findings.Clear();
        _ports.Clear();
        _heard = NewsPlace.None;
        _nowMs = long.MinValue;
        (_refused, _leftOut) = (0, 0);
        _shown = default;
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        Reset();
        (_heard, _nowMs, _refused, _leftOut) = CongestionSnapshot.Read(snapshot, _ports, _findings);
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) =>
        CongestionSnapshot.Write(target, (_heard, _nowMs, _refused, _leftOut), _ports.Values, _findings);

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

    /// <inheritdoc/>
    public ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (entry.Kind == EntryKind.News)
        {
            var news = NewsEntry.Parse(entry.Body);
            if (news.Place.IsAfter(_heard))
            {
                _heard = news.Place;
                for (var record = 0; record < news.Rows.Count; record++)
                {
                    FoldRow(news.Rows[record], entry.Number, record, output);
                }
            }
        }

        return new(FoldStep.EntryDone);
    }

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_shown != (_refused, _leftOut))
        {
            _shown = (_refused, _leftOut);
            output.WriteLine("counts", Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"{{StageNames.Ports}}","refused":{{_refused}},"left_out":{{_leftOut}},"ports":{{_ports.Count}}}""")));
        }
    }

    private void FoldRow(NewsRow row, long entry, long record, IFoldOutput output)
    {
        if (row.Collection != Collection)
        {
            return;
        }

        if (CallNews.Read(row.Line) is not { } call)
        {
            _refused++;
            return;
        }

        MoveTo(call.KnownAtMs, entry, record, output);
        if (call.Port.Length == 0)
        {
            return;
        }

        if (!_ports.TryGetValue(call.Port, out var queue))
        {
            if (_ports.Count >= PortsMax)
            {
                _leftOut++;
                return;
            }

            queue = new PortQueue(call.Port) { Where = call.Where, LastHour = LastHourBefore(_nowMs) };
            _ports.Add(call.Port, queue);
        }

        Take(queue, call);
    }

    private void Take(PortQueue queue, CallNews call)
    {
        queue.Name = call.PortName ?? queue.Name;
        if (call.IsRetracted)
        {
            queue.There.Remove(call.Id);
        }
        else if (queue.There.Count < CallsMax || queue.There.ContainsKey(call.Id))
        {
            queue.There[call.Id] = new Lying(call.IsAtAnchorage, call.SinceMs, call.GoneAtMs, call.IsSimulated);
        }
        else
        {
            _leftOut++;
        }
    }

    // Every whole hour that is now over is looked at, at every port, in the order of ports.
    private void MoveTo(long knownAtMs, long entry, long record, IFoldOutput output)
    {
        if (_nowMs == long.MinValue)
        {
            _nowMs = knownAtMs;
        }

        if (LastHourBefore(knownAtMs) > LastHourBefore(_nowMs))
        {
            var isHeard = knownAtMs - _nowMs < SilenceMs;
            foreach (var queue in _ports.Values)
            {
                var from = Math.Max(queue.LastHour + 1, LastHourBefore(knownAtMs) - _thresholds.HistoryHoursMax);
                for (var hour = from; hour <= LastHourBefore(knownAtMs); hour++)
                {
                    _judge.OnHour(queue, hour, isHeard, (knownAtMs, entry, record), output);
                }

                queue.Forget(knownAtMs - LagMs - (2 * CongestionJudge.HourMs));
            }
        }

        _nowMs = Math.Max(_nowMs, knownAtMs);
    }

    // An hour is over when something later than it, and the lag, is known: what became known on the hour itself belongs to it.
    private static long LastHourBefore(long atMs) => (atMs - 1 - LagMs) / CongestionJudge.HourMs;
}
