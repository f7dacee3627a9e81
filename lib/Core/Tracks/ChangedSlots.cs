namespace MaritimeWatch.Tracks;

/// <summary>Slots that changed since somebody last asked; two askers: the delta and the published views.</summary>
internal sealed class ChangedSlots
{
    private const byte ForDelta = 1;
    private const byte ForViews = 2;
    private byte[] _flags = new byte[1024];
    private readonly List<int> _delta = [];
    private readonly List<int> _views = [];

    public IReadOnlyList<int> SinceDelta => _delta;

    public IReadOnlyList<int> SinceViews => _views;

    public void Add(int slot)
    {
        if (slot >= _flags.Length)
        {
            Array.Resize(ref _flags, Math.Max(slot + 1, _flags.Length * 2));
        }

        ref var flags = ref _flags[slot];
        if ((flags & (ForDelta | ForViews)) == (ForDelta | ForViews))
        {
            return;
        }

        if ((flags & ForDelta) == 0)
        {
            _delta.Add(slot);
        }

        if ((flags & ForViews) == 0)
        {
            _views.Add(slot);
        }

        flags |= ForDelta | ForViews;
    }

    public void ClearDelta() => Clear(_delta, ForDelta);

    public void ClearViews() => Clear(_views, ForViews);

    private void Clear(List<int> slots, byte flag)
    {
        foreach (var slot in slots)
        {
            _flags[slot] &= (byte)~flag;
        }

        slots.Clear();
    }
}
