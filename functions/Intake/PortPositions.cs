using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Where ports lie, by the newest ports of a store; read once, and again while the store has none.</summary>
/// <param name="store">The store.</param>
internal sealed class PortPositions(IBlobStore store)
{
    private Dictionary<string, Position>? places;

    /// <summary>The position of a port, or null where it is not known.</summary>
    /// <param name="locode">UN/LOCODE.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async ValueTask<Position?> FindAsync(string locode, CancellationToken cancel)
    {
        if (places is not { Count: > 0 })
        {
            var read = new Dictionary<string, Position>(StringComparer.Ordinal);
            foreach (var place in await new ReferenceStore(store).PlacesAsync(ReferenceKinds.Ports, cancel))
            {
                read.TryAdd(place.PortLocode ?? place.Id, place.Where);
            }

            places = read;
        }

        return places.TryGetValue(locode, out var where) ? where : null;
    }
}
