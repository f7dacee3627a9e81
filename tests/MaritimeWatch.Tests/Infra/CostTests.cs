using System.Text.Json;

namespace MaritimeWatch.Tests.Infra;

/// <summary>The page of costs says what its inputs give.</summary>
[TestFixture]
public sealed class CostTests
{
    [Test]
    public async Task The_page_of_costs_is_what_its_inputs_give() =>
        Assert.That(await NodeTools.RunAsync("node", ["infra/cost.mjs", "--check"]), Does.Contain("COST.md says what cost.json gives"));

    [Test]
    public void Every_price_and_every_count_says_where_it_is_from()
    {
        var input = JsonDocument.Parse(InfraFiles.Text("cost.json")).RootElement;
        Assert.That(input.GetProperty("prices").GetProperty("source").GetString(), Is.Not.Empty);
        Assert.That(input.GetProperty("prices").GetProperty("date").GetString(), Does.Match(@"^\d{4}-\d{2}-\d{2}$"));
        foreach (var mode in new[] { "prompt", "thrift" })
        {
            Assert.That(input.GetProperty("operations").GetProperty(mode).GetProperty("source").GetString(), Is.Not.Empty);
        }
    }
}
