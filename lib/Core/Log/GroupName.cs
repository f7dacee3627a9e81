using System.Globalization;
using System.Security.Cryptography;

namespace MaritimeWatch.Log;

/// <summary>Which group of which stage, and what its blobs are called.</summary>
/// <param name="Stage">The stage's short name, for example <c>watch</c>.</param>
/// <param name="Group">The group, from 0.</param>
public readonly record struct GroupName(string Stage, int Group)
{
    private const int GenerationDigits = 10;

    /// <summary>The folder of the group's inbox, ending in '/'.</summary>
    public string InboxPrefix => string.Create(CultureInfo.InvariantCulture, $"inbox/{Stage}/{Group:D3}/");

    /// <summary>The folder of the group's checkpoint and what belongs to it, ending in '/'.</summary>
    public string Prefix => string.Create(CultureInfo.InvariantCulture, $"groups/{Stage}/{Group:D3}/");

    /// <summary>The one blob that is ever replaced.</summary>
    public string CheckpointName => Prefix + "checkpoint";

    /// <summary>The blob of an inbox entry.</summary>
    /// <param name="number">The entry, from 1.</param>
    public string EntryName(long number) => string.Create(CultureInfo.InvariantCulture, $"{InboxPrefix}{number:D12}");

    /// <summary>
    /// The name of an immutable blob: the generation it builds on (the collector's only question) and its hash, so that
    /// two workers that write the same bytes write the same blob.
    /// </summary>
    /// <param name="baseGeneration">The generation of the checkpoint that was read; 0 where there was none.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="what">What it is: <c>snapshot</c>, <c>delta</c>, <c>manifest</c> or <c>pack</c>.</param>
    public string BlobFor(long baseGeneration, ReadOnlySpan<byte> content, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{baseGeneration:D10}-{ShortHash(content)}.{what}");

    /// <summary>The generation that a blob builds on, or null where the name is none of <see cref="BlobFor"/>.</summary>
    /// <param name="blob">A whole blob name.</param>
    public static long? BaseGenerationOf(string blob)
    {
        var last = blob.AsSpan(blob.LastIndexOf('/') + 1);
        return last.Length > GenerationDigits && last[GenerationDigits] == '-'
            && long.TryParse(last[..GenerationDigits], NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
                ? generation
                : null;
    }

    /// <summary>True when the bytes are those that the blob was named for.</summary>
    /// <param name="blob">A name made by <see cref="BlobFor"/>.</param>
    /// <param name="content">The bytes as read.</param>
    public static bool IsIntact(string blob, ReadOnlySpan<byte> content) =>
        blob.AsSpan(blob.LastIndexOf('/') + 1).Slice(GenerationDigits + 1).StartsWith(ShortHash(content));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stage}/{Group:D3}");

    private static string ShortHash(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
