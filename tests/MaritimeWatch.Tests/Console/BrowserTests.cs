using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MaritimeWatch.Tests.Pages;

/// <summary>What an analyst does with the page, in a real browser, over the real feeds.</summary>
[NonParallelizable]
internal sealed partial class BrowserTests
{
    private Browser _browser = null!;
    private SampleFeed _feed = null!;
    private Window? _window;

    private IPage Page => _window!.Page;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _browser = await Browser.StartAsync();
        _feed = await SampleFeed.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_feed is not null)
        {
            await _feed.DisposeAsync();
            await _browser.DisposeAsync();
        }
    }

    [TearDown]
    public async Task Nothing_went_wrong_in_the_browser()
    {
        if (_window is not null)
        {
            var troubles = _window.Troubles;
            await _window.DisposeAsync();
            _window = null;
            Assert.That(troubles, Is.Empty);
        }
    }

    [Test]
    public async Task List_map_and_feed_show_the_same_findings_whatever_is_filtered()
    {
        await OpenAsync();
        var all = await MatchedAsync("");
        Assert.That(all, Is.GreaterThan(30));
        await SameAsync(all);

        await Page.ClickAsync(".chip:has-text('High')");
        await Expect(Page).ToHaveURLAsync(SeverityHigh());
        var high = await MatchedAsync("severity=high");
        Assert.That(high, Is.GreaterThan(0).And.LessThan(all));
        await SameAsync(high);

        await Page.ClickAsync(".menu summary:has-text('State')");
        await Page.ClickAsync(".check:has-text('Retracted')");
        var retracted = await MatchedAsync("severity=high&state=retracted");
        Assert.That(retracted, Is.EqualTo(1));
        await SameAsync(retracted);

        await Page.GoBackAsync();
        await SameAsync(high);
        await Page.ReloadAsync();
        await SameAsync(high);
        await Page.ClickAsync("text=Clear filters");
        await SameAsync(all);
    }

    [Test]
    public async Task A_vessel_is_found_by_its_name_and_by_its_MMSI()
    {
        await OpenAsync();
        await Page.FillAsync("input[type=search]", "vessel 12");
        var byName = await MatchedAsync("mmsi=224000112");
        Assert.That(byName, Is.GreaterThan(1));
        await SameAsync(byName);
        await Page.FillAsync("input[type=search]", "224000112");
        await Expect(Page).ToHaveURLAsync(new Regex("q=224000112"));
        await SameAsync(byName);
    }

    [Test]
    public async Task Only_the_findings_in_the_map_view_are_listed_when_asked_so()
    {
        await OpenAsync("?map=9.5/35.93/-5.8");
        await Page.ClickAsync(".chip:has-text('In view')");
        await Expect(Page).ToHaveURLAsync(new Regex("inview=1"));
        var all = await MatchedAsync("");
        await Page.WaitForSelectorAsync($"#list:not([data-matched='{all}'])", new() { State = WaitForSelectorState.Attached });
        await SameAsync(await _window!.RowsAsync());
        Assert.That(await _window.RowsAsync(), Is.GreaterThan(0).And.LessThan(all));
    }

    [Test]
    public async Task An_opened_finding_says_why_what_was_measured_and_what_happened_to_it()
    {
        await OpenAsync();
        await Page.ClickAsync("[data-finding=gap006]");
        var detail = Page.Locator("#detail");
        await Expect(detail.Locator(".reason")).ToHaveTextAsync("No report for 13 h while 9 other vessels were heard around it.");
        await Expect(detail.Locator(".measures")).ToContainTextAsync("13\u00a0h");
        await Expect(detail.Locator(".measures")).ToContainTextAsync("6\u00a0h");
        await Expect(detail.Locator(".clears")).ToContainTextAsync("a report within 5.9 h");
        await Expect(detail.Locator(".revisions li")).ToHaveCountAsync(2);
        await Expect(detail.Locator(".detail-head .badge")).ToHaveTextAsync("Simulated");
        await Expect(Page.Locator("[data-finding=gap006]")).ToHaveAttributeAsync("aria-current", "true");
        Assert.That(Page.Url, Does.Contain("finding=gap006"));

        var address = Page.Url;
        await Page.Keyboard.PressAsync("Escape");
        await Expect(detail).ToBeHiddenAsync();
        await Page.GotoAsync(address);
        await Expect(detail.Locator(".detail-name")).ToHaveTextAsync("SIM VESSEL 6");
    }

    [Test]
    public async Task The_slider_moves_along_the_track_and_says_when_nothing_was_heard()
    {
        await OpenAsync("?finding=gap006");
        var slider = Page.Locator("#track input[type=range]");
        await Expect(slider).ToBeVisibleAsync();
        await Expect(Page.Locator(".end")).ToHaveCountAsync(2);
        var before = await Page.Locator(".track-now").TextContentAsync();
        await slider.FocusAsync();
        for (var i = 0; i < 5; i++)
        {
            await Page.Keyboard.PressAsync("ArrowRight");
        }

        await Expect(Page.Locator(".track-now")).Not.ToHaveTextAsync(before!);
        await Expect(Page.Locator(".track-place")).ToContainTextAsync("No report for 13 h");
        await Expect(Page).ToHaveURLAsync(new Regex("t=2026-11-14T"));
        await Page.ClickAsync("[aria-label='One report forward']");
        await Expect(Page.Locator(".track-place")).ToContainTextAsync("kn");
    }

    [Test]
    public async Task On_a_phone_the_finding_takes_the_place_of_the_list()
    {
        await OpenAsync(width: 390, height: 844);
        await SameAsync(await MatchedAsync(""));
        await Page.ClickAsync("[data-finding=gap006]");
        await Expect(Page.Locator("#detail .reason")).ToBeVisibleAsync();
        await Expect(Page.Locator("#list-panel")).ToBeHiddenAsync();
        Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390));
        await Page.ClickAsync(".detail-back");
        await Expect(Page.Locator("#list-panel")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Without_WebGL_the_list_and_the_details_still_work()
    {
        await OpenAsync(withWebGl: false);
        await Expect(Page.Locator("#map")).ToContainTextAsync("The map needs WebGL");
        await _window!.ListedAsync(await MatchedAsync(""));
        await Page.ClickAsync("[data-finding=gap006]");
        await Expect(Page.Locator("#detail .reason")).ToBeVisibleAsync();
        await Expect(Page.Locator("#track input[type=range]")).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_list_is_walked_with_the_arrow_keys_and_opened_with_enter()
    {
        await OpenAsync();
        await SameAsync(await MatchedAsync(""));
        await Page.FocusAsync(".row a");
        await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#detail .reason")).ToBeVisibleAsync();
        var opened = await Page.EvaluateAsync<int>("[...document.querySelectorAll('.row a')].findIndex((a) => a.ariaCurrent === 'true')");
        Assert.That(opened, Is.EqualTo(1));
        await Page.Keyboard.PressAsync("/");
        await Expect(Page.Locator("input[type=search]")).ToBeFocusedAsync();
    }

    [Test]
    public async Task Every_control_has_a_name_and_no_id_occurs_twice()
    {
        await OpenAsync("?finding=gap006");
        await Expect(Page.Locator("#track input[type=range]")).ToBeVisibleAsync();
        var nameless = await Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('a, button, input, select, summary')]
              .filter((e) => !(e.ariaLabel || e.textContent.trim() || e.title || [...(e.labels ?? [])].some((l) => l.textContent.trim())))
              .map((e) => e.outerHTML)
            """);
        Assert.That(nameless, Is.Empty);
        var doubled = await Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)");
        Assert.That(doubled, Is.Empty);
        Assert.That(await Page.Locator("main").CountAsync(), Is.EqualTo(1));
        Assert.That(await Page.Locator("h1").CountAsync(), Is.EqualTo(1));
        var unnamed = await Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('section, [role=group], [role=search]')]
              .filter((e) => e.id && !e.ariaLabel && !e.getAttribute('aria-labelledby')).map((e) => e.id)
            """);
        Assert.That(unnamed, Is.Empty);
    }

    [Test]
    public async Task A_new_finding_appears_by_itself()
    {
        await using var feed = await SampleFeed.StartAsync();
        _window = await _browser.OpenAsync(feed.Address);
        var before = await _window.RowsAsync();
        await feed.AddFindingAsync("fresh");
        // The page asks every few seconds: coming back to its tab makes it ask at once.
        await Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await _window.ListedAsync(before + 1);
        await Expect(Page.Locator("[data-finding=fresh]")).ToBeVisibleAsync();
    }

    [Test]
    public async Task An_empty_store_says_what_to_do()
    {
        await using var feed = await SampleFeed.StartAsync(withData: false);
        _window = await _browser.OpenAsync(feed.Address);
        await Expect(Page.Locator(".empty")).ToContainTextAsync("Nothing has been found yet");
        await Expect(Page.Locator("#health")).ToContainTextAsync("No reports yet");
        await Expect(Page.Locator("#notices")).ToBeEmptyAsync();
    }

    [Test]
    public async Task A_feed_that_is_down_is_shown_as_down()
    {
        await using var feed = await SampleFeed.StartAsync(isDown: true);
        _window = await _browser.OpenAsync(feed.Address);
        await Expect(Page.Locator("#health")).ToContainTextAsync("Feed down");
        await Expect(Page.Locator("#notices")).ToContainTextAsync("SIM-ROOF: last heard 16 Nov 2026, 23:00 UTC");
    }

    [Test]
    public async Task A_server_that_goes_away_is_told_calmly_and_what_was_read_stays()
    {
        var feed = await SampleFeed.StartAsync();
        var window = await _browser.OpenAsync(feed.Address);
        await using (window)
        {
            var rows = await window.RowsAsync();
            await feed.DisposeAsync();
            await window.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
            await Expect(window.Page.Locator("#notices")).ToContainTextAsync("MaritimeWatch does not answer");
            Assert.That(await window.RowsAsync(), Is.EqualTo(rows).And.GreaterThan(0));
        }
    }

    private async Task OpenAsync(string view = "", int width = 1366, int height = 768, bool withWebGl = true) =>
        _window = await _browser.OpenAsync(new Uri(_feed.Address, view), width, height, withWebGl: withWebGl);

    private async Task SameAsync(int findings)
    {
        await _window!.ListedAsync(findings);
        await Page.WaitForSelectorAsync($"#map[data-findings='{findings}']");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await _window.RowsAsync(), Is.EqualTo(findings));
            Assert.That(await _window.OnMapAsync(), Is.EqualTo(findings));
            Assert.That(await Page.TextContentAsync("#list-heading"), Does.StartWith(findings.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        });
    }

    private async Task<int> MatchedAsync(string query)
    {
        using var client = new HttpClient();
        using var page = JsonDocument.Parse(await client.GetStringAsync(new Uri(_feed.Address, $"collections/findings/items?limit=1&f=json&{query}".TrimEnd('&'))));
        return page.RootElement.GetProperty("numberMatched").GetInt32();
    }

    [GeneratedRegex("severity=high")]
    private static partial Regex SeverityHigh();
}
