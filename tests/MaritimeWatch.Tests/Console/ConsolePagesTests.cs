using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MaritimeWatch.Tests.Pages;

/// <summary>The page as a server gives it out.</summary>
internal sealed partial class ConsolePagesTests
{
    private static readonly string[] Packages = ["maplibre-gl", "topojson-client", "world-atlas", "@fontsource-variable/inter"];
    private static readonly string[] NamingVendors = ["vendor.js", "styles/tokens.css"];

    private SampleFeed _feed = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _feed = await SampleFeed.StartAsync();
        _client = new HttpClient { BaseAddress = _feed.Address };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _feed.DisposeAsync();
    }

    [Test]
    public async Task A_browser_gets_the_page_under_a_strict_policy()
    {
        using var answer = await GetAsync("?finding=x&map=8/36/-5", "text/html,application/xhtml+xml,*/*;q=0.8");
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/html; charset=utf-8"));
            Assert.That(Header(answer, "Content-Security-Policy"), Does.Contain("script-src 'self'").And.Not.Contain("unsafe"));
            Assert.That(Header(answer, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(Header(answer, "Cache-Control"), Is.EqualTo("no-cache"));
        });
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Match("<script(?![^>]*src=)").And.Not.Contain("style="));
    }

    [TestCase("", "application/json")]
    [TestCase("", "*/*")]
    [TestCase("?f=json", "text/html")]
    public async Task A_program_gets_the_landing_page_of_the_feeds(string query, string accept)
    {
        using var answer = await GetAsync(query, accept);
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
    }

    [Test]
    public async Task Every_file_that_the_page_names_is_served_with_its_type()
    {
        var files = Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)).ToList();
        Assert.That(files, Has.Count.GreaterThan(30));
        foreach (var file in files.Where(f => !f.EndsWith("LICENSE", StringComparison.Ordinal)))
        {
            using var answer = await GetAsync($"console/{file}", "*/*");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(Path.GetExtension(file) switch
            {
                ".js" => "text/javascript",
                ".css" => "text/css",
                ".html" => "text/html",
                ".svg" => "image/svg+xml",
                ".json" => "application/json",
                ".woff2" => "font/woff2",
                _ => "text/plain",
            }), file);
        }

        foreach (Match link in Link().Matches(await File.ReadAllTextAsync(Path.Combine(Root, "index.html"))))
        {
            Assert.That(File.Exists(Path.Combine(Root, link.Groups[1].Value)), link.Value);
        }
    }

    [Test]
    public async Task Files_of_others_are_kept_for_ever_and_ours_are_asked_for_again()
    {
        var folder = VendorFolders().First(f => f.StartsWith("maplibre", StringComparison.Ordinal));
        using var theirs = await GetAsync($"console/vendor/{folder}/maplibre-gl-csp.js", "*/*");
        Assert.That(Header(theirs, "Cache-Control"), Does.Contain("immutable"));
        using var ours = await GetAsync("console/main.js", "*/*");
        Assert.That(Header(ours, "Cache-Control"), Is.EqualTo("no-cache"));

        using var again = new HttpRequestMessage(HttpMethod.Get, "console/main.js");
        again.Headers.Add("If-None-Match", ours.Headers.ETag!.ToString());
        using var same = await _client.SendAsync(again);
        Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [Test]
    public void The_folders_of_others_files_bear_the_versions_of_the_lock_file()
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "package-lock.json")));
        var packages = locked.RootElement.GetProperty("packages");
        var expected = Packages.Select(name =>
            $"{name.Split('/')[^1]}-{packages.GetProperty($"node_modules/{name}").GetProperty("version").GetString()}").ToList();
        Assert.That(VendorFolders(), Is.EquivalentTo(expected));
        var named = string.Concat(NamingVendors.Select(f => File.ReadAllText(Path.Combine(Root, f))));
        Assert.That(expected.Where(folder => !named.Contains($"vendor/{folder}/", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("console/../appsettings.json")]
    [TestCase("console/%2e%2e/maritimewatch.dll")]
    [TestCase("console/nothing.js")]
    public async Task Nothing_beside_the_page_is_given_out(string path)
    {
        using var answer = await GetAsync(path, "*/*");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static string Root => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private static IEnumerable<string> VendorFolders() =>
        Directory.EnumerateDirectories(Path.Combine(Root, "vendor")).Select(Path.GetFileName).OfType<string>();

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    private async Task<HttpResponseMessage> GetAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await _client.SendAsync(request);
    }

    [GeneratedRegex("(?:src|href)=\"console/([^\"]+)\"")]
    private static partial Regex Link();
}
