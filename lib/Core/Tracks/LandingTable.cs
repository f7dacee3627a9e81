namespace MaritimeWatch.Tracks;

/// <summary>
/// The landed blobs that state points into, by number. Live, every batch brings a new one, so numbers that nothing
/// points at any more are swept and used again; when to sweep depends on the state alone.
/// </summary>
internal sealed class LandingTable
{
    private const int SweepAtLeast = 1024;
    private readonly List<LandingName?> _names = [];
    private readonly Dictionary<LandingName, int> _numbers = [];
    private readonly SortedSet<int> _free = [];
    private readonly HashSet<int> _changed = [];
    private int _sweepAt = SweepAtLeast;

    public LandingName this[int number] => _names[number] ?? default;

    public bool IsSweepDue => _numbers.Count >= _sweepAt;

    public bool Contains(LandingName name) => _numbers.ContainsKey(name);

    public int NumberOf(LandingName name)
    {
        if (_numbers.TryGetValue(name, out var number))
        {
            return number;
        }

        if (_free.Count > 0)
        {
            number = _free.Min;
            _free.Remove(number);
            _names[number] = name;
        }
        else
        {
            number = _names.Count;
            _names.Add(name);
        }

        _numbers.Add(name, number);
        _changed.Add(number);
        return number;
    }

    /// <summary>Forgets every number that is not in use.</summary>
    public void Sweep(HashSet<int> used)
    {
        for (var number = 0; number < _names.Count; number++)
        {
            if (_names[number] is { } name && !used.Contains(number))
            {
                _numbers.Remove(name);
                _names[number] = null;
                _free.Add(number);
                _changed.Add(number);
            }
        }

        _sweepAt = Math.Max(SweepAtLeast, 2 * _numbers.Count);
    }

    /// <summary>Writes everything, or what changed since the last save.</summary>
    public void Save(StateWriter writer, bool whole)
    {
        int[] numbers = whole ? [.. Enumerable.Range(0, _names.Count)] : [.. _changed.Order()];
        writer.Int32(_sweepAt);
        writer.Int32(numbers.Length);
        foreach (var number in numbers)
        {
            writer.Int32(number);
            writer.Flag(_names[number] is not null);
            if (_names[number] is { } own)
            {
                writer.Text(own.Name);
                writer.Text(own.Hash);
            }
        }

        _changed.Clear();
    }

    public void Restore(ref StateReader reader)
    {
        _sweepAt = reader.Int32();
        var count = reader.Count(5);
        for (var i = 0; i < count; i++)
        {
            var number = reader.Int32();
            LandingName? name = reader.Flag() ? new LandingName(reader.Text(), reader.Text()) : null;
            Put(number, name);
        }

        _numbers.Clear();
        _free.Clear();
        for (var number = 0; number < _names.Count; number++)
        {
            if (_names[number] is { } name)
            {
                _numbers[name] = number;
            }
            else
            {
                _free.Add(number);
            }
        }

        _changed.Clear();
    }

    private void Put(int number, LandingName? name)
    {
        if (number < 0 || number > _names.Count)
        {
            throw new InvalidDataException($"the landing number {number} leaves a hole");
        }

        if (number == _names.Count)
        {
            _names.Add(name);
        }
        else
        {
            _names[number] = name;
        }
    }

    public void Clear()
    {
        _names.Clear();
        _numbers.Clear();
        _free.Clear();
        _changed.Clear();
        _sweepAt = SweepAtLeast;
    }
}
