using System.CommandLine;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Intake;

/// <summary><c>reference add KIND FILE --store DIR</c> and <c>reference list --store DIR</c>.</summary>
internal static class ReferenceVerb
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The verb with its two parts.</summary>
    public static Command Create() => new("reference", "Versioned reference data: ports, berths, anchorages, zones and more.")
    {
        CreateAdd(),
        CreateList(),
    };

    private static Command CreateAdd()
    {
        var kind = new Argument<string>("KIND") { Description = "One of " + string.Join(", ", ReferenceKinds.All) + "." };
        kind.AcceptOnlyFromAmong([.. ReferenceKinds.All]);
        var file = new Argument<FileInfo>("FILE") { Description = "GeoJSON (RFC 7946), or JSON for lists of other things." };
        var (store, asJson) = (StoreOption(), JsonOption());
        var strict = new Option<bool>("--strict") { Description = "Exit with 1 when a feature was refused." };
        var add = new Command("add", "Makes a file the newest version of its kind.") { kind, file, store, asJson, strict };
        add.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var bytes = await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, cancel).ConfigureAwait(false);
            var added = await AddAsync(parsed.GetRequiredValue(store), parsed.GetRequiredValue(kind), bytes, cancel).ConfigureAwait(false);
            await ShowAsync(added, parsed.GetValue(asJson)).ConfigureAwait(false);
            return parsed.GetValue(strict) && added.Refused > 0 ? ExitCodes.SomeRefused : ExitCodes.Done;
        }));
        return add;
    }

    private static Command CreateList()
    {
        var (store, asJson) = (StoreOption(), JsonOption());
        var list = new Command("list", "Shows every version of every kind.") { store, asJson };
        list.SetAction((parsed, cancel) => VerbGuard.RunAsync(async () =>
        {
            var blobs = (await OpenedStore.OpenExistingAsync(parsed.GetRequiredValue(store), cancel).ConfigureAwait(false)).Blobs;
            _ = await StoreFormat.OpenAsync(blobs, cancel).ConfigureAwait(false);
            var versions = await new ReferenceStore(blobs).ListAsync(cancel).ConfigureAwait(false);
            if (parsed.GetValue(asJson))
            {
                Console.WriteLine(JsonSerializer.Serialize(versions, Json));
                return ExitCodes.Done;
            }

            foreach (var version in versions)
            {
                Console.WriteLine($"{version.Kind,-16} {version.Version,6} {version.Length,12:N0} bytes");
            }

            return ExitCodes.Done;
        }));
        return list;
    }

    private static async Task<ReferenceAdded> AddAsync(string store, string kind, byte[] bytes, CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var blobs = (await OpenedStore.OpenAsync(store, time, cancel).ConfigureAwait(false)).Blobs;
        var isNew = await StoreFormat.ReadAsync(blobs, cancel).ConfigureAwait(false) is null;
        var format = await StoreFormat.OpenOrCreateAsync(blobs, time.GetUtcNow(), cancel: cancel).ConfigureAwait(false);
        if (isNew)
        {
            await ReferenceDefaults.AddAsync(blobs, format, time, cancel).ConfigureAwait(false);
        }

        return await ReferenceEntries.AddAsync(blobs, format, kind, bytes, time, cancel).ConfigureAwait(false);
    }

    private static async Task ShowAsync(ReferenceAdded added, bool asJson)
    {
        foreach (var warning in added.Warnings)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {warning}").ConfigureAwait(false);
        }

        var state = added.IsNew ? "is now in force" : "was in force already";
        Console.WriteLine(asJson
            ? JsonSerializer.Serialize(added, Json)
            : $"{added.Kind} version {added.Version} {state}: {added.Kept:N0} taken, {added.Refused:N0} refused");
    }

    private static Option<string> StoreOption() => new("--store") { Description = OpenedStore.Help, Required = true };

    private static Option<bool> JsonOption() => new("--json") { Description = "Print JSON." };
}
