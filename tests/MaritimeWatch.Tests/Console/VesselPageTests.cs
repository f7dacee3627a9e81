using System.Text.RegularExpressions;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Tests.Outlet;
using Microsoft.Playwright;
using static MaritimeWatch.Tests.Alerts.NewsLines;
using static Microsoft.Playwright.Assertions;

namespace MaritimeWatch.Tests.Pages;

/// <summary>A vessel's page in a real browser, over the real stage and the real routes.</summary>
[NonParallelizable]
internal sealed class VesselPageTests
{
    private Browser _browser = null!;
    private JudgementWorld _world = null!;
    private Window? _window;

    private IPage Page => _window!.Page;

    [OneTimeSetUp]
    public async Task StartAsync() => _browser = await Browser.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [SetUp]
    public async Task BeginAsync() => _world = await JudgementWorld.StartAsync(runs: true, demo: new DemoSignIn(["SEGOT"]));

    [TearDown]
    public async Task Nothing_went_wrong_in_the_browser()
    {
        var troubles = _window?.Troubles ?? [];
        if (_window is not null)
        {
            await _window.DisposeAsync();
        }

        _window = null;
        await _world.DisposeAsync();
        Assert.That(troubles, Is.Empty);
    }

    [TestCase(1366, 900)]
    [TestCase(390, 844)]
    public async Task The_dossier_says_who_she_is_what_was_found_and_whom_she_met(int width, int height)
    {
        await OpenAsync($"vessel.html?mmsi={Feeder}", width, height);
        await Expect(Page.Locator(".dossier-head h2")).ToContainTextAsync("SIM FEEDER");
        await Expect(Page.Locator(".dossier-head")).ToContainTextAsync("Simulated");
        await Expect(Page.Locator("#findings [data-finding]")).ToHaveCountAsync(3);
        await Expect(Page.Locator("#encounters tbody")).ToContainTextAsync("SIM COASTER");
        await Expect(Page.Locator("#gaps tbody tr")).ToHaveCountAsync(1);
        await Expect(Page.Locator("#identities")).ToContainTextAsync("LAAB7");
        await Expect(Page.Locator("#map[data-track='40'][data-findings='3']")).ToBeVisibleAsync();
        await Expect(Page.Locator(".judge-button")).ToHaveCountAsync(0);
        Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"), Is.LessThanOrEqualTo(0), "nothing sticks out");
    }

    [Test]
    public async Task An_analyst_marks_a_finding_false_and_withdraws_the_mark_without_leaving_the_page()
    {
        await SignInAsync("analyst");
        await Page.GotoAsync(new Uri(_world.Address, $"vessel.html?mmsi={Feeder}").ToString());
        await Page.ClickAsync("#judge-enc");
        await Expect(Page.Locator("#judge-send")).ToBeDisabledAsync();
        await Page.FillAsync("#reason", "It was <b>her tug</b>.");
        await Page.ClickAsync("#judge-send");
        var finding = Page.Locator("#finding-enc");
        await Expect(finding).ToHaveAttributeAsync("data-judged", "false");
        await Expect(finding.Locator(".word-reason")).ToHaveTextAsync("It was <b>her tug</b>.");
        await Expect(finding).ToContainTextAsync("Marked false by an analyst");
        await Expect(Page.Locator(".dossier-counts")).ToContainTextAsync("1 marked false");

        await Page.ClickAsync("#judge-enc");
        await Page.ClickAsync("#judge-send");
        await Expect(finding).Not.ToHaveAttributeAsync("data-judged", "false");
        await Expect(finding.Locator(".word")).ToHaveCountAsync(2);
        Assert.That((await _world.JudgementsAsync()).Select(judgement => judgement.IsFalse), Is.EqualTo((bool[])[true, false]));
    }

    [Test]
    public async Task An_officer_reads_and_is_offered_no_judgement()
    {
        await SignInAsync("officer");
        await Page.GotoAsync(new Uri(_world.Address, $"vessel.html?mmsi={Feeder}").ToString());
        await Expect(Page.Locator("#findings [data-finding]")).ToHaveCountAsync(3);
        await Expect(Page.Locator(".judge-button")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task The_address_keeps_the_choice_and_every_finding_leads_to_what_its_kind_means()
    {
        await OpenAsync($"vessel.html?mmsi={Feeder}");
        await Page.ClickAsync("#choose-zone");
        await Expect(Page).ToHaveURLAsync(new Regex("finding=zone$"));
        await Page.SelectOptionAsync("#kind", "encounter");
        await Expect(Page.Locator("#findings [data-finding]")).ToHaveCountAsync(1);
        await Page.ReloadAsync();
        await Expect(Page.Locator("#findings [data-finding]")).ToHaveCountAsync(1);
        await Page.ClickAsync("#findings a[rel=describedby]");
        await Expect(Page).ToHaveURLAsync(new Regex("/kinds/encounter$"));
        await Expect(Page.Locator("h1")).ToHaveTextAsync("Encounter");
        await Expect(Page.Locator("#thresholds")).ToContainTextAsync("skylight");
        await Page.GoBackAsync();
        await Page.ClickAsync("#encounters tbody a");
        await Expect(Page.Locator(".dossier-head h2")).ToContainTextAsync("SIM COASTER");
        await Page.FillAsync("#subject", Feeder.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Page.PressAsync("#subject", "Enter");
        await Expect(Page.Locator(".dossier-head h2")).ToContainTextAsync("SIM FEEDER");
    }

    [Test]
    public async Task Without_a_vessel_the_page_says_what_to_do()
    {
        await OpenAsync("vessel.html");
        await Expect(Page.Locator("#content")).ToContainTextAsync("No vessel is chosen");
    }

    private async Task OpenAsync(string page, int width = 1366, int height = 900) => _window = await _browser.OpenAsync(new Uri(_world.Address, page), width, height);

    private async Task SignInAsync(string role)
    {
        await OpenAsync("sign-in.html");
        var status = await Page.EvaluateAsync<int>(
            "role => fetch('demo/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ role, port: 'SEGOT' }) }).then(r => r.status)", role);
        Assert.That(status, Is.EqualTo(204));
    }
}
