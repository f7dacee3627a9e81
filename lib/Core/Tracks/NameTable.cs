namespace MaritimeWatch.Tracks;

/// <summary>Texts by number, in the order in which they first came: bounded by <see cref="ushort.MaxValue"/>.</summary>
internal sealed class NameTable
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);

    public string this[int number] => _names[number];

    public ushort NumberOf(string name)
    {
        if (_numbers.TryGetValue(name, out var number))
        {
            return number;
        }

        if (_names.Count == ushort.MaxValue)
        {
            return 0;
        }

        number = (ushort)_names.Count;
        _names.Add(name);
        _numbers.Add(name, number);
        return number;
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(_names.Count);
        foreach (var name in _names)
        {
            writer.Text(name);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Clear();
        var count = reader.Count(4);
        for (var i = 0; i < count; i++)
        {
            NumberOf(reader.Text());
        }
    }

    public void Clear()
    {
        _names.Clear();
        _numbers.Clear();
    }
}
