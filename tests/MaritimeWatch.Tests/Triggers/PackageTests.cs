using System.IO.Compression;

namespace MaritimeWatch.Tests.Triggers;

/// <summary>The zip that Azure Functions takes, made of a small folder in place of the published program.</summary>
[TestFixture]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PackageTests
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [Test]
    public async Task The_program_keeps_its_run_bit_and_everything_stands_where_the_host_looks()
    {
        using var work = new Work();
        var output = await work.PackAsync();
        Assert.That(output, Does.Contain("functions"));
        await using var zip = await ZipFile.OpenReadAsync(work.Zip);
        var modes = zip.Entries.ToDictionary(entry => entry.FullName, entry => (UnixFileMode)((entry.ExternalAttributes >> 16) & 0x1FF));
        Assert.Multiple(() =>
        {
            Assert.That(modes["maritimewatch"] & Executable, Is.EqualTo(Executable));
            Assert.That(modes["maritimewatch.dll"] & Executable, Is.EqualTo(UnixFileMode.None));
            Assert.That(modes.Keys, Is.SupersetOf((string[])["host.json", "Http/function.json", "AisQueue/function.json", "PurgeTimer/function.json", "reference/sea-ports.json"]));
            Assert.That(modes.Keys.Where(name => name.EndsWith(".pdb", StringComparison.Ordinal) || name.StartsWith("Intake/", StringComparison.Ordinal)
                || name.Contains("Development", StringComparison.Ordinal)), Is.Empty);
            Assert.That(modes.Keys.Count(name => name.EndsWith("/function.json", StringComparison.Ordinal)), Is.EqualTo(19));
        });
        using var text = new StreamReader(await zip.GetEntry("reference/sea-ports.json")!.OpenAsync());
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo(work.Ports), "its bytes come back");
    }

    [Test]
    public async Task What_is_unpacked_can_be_run()
    {
        using var work = new Work();
        await work.PackAsync();
        var folder = Path.Combine(work.Folder, "unpacked");
        await ZipFile.ExtractToDirectoryAsync(work.Zip, folder);
        Assert.That(await NodeTools.RunAsync(Path.Combine(folder, "maritimewatch"), []), Does.Contain("it runs"));
    }

    [Test]
    public async Task The_same_files_make_the_same_zip()
    {
        using var work = new Work();
        await work.PackAsync();
        var first = await File.ReadAllBytesAsync(work.Zip);
        File.SetLastWriteTimeUtc(Path.Combine(work.Folder, "published", "maritimewatch.dll"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await work.PackAsync();
        Assert.That(await File.ReadAllBytesAsync(work.Zip), Is.EqualTo(first));
    }

    [TestCaseSource(typeof(Work), nameof(Work.Needed))]
    public async Task What_the_program_cannot_do_without_on_Azure_is_missed_when_the_package_is_made(string needed)
    {
        using var work = new Work();
        File.Delete(Path.Combine(work.Folder, "published", needed));
        Assert.That(await work.RefusalAsync(), Does.Contain(needed));
        Assert.That(File.Exists(work.Zip), Is.False);
    }

    [TestCase("MaritimeWatch.Tests.dll")]
    [TestCase("node_modules/left/index.js")]
    [TestCase("nunit.framework.dll")]
    public async Task What_only_tests_need_does_not_get_into_the_package(string file)
    {
        using var work = new Work();
        var path = Path.Combine(work.Folder, "published", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
        Assert.That(await work.RefusalAsync(), Does.Contain(file));
    }

    private sealed class Work : IDisposable
    {
        public Work()
        {
            Folder = Directory.CreateTempSubdirectory("mw-package-").FullName;
            var published = Directory.CreateDirectory(Path.Combine(Folder, "published")).FullName;
            Directory.CreateDirectory(Path.Combine(published, "reference"));
            var program = Path.Combine(published, "maritimewatch");
            File.WriteAllText(program, "#!/bin/sh\necho it runs\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite); // Lost on the way, and still needed.
            foreach (var needed in Needed)
            {
                File.WriteAllText(Path.Combine(published, needed), "library");
            }

            File.WriteAllText(Path.Combine(published, "maritimewatch.pdb"), "symbols");
            File.WriteAllText(Path.Combine(published, "appsettings.Development.json"), "{}");
            File.WriteAllText(Path.Combine(published, "reference", "sea-ports.json"), Ports);
        }

        public static string[] Needed { get; } =
        [
            "maritimewatch.dll", "libcoreclr.so", "Azure.Storage.Blobs.dll", "Azure.Storage.Queues.dll", "Azure.Storage.Common.dll",
            "Azure.Identity.dll", "System.IO.Hashing.dll", "libonnxruntime.so",
        ];

        public string Folder { get; }

        public string Ports { get; } = string.Concat(Enumerable.Range(0, 5_000).Select(n => $"{{\"port\":{n}}}"));

        public string Zip => Path.Combine(Folder, "out", "functions.zip");

        public Task<string> PackAsync() => NodeTools.RunAsync(
            "node", [Path.Combine(NodeTools.Root(), "functions", "package.mjs"), Path.Combine(Folder, "published"), NodeTools.Root(), Zip]);

        /// <summary>What it says where it makes no package.</summary>
        public async Task<string> RefusalAsync()
        {
            var start = new System.Diagnostics.ProcessStartInfo(
                "node", [Path.Combine(NodeTools.Root(), "functions", "package.mjs"), Path.Combine(Folder, "published"), NodeTools.Root(), Zip])
            {
                RedirectStandardError = true,
            };
            using var process = System.Diagnostics.Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.That(process.ExitCode, Is.EqualTo(1));
            return said;
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
