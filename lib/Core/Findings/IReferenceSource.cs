using MaritimeWatch.Reference;

namespace MaritimeWatch.Findings;

/// <summary>Where a fold gets reference data once a Reference entry has named versions.</summary>
public interface IReferenceSource
{
    /// <summary>Loads one immutable view. The same versions always give the same view.</summary>
    /// <param name="versions">Version by kind; a kind that is absent is empty.</param>
    /// <param name="cancel">Stops loading.</param>
    ValueTask<IReferenceView> LoadAsync(IReadOnlyDictionary<string, int> versions, CancellationToken cancel);
}
