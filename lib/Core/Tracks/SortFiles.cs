namespace MaritimeWatch.Tracks;

/// <summary>How the temporary files of a sort are opened.</summary>
internal static class SortFiles
{
    public const int BufferBytes = 1 << 18;

    public static FileStream Create(string path) =>
        new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, BufferBytes);

    public static FileStream Open(string path, int bufferBytes) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferBytes, FileOptions.SequentialScan);

    public static FileStream OpenAt(string path, long offset)
    {
        var file = Open(path, 1);
        file.Position = offset;
        return file;
    }
}
