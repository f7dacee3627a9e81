using MaritimeWatch.GeoJson;
using System.Globalization;
using System.Security.Cryptography;
using MaritimeWatch.Log;

namespace MaritimeWatch.Reference;

/// <summary>
/// Reference data as numbered, immutable versions in the blob store: <c>reference/{kind}/{version}</c>. What is stored is
/// the sound part in canonical GeoJSON, so that what is in force is what lies there.
/// </summary>
/// <param name="blobs">Where it lies.</param>
/// <param name="coast">The coastline that views answer from, or null.</param>
/// <param name="seaLanes">The network of sea lanes that views give, read when it is first asked for; or null.</param>
public sealed class ReferenceStore(IBlobStore blobs, Coastline? coast = null, Func<SeaLanes.SeaLaneNetwork?>? seaLanes = null)
{
    private const int VersionMax = 999_999;
    private const int RacesMax = 32;
    private readonly Lock gate = new();
    private (string Key, ReferenceView View)? last;

    /// <summary>Checks a file and makes it the newest version of its kind; the same file again changes nothing.</summary>
    /// <param name="kind">One of <see cref="ReferenceKinds.All"/>.</param>
    /// <param name="utf8">GeoJSON, or JSON for the kinds that are lists of other things.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="isStrict">Refuse the whole file for one unsound feature.</param>
    /// <exception cref="ReferenceException">The kind is unknown, or nothing in the file is usable; says which and why.</exception>
    public async Task<ReferenceAdded> AddAsync(
        string kind, ReadOnlyMemory<byte> utf8, CancellationToken cancel, bool isStrict = false)
    {
        var taken = ReferenceIntake.Take(kind, utf8, isStrict);
        var hash = HashOf(taken.Bytes.Span);
        for (var race = 0; race < RacesMax; race++)
        {
            var latest = await LatestAsync(kind, cancel).ConfigureAwait(false);
            if (latest > 0 && await IsSameAsync(kind, latest, taken.Bytes, cancel).ConfigureAwait(false))
            {
                return new ReferenceAdded(kind, latest, false, hash, taken.Kept, taken.Refused, taken.Warnings);
            }

            if (latest == VersionMax)
            {
                throw new ReferenceException($"{kind} has {VersionMax} versions: begin a new store");
            }

            var put = await blobs.PutAsync(NameOf(kind, latest + 1), taken.Bytes, PutCondition.IfAbsent, cancel).ConfigureAwait(false);
            if (put.Written)
            {
                return new ReferenceAdded(kind, latest + 1, true, hash, taken.Kept, taken.Refused, taken.Warnings);
            }
        }

        throw new StoreException(StoreTrouble.Retry, $"others add to {kind} all the time; try again");
    }

    /// <summary>Every version of every kind, in order of kind and version.</summary>
    public async Task<IReadOnlyList<ReferenceVersion>> ListAsync(CancellationToken cancel)
    {
        var versions = new List<ReferenceVersion>();
        await foreach (var blob in blobs.ListAsync("reference/", cancel).ConfigureAwait(false))
        {
            var parts = blob.Name.Split('/');
            if (parts.Length == 3 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                versions.Add(new ReferenceVersion(parts[1], version, blob.Length));
            }
        }

        return versions;
    }

    /// <summary>The newest version of each kind that has one.</summary>
    public async Task<IReadOnlyDictionary<string, int>> LatestVersionsAsync(CancellationToken cancel)
    {
        var latest = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var version in await ListAsync(cancel).ConfigureAwait(false))
        {
            latest[version.Kind] = Math.Max(version.Version, latest.GetValueOrDefault(version.Kind));
        }

        return latest;
    }

    /// <summary>True where a kind has a version: asked by the name of the first, so that it is one reading and no list.</summary>
    /// <param name="kind">One of <see cref="ReferenceKinds.All"/>.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<bool> HasAnyAsync(string kind, CancellationToken cancel) =>
        await GetAsync(kind, 1, cancel).ConfigureAwait(false) is not null;

    /// <summary>A version as it is stored, or null where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string kind, int version, CancellationToken cancel)
    {
        CheckKind(kind);
        var blob = await blobs.GetAsync(NameOf(kind, version), cancel).ConfigureAwait(false);
        return blob?.Bytes;
    }

    /// <summary>The stopping places of a kind in their newest version; none where the kind has no version.</summary>
    /// <param name="kind">Ports, anchorages or berths.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<IReadOnlyList<AnchoragePoint>> PlacesAsync(string kind, CancellationToken cancel)
    {
        var versions = await LatestVersionsAsync(cancel).ConfigureAwait(false);
        return versions.TryGetValue(kind, out var version) && await GetAsync(kind, version, cancel).ConfigureAwait(false) is { } file
            ? [.. GeoJsonReader.Read(file).Features.Select(feature => PlaceFeatures.ToPlace(kind, feature))]
            : [];
    }

    /// <summary>The data of some versions, indexed. Kinds that are not named are empty; the last view is kept for reuse.</summary>
    /// <param name="versions">Kind to version, as a fold or a finding pins them.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ReferenceException">A version is not there or does not read.</exception>
    public async Task<IReferenceView> LoadViewAsync(IReadOnlyDictionary<string, int> versions, CancellationToken cancel)
    {
        var key = string.Join(' ', versions.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => NameOf(v.Key, v.Value)));
        lock (gate)
        {
            if (last is { } kept && kept.Key == key)
            {
                return kept.View;
            }
        }

        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (kind, version) in versions)
        {
            if (await GetAsync(kind, version, cancel).ConfigureAwait(false) is { } file)
            {
                files[kind] = file;
            }
            else if (kind != ReferenceKinds.Lanes)
            {
                throw new ReferenceException($"version {version} of {kind} is not in the store");
            }
        }

        var view = ReferenceFiles.ToView(versions, files, coast, seaLanes);
        lock (gate)
        {
            last = (key, view);
        }

        return view;
    }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    internal static void CheckKind(string kind)
    {
        if (!ReferenceKinds.All.Contains(kind))
        {
            throw new ReferenceException($"there is no kind \"{kind}\" of reference data; there are {string.Join(", ", ReferenceKinds.All)}");
        }
    }

    private static string NameOf(string kind, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"reference/{kind}/{version:D6}");

    private async Task<int> LatestAsync(string kind, CancellationToken cancel)
    {
        var versions = await LatestVersionsAsync(cancel).ConfigureAwait(false);
        return versions.GetValueOrDefault(kind);
    }

    private async Task<bool> IsSameAsync(string kind, int version, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var stored = await GetAsync(kind, version, cancel).ConfigureAwait(false);
        return stored is { } there && there.Span.SequenceEqual(bytes.Span);
    }
}

/// <summary>What became of an addition.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Version">The version now in force.</param>
/// <param name="IsNew">False where the same data was in force already.</param>
/// <param name="Hash">SHA-256 of the stored bytes, lower-case hexadecimal.</param>
/// <param name="Kept">Features (or entries) that were taken.</param>
/// <param name="Refused">Features that were refused.</param>
/// <param name="Warnings">What a person should know: refused features and bent values, at most 100 lines.</param>
public sealed record ReferenceAdded(
    string Kind, int Version, bool IsNew, string Hash, int Kept, int Refused, IReadOnlyList<string> Warnings);

/// <summary>A stored version.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Version">From 1.</param>
/// <param name="Length">Bytes.</param>
public sealed record ReferenceVersion(string Kind, int Version, long Length);
