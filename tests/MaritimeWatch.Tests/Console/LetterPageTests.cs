using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Pages;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace MaritimeWatch.Tests.Pages;

/// <summary>The page of dead letters in a real browser.</summary>
internal sealed class LetterPageTests
{
    private readonly ManualTime time = new();
    private Browser browser = null!;
    private MemoryStore store = null!;
    private DeadLetters letters = null!;
    private Tokens tokens = null!;
    private WebApplication app = null!;
    private BlobQueue queue = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => browser = await Browser.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
    }

    [SetUp]
    public async Task OpenAsync()
    {
        store = new MemoryStore();
        letters = new DeadLetters(store, time);
        queue = new BlobQueue(store, QueueNames.Ais, time);
        tokens = new Tokens(new byte[TokenKey.Bytes], TimeProvider.System); // The browser's cookie lives by its own clock.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        var access = new Access(tokens);
        access.Use(app);
        ConsolePages.Map(app, access);
        DeadLetterRoutes.Map(app, letters, new Redrive(letters, store, _ => queue), _ => false);
        await app.StartAsync();
    }

    [TearDown]
    public async Task CloseAsync() => await app.DisposeAsync();

    [TestCase(1366, 900)]
    [TestCase(390, 844)]
    public async Task An_administrator_sees_what_died_and_sends_it_again(int width, int height)
    {
        await letters.KeepAsync(QueueNames.Ais, "one"u8.ToArray(), "it could not be read", 5);
        await letters.KeepAsync(QueueNames.Ais, "two"u8.ToArray());
        await letters.KeepAsync(QueueNames.Manifests, "three"u8.ToArray());
        await using var window = await SignedInAsync(Roles.Admin, "*", width, height);
        var page = window.Page;
        Assert.That(await page.Locator("tbody tr").CountAsync(), Is.EqualTo(3));
        Assert.That(await page.TextContentAsync("#nav"), Does.Contain("Dead letters"));
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"), Is.LessThanOrEqualTo(0), "nothing sticks out");
        await page.SelectOptionAsync("#queue", "ais");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.That(page.Url, Does.Contain("queue=ais"));
        await page.ClickAsync("tbody tr:has-text('it could not be read') button");
        await Expect(page.Locator("#notices")).ToContainTextAsync("1 message was sent again");
        Assert.That((await page.Locator("tbody tr").CountAsync(), await queue.CountAsync()), Is.EqualTo((1, 1)));
        await page.SelectOptionAsync("#state", "all");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.That(await page.TextContentAsync("tbody tr:has-text('it could not be read')"), Does.Contain("by admin"));
        await page.GoBackAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.That(window.Troubles, Is.Empty);
    }

    [Test]
    public async Task All_that_wait_are_sent_again_at_once_and_an_empty_list_says_so()
    {
        for (var letter = 0; letter < 5; letter++)
        {
            await letters.KeepAsync(QueueNames.Ais, new byte[] { (byte)letter });
        }

        await using var window = await SignedInAsync(Roles.Admin, "*");
        await window.Page.ClickAsync("#all");
        await Expect(window.Page.Locator("#content")).ToContainTextAsync("No message waits");
        Assert.That(await queue.CountAsync(), Is.EqualTo(5));
        Assert.That(window.Troubles, Is.Empty);
    }

    [TestCase(Roles.Officer, "SEGOT")]
    [TestCase(Roles.Admin, "SEGOT")]
    public async Task Others_are_told_that_it_is_not_for_them(string role, string port)
    {
        await letters.KeepAsync(QueueNames.Ais, "one"u8.ToArray());
        await using var window = await SignedInAsync(role, port);
        Assert.That(await window.Page.TextContentAsync("#content"), Does.Contain("administrators of all ports"));
        Assert.That(await window.Page.Locator("tbody").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Nobody_is_asked_to_sign_in()
    {
        await using var window = await browser.OpenAsync(Address);
        Assert.That(await window.Page.GetAttributeAsync("#content a", "href"), Does.StartWith("sign-in.html?next=dead-letters.html"));
    }

    private Uri Address => new(app.Urls.Single() + "/dead-letters.html");

    private async Task<Window> SignedInAsync(string role, string port, int width = 1366, int height = 768)
    {
        var window = await browser.OpenAsync(new Uri(app.Urls.Single() + "/sign-in.html"), width, height);
        var token = tokens.Issue("somebody", role, [port], TimeSpan.FromHours(1));
        await window.Page.EvaluateAsync(
            "token => fetch('session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })", token);
        await window.Page.GotoAsync(Address.ToString());
        await window.Page.WaitForSelectorAsync("html[data-ready]");
        return window;
    }
}
