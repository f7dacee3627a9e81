namespace MaritimeWatch.Log;

/// <summary>
/// Called at the named moments of a commit. Nothing in production; a test throws or ends the process there to show that
/// every moment may be the last.
/// </summary>
/// <param name="name">One of <see cref="KillPoints"/>.</param>
public delegate void KillPoint(string name);

/// <summary>The moments at which a worker may die.</summary>
public static class KillPoints
{
    /// <summary>State and inbox position are in memory.</summary>
    public const string AfterLoad = "after-load";

    /// <summary>A step of an entry has been folded, nothing written.</summary>
    public const string AfterFoldStep = "after-fold-step";

    /// <summary>The snapshot or delta has not been written.</summary>
    public const string BeforeState = "before-state";

    /// <summary>The snapshot or delta has been written.</summary>
    public const string AfterState = "after-state";

    /// <summary>The pack of output segments has not been written.</summary>
    public const string BeforeSegment = "before-segment";

    /// <summary>The pack of output segments has been written.</summary>
    public const string AfterSegment = "after-segment";

    /// <summary>A manifest has not been written.</summary>
    public const string BeforeManifest = "before-manifest";

    /// <summary>A manifest has been written.</summary>
    public const string AfterManifest = "after-manifest";

    /// <summary>Everything is written but the checkpoint.</summary>
    public const string BeforeCheckpoint = "before-checkpoint";

    /// <summary>The checkpoint has been written, the worker does not know yet.</summary>
    public const string AfterCheckpoint = "after-checkpoint";

    /// <summary>All of them, in the order in which a commit passes them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AfterLoad, AfterFoldStep, BeforeState, AfterState, BeforeSegment, AfterSegment, BeforeManifest, AfterManifest,
        BeforeCheckpoint, AfterCheckpoint,
    ];
}
