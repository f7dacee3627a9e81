using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// The stage <c>encounters</c>: lines of the collection <c>slow</c> in, findings of kind <c>encounter</c> out. Rows may
/// come up to three hours after the newest; what is older, no such line or beyond the bounds is counted and left out.
/// Time is what the news and the ticks say; a tick only ends what has long been silent.
/// </summary>
public sealed class EncounterFold : IFold
{
    private const string Collection = "slow";
    private readonly StageFindings _findings;
    private readonly MeetingBook _book;
    private readonly EncounterJudge _judge;
    private readonly EncounterCounts _counts = new();
    private NewsPlace _heard = NewsPlace.None;

    /// <summary>A fold in the state before entry 1.</summary>
    /// <param name="profile">Name of the profile that judges; default <c>default</c>.</param>
    /// <exception cref="ArgumentException">There is no such profile, or it looks for no encounters.</exception>
    public EncounterFold(string profile = "default")
    {
        var thresholds = Profiles.ByName(profile).Encounter
            ?? throw new ArgumentException($"the profile {profile} looks for no encounters", nameof(profile));
        _findings = new StageFindings(StageNames.Encounters, profile);
        _book = new MeetingBook(thresholds);
        _judge = new EncounterJudge(thresholds, _book, _findings);
    }

    /// <summary>Pairs that are together, or were within the last hours.</summary>
    public int PairCount => _book.Meetings.Count;

    /// <inheritdoc/>
    public void Reset()
    {
        _findings.Clear();
        _book.Clear();
        _counts.Clear();
        _heard = NewsPlace.None;
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        Reset();
        _heard = EncounterSnapshot.Read(snapshot, _book, _findings, _counts);
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) => EncounterSnapshot.Write(target, _heard, _book, _findings, _counts);

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
                MoveTo(TickEntry.AtMs(entry.Body.Span), entry.Number, 0, output);
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
                $$"""{"id":"{{StageNames.Encounters}}","rows":{{_counts.Rows}},"late":{{_counts.Late}},"refused":{{_counts.Refused}},"left_out":{{_counts.LeftOut}},"pairs":{{PairCount}}}""")));
        }
    }

    private void FoldNews(NewsEntry news, long entry, IFoldOutput output)
    {
        if (!news.Place.IsAfter(_heard))
        {
            return;
        }

        _heard = news.Place;
        for (var record = 0; record < news.Rows.Count; record++)
        {
            if (news.Rows[record].Collection == Collection)
            {
                FoldRow(news.Rows[record].Line, entry, record, output);
            }
        }
    }

    private void FoldRow(ReadOnlyMemory<byte> line, long entry, long record, IFoldOutput output)
    {
        _counts.Rows++;
        var row = SlowRow.Read(line, out var knownAtMs, out var isFar);
        if (row is null || row.AtMs % SlowTracker.GridMs != 0 || row.AtMs > knownAtMs)
        {
            _counts.Refused++;
            return;
        }

        MoveTo(knownAtMs, entry, record, output);
        if (row.AtMs < _book.HorizonStartMs)
        {
            _counts.Late++;
        }
        else if (isFar && !_book.HasRoom)
        {
            _counts.LeftOut++;
        }
        else if (isFar)
        {
            foreach (var meeting in _book.Add(row))
            {
                _judge.Judge(meeting, entry, record, output);
            }
        }
    }

    // What time alone brings is looked at when it passes whole ten minutes, not at the ends of entries.
    private void MoveTo(long nowMs, long entry, long record, IFoldOutput output)
    {
        var isBeat = _book.NowMs != long.MinValue && nowMs / SlowTracker.GridMs > _book.NowMs / SlowTracker.GridMs;
        _book.MoveTo(nowMs);
        if (isBeat)
        {
            _judge.OnBeat(entry, record, output);
        }
    }
}
