using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Where ports lie, by the newest ports of a store; read once. While the store has none it is asked for each document, by the
/// name of the first version, which is one reading and no list: what is decoded must hang on what is in the store, and not
/// on how long ago somebody looked.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class PortPositions(IBlobStore store)
{
    private static readonly Dictionary<string, Position> None = [];
    private Dictionary<string, Position>? places;

    /// <summary>The position of each port that is known, by UN/LOCODE.</summary>
    /// <param name="cancel">Stops the reading.</param>
    public async ValueTask<IReadOnlyDictionary<string, Position>> ReadAsync(CancellationToken cancel)
    {
        if (places is not { Count: > 0 })
        {
            var reference = new ReferenceStore(store);
            if (!await reference.HasAnyAsync(ReferenceKinds.Ports, cancel))
            {
                return None;
            }

            var read = new Dictionary<string, Position>(StringComparer.Ordinal);
            foreach (var place in await reference.PlacesAsync(ReferenceKinds.Ports, cancel))
            {
                read.TryAdd(place.PortLocode ?? place.Id, place.Where);
            }

            places = read;
        }

        return places;
    }
}
