using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary><c>webhooks add|list|remove|rotate|open --store S</c>: where pushes of alerts go, by port.</summary>
internal static class WebhooksVerb
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan RotatedFor = TimeSpan.FromDays(1);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Option<string> Store = new("--store") { Description = "the store: a folder, or azure", Required = true };
    private static readonly Argument<string> Id = new("id") { Description = "the target, as the list names it" };
    private static readonly Option<FileInfo?> SecretFile = new("--secret-file")
    {
        Description = "a file with the secret, whsec_ and base64; default a new one, which is printed once",
    };

    /// <summary>The verb.</summary>
    public static Command Create() => new("webhooks", "Web addresses that alerts of a port are pushed to (Standard Webhooks).")
    {
        Add(), List(), Remove(), Rotate(), Open(),
    };

    private static Command Add()
    {
        var url = new Option<string>("--url") { Description = "https address", Required = true };
        var port = new Option<string>("--port") { Description = "LOCODE, or * for all ports", Required = true };
        var urgency = new Option<string>("--urgency") { Description = "the least urgency: low, normal (medium severity) or high", DefaultValueFactory = _ => "low" };
        urgency.AcceptOnlyFromAmong([.. WebhookTarget.Urgencies]);
        var full = new Option<bool>("--full") { Description = "push the whole alert, with the ship's name and the reasons" };
        var loopback = new Option<bool>("--allow-loopback") { Description = "the address may be on this machine, also without encryption" };
        var command = new Command("add", "Adds a target and prints its id and its new secret.") { Store, url, port, urgency, full, loopback, SecretFile };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (opened, targets) =>
        {
            var locode = parsed.GetRequiredValue(port).ToUpperInvariant();
            if (!Uri.TryCreate(parsed.GetRequiredValue(url), UriKind.Absolute, out var address)
                || WebhookTarget.Refusal(address, parsed.GetValue(loopback)) is not null)
            {
                throw new FormatException("--url: an address that begins with https://, without user name and fragment");
            }

            if (locode != WebhookTarget.AllPorts && !Caller.IsLocode(locode))
            {
                throw new FormatException("--port: a LOCODE such as SEGOT, or *");
            }

            var (secret, isNew) = await SecretAsync(parsed.GetValue(SecretFile), cancel);
            var target = new WebhookTarget
            {
                Id = WebhookTarget.IdOf(locode, address),
                Url = address,
                Port = locode,
                Urgency = parsed.GetRequiredValue(urgency),
                IsFull = parsed.GetValue(full),
                AllowsLoopback = parsed.GetValue(loopback),
                Secrets = [new WebhookSecret(opened.Vault.Wrap(secret), null)],
                AddedAt = TimeProvider.System.GetUtcNow(),
            };
            await targets.PutAsync(target, cancel);
            await SayAsync(target.Id, secret, isNew);
            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static Command List()
    {
        var asJson = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("list", "Lists the targets; secrets are not shown.") { Store, asJson };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (_, targets) =>
        {
            foreach (var one in await targets.ReadAsync(cancel))
            {
                var shown = new { one.Id, Url = one.Url.AbsoluteUri, one.Port, one.Urgency, Full = one.IsFull, one.AddedAt, one.ClosedAt, one.ClosedBecause };
                Console.WriteLine(parsed.GetValue(asJson)
                    ? JsonSerializer.Serialize(shown, Json)
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{one.Id} {one.Port,-5} {one.Urgency,-6} {(one.IsFull ? "full " : "brief")} {one.Url.AbsoluteUri}{(one.ClosedAt is { } at ? $"  closed {at:yyyy-MM-dd HH:mm}: {one.ClosedBecause}" : string.Empty)}"));
            }

            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static Command Remove()
    {
        var command = new Command("remove", "Removes a target; what still waits for it is dropped.") { Id, Store };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (_, targets) =>
            await targets.RemoveAsync(parsed.GetRequiredValue(Id), cancel) ? ExitCodes.Done : throw NoTarget(), cancel));
        return command;
    }

    private static Command Rotate()
    {
        var command = new Command("rotate", "Gives a target a new secret; for one day the old one signs too.") { Id, Store, SecretFile };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (opened, targets) =>
        {
            var (secret, isNew) = await SecretAsync(parsed.GetValue(SecretFile), cancel);
            var fresh = new WebhookSecret(opened.Vault.Wrap(secret), null);
            var until = TimeProvider.System.GetUtcNow() + RotatedFor;
            var id = parsed.GetRequiredValue(Id);
            if (!await targets.ChangeAsync(id, one => one with { Secrets = [fresh, one.Secrets[0] with { Until = until }] }, cancel))
            {
                throw NoTarget();
            }

            await SayAsync(id, secret, isNew);
            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static Command Open()
    {
        var command = new Command("open", "Opens a target again that was closed.") { Id, Store };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (_, targets) =>
            await targets.ChangeAsync(parsed.GetRequiredValue(Id), one => one with { ClosedAt = null, ClosedBecause = null }, cancel)
                ? ExitCodes.Done
                : throw NoTarget(), cancel));
        return command;
    }

    private static FormatException NoTarget() => new("there is no such target: 'webhooks list' names them");

    private static async Task<(byte[] Secret, bool IsNew)> SecretAsync(FileInfo? file, CancellationToken cancel) => file is null
        ? (RandomNumberGenerator.GetBytes(SecretBytes), true)
        : (WebhookSignature.ParseSecret((await File.ReadAllTextAsync(file.FullName, cancel)).Trim()), false);

    private static async Task SayAsync(string id, byte[] secret, bool isNew)
    {
        Console.WriteLine(id);
        if (isNew)
        {
            Console.WriteLine(WebhookSignature.TextOf(secret));
            await Console.Error.WriteLineAsync("maritimewatch: give the second line to the receiver; it is not shown again");
        }
    }

    private static Task<int> RunAsync(ParseResult parsed, Func<OpenedStore, WebhookTargets, Task<int>> act, CancellationToken cancel) =>
        VerbGuard.RunAsync(async () =>
        {
            var store = parsed.GetRequiredValue(Store);
            if (!OpenedStore.IsAzure(store) && !Directory.Exists(store))
            {
                throw new StoreException(StoreTrouble.FixInput, $"there is no store at {store}");
            }

            try
            {
                var opened = await OpenedStore.OpenAsync(store, TimeProvider.System, cancel);
                _ = await StoreFormat.OpenAsync(opened.Blobs, cancel);
                return await act(opened, new WebhookTargets(opened.Blobs));
            }
            catch (FormatException wrong)
            {
                await Console.Error.WriteLineAsync($"maritimewatch: {wrong.Message}");
                return ExitCodes.WrongUsage;
            }
        });
}
