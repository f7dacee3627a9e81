using MaritimeWatch.Functions.Outlet;

namespace MaritimeWatch.Tests.Security;

/// <summary>Other spellings of a path lead nowhere that the path itself does not: the gate and the router must read it alike.</summary>
[NonParallelizable]
public sealed class SpellingTests
{
    private static readonly string[] Guarded =
    [
        "/alerts", $"/alerts/{RouteTable.AlertId}", "/alerts/stream", "/collections/findings/items", "/vessels/mmsi:265000001", "/sources", "/forecasts/SEGOT", "/api",
    ];

    private OpenHost host = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => host = await OpenHost.StartAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await host.DisposeAsync();

    [Test]
    public async Task Nobody_gets_through_the_gate_by_another_spelling_of_a_path()
    {
        var asked = 0;
        foreach (var path in Guarded.SelectMany(Spellings))
        {
            foreach (var method in (string[])["GET", "HEAD", "POST", "OPTIONS"])
            {
                foreach (var who in (Credential[])[new("no token", []), host.Callers.As(Roles.Officer, "NOLAR")])
                {
                    var answer = await host.SendAsync(method, path, who, method == "POST" ? "{}" : null);
                    Assert.That(answer.Body, Does.Not.Contain(OpenHost.Ship), $"{who} {method} {path}");
                    if (who.Headers.Length == 0)
                    {
                        // What a kind means is open to pages of other origins: they are told which methods there are, and no more.
                        Assert.That(answer.Status, method == "OPTIONS" && path.StartsWith("/kinds/", StringComparison.Ordinal)
                            ? Is.AnyOf(204, 400, 401, 404, 405) : Is.AnyOf(400, 401, 404, 405), $"{method} {path}: {answer.Body}");
                    }

                    asked++;
                }
            }
        }

        await TestContext.Out.WriteLineAsync($"{asked} requests");
        Assert.That(asked, Is.GreaterThan(800));
    }

    [Test]
    public async Task No_spelling_of_a_file_leads_out_of_the_pages_folder()
    {
        foreach (var file in (string[])
            ["appsettings.json", "maritimewatch.dll", "maritimewatch.deps.json", "reference/sea-ports.json", "../../../../../../etc/passwd", ".vault.key"])
        {
            foreach (var up in (string[])["/console/../", "/console/%2e%2e/", "/console/..%2f", "/console/%2e%2e%2f", "/console/..%5c", "/console/vendor/../../", "/console//", "/console/....//", "/console/%252e%252e/", "/console/js/..;/../"])
            {
                var answer = await host.SendAsync("GET", up + file, new("no token", []));
                Assert.That(answer.Status, Is.AnyOf(400, 401, 404), up + file);
            }
        }
    }

    private static IEnumerable<string> Spellings(string path)
    {
        var bare = path[1..];
        var (first, rest) = bare.Split('/', 2) is [var f, var r] ? (f, "/" + r) : (bare, "");
        yield return "//" + bare;
        yield return "///" + bare;
        yield return path + "/";
        yield return path + "//";
        yield return "/" + first.ToUpperInvariant() + rest;
        yield return $"/%{(int)first[0]:X2}{first[1..]}{rest}";
        yield return $"/%25{(int)first[0]:X2}{first[1..]}{rest}";
        yield return "/./" + bare;
        yield return "/%2e/" + bare;
        yield return "/x/../" + bare;
        yield return "/x/%2e%2e/" + bare;
        yield return "/kinds/../" + bare;
        yield return "/kinds/%2e%2e/" + bare;
        yield return "/kinds/..%2f" + bare;
        yield return "/kinds/gap/../../" + bare;
        yield return "/session/../" + bare;
        yield return "/session/%2e./" + bare;
        yield return "/console/../" + bare;
        yield return "/console/..;/" + bare;
        yield return "/officer.html/../" + bare;
        yield return "/%2e%2e/" + bare;
        yield return "/%2f" + bare;
        yield return "/%5c" + bare;
        yield return "/\\" + bare;
        yield return path + "%2f";
        yield return path + "%20";
        yield return path + ";a=b";
        yield return path + ".json";
        yield return path + "?f=html";
        yield return path + "?/session";
    }
}
