using System.CommandLine;
using System.Text.Json;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Functions.Intake;

/// <summary>The verb <c>decode</c>: AIS messages as NDJSON, in file order.</summary>
internal static class DecodeVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Recordings in any dialect; gz, zip and zst as they are",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = new Option<string>("--format")
        {
            Description = "ndjson (default), or none for the counts alone",
            DefaultValueFactory = _ => "ndjson",
        };
        format.AcceptOnlyFromAmong("ndjson", "none");
        var strict = new Option<bool>("--strict") { Description = "End with 1 where something was refused" };
        var verb = new Command("decode", "AIS messages as NDJSON; counts per type and per fault on standard error")
        {
            files, format, strict,
        };
        verb.SetAction(parsed =>
        {
            using var output = Console.OpenStandardOutput();
            return Run(
                parsed.GetRequiredValue(files),
                parsed.GetValue(format) == "ndjson" ? output : null,
                parsed.GetValue(strict),
                Console.Error);
        });
        return verb;
    }

    /// <summary>Decodes files.</summary>
    /// <param name="files">Their paths.</param>
    /// <param name="output">Takes the NDJSON; null writes none.</param>
    /// <param name="isStrict">Whether a refusal shows in the answer.</param>
    /// <param name="log">Takes messages, and the counts as its last line.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(IReadOnlyList<string> files, Stream? output, bool isStrict, TextWriter log)
    {
        var absent = files.Where(f => !File.Exists(f)).ToList();
        foreach (var file in absent)
        {
            log.WriteLine($"maritimewatch: {file}: no such file");
        }

        if (absent.Count > 0)
        {
            return ExitCodes.WrongUsage;
        }

        var line = output is null ? null : new JsonLine(output);
        var all = new AisReadCounts();
        var anyRefused = false;
        try
        {
            foreach (var file in files)
            {
                anyRefused |= !Decode(file, line, all, log);
            }

            line?.Flush();
        }
        catch (IOException e) when (output is not null && e is not FileNotFoundException)
        {
            // Whoever reads our output has had enough (a pipe to head), or the disk is full.
            log.WriteLine($"maritimewatch: stopped: {e.Message}");
        }

        log.WriteLine(Summary(all));
        return all.Used == 0 ? ExitCodes.NothingUsable
            : isStrict && (anyRefused || all.Refused > 0) ? ExitCodes.SomeRefused
            : ExitCodes.Done;
    }

    private static bool Decode(string file, JsonLine? line, AisReadCounts all, TextWriter log)
    {
        using var stream = TryOpen(file, log);
        if (stream is null)
        {
            return false;
        }

        var counts = new AisReadCounts();
        var handler = new DecodedMessage(line, counts);
        AisReader.Read(stream, new AisReadOptions { SourceName = Path.GetFileName(file) }, counts, ref handler, default);
        if (stream.Trouble is { } trouble)
        {
            counts.CountRefusal(IntakeFault.Truncated);
            log.WriteLine($"maritimewatch: {file}: {trouble}; what came before it was kept");
        }
        else if (counts.RefusedFor(IntakeFault.FormatUnknown) > 0)
        {
            log.WriteLine($"maritimewatch: {file}: no AIS format was recognised in it");
        }

        all.Add(counts);
        return stream.Trouble is null;
    }

    private static RecordingStream? TryOpen(string file, TextWriter log)
    {
        try
        {
            return RecordingFile.Open(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.WriteLine($"maritimewatch: {file}: {e.Message}");
            return null;
        }
    }

    private static string Summary(AisReadCounts counts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("lines", counts.Lines);
            json.WriteNumber("used", counts.Used);
            json.WriteStartObject("refused");
            foreach (var fault in Enum.GetValues<IntakeFault>().Where(f => counts.RefusedFor(f) > 0))
            {
                json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString()), counts.RefusedFor(fault));
            }

            json.WriteEndObject();
            json.WriteNumber("ignored", counts.Ignored);
            json.WriteNumber("no_time", counts.NoTime);
            json.WriteStartObject("types");
            for (var type = 0; type <= 27; type++)
            {
                if (counts.OfType(type) > 0)
                {
                    json.WriteNumber(type == 0 ? "unknown" : type.ToString(System.Globalization.CultureInfo.InvariantCulture), counts.OfType(type));
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
