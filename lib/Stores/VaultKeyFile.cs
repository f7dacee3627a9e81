using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Stores;

/// <summary>
/// The vault key of the embedded store: from the environment where it is set there, else a file in the store's folder that
/// only its owner can read, made on first use. A copy of the folder with that file is a copy of the key: whoever wants
/// them apart sets the variable.
/// </summary>
public static class VaultKeyFile
{
    /// <summary>The variable that holds the key as base64, 32 bytes.</summary>
    public const string Variable = "MARITIMEWATCH_VAULT_KEY";

    /// <summary>The file's name; it begins with a dot, so it is no blob.</summary>
    public const string FileName = ".vault.key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens the vault of a store in a folder.</summary>
    /// <param name="folder">The store's folder; it must exist.</param>
    /// <param name="variable">What the environment says, or null.</param>
    /// <exception cref="StoreException">FixInput: the key is not base64 of 32 bytes. Stop: the file is open to others.</exception>
    public static LocalVault Open(string folder, string? variable)
    {
        var key = string.IsNullOrWhiteSpace(variable)
            ? FindOrMake(Path.Combine(folder, FileName))
            : Parse(variable.Trim(), $"the variable {Variable}");
        return new LocalVault(key, RandomNumberGenerator.GetBytes);
    }

    private static byte[] FindOrMake(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new StoreException(StoreTrouble.Stop, $"set {Variable}: a key file that only its owner reads needs Linux or macOS");
        }

        try
        {
            if (!File.Exists(path))
            {
                Make(path);
            }

            return (File.GetUnixFileMode(path) & ~OwnerOnly & ~UnixFileMode.UserExecute) == 0
                ? Parse(File.ReadAllText(path).Trim(), path)
                : throw new StoreException(StoreTrouble.Stop, $"others can read {path}: run chmod 600 on it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreTroubles.From(e, path);
        }
    }

    /// <summary>Written aside and linked, so that another process sees the whole key or none; who loses takes the winner's.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void Make(string path)
    {
        var aside = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        try
        {
            using (var file = new FileStream(aside, options))
            using (var text = new StreamWriter(file))
            {
                text.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(LocalVault.MasterKeyBytes)));
                text.Flush();
                file.Flush(flushToDisk: true);
            }

            if (Libc.Link(aside, path) != 0 && Marshal.GetLastPInvokeError() is var errno && errno != Libc.Exists)
            {
                throw StoreTroubles.From(errno, path);
            }

            DirectoryLayout.FlushFolder(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static byte[] Parse(string text, string where)
    {
        var bytes = new byte[LocalVault.MasterKeyBytes + 1];
        return Convert.TryFromBase64String(text, bytes, out var count) && count == LocalVault.MasterKeyBytes
            ? bytes[..LocalVault.MasterKeyBytes]
            : throw new StoreException(StoreTrouble.FixInput, $"{where} is not a vault key: base64 of {LocalVault.MasterKeyBytes} bytes is wanted");
    }
}
