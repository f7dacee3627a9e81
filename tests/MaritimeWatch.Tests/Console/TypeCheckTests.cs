using System.Diagnostics;

namespace MaritimeWatch.Tests.Pages;

/// <summary>The page's modules keep the types that their comments promise.</summary>
internal sealed class TypeCheckTests
{
    [Test]
    public async Task The_modules_pass_the_type_check()
    {
        var compiler = Path.Combine(Repository.Root, "node_modules", ".bin", "tsc");
        if (!File.Exists(compiler))
        {
            Assert.Ignore($"{compiler} is absent");
        }

        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(compiler, ["--noEmit", "-p", Path.Combine(Repository.Root, "functions", "Console", "tsconfig.json")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            Assert.Ignore($"node cannot be started: {absent.Message}");
        }

        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, said + await errors);
    }
}
