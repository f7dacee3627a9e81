using System.Runtime.ExceptionServices;

namespace MaritimeWatch.Recognition;

/// <summary>
/// A scene cut into windows that overlap by a margin, and the loop over them. Threads take the next window in order, read
/// it, look at it and hand over what they found: as many windows are in memory as there are threads, and neighbours are
/// read soon after each other, which is what a file's cache is good for.
/// </summary>
internal static class SceneTiles
{
    /// <summary>The cores: every pixel lies in exactly one. By rows.</summary>
    public static List<SceneWindow> Of(int width, int height, int edge)
    {
        var tiles = new List<SceneWindow>();
        for (var y = 0; y < height; y += edge)
        {
            for (var x = 0; x < width; x += edge)
            {
                tiles.Add(new SceneWindow(x, y, Math.Min(edge, width - x), Math.Min(edge, height - y)));
            }
        }

        return tiles;
    }

    /// <summary>A core with its margins, as far as the scene goes.</summary>
    public static SceneWindow Widened(SceneWindow core, int margin, int width, int height)
    {
        var (left, top) = (Math.Max(0, core.X - margin), Math.Max(0, core.Y - margin));
        var (right, bottom) = (Math.Min(width, core.Right + margin), Math.Min(height, core.Bottom + margin));
        return new SceneWindow(left, top, right - left, bottom - top);
    }

    /// <summary>Works through windows by number, in order, on several threads.</summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">On how many threads, at least 1.</param>
    /// <param name="start">Makes what a thread needs for itself.</param>
    /// <param name="work">Looks at one.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>What was found in each, by number.</returns>
    public static TFound[] Run<TWorker, TFound>(
        int count, int threads, Func<TWorker> start, Func<TWorker, int, TFound> work, CancellationToken cancel)
    {
        var found = new TFound[count];
        var next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        try
        {
            Parallel.For(0, Math.Min(threads, count), options, (_, state) =>
            {
                var worker = start();
                for (var at = Interlocked.Increment(ref next); at < count && !state.ShouldExitCurrentIteration; at = Interlocked.Increment(ref next))
                {
                    cancel.ThrowIfCancellationRequested();
                    found[at] = work(worker, at);
                }
            });
        }
        catch (AggregateException several)
        {
            // What went wrong with the scene, as one thread alone would have said it.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return found;
    }
}
