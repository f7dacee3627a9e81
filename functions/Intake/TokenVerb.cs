using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Intake;

/// <summary><c>token --role R --port LOCODE --expires D --store DIR</c>: a token for the pages and the alerts of a store.</summary>
internal static class TokenVerb
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var role = new Option<string>("--role") { Description = $"one of {string.Join(", ", Roles.All)}", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var port = new Option<string[]>("--port")
        {
            Description = "LOCODE, repeatable or with commas; an officer needs one, others have all ports where none is given",
        };
        var expires = new Option<string>("--expires")
        {
            Description = "how long it lives, at most 30d: 45m, 12h, 7d (a bare number is days)", DefaultValueFactory = _ => "12h",
        };
        var name = new Option<string?>("--name") { Description = "who it is for; it is kept in the token alone (default a random name)" };
        var store = new Option<string>("--store") { Description = OpenedStore.Help, Required = true };
        var asJson = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("token", "A signed token (JWT) for an analyst, officer, planner or administrator of a store.")
        {
            role, port, expires, name, store, asJson,
        };
        command.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            try
            {
                var wanted = new Wanted(
                    parsed.GetRequiredValue(role), PortsOf(parsed.GetValue(port), parsed.GetRequiredValue(role)),
                    LifeOf(parsed.GetRequiredValue(expires)), parsed.GetValue(name));
                await MakeAsync(parsed.GetRequiredValue(store), wanted, parsed.GetValue(asJson), cancel);
                return ExitCodes.Done;
            }
            catch (FormatException wrong)
            {
                await Console.Error.WriteLineAsync($"maritimewatch: {wrong.Message}");
                return ExitCodes.WrongUsage;
            }
        }));
        return command;
    }

    private static async Task MakeAsync(string name, Wanted wanted, bool asJson, CancellationToken cancel)
    {
        var store = await OpenedStore.OpenExistingAsync(name, cancel);
        _ = await StoreFormat.OpenAsync(store.Blobs, cancel);
        var time = TimeProvider.System;
        var tokens = new Tokens((await TokenKey.OpenOrCreateAsync(store.Blobs, store.Vault, cancel)).Span, time);
        var holder = wanted.Name ?? $"{wanted.Role}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var expiresAt = time.GetUtcNow() + wanted.Life;
        var token = tokens.Issue(holder, wanted.Role, wanted.Ports, wanted.Life);
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { Token = token, wanted.Role, wanted.Ports, ExpiresAt = expiresAt }, Json));
            return;
        }

        Console.WriteLine(token);
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"maritimewatch: {wanted.Role} of {string.Join(", ", wanted.Ports)} until {expiresAt:yyyy-MM-dd HH:mm} UTC; whoever has this text is that person"));
    }

    private static string[] PortsOf(string[]? given, string role)
    {
        string[] ports = [.. (given ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(text => text.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
        return ports.Length > 0 ? ports
            : role == Roles.Officer ? throw new FormatException("an officer needs a port: --port SEGOT")
            : [Caller.AllPorts];
    }

    private static TimeSpan LifeOf(string text)
    {
        text = text.Length > 0 && char.IsAsciiDigit(text[^1]) ? text + "d" : text; // A bare number is days.
        var unit = text.Length > 1 ? text[^1] : ' ';
        var isNumber = int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        var minutes = unit switch { 'm' => 1L, 'h' => 60, 'd' => 1440, _ => 0 } * count;
        return isNumber && minutes > 0 && minutes <= Tokens.LifeMax.TotalMinutes
            ? TimeSpan.FromMinutes(minutes)
            : throw new FormatException($"'{text}' is no life of a token: 45m, 12h or 7d, at most {Tokens.LifeMax.Days}d");
    }

    private sealed record Wanted(string Role, string[] Ports, TimeSpan Life, string? Name);
}
