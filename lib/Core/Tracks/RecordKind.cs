namespace MaritimeWatch.Tracks;

/// <summary>The kinds of record in a group's stream. The number is stored, and static data sort before positions.</summary>
public enum RecordKind : byte
{
    /// <summary>Static data of a vessel.</summary>
    Static = 1,

    /// <summary>A position of a vessel.</summary>
    Position = 2,

    /// <summary>What a source heard in a cell during a bucket: see <see cref="HeardMark"/>.</summary>
    Heard = 3,
}
