using System.Diagnostics;

namespace MaritimeWatch.Functions.Watch;

/// <summary>One line on standard error that says what is being done; silent where that is no terminal.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly bool IsTerminal = !Console.IsErrorRedirected;
    private readonly Lock writing = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private bool isOver;

    /// <summary>Shows what is being done.</summary>
    /// <param name="what">A few words.</param>
    public void Say(string what)
    {
        lock (writing)
        {
            if (IsTerminal && !isOver)
            {
                Console.Error.Write($"\r\u001b[K{watch.Elapsed:m\\:ss}  {what}");
            }
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        lock (writing)
        {
            if (IsTerminal && !isOver)
            {
                Console.Error.Write("\r\u001b[K");
            }

            isOver = true;
        }
    }
}
