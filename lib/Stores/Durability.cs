namespace MaritimeWatch.Stores;

/// <summary>What a finished write survives.</summary>
public enum Durability
{
    /// <summary>A loss of power: file and folder are flushed to the disk before a write is reported.</summary>
    Full,

    /// <summary>The end of the process, not a loss of power: for what can be made again, such as tests.</summary>
    ProcessOnly,
}
