using System.Buffers;

namespace MaritimeWatch.Log;

/// <summary>
/// The grammar of blob names, the same for every store: segments of <c>[a-z0-9._-]</c> joined by '/', none empty, none
/// beginning with a dot (dots hide what is a store's own business).
/// </summary>
public static class BlobName
{
    /// <summary>Characters that a whole name may have.</summary>
    public const int LengthMax = 512;

    /// <summary>Characters that one segment may have; a file name is at most 255 bytes on common file systems.</summary>
    public const int SegmentLengthMax = 200;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Returns the name if it is well formed.</summary>
    /// <param name="name">The whole name of a blob.</param>
    /// <exception cref="StoreException">FixInput: the name is not well formed.</exception>
    public static string Check(string name)
    {
        if (name.Length is 0 or > LengthMax)
        {
            throw Bad(name, $"it must have 1 to {LengthMax} characters");
        }

        foreach (var range in name.AsSpan().Split('/'))
        {
            CheckSegment(name, name.AsSpan(range));
        }

        return name;
    }

    /// <summary>Returns the prefix if it can begin a name; the empty prefix stands for everything.</summary>
    /// <param name="prefix">The beginning of a name, possibly ending within a segment or in '/'.</param>
    /// <exception cref="StoreException">FixInput: no name begins so.</exception>
    public static string CheckPrefix(string prefix)
    {
        if (prefix.Length > 0)
        {
            Check(prefix.EndsWith('/') ? prefix[..^1] : prefix);
        }

        return prefix;
    }

    /// <summary>True when the text can be one segment of a name.</summary>
    /// <param name="segment">For example a source or a stage.</param>
    public static bool IsSegment(ReadOnlySpan<char> segment) =>
        segment.Length is > 0 and <= SegmentLengthMax && segment[0] != '.' && !segment.ContainsAnyExcept(Allowed);

    /// <summary>Makes one segment of any text: lower case, the rest replaced by '-', at most 64 characters.</summary>
    /// <param name="text">For example a file's name or a receiver's.</param>
    public static string Segment(string text)
    {
        var kept = text.Length > 64 ? text[..64] : text;
        var made = string.Create(kept.Length, kept, static (target, from) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                var lower = char.ToLowerInvariant(from[i]);
                target[i] = Allowed.Contains(lower) ? lower : '-';
            }
        }).TrimStart('.');
        return made.Length == 0 ? "unnamed" : made;
    }

    private static void CheckSegment(string name, ReadOnlySpan<char> segment)
    {
        if (!IsSegment(segment))
        {
            throw Bad(name, $"each part must have 1 to {SegmentLengthMax} of a-z 0-9 . _ - and not begin with a dot");
        }
    }

    private static StoreException Bad(string name, string why) =>
        new(StoreTrouble.FixInput, $"\"{(name.Length > 80 ? name[..80] + "..." : name)}\" is no blob name: {why}");
}
