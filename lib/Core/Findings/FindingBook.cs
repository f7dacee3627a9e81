using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>Findings that are open or not settled, chained per vessel in the order in which they were opened.</summary>
internal sealed class FindingBook(VesselTable table)
{
    private readonly List<(Finding? Finding, int Next)> _entries = [];
    private readonly Stack<int> _free = new();

    public int Count { get; private set; }

    public void Add(int slot, Finding finding)
    {
        int number;
        if (_free.TryPop(out number))
        {
            _entries[number] = (finding, 0);
        }
        else
        {
            number = _entries.Count;
            _entries.Add((finding, 0));
        }

        Count++;
        ref var vessel = ref table.Vessels[slot];
        if (vessel.FirstFinding == 0)
        {
            vessel.FirstFinding = number + 1;
            return;
        }

        var last = vessel.FirstFinding - 1;
        while (_entries[last].Next != 0)
        {
            last = _entries[last].Next - 1;
        }

        _entries[last] = (_entries[last].Finding, number + 1);
    }

    public void Remove(int slot, Finding finding)
    {
        ref var vessel = ref table.Vessels[slot];
        var before = -1;
        for (var number = vessel.FirstFinding - 1; number >= 0; before = number, number = _entries[number].Next - 1)
        {
            if (_entries[number].Finding != finding)
            {
                continue;
            }

            var next = _entries[number].Next;
            if (before < 0)
            {
                vessel.FirstFinding = next;
            }
            else
            {
                _entries[before] = (_entries[before].Finding, next);
            }

            _entries[number] = (null, 0);
            _free.Push(number);
            Count--;
            return;
        }
    }

    /// <summary>The first finding of a vessel, or null.</summary>
    public Finding? First(int slot) => At(table.Vessels[slot].FirstFinding);

    /// <summary>Copies a vessel's findings, so that they can be changed while being walked over.</summary>
    public Finding[] Of(int slot)
    {
        var number = table.Vessels[slot].FirstFinding;
        if (number == 0)
        {
            return [];
        }

        var findings = new List<Finding>();
        for (; number != 0; number = _entries[number - 1].Next)
        {
            findings.Add(_entries[number - 1].Finding!);
        }

        return [.. findings];
    }

    /// <summary>The finding of a vessel that goes on and is of this kind, profile, hull and object; or null.</summary>
    public Finding? OpenOf(int slot, FindingKind kind, int profile, int hull, string? aboutObject)
    {
        for (var number = table.Vessels[slot].FirstFinding; number != 0; number = _entries[number - 1].Next)
        {
            var finding = _entries[number - 1].Finding!;
            if (finding.Kind == kind && finding.Life == FindingLife.Open && finding.Profile == profile
                && finding.Hull == hull && finding.Object == aboutObject)
            {
                return finding;
            }
        }

        return null;
    }

    public void Save(StateWriter writer, int slot)
    {
        var findings = Of(slot);
        writer.Int32(findings.Length);
        foreach (var finding in findings)
        {
            FindingCodec.Save(writer, finding);
        }
    }

    /// <summary>Forgets a vessel's findings without a word (its slot is about to be read anew).</summary>
    public void Forget(int slot)
    {
        foreach (var finding in Of(slot))
        {
            Remove(slot, finding);
        }
    }

    public void Restore(ref StateReader reader, int slot)
    {
        table.Vessels[slot].FirstFinding = 0;
        var count = reader.Count(1);
        for (var i = 0; i < count; i++)
        {
            Add(slot, FindingCodec.Restore(ref reader));
        }
    }

    public void Clear()
    {
        _entries.Clear();
        _free.Clear();
        Count = 0;
    }

    private Finding? At(int number) => number == 0 ? null : _entries[number - 1].Finding;
}
