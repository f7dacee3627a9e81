namespace MaritimeWatch.Log;

/// <summary>What the caller should do about trouble in the store.</summary>
public enum StoreTrouble
{
    /// <summary>It may pass: try again with back-off. Whether a write took effect is unknown.</summary>
    Retry,

    /// <summary>Ask for something else: the name or the content is not acceptable.</summary>
    FixInput,

    /// <summary>It will not pass by itself: disk full, no permission, a store from a newer version.</summary>
    Stop,
}

/// <summary>Trouble in the blob store, with what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Says what happened and what to do.</summary>
    public StoreException(StoreTrouble trouble, string message, Exception? inner = null)
        : base(message, inner) => Trouble = trouble;

    /// <summary>What to do.</summary>
    public StoreTrouble Trouble { get; }
}
