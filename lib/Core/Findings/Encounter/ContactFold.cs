using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// One group of the stage <c>contacts</c>: lines of <c>slow</c> in, one line a pair and instant of the collection
/// <c>contacts</c> out. It hears the ships of its cells and of the halo around them, and says only the pairs whose first
/// ship lies in its cells, so that all groups together say each once. It judges nothing and has no sense of time but
/// what the rows say.
/// </summary>
public sealed class ContactFold : IFold, IDisposable
{
    private readonly int _group;
    private readonly int _groups;
    private readonly int _metres;
    private readonly ContactBook _book = new();
    private readonly EncounterCounts _counts = new();
    private readonly ContactLine _line = new();
    private NewsPlace _heard = NewsPlace.None;

    /// <summary>A fold in the state before entry 1.</summary>
    /// <param name="group">Its group, from 0.</param>
    /// <param name="groups">How many groups the stage has.</param>
    /// <param name="profiles">Names of the profiles that will judge.</param>
    public ContactFold(int group, int groups, IReadOnlyList<string> profiles)
        : this(group, groups, profiles.Max(name => Profiles.ByName(name).Encounter?.TogetherMetres ?? 0))
    {
    }

    internal ContactFold(int group, int groups, int metres)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(metres, SlowGrid.MetresMax);
        (_group, _groups, _metres) = (group, groups, metres);
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    /// <inheritdoc/>
    public bool SavesWhole => true;

    /// <inheritdoc/>
    public void Reset()
    {
        _book.Clear();
        _counts.Clear();
        _heard = NewsPlace.None;
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        Reset();
        _heard = ContactSnapshot.Read(snapshot, _book, _counts);
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) => ContactSnapshot.Write(target, _heard, _book, _counts);

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

    /// <inheritdoc/>
    public ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (entry.Kind == EntryKind.News && NewsEntry.Parse(entry.Body) is var news && news.Place.IsAfter(_heard))
        {
            _heard = news.Place;
            foreach (var row in news.Rows)
            {
                FoldRow(row.Line, output);
            }
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
                $$"""{"id":"{{StageNames.Contacts}}-{{_group}}","rows":{{_counts.Rows}},"rows_late":{{_counts.Late}},"rows_refused":{{_counts.Refused}},"rows_left_out":{{_counts.LeftOut}}}""")));
        }
    }

    private void FoldRow(ReadOnlyMemory<byte> line, IFoldOutput output)
    {
        _counts.Rows++;
        if (SlowRow.Read(line) is not { } row || row.AtMs % GridTimes.StepMs != 0 || row.AtMs > row.KnownAtMs)
        {
            _counts.Refused++;
            return;
        }

        _book.MoveTo(row.KnownAtMs);
        if (row.AtMs < _book.HorizonStartMs)
        {
            _counts.Late++;
        }
        else if (!_book.HasRoom)
        {
            _counts.LeftOut++;
        }
        else
        {
            foreach (var (other, decimetres) in _book.Add(row, _metres))
            {
                var (first, second) = SlowRow.IsBefore(row, other) ? (row, other) : (other, row);
                if (SeaCells.GroupOf(first.Where, _groups) == _group)
                {
                    _line.Write(output, first, second, decimetres);
                }
            }
        }
    }
}
