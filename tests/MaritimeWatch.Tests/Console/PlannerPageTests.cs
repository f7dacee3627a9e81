using MaritimeWatch.Functions.Outlet;
using Microsoft.Playwright;

namespace MaritimeWatch.Tests.Pages;

/// <summary>The planner's page in a real browser.</summary>
internal sealed class PlannerPageTests
{
    private static readonly string[] Quantities = ["queue", "waiting_h", "berths"];
    private Browser browser = null!;
    private PlannerWorld world = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        browser = await Browser.StartAsync();
        world = await PlannerWorld.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }

        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
    }

    [TestCase(1366, 900)]
    [TestCase(390, 844)]
    public async Task Three_fans_are_drawn_and_nothing_goes_wrong(int width, int height)
    {
        await using var window = await browser.OpenAsync(world.Page, width, height);
        var page = window.Page;
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await page.Locator(".chart").CountAsync(), Is.EqualTo(3));
            foreach (var quantity in Quantities)
            {
                var points = await page.GetAttributeAsync($"[data-quantity={quantity}] .band", "points");
                Assert.That(points!.Split(' '), Has.Length.EqualTo(2 * 168), quantity);
            }

            Assert.That(await page.Locator("[data-quantity=queue] .declared").CountAsync(), Is.GreaterThan(5), "announced ships are marked");
            Assert.That(await page.Locator("[data-quantity=queue] .before").CountAsync(), Is.GreaterThan(0), "what was forecast a day before");
            Assert.That(await page.Locator("#errors tbody tr").CountAsync(), Is.EqualTo(4));
            Assert.That(await page.TextContentAsync("#notices"), Does.Contain("Simulated"));
            Assert.That(await page.TextContentAsync("main"), Does.Contain("UTC"));
            Assert.That(
                await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"), Is.LessThanOrEqualTo(0), "nothing sticks out");
            Assert.That(window.Troubles, Is.Empty);
        });
    }

    [Test]
    public async Task An_earlier_forecast_shows_what_came_and_the_address_keeps_it()
    {
        await using var window = await browser.OpenAsync(world.Page);
        var page = window.Page;
        var options = await page.Locator("#at option").AllTextContentsAsync();
        Assert.That(options, Has.Count.EqualTo(9), "eight midnights and the end");
        Assert.That(await page.Locator(".came").CountAsync(), Is.Zero);
        await page.SelectOptionAsync("#at", new SelectOptionValue { Index = 4 });
        await page.WaitForSelectorAsync("[data-quantity=queue] .came");
        Assert.That(page.Url, Does.Contain("port=NOSIM").And.Contain("at=2026-03-"));
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("[data-quantity=queue] .came");
        await page.GoBackAsync();
        await page.WaitForSelectorAsync("#errors");
        Assert.That(page.Url, Does.Not.Contain("at="));
        Assert.That(window.Troubles, Is.Empty);
    }

    [Test]
    public async Task The_numbers_can_be_read_without_a_mouse_and_as_a_table()
    {
        await using var window = await browser.OpenAsync(world.Page);
        var page = window.Page;
        await page.Locator("[data-quantity=queue] .chart-area").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        var read = await page.TextContentAsync("[data-quantity=queue] output");
        Assert.That(read, Does.Contain("10 to 90 %"));
        Assert.That(await page.TextContentAsync("[data-quantity=berths] output"), Does.StartWith(read!.Split(": ")[0]), "one hour in all charts");
        await page.Locator("#hours summary").ClickAsync();
        await page.Locator("#hours tbody tr").Nth(167).WaitForAsync(); // The table is written when it is opened.
        Assert.That(await page.Locator("#hours tbody tr").CountAsync(), Is.EqualTo(168));
        Assert.That(window.Troubles, Is.Empty);
    }

    [Test]
    public async Task A_store_without_forecasts_says_how_they_come()
    {
        await using var bare = await PlannerWorld.StartAsync(withData: false);
        await using var window = await browser.OpenAsync(bare.Page);
        Assert.That(await window.Page.TextContentAsync("#content"), Does.Contain("port calls"));
        Assert.That(window.Troubles, Is.Empty);
    }

    [TestCase(401, "Sign in")]
    [TestCase(403, "not shown to you")]
    public async Task A_port_that_is_not_theirs_is_refused_in_words(int status, string words)
    {
        await using var closed = await PlannerWorld.StartAsync(may: (_, _) => new FeedProblem(status, "No", "No."));
        await using var window = await browser.OpenAsync(new Uri(closed.Page, "planner.html?port=NOSIM"));
        Assert.That(await window.Page.TextContentAsync("#content"), Does.Contain(words));
        Assert.That(await window.Page.Locator(".chart").CountAsync(), Is.Zero);
    }

    /// <summary>By hand: pictures of the page into the folder that MW_PICTURES names.</summary>
    [Test]
    [Explicit("by hand: writes pictures")]
    public async Task Make_pictures()
    {
        var folder = Environment.GetEnvironmentVariable("MW_PICTURES") ?? Path.GetTempPath();
        var address = Environment.GetEnvironmentVariable("MW_PLANNER") is { } given ? new Uri(given) : world.Page;
        foreach (var (name, width, height, scheme, wantsEarlier) in new[]
        {
            ("desktop", 1366, 2000, ColorScheme.Light, false), ("dark", 1366, 1400, ColorScheme.Dark, true), ("phone", 390, 2600, ColorScheme.Light, false),
        })
        {
            await using var window = await browser.OpenAsync(address, width, height, scheme);
            if (wantsEarlier)
            {
                await window.Page.SelectOptionAsync("#at", new SelectOptionValue { Index = 4 });
                await window.Page.WaitForSelectorAsync(".came");
                await window.Page.Locator("[data-quantity=queue] .chart-area").HoverAsync();
            }

            await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"planner-{name}.png") });
        }
    }
}
