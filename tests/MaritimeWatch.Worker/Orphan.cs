using System.Runtime.InteropServices;

namespace MaritimeWatch.Worker;

/// <summary>A worker whose test has gone must go too: nobody else would ever end it.</summary>
internal static partial class Orphan
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Ends this process soon after the one that started it has ended.</summary>
    public static void EndsWithItsParent()
    {
        var parent = ParentNow();
        new Thread(() =>
        {
            while (ParentNow() == parent)
            {
                Thread.Sleep(LookEvery);
            }

            Environment.Exit(1);
        })
        { IsBackground = true }.Start();
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ParentNow();
}
