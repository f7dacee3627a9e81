using System.CommandLine;
using MaritimeWatch.Intake.Manifests;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Functions.Intake;

/// <summary><c>manifest FILE</c>: what was read, as JSON, with every defect and its segment or line number.</summary>
internal static class ManifestVerb
{
    private const int BytesMax = 256 << 20;

    private static readonly DefectKind[] LeftOut =
    [
        DefectKind.Truncated, DefectKind.TooMany, DefectKind.SegmentTooLong, DefectKind.SegmentWithoutTag, DefectKind.MessageTypeOther,
    ];

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "CUSCAR (UN/EDIFACT) or a JSON manifest; gz, zip and zst as they are" };
        var strict = new Option<bool>("--strict") { Description = "End with 1 where a part was refused" };
        var verb = new Command("manifest", "What a manifest says, with every defect, as JSON. Shows parties in clear: it is your file.")
        {
            file, strict,
        };
        verb.SetAction(parsed => VerbGuard.RunAsync(() =>
        {
            using var output = Console.OpenStandardOutput();
            return Task.FromResult(Run(parsed.GetRequiredValue(file), parsed.GetValue(strict), output, Console.Error));
        }));
        return verb;
    }

    /// <summary>Reads a file and writes what it says.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(string file, bool isStrict, Stream output, TextWriter log)
    {
        if (!File.Exists(file))
        {
            log.WriteLine($"maritimewatch: {file}: no such file");
            return ExitCodes.WrongUsage;
        }

        var reading = ManifestReader.Read(Load(file, log), BytesMax);
        output.Write(ManifestJson.Write(reading));
        output.WriteByte((byte)'\n');
        output.Flush();
        if (reading.Fault != ManifestFault.None)
        {
            log.WriteLine($"maritimewatch: {file}: {reading.FaultText}");
            return ExitCodes.NothingUsable;
        }

        log.WriteLine(FormattableString.Invariant(
            $"maritimewatch: {reading.Manifests.Count} manifests, {reading.Manifests.Sum(m => m.Consignments.Count)} consignments, {reading.DefectCounts.Values.Sum()} defects"));
        return isStrict && reading.DefectCounts.Keys.Any(LeftOut.Contains) ? ExitCodes.SomeRefused : ExitCodes.Done;
    }

    private static ReadOnlyMemory<byte> Load(string file, TextWriter log)
    {
        using var stream = RecordingFile.Open(file);
        using var content = new MemoryStream();
        var chunk = new byte[1 << 16];
        int read;
        while (content.Length <= BytesMax && (read = stream.Read(chunk, 0, chunk.Length)) > 0)
        {
            content.Write(chunk, 0, read);
        }

        if (stream.Trouble is { } trouble)
        {
            log.WriteLine($"maritimewatch: {file}: {trouble}; what came before it was kept");
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
