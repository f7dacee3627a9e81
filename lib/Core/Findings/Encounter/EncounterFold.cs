using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// One group of the stage <c>encounters</c>: lines of the collection <c>contacts</c> in, findings of kind
/// <c>encounter</c> out, each profile its own. All contacts of a pair come to one group, wherever the two drift. Contacts
/// may come up to three hours after the newest; what is older, no such line or beyond the bounds is counted and left out.
/// </summary>
/// <remarks>
/// Time is what the news and the ticks say, and what time alone brings is said as of whole ten minutes, not as of
/// whatever happened to bring the time: so a group says of a pair what any other division into groups would say.
/// </remarks>
public sealed class EncounterFold : IFold
{
    private readonly int _group;
    private readonly EncounterJudge[] _judges;
    private readonly EncounterCounts _counts = new();
    private NewsPlace _heard = NewsPlace.None;
    private long _nowMs = long.MinValue;
    private long _newsMs = long.MinValue;

    /// <summary>A fold in the state before entry 1.</summary>
    /// <param name="group">Its group, from 0.</param>
    /// <param name="profiles">Names of the profiles that judge; null for <c>default</c> alone. One that looks for no encounters says nothing.</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public EncounterFold(int group = 0, IReadOnlyList<string>? profiles = null)
        : this(group, [.. (profiles ?? ["default"]).Select(Profiles.ByName)])
    {
    }

    internal EncounterFold(int group, IReadOnlyList<Profile> profiles)
    {
        _group = group;
        _judges =
        [
            .. profiles.Where(profile => profile.Encounter is not null).Select(profile =>
                new EncounterJudge(profile.Encounter!, new StageFindings(StageNames.Encounters, profile.Name, group))),
        ];
    }

    /// <summary>Pairs that are together, or were within the last hours.</summary>
    public int PairCount => _judges.Sum(judge => judge.Book.Meetings.Count);

    private long HorizonStartMs =>
        _newsMs == long.MinValue ? long.MinValue : _newsMs - ContactBook.KnownAfterMs - ContactBook.HorizonMs;

    /// <inheritdoc/>
    public bool SavesWhole => true;

    /// <inheritdoc/>
    public void Reset()
    {
        foreach (var judge in _judges)
        {
            judge.Findings.Clear();
            judge.Book.Clear();
        }

        _counts.Clear();
        (_heard, _nowMs, _newsMs) = (NewsPlace.None, long.MinValue, long.MinValue);
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        Reset();
        (_heard, _nowMs, _newsMs) = EncounterSnapshot.Read(snapshot, _judges, _counts);
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) =>
        EncounterSnapshot.Write(target, (_heard, _nowMs, _newsMs), _judges, _counts);

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
            default: // Nothing else concerns encounters.
                break;
        }

        return new(FoldStep.EntryDone);
    }

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_counts.TakeNews())
        {
            output.WriteLine("counts", Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"{{StageNames.Encounters}}-{{_group}}","rows":{{_counts.Rows}},"rows_late":{{_counts.Late}},"rows_refused":{{_counts.Refused}},"rows_left_out":{{_counts.LeftOut}},"pairs":{{PairCount}}}""")));
        }
    }

    private StagePlace PlaceOf(long entry, long record) => new(StageNames.Encounters, entry, record, _group);

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
        if (ContactRow.Read(line) is not { } row || row.Contact.AtMs % GridTimes.StepMs != 0 || row.Contact.AtMs > row.KnownAtMs)
        {
            _counts.Refused++;
            return;
        }

        MoveTo(row.KnownAtMs, in place, output);
        _newsMs = Math.Max(_newsMs, row.KnownAtMs);
        if (row.Contact.AtMs < HorizonStartMs)
        {
            _counts.Late++;
            return;
        }

        var hasRoom = true;
        foreach (var judge in _judges)
        {
            hasRoom &= judge.OnContact(row, _nowMs, in place, output);
        }

        _counts.LeftOut += hasRoom ? 0 : 1;
    }

    private void MoveTo(long nowMs, in StagePlace place, IFoldOutput output)
    {
        if (nowMs <= _nowMs)
        {
            return;
        }

        if (_nowMs != long.MinValue)
        {
            for (var beat = ((_nowMs / GridTimes.StepMs) + 1) * GridTimes.StepMs; beat <= nowMs && PairCount > 0; beat += GridTimes.StepMs)
            {
                foreach (var judge in _judges)
                {
                    judge.OnBeat(beat, HorizonStartMs, in place, output);
                }
            }
        }

        _nowMs = nowMs;
    }
}
