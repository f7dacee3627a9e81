namespace MaritimeWatch.Log;

/// <summary>Spreads the fixed 256 shards evenly over the groups of a store: neighbours stay together.</summary>
public sealed class GroupMap
{
    /// <summary>How many shards there are, for ever.</summary>
    public const int Shards = 256;

    /// <summary>A map for so many groups.</summary>
    /// <param name="groups">1 to 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside its range.</exception>
    public GroupMap(int groups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groups, Shards);
        Groups = groups;
    }

    /// <summary>How many groups there are.</summary>
    public int Groups { get; }

    /// <summary>The group, from 0, that a shard belongs to.</summary>
    /// <param name="shard">0 to 255 (<c>VesselId.Shard</c>).</param>
    public int GroupOf(int shard) => shard * Groups / Shards;
}
