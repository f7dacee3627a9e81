using System.Collections.Frozen;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Cameras;

/// <summary>One camera that reads plates.</summary>
/// <param name="Id">Stable id, <c>[A-Za-z0-9._-]{1,64}</c>: what reads name.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Direction">Which way the traffic that it reads goes (<c>in</c>, <c>out</c>, <c>north</c>...), or null.</param>
/// <param name="IsWatchedArea">It stands in an area that a vehicle of the port has no business in.</param>
/// <param name="Port">UN/LOCODE of the port whose gate it watches, or null.</param>
public sealed record Camera(string Id, string Name, Position Place, string? Direction, bool IsWatchedArea, string? Port);

/// <summary>A way from one camera to the next, one direction.</summary>
/// <param name="From">Id of the camera where it begins.</param>
/// <param name="To">Id of the camera where it ends.</param>
/// <param name="DistanceMetres">Length of the road between them, 1 to 1,000,000.</param>
/// <param name="FreeFlowMs">Travel time on an empty road, milliseconds, or null.</param>
public sealed record CameraLink(string From, string To, int DistanceMetres, long? FreeFlowMs);

/// <summary>A way through several cameras that has a name.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Cameras">Ids of its cameras, in order, at least two.</param>
public sealed record CameraRoute(string Id, IReadOnlyList<string> Cameras);

/// <summary>The cameras and the roads between them in one version of the reference data; immutable.</summary>
public sealed class CameraNetwork
{
    private readonly FrozenDictionary<string, Camera> cameras;
    private readonly FrozenDictionary<(string From, string To), CameraLink> links;
    private readonly FrozenDictionary<string, string[]> onward;

    /// <summary>A network; ids must be known to be sound (see <see cref="CameraFile"/>).</summary>
    public CameraNetwork(int version, IReadOnlyList<Camera> cameras, IReadOnlyList<CameraLink> links, IReadOnlyList<CameraRoute> routes)
    {
        (Version, All, Links, Routes) = (version, cameras, links, routes);
        this.cameras = cameras.ToFrozenDictionary(camera => camera.Id, StringComparer.Ordinal);
        this.links = links.ToFrozenDictionary(link => (link.From, link.To));
        onward = links.GroupBy(link => link.From, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Select(link => link.To).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>No camera is known.</summary>
    public static CameraNetwork Empty { get; } = new(0, [], [], []);

    /// <summary>Version of the reference data, from 1; 0 for none.</summary>
    public int Version { get; }

    /// <summary>The cameras in the order of the file.</summary>
    public IReadOnlyList<Camera> All { get; }

    /// <summary>The links in the order of the file.</summary>
    public IReadOnlyList<CameraLink> Links { get; }

    /// <summary>The named routes in the order of the file.</summary>
    public IReadOnlyList<CameraRoute> Routes { get; }

    /// <summary>The camera of an id, or null.</summary>
    public Camera? Find(string id) => cameras.GetValueOrDefault(id);

    /// <summary>The cameras to which a link leads from one; none where the network ends there.</summary>
    public IReadOnlyList<string> Onward(string id) => onward.GetValueOrDefault(id) ?? [];

    /// <summary>The link between two cameras, or null where the network has none.</summary>
    public CameraLink? Link(string from, string to) => links.GetValueOrDefault((from, to));
}

/// <summary>Where a fold gets the cameras once a Reference entry has named a version of them.</summary>
public interface ICameraSource
{
    /// <summary>Loads a version; the same version is always the same network.</summary>
    /// <param name="version">From 1.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ReferenceException">It is not there or does not read.</exception>
    ValueTask<CameraNetwork> LoadAsync(int version, CancellationToken cancel);
}
