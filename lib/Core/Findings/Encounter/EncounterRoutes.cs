using System.Buffers.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Encounter;

/// <summary>Who hears what of the two stages that find encounters. See lib/decisions/0015.</summary>
public static class EncounterRoutes
{
    /// <summary>True where a profile judges ships near stopping places too.</summary>
    /// <param name="profiles">Names of profiles.</param>
    public static bool NeedsAll(IEnumerable<string> profiles) =>
        profiles.Any(name => Profiles.ByName(name).Encounter is { AnchorageKm: 0 });

    /// <summary>Lines of <c>slow</c>: the groups in whose cells or halo the ship lies.</summary>
    /// <param name="groups">How many groups the stage has.</param>
    /// <param name="isFarOnly">Leaves out who is near a stopping place: no profile asks for them.</param>
    public static RelayRoute ByCell(int groups, bool isFarOnly) => (_, line, to) =>
    {
        if (isFarOnly && line.IndexOf("\"far_from_anchorage\":true"u8) < 0)
        {
            return;
        }

        if (groups > 1 && Where(line) is { } where)
        {
            SeaCells.GroupsAround(where, groups, to);
        }
        else
        {
            to.Add(0); // One group, or what is no such line: the first counts it.
        }
    };

    /// <summary>Lines of <c>contacts</c>: the group that the pair falls in.</summary>
    /// <param name="groups">How many groups the stage has.</param>
    public static RelayRoute ByPair(int groups)
    {
        var map = new GroupMap(groups);
        return (_, line, to) => to.Add(map.GroupOf(Shards.Of(Pair(line))));
    }

    /// <summary>The point of a line, or null where it has none.</summary>
    internal static Position? Where(ReadOnlySpan<byte> line)
    {
        var property = "\"coordinates\":["u8;
        var at = line.IndexOf(property);
        if (at < 0)
        {
            return null;
        }

        var text = line[(at + property.Length)..];
        if (!Utf8Parser.TryParse(text, out double longitude, out var used) || used >= text.Length || text[used] != ','
            || !Utf8Parser.TryParse(text[(used + 1)..], out double latitude, out _)
            || longitude is not (>= -180 and <= 180) || latitude is not (>= -90 and <= 90))
        {
            return null;
        }

        return Position.FromDegrees(latitude, longitude);
    }

    private static ReadOnlySpan<byte> Pair(ReadOnlySpan<byte> line)
    {
        var property = "\"pair\":\""u8;
        var at = line.IndexOf(property);
        var text = at < 0 ? line : line[(at + property.Length)..];
        var end = text.IndexOf((byte)'"');
        return end < 0 ? text : text[..end];
    }
}
