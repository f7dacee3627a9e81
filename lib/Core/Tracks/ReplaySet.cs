using System.Text.Json;

namespace MaritimeWatch.Tracks;

/// <summary>The body of an inbox entry of kind Set: landed blobs that are folded together in event order.</summary>
public sealed record ReplaySet
{
    /// <summary>Names the set (a hash over the landing hashes and what changes how they are read).</summary>
    public required string Id { get; init; }

    /// <summary>The landed blobs, in the order in which the replay landed them.</summary>
    public required IReadOnlyList<LandedFile> Files { get; init; }

    /// <summary>The time that untimed lines take, milliseconds since 1970 UTC, or null.</summary>
    public long? StartAtMs { get; init; }

    /// <summary>The whole set is simulated.</summary>
    public bool Simulated { get; init; }

    /// <summary>The body as JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);

    /// <summary>Reads a body.</summary>
    /// <exception cref="InvalidDataException">It is no set.</exception>
    public static ReplaySet FromBytes(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<ReplaySet>(body, JsonSerializerOptions.Web)
                ?? throw new InvalidDataException("the entry is no set: null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the entry is no set: {e.Message}", e);
        }
    }
}

/// <summary>One landed blob of a set.</summary>
/// <param name="Name">Its blob name.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Source">The source it came from where the bytes name none.</param>
public sealed record LandedFile(string Name, string Hash, string Source);
