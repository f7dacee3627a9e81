using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>Keeps the stream of a set open between two steps, as long as they follow on each other.</summary>
internal sealed class SetReader(IRecordSource? source)
{
    private IRecordStream? _stream;
    private ReadOnlyMemory<byte> _chunk;
    private long _entry;
    private long _next;

    public IReadOnlyList<LandingName> Landings => _stream!.Landings;

    public IReadOnlyList<string> Sources => _stream!.Sources;

    public async ValueTask SeekAsync(InboxEntry entry, long record, CancellationToken cancel)
    {
        if (_stream is not null && _entry == entry.Number && _next == record)
        {
            return;
        }

        Close();
        var from = source ?? throw new InvalidOperationException("a set came to a fold that was given no source of records");
        _stream = await from.OpenAsync(ReplaySet.FromBytes(entry.Body.Span), record, cancel).ConfigureAwait(false);
        _entry = entry.Number;
        _next = record;
    }

    public async ValueTask<ReadOnlyMemory<byte>> ChunkAsync(CancellationToken cancel)
    {
        if (_chunk.IsEmpty)
        {
            _chunk = await _stream!.ReadAsync(cancel).ConfigureAwait(false);
        }

        return _chunk;
    }

    public void Used(int records, int bytes)
    {
        _next += records;
        _chunk = _chunk[bytes..];
    }

    public void Close()
    {
        _stream?.Dispose();
        _stream = null;
        _chunk = default;
    }
}
