using MaritimeWatch.Log;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions;

/// <summary>Trouble that the user can mend becomes one sentence on standard error and an exit code.</summary>
internal static class VerbGuard
{
    /// <summary>Runs a verb.</summary>
    /// <param name="verb">Gives the exit code.</param>
    public static async Task<int> RunAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (FileNotFoundException missing)
        {
            return await SayAsync(missing, ExitCodes.WrongUsage);
        }
        catch (StoreException trouble)
        {
            return await SayAsync(trouble, trouble.Trouble == StoreTrouble.FixInput ? ExitCodes.WrongUsage : ExitCodes.NothingUsable);
        }
        catch (Exception trouble) when (trouble is ReferenceException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await SayAsync(trouble, ExitCodes.NothingUsable);
        }
    }

    private static async Task<int> SayAsync(Exception trouble, int code)
    {
        await Console.Error.WriteLineAsync($"maritimewatch: {trouble.Message}");
        return code;
    }
}
