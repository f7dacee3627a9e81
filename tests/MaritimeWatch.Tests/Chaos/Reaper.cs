using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.StandIn.Host;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>
/// Decides how every life of a process ends: at a named moment (each in its turn), at a random time, or not before it was
/// stopped for longer than its messages are unseen. Counts the kills.
/// </summary>
internal sealed class Reaper
{
    private const int Killed = 137;
    private const int CpuMsMax = 1_500;
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(5);

    private readonly Random chance;
    private readonly IReadOnlyList<string> moments;
    private readonly Lock gate = new();
    private readonly Dictionary<int, Life> lives = [];
    private readonly SortedDictionary<string, int> deaths = new(StringComparer.Ordinal);
    private int turn;
    private int kills;
    private int stalls;

    public Reaper(int seed, IReadOnlyList<string> moments)
    {
        (chance, this.moments) = (new Random(seed), moments);
        turn = chance.Next(moments.Count);
    }

    /// <summary>Kills so far.</summary>
    public int Kills => Volatile.Read(ref kills);

    /// <summary>Processes that were stopped for a while.</summary>
    public int Stalls => Volatile.Read(ref stalls);

    /// <summary>False once no more shall die.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Kills by moment.</summary>
    public string Deaths
    {
        get
        {
            lock (gate)
            {
                return string.Join(", ", deaths.Select(death => string.Create(CultureInfo.InvariantCulture, $"{death.Key} {death.Value}")));
            }
        }
    }

    /// <summary>The environment of the next life at a place.</summary>
    public IReadOnlyDictionary<string, string> NextLife(int place)
    {
        lock (gate)
        {
            var life = new Life { EndsAfterMs = chance.Next(20, CpuMsMax), StallsAfterMs = chance.Next(8) == 0 ? chance.Next(20, CpuMsMax / 2) : null };
            lives[place] = life;
            if (!IsOn || chance.Next(3) == 0)
            {
                return new Dictionary<string, string>();
            }

            // Later passings too: a first commit is not like the fifth.
            life.Moment = moments[turn++ % moments.Count];
            life.EndsAfterMs = 2 * CpuMsMax; // Where the moment does not come, at a random time after all.
            return new Dictionary<string, string> { ["MW_DIE_AT"] = string.Create(CultureInfo.InvariantCulture, $"{life.Moment}:{1 + (chance.Next(3) * chance.Next(8))}") };
        }
    }

    /// <summary>A process has ended.</summary>
    public void OnEnded(int place, int code)
    {
        lock (gate)
        {
            if (IsOn && code == Killed && lives.TryGetValue(place, out var life))
            {
                var how = life.IsReaped ? "at a random time" : life.Moment ?? "too slow for its host";
                deaths[how] = deaths.GetValueOrDefault(how) + 1;
                Interlocked.Increment(ref kills);
            }
        }
    }

    /// <summary>Kills and stops at random times until cancelled.</summary>
    public async Task RunAsync(StandInHost host, int places, TimeSpan stallFor, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var stopped = new Dictionary<int, (HandlerProcess Process, Stopwatch Since)>();
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                for (var place = 0; IsOn && place < places; place++)
                {
                    Look(host, place, stopped, stallFor);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        foreach (var (process, _) in stopped.Values)
        {
            process.Resume();
        }
    }

    private void Look(StandInHost host, int place, Dictionary<int, (HandlerProcess Process, Stopwatch Since)> stopped, TimeSpan stallFor)
    {
        if (stopped.TryGetValue(place, out var still))
        {
            if (still.Since.Elapsed > stallFor)
            {
                still.Process.Resume();
                stopped.Remove(place);
            }

            return;
        }

        Life? life;
        lock (gate)
        {
            life = lives.GetValueOrDefault(place);
        }

        if (life is null || host.At(place) is not { IsReady: true } process)
        {
            return;
        }

        // By the time that it has worked, not by the clock on the wall: on a busy machine a life is as long as on an idle one.
        var cpuMs = (long)process.Cpu.TotalMilliseconds;
        life.ReadyAtCpuMs ??= cpuMs;
        var livedMs = cpuMs - life.ReadyAtCpuMs.Value;
        if (life.SeenCpuMs != cpuMs)
        {
            (life.SeenCpuMs, life.Idle) = (cpuMs, Stopwatch.StartNew());
        }

        if (life.StallsAfterMs is { } after && livedMs > after)
        {
            life.StallsAfterMs = null;
            process.Halt();
            stopped[place] = (process, Stopwatch.StartNew());
            Interlocked.Increment(ref stalls);
        }
        else if (livedMs > life.EndsAfterMs || life.Idle?.Elapsed > IdleMax)
        {
            life.IsReaped = true;
            process.Kill();
        }
    }

    private sealed class Life
    {
        public string? Moment { get; set; }

        public long EndsAfterMs { get; set; }

        public long? StallsAfterMs { get; set; }

        public long? ReadyAtCpuMs { get; set; }

        public long SeenCpuMs { get; set; }

        public Stopwatch? Idle { get; set; }

        public bool IsReaped { get; set; }
    }
}
