using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MaritimeWatch.Tests.Pages;

/// <summary>One Chromium for all tests of the page; a test takes a window and learns of everything that went wrong in it.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        // Software WebGL, so that the map is drawn on a machine without a graphics card.
        "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it, or skips the test where there is none.</summary>
    public static async Task<Browser> StartAsync()
    {
        if (!File.Exists(Chromium))
        {
            Assert.Ignore($"{Chromium} is absent: apt-get install chromium");
        }

        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Switches }));
    }

    /// <summary>A fresh window.</summary>
    public async Task<Window> OpenAsync(Uri address, int width = 1366, int height = 768, ColorScheme scheme = ColorScheme.Light, bool withWebGl = true)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        var window = new Window(context, page);
        if (!withWebGl)
        {
            await page.AddInitScriptAsync(
                "const get = HTMLCanvasElement.prototype.getContext;" +
                "HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return /webgl/.test(kind) ? null : get.call(this, kind, ...more); };");
        }

        await page.GotoAsync(address.ToString());
        await page.WaitForSelectorAsync("html[data-ready]");
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>One window.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _troubles = new();

    public Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        // A question that the page itself took back, because the next one came, is no failure.
        page.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"{request.Url}: {request.Failure}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Url}: {response.Status}");
        page.Request += (_, request) => Note(
            request.Url.StartsWith("http", StringComparison.Ordinal) && !request.Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal),
            $"asked somebody else: {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>Console errors, uncaught errors, failed requests, and requests to anybody else.</summary>
    public IReadOnlyCollection<string> Troubles => _troubles;

    /// <summary>Waits until the list shows so many findings.</summary>
    public Task ListedAsync(int findings) =>
        Page.WaitForSelectorAsync($"#list[data-shown='{findings}']", new() { State = WaitForSelectorState.Attached });

    public Task<int> RowsAsync() => Page.Locator(".row").CountAsync();

    public async Task<int> OnMapAsync() => int.Parse(
        await Page.GetAttributeAsync("#map", "data-findings") ?? "-1", System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Note(bool isTrouble, string what)
    {
        if (isTrouble)
        {
            _troubles.Enqueue(what);
        }
    }
}
