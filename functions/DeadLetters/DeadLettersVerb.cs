using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Letters;

/// <summary>
/// <c>dead-letters list|redrive|collect --store S</c>: what failed too often. A running embedded pipeline finds what is sent
/// again within a minute.
/// </summary>
internal static class DeadLettersVerb
{
    private const int ListMax = 1_000;
    private const int CollectMax = 100_000;
    private const string By = "operator";
    private static readonly TimeSpan CollectVisibility = TimeSpan.FromMinutes(5);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Option<string> Store = new("--store") { Description = "the store: a folder, or azure", Required = true };
    private static readonly Option<string?> Queue = NewQueue();
    private static readonly Option<bool> AsJson = new("--json") { Description = "print JSON" };

    /// <summary>The verb.</summary>
    public static Command Create() => new("dead-letters", "Messages that failed too often: shows them, and sends them again.") { List(), Redrive(), Collect() };

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "those that were sent again too" };
        var command = new Command("list", "Lists them, newest first.") { Store, Queue, all, AsJson };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (_, letters) =>
        {
            var (found, matched) = await letters.ListAsync(parsed.GetValue(Queue), !parsed.GetValue(all), ListMax, cancel);
            if (parsed.GetValue(AsJson))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { Letters = found, NumberMatched = matched }, Json));
                return ExitCodes.Done;
            }

            foreach (var letter in found)
            {
                var sent = letter.RedrivenAt is { } at ? $"sent again {At(at)} by {letter.RedrivenBy}" : "waits";
                Console.WriteLine($"{letter.Queue,-15} {letter.Id,-46} {At(letter.KeptAt)}  {sent}  {letter.About} {letter.Why}".TrimEnd());
            }

            await Console.Error.WriteLineAsync($"maritimewatch: {found.Count:N0} of {matched:N0}");
            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static Command Redrive()
    {
        var all = new Option<bool>("--all") { Description = "all that wait, of --queue or of every queue" };
        var ids = new Argument<string[]>("id") { Description = "letters of --queue, as the list names them", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("redrive", "Sends letters to their queues again; safe to repeat.") { ids, Store, Queue, all };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (opened, letters) =>
        {
            var queue = parsed.GetValue(Queue);
            var named = parsed.GetValue(ids) ?? [];
            if (parsed.GetValue(all) == named.Length > 0 || (named.Length > 0 && queue is null))
            {
                return await WrongAsync("name letters and their --queue, or say --all");
            }

            var wrong = named.FirstOrDefault(one => !LetterId.TryParse(one, out _));
            if (wrong is not null)
            {
                return await WrongAsync("an id reads 2026-11-22.NAME, as the list shows it");
            }

            var chosen = named.Length == 0
                ? await letters.WaitingAsync(queue, cancel)
                : [.. named.Select(one => (queue!, LetterId.TryParse(one, out var id) ? id : default))];
            return await SendAsync(new Redrive(letters, opened.Blobs, name => QueueOf(opened, name)), chosen, cancel);
        }, cancel));
        return command;
    }

    /// <summary>Empties the poison queues themselves: where no function is deployed for them, or it failed too.</summary>
    private static Command Collect()
    {
        var command = new Command("collect", "On Azure: keeps what lies in the poison queues themselves.") { Store };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (opened, letters) =>
        {
            if (opened.Azure is not { } azure)
            {
                return await WrongAsync("only a store on Azure has poison queues; a folder's are in the list already");
            }

            var kept = 0;
            foreach (var name in QueueNames.All)
            {
                foreach (var poison in (string[])[QueueNames.PoisonOf(name), QueueNames.PoisonOf(QueueNames.PoisonOf(name))])
                {
                    var queue = azure.Queue(poison);
                    while (kept < CollectMax && await queue.ReceiveAsync(CollectVisibility, cancel) is { } item)
                    {
                        await letters.KeepAsync(name, item.Body, null, null, cancel);
                        await queue.CompleteAsync(item, cancel);
                        kept++;
                    }
                }
            }

            await Console.Error.WriteLineAsync($"maritimewatch: {kept:N0} kept");
            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static async Task<int> SendAsync(Redrive redrive, IReadOnlyList<(string Queue, LetterId Id)> chosen, CancellationToken cancel)
    {
        Dictionary<RedriveOutcome, int> counts = [];
        foreach (var (queue, id) in chosen)
        {
            var outcome = await redrive.RunAsync(queue, id, By, cancel);
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        }

        var missing = counts.GetValueOrDefault(RedriveOutcome.NotThere) + counts.GetValueOrDefault(RedriveOutcome.NoQueue);
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"maritimewatch: {counts.GetValueOrDefault(RedriveOutcome.Sent)} sent again, {counts.GetValueOrDefault(RedriveOutcome.SentBefore)} had been, {missing} cannot be"));
        return missing == 0 ? ExitCodes.Done : ExitCodes.NothingUsable;
    }

    // A wake of an embedded pipeline is nobody's: it has no such queue.
    private static IWorkSender? QueueOf(OpenedStore opened, string name) =>
        opened.Azure is { } azure ? azure.Queue(QueueNames.OfDoor(name))
        : name == QueueNames.Wake ? null
        : new BlobQueue(opened.Blobs, name, TimeProvider.System);

    private static Task<int> RunAsync(ParseResult parsed, Func<OpenedStore, DeadLetters, Task<int>> act, CancellationToken cancel) =>
        VerbGuard.RunAsync(async () =>
        {
            var store = parsed.GetRequiredValue(Store);
            if (!OpenedStore.IsAzure(store) && !Directory.Exists(store))
            {
                throw new StoreException(StoreTrouble.FixInput, $"there is no store at {store}");
            }

            var opened = await OpenedStore.OpenAsync(store, TimeProvider.System, cancel);
            _ = await StoreFormat.OpenAsync(opened.Blobs, cancel);
            return await act(opened, new DeadLetters(opened.Blobs, TimeProvider.System, hasBlobQueues: opened.Azure is null));
        });

    private static async Task<int> WrongAsync(string why)
    {
        await Console.Error.WriteLineAsync($"maritimewatch: {why}");
        return ExitCodes.WrongUsage;
    }

    private static Option<string?> NewQueue()
    {
        var option = new Option<string?>("--queue") { Description = $"one of {string.Join(", ", DeadLetters.Queues)}" };
        option.AcceptOnlyFromAmong([.. DeadLetters.Queues]);
        return option;
    }

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
