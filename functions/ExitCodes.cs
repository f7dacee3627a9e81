namespace MaritimeWatch.Functions;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Done, but some input was refused (only with --strict).</summary>
    public const int SomeRefused = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Nothing was usable.</summary>
    public const int NothingUsable = 3;

    /// <summary>Something broke that should not (EX_SOFTWARE): the log says what.</summary>
    public const int Fatal = 70;
}
