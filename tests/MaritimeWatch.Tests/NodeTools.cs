using System.ComponentModel;
using System.Diagnostics;

namespace MaritimeWatch.Tests;

/// <summary>Runs the referees that others wrote: programs of Node and of GDAL, with a limit on their time.</summary>
internal static class NodeTools
{
    private const int SecondsMax = 60;

    /// <summary>What geojsonhint says against a GeoJSON text: one line each, empty where all is well.</summary>
    public static Task<string> GeoJsonHintAsync(string geoJson)
    {
        if (!Directory.Exists(Path.Combine(Root(), "node_modules", "@mapbox", "geojsonhint")))
        {
            Assert.Ignore("@mapbox/geojsonhint is not installed: run npm ci");
        }

        const string Script = """
            const { hint } = require('@mapbox/geojsonhint');
            const text = require('fs').readFileSync(0, 'utf8');
            for (const h of hint(text, { precisionWarning: false })) console.log(`${h.line ?? ''} ${h.message}`);
            """;
        return RunAsync("node", ["-e", Script], geoJson);
    }

    /// <summary>Runs a program in the repository's root; its output, or a skipped test where it is absent.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads on standard input.</param>
    /// <param name="environment">Variables to set.</param>
    public static async Task<string> RunAsync(
        string program, string[] arguments, string input = "", params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(SecondsMax));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            Assert.That(process.ExitCode, Is.Zero, $"{program}: {await errors}");
            return await output + await errors;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The root of the repository.</summary>
    public static string Root()
    {
        var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "MaritimeWatch.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{start.FileName} is not installed");
            throw;
        }
    }
}
