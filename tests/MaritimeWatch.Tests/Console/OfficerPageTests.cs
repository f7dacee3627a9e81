using System.Text.RegularExpressions;
using MaritimeWatch.Alerts;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Terms;
using MaritimeWatch.Tests.Outlet;
using Microsoft.Playwright;
using static MaritimeWatch.Tests.Outlet.AlertWorld;
using static Microsoft.Playwright.Assertions;

namespace MaritimeWatch.Tests.Pages;

/// <summary>What an officer does with the page on a phone and at a desk, in a real browser, over the real routes.</summary>
[NonParallelizable]
internal sealed class OfficerPageTests
{
    private Browser _browser = null!;
    private AlertWorld _world = null!;
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
    public async Task BeginAsync()
    {
        _world = await AlertWorld.StartAsync(demo: new DemoSignIn(["SEGOT", "NOLAR"]));
        _world.Runs = true;
        await _world.CommitAsync(
            Alert("a1"),
            Alert("a2", name: "SIM AUK") with
            {
                Severity = Severity.Medium,
                BerthingAtMs = Ms("2026-11-20T05:00:00Z"),
                BerthingBy = BerthingBy.Estimated,
                BerthingLowAtMs = Ms("2026-11-20T04:10:00Z"),
                BerthingHighAtMs = Ms("2026-11-20T07:30:00Z"),
            },
            Alert("b1", Larvik, name: "SIM FULMAR"));
    }

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

    [Test]
    public async Task An_officer_signs_in_acknowledges_and_decides_with_one_thumb()
    {
        await SignInAsync("officer", "SEGOT", 360, 720);
        await Expect(Page.Locator("#alerts [data-alert]")).ToHaveCountAsync(2);
        await Expect(Page.Locator("#nav")).ToContainTextAsync("Officer · SEGOT");
        Assert.That(await WidthAsync(), Is.LessThanOrEqualTo(360));

        await Page.ClickAsync("[data-alert=a1] a");
        await Expect(Page).ToHaveURLAsync(new Regex("officer\\.html\\?alert=a1$"));
        await Expect(Page.Locator("#list-panel")).ToBeHiddenAsync();
        await Expect(Page.Locator(".reasons li")).ToHaveCountAsync(3);
        await Expect(Page.Locator(".reasons a").First).ToHaveAttributeAsync("href", "./?finding=f-route");
        await Expect(Page.Locator(".alert-when")).ToHaveTextAsync("SEGOT · berths in 11 h 50 min");
        Assert.That(await WidthAsync(), Is.LessThanOrEqualTo(360));
        await TargetsAreBigAsync("#acknowledge", "#decide", ".alert-back");

        await Page.ClickAsync("#acknowledge");
        await Expect(Page.Locator("#alert .state")).ToHaveTextAsync("Acknowledged");
        await Expect(Page.Locator("#acknowledge")).ToHaveCountAsync(0);

        await Page.ClickAsync("#decide");
        await Expect(Page.Locator("#send")).ToBeDisabledAsync();
        await Page.CheckAsync("#outcome-inspect", new() { Force = true });
        await Page.FillAsync("#note", "Hold box 7 <b>at</b> the gate");
        await TargetsAreBigAsync("#send", "#cancel");
        await Page.ClickAsync("#send");
        await Expect(Page.Locator("#alert .state")).ToHaveTextAsync("Decided");
        await Expect(Page.Locator(".made-note")).ToHaveTextAsync("Hold box 7 <b>at</b> the gate");
        Assert.That((await _world.ActionsAsync()).Select(a => a.Outcome), Is.EqualTo((string?[])[null, "inspect"]));

        await Page.ClickAsync("#decide");
        await Page.CheckAsync("#outcome-finding", new() { Force = true });
        await Page.ClickAsync("#send");
        await Expect(Page.Locator(".made strong")).ToHaveTextAsync("Something found");
        await Expect(Page.Locator("#decide")).ToHaveCountAsync(0);

        await Page.ClickAsync(".alert-back");
        await Expect(Page.Locator("#alerts [data-alert]")).ToHaveCountAsync(1);
        await Page.SelectOptionAsync("[aria-label=Show]", "all");
        await Expect(Page.Locator("#alerts [data-alert]")).ToHaveCountAsync(2);
        await Page.ReloadAsync();
        await Expect(Page.Locator("#alerts [data-alert]")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task The_bold_numbers_of_the_sum_add_up_to_the_total()
    {
        await SignInAsync("officer", "SEGOT");
        await Page.ClickAsync("[data-alert=a1] a");
        var parts = await Page.Locator(".sum-part td").AllTextContentsAsync();
        var total = await Page.TextContentAsync(".sum-total td");
        static decimal Number(string text) => decimal.Parse(text.Replace('−', '-'), System.Globalization.NumberStyles.Any, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(parts.Sum(Number), Is.EqualTo(Number(total!)));
        Assert.That(parts, Has.Count.EqualTo(3));
        var chance = 1 / (1 + Math.Exp(-(double)Number(total!)));
        await Expect(Page.Locator(".sum-chance td")).ToHaveTextAsync($"{chance * 100:0.0} %");
    }

    [Test]
    public async Task A_time_of_berthing_says_where_it_comes_from()
    {
        await SignInAsync("officer", "SEGOT");
        await Expect(Page.Locator("[data-alert=a1] .row-time [aria-hidden]")).ToHaveTextAsync(new Regex("^in [0-9]"));
        await Expect(Page.Locator("[data-alert=a2] .row-time [aria-hidden]")).ToHaveTextAsync(new Regex("^in ~[0-9]"));
        await Page.ClickAsync("[data-alert=a2] a");
        await Expect(Page.Locator(".alert-when")).ToContainTextAsync("berths in about ");
        await Expect(Page.Locator("#alert .facts").First).ToContainTextAsync("estimated: four of five such ships between");
        await Page.ClickAsync("[data-alert=a1] a");
        await Expect(Page.Locator("#alert .facts").First).ToContainTextAsync(", announced");
    }

    [Test]
    public async Task What_is_most_urgent_stands_first_and_the_order_can_be_shared()
    {
        await SignInAsync("analyst", null);
        Assert.That(await OrderAsync(), Is.EqualTo((string[])["a1", "b1", "a2"]));
        await _world.CommitAsync(Alert("a3", name: "SIM PUFFIN") with { BerthingAtMs = Ms("2026-11-20T04:00:00Z"), OpenedAtMs = Ms("2026-11-20T02:11:00Z") });
        await Expect(Page.Locator("#alerts [data-alert]")).ToHaveCountAsync(4);
        Assert.That((await OrderAsync())[0], Is.EqualTo("a3"), "the same severity, earlier at the berth");
        await Expect(Page.Locator("#said")).ToHaveTextAsync("New alert: SIM PUFFIN, high");
        await Expect(Page).ToHaveTitleAsync("(4) Alerts – MaritimeWatch");
        await Page.SelectOptionAsync("[aria-label=Port]", "NOLAR");
        await Expect(Page).ToHaveURLAsync(new Regex("port=NOLAR"));
        Assert.That(await OrderAsync(), Is.EqualTo((string[])["b1"]));
    }

    [Test]
    public async Task An_analyst_sees_all_ports_and_decides_none()
    {
        await SignInAsync("analyst", null);
        await Page.ClickAsync("[data-alert=b1] a");
        await Expect(Page.Locator(".act")).ToContainTextAsync("officers of the port decide it");
        await Expect(Page.Locator(".act button")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_planner_is_led_to_the_forecast_and_shown_no_alert()
    {
        _window = await _browser.OpenAsync(new Uri(_world.Address, "sign-in.html?next=officer.html"), 360, 720);
        await Page.ClickAsync("[data-role=planner]");
        await Page.WaitForSelectorAsync("text=Alerts are for officers and analysts.");
        await Expect(Page.Locator("#alerts [data-alert]")).ToHaveCountAsync(0);
        await Expect(Page.Locator("#nav a[href='planner.html']")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Who_is_not_signed_in_is_asked_to_and_comes_back_to_the_alert()
    {
        _window = await _browser.OpenAsync(new Uri(_world.Address, "officer.html?alert=a1"));
        await Expect(Page).ToHaveURLAsync(new Regex("sign-in\\.html\\?next=officer\\.html%3Falert%3Da1"));
        await Page.FillAsync("#token", _world.Officer());
        await Page.ClickAsync("form .button-main");
        await Expect(Page).ToHaveURLAsync(new Regex("officer\\.html\\?alert=a1$"));
        await Expect(Page.Locator(".alert-name")).ToHaveTextAsync("SIM ROWAN");
        await Page.ClickAsync("text=Sign out");
        await Expect(Page).ToHaveURLAsync(new Regex("sign-in\\.html$"));
        Assert.That(await Page.Context.CookiesAsync(), Is.Empty);
    }

    [Test]
    public async Task Another_sites_address_is_no_place_to_go_on_to()
    {
        _window = await _browser.OpenAsync(new Uri(_world.Address, "sign-in.html?next=https%3A%2F%2Fevil.example%2F"));
        await Page.ClickAsync("[data-role=officer]");
        await Expect(Page).ToHaveURLAsync(new Regex("officer\\.html$"));
        await Page.WaitForSelectorAsync("html[data-ready]");
    }

    [Test]
    public async Task An_alert_of_another_port_is_no_alert()
    {
        await SignInAsync("officer", "SEGOT");
        await Page.GotoAsync(new Uri(_world.Address, "officer.html?alert=b1").ToString());
        await Expect(Page.Locator("#alert")).ToContainTextAsync("There is no such alert for you.");
    }

    [Test]
    public async Task Words_that_were_typed_outlive_a_revision_that_comes_in_between()
    {
        await SignInAsync("officer", "SEGOT", 360, 720);
        await Page.ClickAsync("[data-alert=a1] a");
        await Page.ClickAsync("#decide");
        await Page.CheckAsync("#outcome-release", new() { Force = true });
        await Page.FillAsync("#note", "half a sen");
        await _world.CommitAsync(Alert("a1", revision: 2) with { Reasons = ["One reason more."], FindingIds = ["f-more"] });
        await Expect(Page.Locator(".reasons li")).ToHaveCountAsync(1);
        await Expect(Page.Locator("#note")).ToHaveValueAsync("half a sen");
        await Expect(Page.Locator("#note")).ToBeFocusedAsync();
        await Expect(Page.Locator("#outcome-release")).ToBeCheckedAsync();
    }

    [Test]
    public async Task A_decision_against_another_officers_is_not_taken_and_says_so()
    {
        await SignInAsync("officer", "SEGOT");
        await Page.ClickAsync("[data-alert=a1] a");
        await Page.ClickAsync("#decide");
        await Page.CheckAsync("#outcome-release", new() { Force = true });
        _world.Runs = false;
        await _world.SendAsync(HttpMethod.Post, "/alerts/a1/decide", _world.Officer(), """{"outcome":"inspect"}""");
        await Page.ClickAsync("#send");
        await Expect(Page.Locator(".act-message")).ToContainTextAsync("something else has been decided");
        await _window!.DisposeAsync();
        _window = null;
    }

    [Test]
    public async Task A_cut_line_is_said_and_what_was_missed_comes_once_when_it_is_back()
    {
        var window = _window = null;
        await SignInAsync("officer", "SEGOT", 360, 720);
        window = _window;
        await Expect(Page.Locator("#line")).ToHaveTextAsync("Live");
        await Page.Context.SetOfflineAsync(true);
        await Expect(Page.Locator("#notices")).ToContainTextAsync("No connection to MaritimeWatch.");
        await Expect(Page.Locator("#alerts [data-alert]")).ToHaveCountAsync(2);
        await _world.CommitAsync(Alert("a4", name: "SIM SKUA"));
        await Page.Context.SetOfflineAsync(false);
        await Expect(Page.Locator("#line")).ToHaveTextAsync("Live", new() { Timeout = 20_000 });
        await Expect(Page.Locator("#alerts [data-alert]")).ToHaveCountAsync(3);
        await Expect(Page.Locator("#notices")).Not.ToContainTextAsync("No connection");

        // The browser itself calls a cut line an error; that was the test.
        await window!.DisposeAsync();
        _window = null;
    }

    [Test]
    public async Task The_page_is_walked_with_the_keyboard_alone()
    {
        await SignInAsync("officer", "SEGOT");
        await Page.FocusAsync("[data-alert=a1] a");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#alert")).ToBeFocusedAsync();
        await Page.FocusAsync("#decide");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#outcome-inspect")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Space");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator("#note")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("by keyboard");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator("#send")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator(".made-note")).ToHaveTextAsync("by keyboard");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page).ToHaveURLAsync(new Regex("officer\\.html$"));
    }

    [Test]
    public async Task Every_control_has_a_name()
    {
        await SignInAsync("officer", "SEGOT", 360, 720);
        await Page.ClickAsync("[data-alert=a1] a");
        await Page.ClickAsync("#decide");
        var nameless = await Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, a, input, select, textarea')]
              .filter((e) => e.checkVisibility())
              .filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim() || [...(e.labels ?? [])].some((l) => l.textContent.trim())))
              .map((e) => e.outerHTML)
            """);
        Assert.That(nameless, Is.Empty);
        Assert.That(await Page.EvaluateAsync<int>("document.querySelectorAll('main').length"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_bound_of_a_note_is_the_same_on_both_sides()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "wwwroot", "officer", "views", "act.js"));
        Assert.That(page, Does.Contain($"NOTE_MAX = {AlertAction.NoteMax};"));
    }

    /// <summary>By hand: <c>MW_PICTURES=/tmp/shots dotnet test --filter Make_pictures_of_the_officers_page</c>.</summary>
    [Test]
    [Explicit("by hand: writes pictures into the folder MW_PICTURES")]
    public async Task Make_pictures_of_the_officers_page()
    {
        var folder = Environment.GetEnvironmentVariable("MW_PICTURES") ?? Path.GetTempPath();
        foreach (var (name, width, height, scheme) in ((string, int, int, ColorScheme)[])
            [("phone", 360, 720, ColorScheme.Light), ("phone-dark", 360, 720, ColorScheme.Dark), ("desk", 1366, 800, ColorScheme.Light), ("desk-dark", 1366, 800, ColorScheme.Dark)])
        {
            await BeginAsync();
            _window = await _browser.OpenAsync(new Uri(_world.Address, "sign-in.html"), width, height, scheme);
            await ShotAsync("1-sign-in");
            await Page.ClickAsync("[data-role=officer][data-port=SEGOT]");
            await Page.WaitForSelectorAsync("[data-alert=a1]");
            await ShotAsync("2-list");
            await Page.ClickAsync("[data-alert=a1] a");
            await ShotAsync("3-alert");
            await Page.EvaluateAsync("document.querySelector('.sum').scrollIntoView()");
            await ShotAsync("4-sum");
            await Page.ClickAsync("#acknowledge");
            await Expect(Page.Locator("#alert .state")).ToHaveTextAsync("Acknowledged");
            await Page.ClickAsync("#decide");
            await Page.CheckAsync("#outcome-inspect", new() { Force = true });
            await Page.FillAsync("#note", "Hold box 7 at the gate.");
            await ShotAsync("5-decide");
            await Page.ClickAsync("#send");
            await Expect(Page.Locator("#alert .state")).ToHaveTextAsync("Decided");
            await Page.EvaluateAsync("document.querySelector('#alert').scrollTo(0, 0)");
            await ShotAsync("6-decided");
            await Page.GotoAsync(new Uri(_world.Address, "?f=").ToString().Replace("?f=", "", StringComparison.Ordinal));
            await Page.WaitForSelectorAsync("html[data-ready]");
            await ShotAsync("7-map");
            await _window.DisposeAsync();
            _window = null;
            await _world.DisposeAsync();

            async Task ShotAsync(string what) => await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{what}.png") });
        }

        await BeginAsync();
    }

    private async Task SignInAsync(string role, string? port, int width = 1366, int height = 768)
    {
        _window = await _browser.OpenAsync(new Uri(_world.Address, "sign-in.html"), width, height);
        await Page.ClickAsync($"[data-role={role}]{(port is null ? "" : $"[data-port={port}]")}");
        await Page.WaitForSelectorAsync("#alerts [data-alert]");
        await Expect(Page.Locator("#line")).ToHaveTextAsync("Live");
    }

    private async Task<List<string>> OrderAsync() =>
        [.. await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#alerts [data-alert]')].map((e) => e.dataset.alert)")];

    private Task<int> WidthAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    private async Task TargetsAreBigAsync(params string[] selectors)
    {
        foreach (var selector in selectors)
        {
            var box = await Page.Locator(selector).BoundingBoxAsync();
            Assert.That(box!.Height, Is.GreaterThanOrEqualTo(44), selector);
            Assert.That(box.Y + box.Height, Is.LessThanOrEqualTo(720), $"{selector} within reach");
        }
    }

    private static long Ms(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
