namespace MaritimeWatch.Tests;

/// <summary>
/// Real recordings that lie beside the repository and are never part of it. A test that needs them is skipped with a
/// message where they are absent.
/// </summary>
internal static class SharedData
{
    /// <summary>The folder, or null where it is absent.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The full path of a file or folder in it; skips the test where it is absent.</summary>
    /// <param name="relative">For example <c>ais/nmea/sample.aivdm</c>.</param>
    public static string Require(string relative)
    {
        if (Folder is null)
        {
            Assert.Ignore($"the folder ../shared/data is absent, so {relative} cannot be read");
        }

        var path = Path.Combine(Folder!, relative);
        if (!Path.Exists(path))
        {
            Assert.Ignore($"{path} is absent");
        }

        return path;
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "..", "shared", "data");
            if (File.Exists(Path.Combine(at.FullName, "MaritimeWatch.sln")))
            {
                return Directory.Exists(candidate) ? Path.GetFullPath(candidate) : null;
            }
        }

        return null;
    }
}
