using System.Globalization;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Worker;

/// <summary>
/// What happens at the named moments: at the so-many-th passing of one this process dies (MW_DIE_AT) or stands still until
/// whoever started it wakes it (MW_STALL_AT), both as <c>moment:count</c>, count from 1.
/// </summary>
internal sealed partial class Moments
{
    private const int Kill = 9;
    private const int Stop = 19;

    private readonly (string Name, int Count)? death;
    private readonly (string Name, int Count)? stall;
    private readonly string? seenFile;
    private readonly Dictionary<string, int> passed = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    private Moments((string, int)? death, (string, int)? stall, string? seenFile) => (this.death, this.stall, this.seenFile) = (death, stall, seenFile);

    /// <summary>As the environment says. MW_MOMENTS_FILE, where given, gets the name of every moment when it is passed first.</summary>
    public static Moments FromEnvironment() => new(Read("MW_DIE_AT"), Read("MW_STALL_AT"), Environment.GetEnvironmentVariable("MW_MOMENTS_FILE"));

    /// <summary>A moment is passed.</summary>
    public void Pass(string name)
    {
        int count;
        lock (gate)
        {
            count = passed[name] = passed.GetValueOrDefault(name) + 1;
            if (count == 1 && seenFile is not null)
            {
                File.AppendAllText(seenFile, name + "\n");
            }
        }

        if (death == (name, count))
        {
            _ = Signal(Environment.ProcessId, Kill);
            Thread.Sleep(Timeout.Infinite); // The signal takes a moment: nothing may be done in it.
        }

        if (stall == (name, count))
        {
            _ = Signal(Environment.ProcessId, Stop);
        }
    }

    private static (string, int)? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.Split(':') is [var name, var count]
            ? (name, int.Parse(count, CultureInfo.InvariantCulture))
            : null;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
