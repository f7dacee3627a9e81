namespace MaritimeWatch.Models;

/// <summary>A model cannot be used: says why and what to do.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Says what happened and what to do.</summary>
    public ModelException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
