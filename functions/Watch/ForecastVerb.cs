using System.CommandLine;
using System.Globalization;
using MaritimeWatch.Forecasts;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Watch;

/// <summary><c>forecast --store DIR --port LOCODE [--at TIME]</c>: seven days of a port, hour by hour, as JSON.</summary>
internal static class ForecastVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = new Option<string>("--store") { Required = true, Description = OpenedStore.Help };
        var port = new Option<string>("--port") { Required = true, Description = "UN/LOCODE of the port, for example SEGOT" };
        var at = new Option<string?>("--at") { Description = "as it was known at this time (UTC); default the store's watermark" };
        var json = new Option<bool>("--json") { Description = "print JSON (it always does)" };
        var command = new Command("forecast", "Queue, waits and berths of a port for seven days, with 10, 50 and 90 %.") { store, port, at, json };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var locode = parsed.GetRequiredValue(port).ToUpperInvariant();
            if (!SeaPorts.IsLocode(locode))
            {
                return await WrongAsync($"--port takes a UN/LOCODE, five characters such as SEGOT, not \"{locode}\"");
            }

            DateTimeOffset? wanted = null;
            if (parsed.GetValue(at) is { } text)
            {
                if (!DateTimeOffset.TryParse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
                {
                    return await WrongAsync($"--at takes a time, for example 2026-11-20T14:00:00Z, not \"{text}\"");
                }

                wanted = time;
            }

            return await RunAsync(await WatchStore.OpenAsync(parsed.GetRequiredValue(store), cancel), locode, wanted, cancel);
        }));
        return command;
    }

    private static async Task<int> RunAsync(WatchStore store, string port, DateTimeOffset? wanted, CancellationToken cancel)
    {
        using var desk = new ForecastDesk(store.Blobs, store.Format.Groups);
        var history = await desk.HistoryAsync(cancel);
        if (history.Ignored > 0)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {history.Ignored} lines of calls name no port or no time and were left out");
        }

        if ((wanted ?? await StoreWatermark.ReadAsync(store, history, cancel)) is not { } at)
        {
            await Console.Error.WriteLineAsync("maritimewatch: this store has seen nothing yet");
            return ExitCodes.NothingUsable;
        }

        var forecast = PortForecaster.Forecast(history.Of(port), at, desk.Options);
        await Console.Out.WriteLineAsync(System.Text.Encoding.UTF8.GetString(ForecastText.ToBytes(forecast)));
        if (!history.Ports.Contains(port))
        {
            await Console.Error.WriteLineAsync(
                $"maritimewatch: no call at {port} is known; ports of this store: {(history.Ports.Count == 0 ? "none" : string.Join(", ", history.Ports))}");
        }

        return ExitCodes.Done;
    }

    private static async Task<int> WrongAsync(string what)
    {
        await Console.Error.WriteLineAsync($"maritimewatch: {what}");
        return ExitCodes.WrongUsage;
    }
}
