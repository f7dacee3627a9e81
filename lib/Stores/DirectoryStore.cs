using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MaritimeWatch.Log;
using Microsoft.Win32.SafeHandles;

namespace MaritimeWatch.Stores;

/// <summary>
/// Blobs as plain files under a folder, safe for any number of processes on one machine. A file appears whole or not at
/// all: it is written aside, flushed, and then linked (if absent) or renamed (if match). A process that is killed leaves
/// no lock, and at most a file aside that nobody sees.
/// </summary>
/// <remarks>
/// The version of a blob is the time in its inode, set by us to be later than the one it replaces. That keeps files
/// plain, and needs a file system with sub-second times (any of today).
/// </remarks>
public sealed class DirectoryStore : IBlobStore, ILeftovers
{
    private readonly DirectoryLayout layout;
    private readonly Durability durability;

    private DirectoryStore(DirectoryLayout layout, Durability durability) =>
        (this.layout, this.durability) = (layout, durability);

    /// <summary>Opens a folder as a store, and makes it where it is absent.</summary>
    /// <param name="folder">The folder; it should hold nothing else.</param>
    /// <param name="durability">Whether writes survive a loss of power; default yes.</param>
    /// <exception cref="StoreException">FixInput: it is a file; Stop: no permission, disk full, no POSIX system.</exception>
    public static DirectoryStore Open(string folder, Durability durability = Durability.Full)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new StoreException(StoreTrouble.Stop, "a folder as a store needs Linux or macOS");
        }

        return new DirectoryStore(new DirectoryLayout(Path.GetFullPath(folder)), durability);
    }

    /// <summary>The folder.</summary>
    public string Folder => layout.Root;

    /// <inheritdoc/>
    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var path = layout.PathOf(name);
        try
        {
            // The handle pins one version: a replacement is another inode.
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[RandomAccess.GetLength(file)];
            Fill(file, 0, bytes, path);
            return new(new BlobContent(bytes, ETagOf(File.GetLastWriteTimeUtc(file))));
        }
        catch (Exception e) when (IsAbsent(e, path))
        {
            return new((BlobContent?)null);
        }
        catch (Exception e) when (IsOutside(e))
        {
            throw StoreTroubles.From(e, path);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancel.ThrowIfCancellationRequested();
        var path = layout.PathOf(name);
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);
            file.Position = Math.Min(offset, file.Length);
            return new(file);
        }
        catch (Exception e) when (IsAbsent(e, path))
        {
            return new((Stream?)null);
        }
        catch (Exception e) when (IsOutside(e))
        {
            throw StoreTroubles.From(e, path);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetRangeAsync(string name, long offset, int length, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        cancel.ThrowIfCancellationRequested();
        var path = layout.PathOf(name);
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Math.Clamp(RandomAccess.GetLength(file) - offset, 0, length)];
            Fill(file, offset, bytes, path);
            return new((ReadOnlyMemory<byte>?)bytes);
        }
        catch (Exception e) when (IsAbsent(e, path))
        {
            return new((ReadOnlyMemory<byte>?)null);
        }
        catch (Exception e) when (IsOutside(e))
        {
            throw StoreTroubles.From(e, path);
        }
    }

    /// <inheritdoc/>
    public ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        var path = layout.PathOf(name);

        // On another thread, so that the flushes of blobs that are put side by side overlap.
        return new(Task.Run(
            () => condition.ETag is null && File.Exists(path)
                ? new PutResult(false, null)
                : Write(path, condition.ETag, aside => aside.Write(content.Span)),
            cancel));
    }

    /// <inheritdoc/>
    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel)
    {
        var path = layout.PathOf(name);
        return new(Task.Run(
            () => File.Exists(path)
                ? new PutResult(false, null)
                : Write(path, null, aside => Copy(content, aside, cancel)),
            cancel));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await ValueTask.CompletedTask;
        foreach (var entry in layout.List(BlobName.CheckPrefix(prefix)))
        {
            cancel.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var path = layout.PathOf(name);
        using var turn = layout.Lock(path);
        if (Libc.Unlink(path) == 0)
        {
            return new(true);
        }

        return Marshal.GetLastPInvokeError() is var errno && errno is Libc.NotFound or Libc.NotADirectory
            ? new(false)
            : throw StoreTroubles.From(errno, path);
    }

    /// <inheritdoc/>
    public ValueTask<int> RemoveLeftoversAsync(DateTimeOffset before, CancellationToken cancel) =>
        new(layout.RemoveAside(before, cancel));

    private static void Fill(SafeFileHandle file, long offset, byte[] bytes, string path)
    {
        for (var filled = 0; filled < bytes.Length;)
        {
            var count = RandomAccess.Read(file, bytes.AsSpan(filled), offset + filled);
            if (count == 0)
            {
                throw new StoreException(StoreTrouble.Stop, $"{path} is shorter than it says: the disk is damaged");
            }

            filled += count;
        }
    }

    private PutResult Write(string path, string? expected, Action<Stream> fill)
    {
        var aside = layout.NewAside();
        try
        {
            layout.MakeFolderFor(path, durability);
            DateTime version;
            using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0))
            {
                fill(file);
                version = Stamp(file, expected);
                if (durability == Durability.Full)
                {
                    file.Flush(flushToDisk: true);
                }
            }

            if (!(expected is null ? LinkIfAbsent(aside, path) : ReplaceIfMatch(aside, path, expected)))
            {
                return new PutResult(false, null);
            }

            if (durability == Durability.Full)
            {
                DirectoryLayout.FlushFolder(Path.GetDirectoryName(path)!);
            }

            return new PutResult(true, ETagOf(version));
        }
        catch (Exception e) when (IsOutside(e))
        {
            throw StoreTroubles.From(e, path);
        }
        finally
        {
            _ = Libc.Unlink(aside); // Already gone after a rename.
        }
    }

    /// <summary>Gives the file a version later than the one it is to replace, and reads back what the disk kept.</summary>
    private static DateTime Stamp(FileStream file, string? expected)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var replaced = expected is null ? DateTime.MinValue : VersionOf(expected);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, now > replaced ? now : replaced.AddTicks(10));
        var kept = File.GetLastWriteTimeUtc(file.SafeFileHandle);
        return kept != replaced
            ? kept
            : throw new StoreException(StoreTrouble.Stop, "this file system keeps times too coarsely for a store");
    }

    private static bool LinkIfAbsent(string aside, string path)
    {
        // link() fails where the name exists, whoever made it, in one step; rename() would replace it.
        if (Libc.Link(aside, path) == 0)
        {
            return true;
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno == Libc.Exists ? false : throw StoreTroubles.From(errno, path);
    }

    private bool ReplaceIfMatch(string aside, string path, string expected)
    {
        using var turn = layout.Lock(path);
        if (!File.Exists(path) || ETagOf(File.GetLastWriteTimeUtc(path)) != expected)
        {
            return false;
        }

        return Libc.Rename(aside, path) == 0 ? true : throw StoreTroubles.From(Marshal.GetLastPInvokeError(), path);
    }

    private static void Copy(Stream from, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[256 * 1024];
        for (int count; (count = from.Read(buffer)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            to.Write(buffer.AsSpan(0, count));
        }
    }

    private static string ETagOf(DateTime version) => version.Ticks.ToString(CultureInfo.InvariantCulture);

    private static DateTime VersionOf(string eTag) =>
        long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTime.MaxValue.Ticks - 10
            ? new DateTime(ticks, DateTimeKind.Utc)
            : throw new StoreException(StoreTrouble.FixInput, $"\"{eTag}\" is no version of a blob in a folder");

    private static bool IsAbsent(Exception e, string path) =>
        e is FileNotFoundException or DirectoryNotFoundException
        || (e is UnauthorizedAccessException && Directory.Exists(path))
        || (e is IOException && e.HResult == Libc.NotADirectory);

    private static bool IsOutside(Exception e) =>
        e is UnauthorizedAccessException or IOException or ArgumentOutOfRangeException;
}
