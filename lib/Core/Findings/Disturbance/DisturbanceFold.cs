using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Disturbance;

/// <summary>
/// One group of the stage <c>disturbances</c>: lines of the collection <c>jumps</c> in, findings of kind <c>spoofing</c> with
/// the object <c>gnss-disturbance</c> out. Each block of the group is folded by itself, so that what is said of an area does not
/// depend on which blocks share a group. See lib/decisions/0015.
/// </summary>
public sealed class DisturbanceFold : IFold
{
    private const long LateMs = 3_600_000;
    private readonly int _group;
    private readonly int _groups;
    private readonly DisturbanceJudge[] _judges;
    private NewsPlace _heard = NewsPlace.None;
    private long _nowMs = long.MinValue;
    private (long Rows, long Late, long Refused) _counts;
    private (long, long, long) _shown;

    /// <summary>A fold in the state before entry 1.</summary>
    /// <param name="group">Its group, from 0.</param>
    /// <param name="groups">How many groups the stage has.</param>
    /// <param name="profiles">Names of the profiles that judge; one that looks for no disturbances says nothing.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public DisturbanceFold(int group, int groups, IReadOnlyList<string> profiles)
    {
        (_group, _groups) = (group, groups);
        _judges =
        [
            .. profiles.Select(Profiles.ByName).Where(profile => profile.Disturbance is not null).Select(profile =>
                new DisturbanceJudge(profile.Disturbance!, new StageFindings(StageNames.Disturbances, profile.Name, group))),
        ];
    }

    /// <summary>Areas that are remembered, those of neighbouring blocks too.</summary>
    public int AreaCount => _judges.Sum(judge => judge.Blocks.Values.Sum(block => block.Areas.Count));

    /// <inheritdoc/>
    public bool SavesWhole => true;

    /// <inheritdoc/>
    public void Reset()
    {
        foreach (var judge in _judges)
        {
            judge.Findings.Clear();
            judge.Blocks.Clear();
        }

        (_heard, _nowMs, _counts, _shown) = (NewsPlace.None, long.MinValue, default, default);
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        Reset();
        (_heard, _nowMs, _counts) = DisturbanceSnapshot.Read(snapshot, _judges);
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) => DisturbanceSnapshot.Write(target, _heard, _nowMs, _counts, _judges);

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

    /// <inheritdoc/>
    public ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        switch (entry.Kind)
        {
            case EntryKind.News:
                FoldNews(NewsEntry.Parse(entry.Body), entry.Number, output);
                break;
            case EntryKind.Tick:
                MoveTo(TickEntry.AtMs(entry.Body.Span), PlaceOf(entry.Number, 0), output);
                break;
            default: // Nothing else concerns disturbances.
                break;
        }

        return new(FoldStep.EntryDone);
    }

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_counts != _shown)
        {
            _shown = _counts;
            output.WriteLine("counts", Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"{{StageNames.Disturbances}}-{{_group}}","rows":{{_counts.Rows}},"rows_late":{{_counts.Late}},"rows_refused":{{_counts.Refused}},"areas":{{AreaCount}}}""")));
        }
    }

    private StagePlace PlaceOf(long entry, long record) => new(StageNames.Disturbances, entry, record, _group);

    private void FoldNews(NewsEntry news, long entry, IFoldOutput output)
    {
        if (!news.Place.IsAfter(_heard))
        {
            return;
        }

        _heard = news.Place;
        for (var record = 0; record < news.Rows.Count; record++)
        {
            FoldRow(news.Rows[record].Line, PlaceOf(entry, record), output);
        }
    }

    private void FoldRow(ReadOnlyMemory<byte> line, in StagePlace place, IFoldOutput output)
    {
        _counts.Rows++;
        if (JumpRow.Read(line) is not { } row || row.AtMs > row.KnownAtMs)
        {
            _counts.Refused++;
            return;
        }

        MoveTo(row.KnownAtMs, in place, output);
        if (row.AtMs < _nowMs - LateMs)
        {
            _counts.Late++;
            return;
        }

        foreach (var block in DisturbanceCells.BlocksAround(row.Cell))
        {
            if (DisturbanceCells.GroupOf(block, _groups) == _group)
            {
                foreach (var judge in _judges)
                {
                    judge.OnRow(block, row, _nowMs, in place, output);
                }
            }
        }
    }

    private void MoveTo(long nowMs, in StagePlace place, IFoldOutput output)
    {
        if (nowMs > _nowMs)
        {
            _nowMs = nowMs;
            foreach (var judge in _judges)
            {
                judge.MoveTo(nowMs, in place, output);
            }
        }
    }
}
