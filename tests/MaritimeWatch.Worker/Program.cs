namespace MaritimeWatch.Worker;

/// <summary>Serves as the program does, and dies where it is told to.</summary>
public static class Program
{
    /// <summary>Runs until it is killed.</summary>
    /// <param name="args">The options of <c>serve</c>.</param>
    public static Task<int> Main(string[] args) => throw new NotImplementedException();
}
