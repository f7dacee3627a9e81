using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MaritimeWatch.Log;
using Microsoft.Win32.SafeHandles;

namespace MaritimeWatch.Stores;

/// <summary>Where things are in the folder of a store. What begins with a dot is the store's own.</summary>
internal sealed class DirectoryLayout
{
    private const string AsideFolder = ".aside";
    private const string LockFolder = ".locks";
    private const int Locks = 64;

    /// <summary>Makes the folders where they are absent.</summary>
    public DirectoryLayout(string root)
    {
        Root = root;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, AsideFolder));
            Directory.CreateDirectory(Path.Combine(root, LockFolder));
        }
        catch (IOException) when (File.Exists(root))
        {
            throw new StoreException(StoreTrouble.FixInput, $"{root} is a file; a store is a folder");
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            throw new StoreException(StoreTrouble.Stop, $"{root} cannot be made: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreTroubles.From(e, root);
        }
    }

    /// <summary>The folder, absolute.</summary>
    public string Root { get; }

    /// <summary>Forces the entries of a folder to the disk.</summary>
    public static void FlushFolder(string folder)
    {
        using var handle = OpenFolder(folder);
        if (Libc.Fsync(handle) < 0)
        {
            throw StoreTroubles.From(Marshal.GetLastPInvokeError(), folder);
        }
    }

    /// <summary>The path of a blob, after checking its name.</summary>
    public string PathOf(string name) => Path.Combine(Root, BlobName.Check(name));

    /// <summary>A path for a file that nobody sees; random, because processes may share their ids across containers.</summary>
    public string NewAside() => Path.Combine(Root, AsideFolder, RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>Makes the folder that a file goes to, and what is above it.</summary>
    public void MakeFolderFor(string path, Durability durability)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException e) when (HasFileAbove(path))
        {
            throw StoreTroubles.From(Libc.NotADirectory, path, e);
        }

        while (durability == Durability.Full && folder.Length > Root.Length)
        {
            folder = Path.GetDirectoryName(folder)!;
            FlushFolder(folder);
        }
    }

    /// <summary>
    /// Waits for the turn to replace a file. The kernel drops the lock with the handle, so that a killed process leaves
    /// none. It is held for a look and a rename, never while bytes are written.
    /// </summary>
    public SafeFileHandle Lock(string path)
    {
        // Empty folders stand for locks: the class library puts a lock of its own, that does not wait, on every file
        // that it opens.
        var name = Path.Combine(Root, LockFolder, StripeOf(path).ToString("x2", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(name);
        var handle = OpenFolder(name);
        while (Libc.Flock(handle, Libc.LockExclusive) < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Libc.Interrupted)
            {
                handle.Dispose();
                throw StoreTroubles.From(errno, name);
            }
        }

        return handle;
    }

    /// <summary>The blobs whose names begin with a prefix, by name; holds one folder of each level at a time.</summary>
    public IEnumerable<BlobEntry> List(string prefix)
    {
        var cut = prefix.LastIndexOf('/');
        return cut < 0 ? ListFolder("", prefix) : ListFolder(prefix[..(cut + 1)], prefix);
    }

    /// <summary>Deletes files aside that were last written before a time.</summary>
    public int RemoveAside(DateTimeOffset before, CancellationToken cancel)
    {
        var removed = 0;
        var folder = Path.Combine(Root, AsideFolder);
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder))
            {
                cancel.ThrowIfCancellationRequested();
                removed += File.GetLastWriteTimeUtc(path) < before.UtcDateTime && Libc.Unlink(path) == 0 ? 1 : 0;
            }

            return removed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreTroubles.From(e, folder);
        }
    }

    private IEnumerable<BlobEntry> ListFolder(string folder, string prefix)
    {
        foreach (var (name, length) in Sorted(folder, prefix))
        {
            if (length is { } bytes)
            {
                yield return new BlobEntry(name, bytes);
                continue;
            }

            foreach (var entry in ListFolder(name, prefix))
            {
                yield return entry;
            }
        }
    }

    /// <summary>
    /// One folder in the order of whole names: a subfolder counts as its name with '/', which sorts after '-' and '.'
    /// but before digits and letters.
    /// </summary>
    private List<(string Name, long? Length)> Sorted(string folder, string prefix)
    {
        List<(string Name, long? Length)> found = [];
        var path = Path.Combine(Root, folder);
        try
        {
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
            {
                var name = folder + entry.Name + (entry is DirectoryInfo ? "/" : "");
                var mayFit = name.StartsWith(prefix, StringComparison.Ordinal)
                    || (entry is DirectoryInfo && prefix.StartsWith(name, StringComparison.Ordinal));
                if (mayFit && BlobName.IsSegment(entry.Name) && TryMeasure(entry, out var length))
                {
                    found.Add((name, length));
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing has been put there yet.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreTroubles.From(e, path);
        }

        found.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return found;
    }

    private bool HasFileAbove(string path)
    {
        for (var at = Path.GetDirectoryName(path)!; at.Length > Root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (File.Exists(at))
            {
                return true;
            }
        }

        return false;
    }

    private static SafeFileHandle OpenFolder(string folder)
    {
        // The class library opens no folders.
        var handle = Libc.Open(folder, Libc.OpenReadOnlyCloseOnExec);
        return handle >= 0
            ? new SafeFileHandle(handle, ownsHandle: true)
            : throw StoreTroubles.From(Marshal.GetLastPInvokeError(), folder);
    }

    /// <summary>The length of a file, null of a folder; false for a file deleted since the folder was read.</summary>
    private static bool TryMeasure(FileSystemInfo entry, out long? length)
    {
        try
        {
            length = (entry as FileInfo)?.Length;
            return true;
        }
        catch (FileNotFoundException)
        {
            length = null;
            return false;
        }
    }

    /// <summary>Few lock files instead of one for each blob; FNV-1a, because every process must choose the same.</summary>
    private uint StripeOf(string path)
    {
        var hash = 2166136261u;
        foreach (var c in path.AsSpan(Root.Length))
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash % Locks;
    }
}
