using System.Buffers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Reference;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>The reference data in force, by the versions that Reference entries have named so far.</summary>
internal sealed class ReferenceInForce
{
    private readonly SortedDictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _zones = new(StringComparer.Ordinal);

    public IReferenceView View { get; private set; } = EmptyReferenceView.Instance;

    /// <summary>Counts changes, so that what was remembered of an older view is not used.</summary>
    public int Number { get; private set; } = 1;

    /// <summary>The versions as canonical JSON, pinned in findings.</summary>
    public string Text { get; private set; } = "{}";

    /// <summary>The view must be loaded before it is used (after a restore).</summary>
    public bool IsStale { get; private set; }

    public IReadOnlyDictionary<string, int> Versions => _versions;

    /// <summary>The index of a zone in the view, or -1 where it is gone.</summary>
    public int ZoneIndex(string id) => _zones.GetValueOrDefault(id, -1);

    public void Name(string kind, int version)
    {
        _versions[kind] = version;
        Number++;
        IsStale = true;
        Text = VersionText();
    }

    public async ValueTask LoadAsync(IReferenceSource? source, CancellationToken cancel)
    {
        if (IsStale && source is not null)
        {
            Take(await source.LoadAsync(_versions, cancel).ConfigureAwait(false));
        }

        IsStale = false;
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(Number);
        writer.Int32(_versions.Count);
        foreach (var (kind, version) in _versions)
        {
            writer.Text(kind);
            writer.Int32(version);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Number = reader.Int32();
        var before = Text;
        _versions.Clear();
        var count = reader.Count(8);
        for (var i = 0; i < count; i++)
        {
            _versions[reader.Text()] = reader.Int32();
        }

        Text = VersionText();
        IsStale = IsStale || Text != before;
    }

    public void Clear()
    {
        _versions.Clear();
        Number = 1;
        Text = "{}";
        IsStale = false;
        Take(EmptyReferenceView.Instance);
    }

    private void Take(IReferenceView view)
    {
        View = view;
        _zones.Clear();
        for (var i = 0; i < view.ZoneCount; i++)
        {
            _zones.TryAdd(view.ZoneAt(i).Id, i);
        }
    }

    private string VersionText()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var (kind, version) in _versions)
        {
            json.WriteNumber(kind, version);
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
