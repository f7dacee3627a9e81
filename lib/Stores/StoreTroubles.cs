using MaritimeWatch.Log;

namespace MaritimeWatch.Stores;

/// <summary>Turns what the operating system says into what the caller should do.</summary>
internal static class StoreTroubles
{
    private const int QuotaExceededLinux = 122;
    private const int NoSuchDevice = 19;

    /// <summary>From an exception of the class library's file functions.</summary>
    public static StoreException From(Exception e, string path) => e switch
    {
        UnauthorizedAccessException => Stop($"no permission for {path}", e),
        DirectoryNotFoundException or FileNotFoundException =>
            new(StoreTrouble.Retry, $"{path} went away while it was used", e),
        PathTooLongException => new(StoreTrouble.FixInput, $"{path} is too long for this file system", e),

        // On Unix the class library keeps errno in HResult where it has no exception of its own.
        IOException => From(e.HResult, path, e),

        // EFBIG: the size that a process may write (ulimit -f) or that the file system can hold.
        ArgumentOutOfRangeException => Stop($"{path} is larger than this system lets a file be", e),
        _ => Stop($"{path}: {e.Message}", e),
    };

    /// <summary>From an errno.</summary>
    public static StoreException From(int errno, string path, Exception? e = null) => errno switch
    {
        Libc.NoSpace or QuotaExceededLinux => Stop($"the disk is full: nothing was written to {path}; free space and go on", e),
        Libc.ReadOnly => Stop($"{path} is on a read-only file system", e),
        Libc.AccessDenied or 1 => Stop($"no permission for {path}", e),
        Libc.NotADirectory => new(StoreTrouble.FixInput, $"a part of {path} is a file, not a folder", e),
        Libc.IoError or NoSuchDevice => Stop($"the disk fails at {path} (error {errno})", e),
        _ => new(StoreTrouble.Retry, $"{path}: {e?.Message ?? $"error {errno}"}", e),
    };

    private static StoreException Stop(string message, Exception? e) => new(StoreTrouble.Stop, message, e);
}
