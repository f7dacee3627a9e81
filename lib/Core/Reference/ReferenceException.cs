namespace MaritimeWatch.Reference;

/// <summary>Reference data that cannot be taken, or is not there: fix the input and try again.</summary>
public sealed class ReferenceException : Exception
{
    /// <summary>Says what is wrong and where.</summary>
    public ReferenceException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
