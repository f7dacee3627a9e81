using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MaritimeWatch.Tests.Security;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>Where GDAL is not installed everything but scenes works, and scenes say why they do not. Programs of their own: a library is loaded once.</summary>
[TestFixture]
public sealed class AbsentLibraryTests
{
    private const string Named = "MW_GDAL";
    private const string Nowhere = "/nonexistent/libgdal.so.99";
    private const int ProcessMillisecondsMax = 60_000;

    [Test]
    public async Task The_verb_says_what_to_install_and_another_verb_works()
    {
        var scene = SceneFiles.Write(SceneFiles.Sea(50, 50, 1), "absent.tif");
        var (code, _, error) = await RunAsync("scene", scene);
        Assert.That(code, Is.EqualTo(3), error);
        Assert.That(error, Does.Contain("GDAL is absent").And.Contain("apt-get install"));
        var ais = SceneFiles.Write("!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\r\n"u8.ToArray(), "one.nmea");
        var (decoded, output, said) = await RunAsync("decode", ais);
        Assert.That(decoded, Is.Zero, said);
        Assert.That(output, Does.Contain("\"type\":1"));
    }

    [Test]
    public async Task The_door_for_scenes_answers_503_with_the_reason_and_the_door_for_reports_takes_them()
    {
        using var program = await HostedProcess.StartAsync("ais,scenes", (Named, Nowhere));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{program.Port}") };
        client.DefaultRequestHeaders.Add("X-Api-Key", Credentials.ApiKey);
        using var scene = new ByteArrayContent(SceneFiles.Sea(50, 50, 1));
        scene.Headers.ContentType = new MediaTypeHeaderValue("image/tiff");
        using var refused = await client.PostAsync(new Uri("/scenes?at=2025-03-01T05:41:00Z", UriKind.Relative), scene);
        using var report = new StringContent("!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\r\n", Encoding.ASCII, "text/plain");
        using var taken = await client.PostAsync(new Uri("/ais", UriKind.Relative), report);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("GDAL is absent"));
            Assert.That(taken.IsSuccessStatusCode, $"{taken.StatusCode}: {await taken.Content.ReadAsStringAsync()}");
        });
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "maritimewatch"), arguments)
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment[Named] = Nowhere;
        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(ProcessMillisecondsMax);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
        await process.WaitForExitAsync(late.Token);
        return (process.ExitCode, await output, await error);
    }
}
