using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// An embedded store opened for watching: its format, its groups, and the profiles that it watches with. Profiles are
/// part of the fold, so they are written when the store is made and never change.
/// </summary>
internal sealed class WatchStore
{
    private const string SettingsBlob = "watch.json";

    private static readonly IReadOnlyList<string> Known = [.. MaritimeWatch.Findings.Profiles.All.Select(profile => profile.Name)];

    private WatchStore(IBlobStore blobs, StoreFormat format, IReadOnlyList<string> profiles, IVault vault) =>
        (Blobs, Format, Profiles, Vault, Keys) =
        (blobs, format, profiles, vault, new KeyRing(blobs, vault, RandomNumberGenerator.GetBytes));

    /// <summary>The blobs.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>How the store was made.</summary>
    public StoreFormat Format { get; }

    /// <summary>The profiles that every group runs.</summary>
    public IReadOnlyList<string> Profiles { get; }

    /// <summary>What wraps the keys of this store.</summary>
    public IVault Vault { get; }

    /// <summary>The keys that personal data is sealed under.</summary>
    public KeyRing Keys { get; }

    /// <summary>The watch groups, from 0.</summary>
    public IReadOnlyList<GroupName> Groups => [.. Enumerable.Range(0, Format.Groups).Select(group => new GroupName(StageNames.Watch, group))];

    /// <summary>The lines that all stages have committed.</summary>
    public StoreOutput Output => new(Blobs, StageNames.AllGroups(Format.Groups));

    /// <summary>Opens a store, or makes it.</summary>
    /// <param name="store">A folder, <c>azure</c> or <c>azure:CONTAINER</c>.</param>
    /// <param name="profiles">Profiles of a new store; an older store must have the same; null takes what it has.</param>
    /// <param name="simulated">A new store holds simulated data.</param>
    /// <param name="durability">How surely a write is on disk before it counts; folders alone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">It cannot be opened; the message says what to do.</exception>
    public static async Task<WatchStore> OpenOrCreateAsync(
        string store,
        IReadOnlyList<string>? profiles,
        bool simulated,
        Durability durability,
        TimeProvider time,
        CancellationToken cancel)
    {
        var opened = await OpenedStore.OpenAsync(store, time, cancel, durability);
        return await OpenOrCreateAsync(opened.Blobs, opened.Vault, profiles, simulated, time, cancel);
    }

    /// <summary>The vault of a store in a folder: its key is in the environment or in a file there.</summary>
    /// <param name="folder">The store's folder; it must exist.</param>
    public static IVault VaultOf(string folder) =>
        VaultKeyFile.Open(folder, Environment.GetEnvironmentVariable(VaultKeyFile.Variable));

    /// <summary>The vault of a store without a folder: its key is in the environment, on Azure by a reference to Key Vault.</summary>
    /// <exception cref="StoreException">Stop: there is no key.</exception>
    public static IVault VaultOfEnvironment() => Environment.GetEnvironmentVariable(VaultKeyFile.Variable) is { Length: > 0 } key
        ? VaultKeyFile.Open(".", key)
        : throw new StoreException(StoreTrouble.Stop, $"set {VaultKeyFile.Variable}: 32 random bytes in base64 (openssl rand -base64 32)");

    /// <summary>Opens a store on blobs that are open already, or makes it.</summary>
    /// <param name="blobs">The blobs.</param>
    /// <param name="vault">What wraps its keys.</param>
    /// <param name="profiles">Profiles of a new store; an older store must have the same; null takes what it has.</param>
    /// <param name="simulated">A new store holds simulated data.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">It cannot be opened; the message says what to do.</exception>
    public static async Task<WatchStore> OpenOrCreateAsync(
        IBlobStore blobs,
        IVault vault,
        IReadOnlyList<string>? profiles,
        bool simulated,
        TimeProvider time,
        CancellationToken cancel)
    {
        if (await StoreFormat.ReadAsync(blobs, cancel) is not { } format)
        {
            format = await StoreFormat.OpenOrCreateAsync(blobs, time.GetUtcNow(), simulated: simulated, cancel: cancel);
            await ReferenceDefaults.AddAsync(blobs, format, time, cancel);
        }

        return new WatchStore(blobs, format, await ProfilesAsync(blobs, profiles, cancel), vault);
    }

    /// <summary>Opens a store that was made before.</summary>
    /// <param name="store">A folder, <c>azure</c> or <c>azure:CONTAINER</c>.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">There is none, or it cannot be opened.</exception>
    public static async Task<WatchStore> OpenAsync(string store, CancellationToken cancel)
    {
        var opened = await OpenedStore.OpenExistingAsync(store, cancel);
        return new WatchStore(
            opened.Blobs, await StoreFormat.OpenAsync(opened.Blobs, cancel), await ProfilesAsync(opened.Blobs, null, cancel), opened.Vault);
    }

    /// <summary>A fold of one group, in the state before entry 1.</summary>
    /// <param name="group">The group.</param>
    /// <param name="records">Where the records of sets come from; null where there are none (live).</param>
    public WatchFold Fold(int group, LandedRecords? records) =>
        new(new WatchOptions { Group = group, Profiles = Profiles }, records?.For(group), new StoredReference(Blobs));

    private static async Task<IReadOnlyList<string>> ProfilesAsync(
        IBlobStore blobs, IReadOnlyList<string>? wanted, CancellationToken cancel)
    {
        if (wanted?.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw new StoreException(StoreTrouble.FixInput, $"there is no profile '{unknown}'; there are {string.Join(", ", Known)}");
        }

        var held = await blobs.GetAsync(SettingsBlob, cancel);
        if (held is null)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(new Settings(wanted ?? ["default"]), JsonSerializerOptions.Web);
            await blobs.PutAsync(SettingsBlob, bytes, PutCondition.IfAbsent, cancel);
            held = await blobs.GetAsync(SettingsBlob, cancel);
        }

        var settings = JsonSerializer.Deserialize<Settings>(held!.Value.Bytes.Span, JsonSerializerOptions.Web)!;
        if (wanted is not null && !wanted.SequenceEqual(settings.Profiles))
        {
            throw new StoreException(
                StoreTrouble.FixInput,
                $"this store watches with profile {string.Join(',', settings.Profiles)}, not {string.Join(',', wanted)}: "
                + "choose another --store for other profiles");
        }

        return settings.Profiles;
    }

    private sealed record Settings(IReadOnlyList<string> Profiles);
}
