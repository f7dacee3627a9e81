using System.Buffers;
using System.Globalization;

namespace MaritimeWatch.Log;

/// <summary>Bytes as they came, kept under their hash before anything was acknowledged.</summary>
/// <param name="Name">The blob's name: <c>landing/{source}/{yyyy-MM-dd}/{hash}</c>.</param>
/// <param name="Hash">SHA-256 of the stored bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Source">Who sent them, one segment of a blob name.</param>
/// <param name="ReceivedAt">When they came, UTC.</param>
public sealed record LandedBlob(string Name, string Hash, long Length, string Source, DateTimeOffset ReceivedAt)
{
    private const string Folder = "landing";
    private const int HashDigits = 64;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The name of landed bytes.</summary>
    /// <param name="source">One segment of a blob name.</param>
    /// <param name="receivedAt">When they came; its day in UTC counts.</param>
    /// <param name="hash">64 lower-case hexadecimal digits.</param>
    public static string NameOf(string source, DateTimeOffset receivedAt, string hash) =>
        NameIn(Folder, source, receivedAt, hash);

    /// <summary>The hash that a landed name ends with.</summary>
    /// <param name="name">A name made by <see cref="NameOf"/>.</param>
    /// <exception cref="StoreException">FixInput: it is no such name.</exception>
    public static string HashOf(string name) => FromName(name).Hash;

    /// <summary>What a landed name says; the length is not part of it and is 0.</summary>
    /// <param name="name">A name made by <see cref="NameOf"/>.</param>
    /// <exception cref="StoreException">FixInput: it is no such name.</exception>
    public static LandedBlob FromName(string name) => TryFromName(name)
        ?? throw new StoreException(
            StoreTrouble.FixInput, $"\"{(name.Length > 80 ? name[..80] + "..." : name)}\" is not the name of landed bytes");

    /// <summary>What a landed name says, or null where it is no such name. A queue may say any name: only these are read.</summary>
    /// <param name="name">Any text.</param>
    public static LandedBlob? TryFromName(string? name)
    {
        var parts = name is { Length: > 0 and <= BlobName.LengthMax } ? name.Split('/') : [];
        return parts.Length == 4 && parts[0] == Folder && BlobName.IsSegment(parts[1])
            && DateTimeOffset.TryParseExact(
                parts[2], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            && parts[3].Length == HashDigits && !parts[3].AsSpan().ContainsAnyExcept(Hexadecimal)
            ? new LandedBlob(name!, parts[3], 0, parts[1], day.ToUniversalTime())
            : null;
    }

    /// <summary>The name in any folder that is kept by source and day.</summary>
    internal static string NameIn(string folder, string source, DateTimeOffset receivedAt, string hash) =>
        BlobName.IsSegment(source)
            ? string.Create(CultureInfo.InvariantCulture, $"{folder}/{source}/{receivedAt.UtcDateTime:yyyy-MM-dd}/{hash}")
            : throw new StoreException(
                StoreTrouble.FixInput, $"\"{source}\" is no name of a source: use a-z 0-9 . _ - (BlobName.Segment makes one)");
}
