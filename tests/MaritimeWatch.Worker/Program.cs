using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Functions;
using MaritimeWatch.Functions.Outlet;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Worker;

/// <summary>
/// Serves as the program does, and dies where it is told to. What it asked of the storage it writes at a clean end to
/// MW_OPERATIONS_FILE.
/// </summary>
public static class Program
{
    /// <summary>Runs until it is killed.</summary>
    /// <param name="args"><c>serve</c> and its options.</param>
    public static async Task<int> Main(string[] args)
    {
        var moments = Moments.FromEnvironment();
        Orphan.EndsWithItsParent();
        var time = Environment.GetEnvironmentVariable("MW_CLOCK_FILE") is { Length: > 0 } clock ? new FileClock(clock) : TimeProvider.System;
        var options = ServeVerb.Read(ServeVerb.Create().Parse([.. args.Skip(1)]));
        var opened = await OpenedStore.OpenAsync(options.Store, time, default);
        var parts = new ServeParts
        {
            Time = time,
            Store = Plants.InPlaceOf(opened.Blobs),
            Vault = opened.Vault,
            Azure = opened.Azure,
            Kill = moments.Pass,
            LogLevel = Enum.TryParse<LogLevel>(Environment.GetEnvironmentVariable("MW_LOG"), out var level) ? level : LogLevel.Warning,
        };
        using var folded = new FoldedRecords();
        var code = await ServeVerb.RunAsync(options, parts, Console.Error, default);
        if (Environment.GetEnvironmentVariable("MW_OPERATIONS_FILE") is { Length: > 0 } file && opened.Azure is { } azure)
        {
            await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(azure.Operations.Snapshot()));
        }

        if (Environment.GetEnvironmentVariable("MW_FOLDED_FILE") is { Length: > 0 } foldedFile)
        {
            await File.WriteAllTextAsync(foldedFile, folded.Count.ToString(CultureInfo.InvariantCulture));
        }

        return code;
    }
}
