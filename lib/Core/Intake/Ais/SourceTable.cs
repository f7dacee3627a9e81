using System.Text;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// The names of sources, each with a small number. Bounded, because a hostile stream can invent names: past
/// <see cref="NamesMax"/> every new one is <c>other</c>. Not safe for use from two threads at once.
/// </summary>
public sealed class SourceTable
{
    /// <summary>How many names are told apart; the next and all later ones are <c>other</c>.</summary>
    public const int NamesMax = 1000;

    /// <summary>Longer names are cut to this many characters.</summary>
    public const int NameLengthMax = 64;

    private const int Buckets = 4096;
    private readonly List<string> _names = [];
    private readonly List<byte[]> _bytes = [];
    private readonly short[] _buckets = new short[Buckets];

    /// <summary>The names by index.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The index of a name, which is added where it is new.</summary>
    public ushort IndexOf(string name) => IndexOf(Encoding.UTF8.GetBytes(name));

    /// <summary>The index of a name, which is added where it is new. No allocation for a known name.</summary>
    public ushort IndexOf(ReadOnlySpan<byte> name)
    {
        name = name.Length > NameLengthMax ? name[..NameLengthMax] : name;
        var slot = (int)(Hash(name) & (Buckets - 1));
        for (; _buckets[slot] != 0; slot = (slot + 1) & (Buckets - 1))
        {
            var index = _buckets[slot] - 1;
            if (name.SequenceEqual(_bytes[index]))
            {
                return (ushort)index;
            }
        }

        if (_names.Count >= NamesMax && !name.SequenceEqual("other"u8))
        {
            return IndexOf("other"u8);
        }

        _bytes.Add(name.ToArray());
        _names.Add(Printable(name));
        _buckets[slot] = (short)_names.Count;
        return (ushort)(_names.Count - 1);
    }

    /// <summary>22 bits that stand for a source in a local vessel id: the same for ever for the same name.</summary>
    public static uint TagOf(string name) => (uint)(Hash(Encoding.UTF8.GetBytes(name)) >> 42);

    // FNV-1a, then mixed, because the bucket takes the low bits and the tag the high ones.
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 0x100000001B3UL;
        }

        hash ^= hash >> 32;
        return hash * 0x9E3779B97F4A7C15UL;
    }

    private static string Printable(ReadOnlySpan<byte> name)
    {
        Span<char> chars = stackalloc char[NameLengthMax];
        for (var i = 0; i < name.Length; i++)
        {
            chars[i] = name[i] is > 0x20 and < 0x7F ? (char)name[i] : '?';
        }

        return new string(chars[..name.Length]);
    }
}
