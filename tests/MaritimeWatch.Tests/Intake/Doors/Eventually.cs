using System.Diagnostics;

namespace MaritimeWatch.Tests.Intake.Doors;

/// <summary>Waits for what another thread or a socket brings; the limit only ends a test that has failed.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the condition holds; between looks the step is taken, for example moving a clock.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what, Action? step = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Limit)
            {
                Assert.Fail($"still not after {Limit.TotalSeconds} s: {what}");
            }

            step?.Invoke();
            await Task.Delay(2);
        }
    }
}
