using System.Runtime.CompilerServices;

namespace MaritimeWatch.Tracks;

/// <summary>Structs in pages, numbered from 0; grows without moving what it holds, reuses what was freed last.</summary>
internal sealed class Pool<T>
    where T : struct
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;
    private readonly List<T[]> _pages = [];
    private readonly Stack<int> _free = new();

    /// <summary>How many numbers were ever given out.</summary>
    public int Used { get; private set; }

    public ref T this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[number >> PageBits][number & (PageSize - 1)];
    }

    public int Take()
    {
        if (_free.TryPop(out var number))
        {
            this[number] = default;
            return number;
        }

        EnsurePage(Used);
        return Used++;
    }

    public void Free(int number) => _free.Push(number);

    /// <summary>Makes sure that a number exists (restoring a table whose numbers matter).</summary>
    public void Reach(int number)
    {
        while (Used <= number)
        {
            EnsurePage(Used);
            Used++;
        }
    }

    public void Clear()
    {
        _pages.Clear();
        _free.Clear();
        Used = 0;
    }

    private void EnsurePage(int number)
    {
        if (number >> PageBits >= _pages.Count)
        {
            _pages.Add(new T[PageSize]);
        }
    }
}
