using Microsoft.Playwright;

namespace MaritimeWatch.Tests.Pages;

/// <summary>Makes the picture in the README.</summary>
internal sealed class ScreenshotTests
{
    private const int BytesMax = 400_000;

    /// <summary>
    /// <c>MW_URL=http://localhost:7071 dotnet test --filter Make_the_screenshot</c>; without MW_URL it takes made-up
    /// findings. MW_VIEW may name a view, as it stands in the page's address after the question mark.
    /// </summary>
    [Test]
    [Explicit("by hand: writes lib/images/console.png")]
    public async Task Make_the_screenshot()
    {
        await using var browser = await Browser.StartAsync();
        var url = Environment.GetEnvironmentVariable("MW_URL");
        await using var sample = url is null ? await SampleFeed.StartAsync() : null;
        var view = Environment.GetEnvironmentVariable("MW_VIEW");
        var address = new Uri(sample?.Address ?? new Uri(url!.TrimEnd('/') + "/"), view is null ? string.Empty : "?" + view);
        await using var window = await browser.OpenAsync(address, 1440, 860);
        if (view is null)
        {
            // The newest finding of high severity tells most; where there is none, the newest.
            var high = window.Page.Locator(".row:has(.mark-high) a");
            await (await high.CountAsync() > 0 ? high : window.Page.Locator(".row a")).First.ClickAsync();
        }

        await window.Page.WaitForSelectorAsync("#track input[type=range]");
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await window.Page.WaitForSelectorAsync("#map[data-drawn=true]");
        var path = Path.Combine(Repository.Root, "lib", "images", "console.png");
        await window.Page.ScreenshotAsync(new() { Path = path });
        Assert.That(window.Troubles, Is.Empty);
        Assert.That(new FileInfo(path).Length, Is.LessThan(BytesMax));
    }
}
