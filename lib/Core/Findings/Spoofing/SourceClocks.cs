using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// How far the second that ships say lies from the second at which each source heard them: what most of its ships show is
/// the source's own clock and delay, and no ship's. Counts fade, so that a clock that is set right is soon believed.
/// </summary>
internal sealed class SourceClocks
{
    private const int Seconds = 60;
    private const int SourcesMax = 4096;
    private const int CountMax = 2000;
    private const int VesselsKept = 4;
    private const int NearSeconds = 4;
    private const int NearPercent = 60;
    private Source?[] _sources = new Source?[16];

    /// <summary>Seconds from what a source's ships show to what a report says, -30 to 29; takes the report into account.</summary>
    public int SecondsOff(ushort source, int slot, int difference)
    {
        if (source >= _sources.Length && source < SourcesMax)
        {
            Array.Resize(ref _sources, Math.Min(SourcesMax, Math.Max(source + 1, _sources.Length * 2)));
        }

        if (source >= _sources.Length)
        {
            return 0;
        }

        var clock = _sources[source] ??= new Source();
        if (clock.LastSlot != slot)
        {
            clock.LastSlot = slot;
            clock.Count(difference, slot);
        }

        return Turn(difference - clock.Usual);
    }

    /// <summary>Is the clock of a source known by enough vessels, and do most of them agree?</summary>
    public bool IsKnown(ushort source, int others) =>
        source < _sources.Length && _sources[source] is { } clock && clock.Vessels > others && clock.NearUsualPercent >= NearPercent;

    /// <summary>Seconds modulo a minute, -30 to 29.</summary>
    public static int Turn(int seconds)
    {
        var turned = (seconds + (Seconds / 2)) % Seconds;
        return (turned < 0 ? turned + Seconds : turned) - (Seconds / 2);
    }

    public void Clear() => _sources = new Source?[16];

    public void Save(StateWriter writer)
    {
        writer.Int32(_sources.Length);
        foreach (var source in _sources)
        {
            writer.Flag(source is not null);
            source?.Save(writer);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _sources = new Source?[Math.Clamp(reader.Count(1), 16, SourcesMax)];
        for (var i = 0; i < _sources.Length; i++)
        {
            _sources[i] = reader.Flag() ? Source.Restore(ref reader) : null;
        }
    }

    private sealed class Source
    {
        private readonly int[] _counts = new int[Seconds];
        private readonly int[] _slots = [-1, -1, -1, -1];
        private int _nextSlot;

        public int LastSlot { get; set; } = -1;

        /// <summary>The difference that most reports show, -30 to 29.</summary>
        public int Usual { get; private set; }

        /// <summary>Vessels that it is known by, up to four.</summary>
        public int Vessels => _slots.Count(slot => slot >= 0);

        public int NearUsualPercent
        {
            get
            {
                var near = 0;
                for (var off = -NearSeconds; off <= NearSeconds; off++)
                {
                    near += _counts[Place(Turn(Usual + off))];
                }

                var all = _counts.Sum();
                return all == 0 ? 0 : near * 100 / all;
            }
        }

        public void Count(int difference, int slot)
        {
            ref var count = ref _counts[Place(difference)];
            count++;
            if (count > _counts[Place(Usual)])
            {
                Usual = difference;
            }

            if (count >= CountMax)
            {
                for (var i = 0; i < Seconds; i++)
                {
                    _counts[i] /= 2;
                }
            }

            if (_slots[0] != slot && _slots[1] != slot && _slots[2] != slot && _slots[3] != slot)
            {
                _slots[_nextSlot] = slot;
                _nextSlot = (_nextSlot + 1) % VesselsKept;
            }
        }

        public void Save(StateWriter writer)
        {
            foreach (var count in _counts)
            {
                writer.Int32(count);
            }

            foreach (var slot in _slots)
            {
                writer.Int32(slot);
            }

            writer.Int32(_nextSlot);
            writer.Int32(LastSlot);
            writer.Int32(Usual);
        }

        public static Source Restore(ref StateReader reader)
        {
            var source = new Source();
            for (var i = 0; i < Seconds; i++)
            {
                source._counts[i] = reader.Int32();
            }

            for (var i = 0; i < VesselsKept; i++)
            {
                source._slots[i] = reader.Int32();
            }

            source._nextSlot = reader.Int32() & (VesselsKept - 1);
            source.LastSlot = reader.Int32();
            source.Usual = Turn(reader.Int32());
            return source;
        }

        private static int Place(int difference) => difference + (Seconds / 2);
    }
}
