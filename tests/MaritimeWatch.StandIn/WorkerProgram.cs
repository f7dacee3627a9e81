namespace MaritimeWatch.StandIn;

/// <summary>Where the program lies that dies at named moments.</summary>
public static class WorkerProgram
{
    /// <summary>
    /// Its assembly, built beside ours and found from the folder of the running program upwards; or what MW_WORKER names, for a
    /// long run with one that is compiled ahead.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string Path => Environment.GetEnvironmentVariable("MW_WORKER") is { Length: > 0 } named ? named : PathFrom(AppContext.BaseDirectory);

    private static string PathFrom(string from)
    {
        var kind = from.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var built = System.IO.Path.Combine(folder.FullName, "tests", "MaritimeWatch.Worker", "bin", kind, "net10.0", "MaritimeWatch.Worker.dll");
            if (File.Exists(built))
            {
                return built;
            }
        }

        throw new FileNotFoundException("build tests/MaritimeWatch.Worker first (dotnet build MaritimeWatch.sln -c Release)");
    }
}
