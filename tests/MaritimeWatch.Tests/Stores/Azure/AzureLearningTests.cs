using MaritimeWatch.Functions.Learning;
using MaritimeWatch.Stores.Azure;
using MaritimeWatch.Tests.Learning;
using MaritimeWatch.Tests.Reference.Lanes;

namespace MaritimeWatch.Tests.Stores.Azure;

/// <summary>The learning on Azurite: what it comes to is what it comes to in memory.</summary>
[TestFixture]
internal sealed class AzureLearningTests
{
    [Test]
    public async Task Two_at_once_learn_the_same_lanes_as_in_memory_and_make_one_version()
    {
        var settings = new AzureStoreSettings { BlobConnection = AzuriteSetup.ConnectionString, Container = AzuriteSetup.NewName() };
        var azure = await AzureStore.OpenAsync(settings, TimeProvider.System);
        var world = await LearningWorld.OpenAsync(azure.Blobs);
        await world.SailAsync(Sailings.Many(6));
        var reports = await Task.WhenAll(world.RunAsync(), world.RunAsync());
        Assert.That((await world.VersionAsync(), await world.ToldAsync()), Is.EqualTo((1, new[] { 1, 1, 1, 1 })));
        Assert.That((await world.LanesAsync()).ToArray(), Is.EqualTo((await world.AllAtOnceAsync()).ToArray()));
        var before = azure.Operations.Snapshot().Values.Sum();
        var again = await world.RunAsync();
        Assert.That((again.Outcome, again.CommitsGathered), Is.EqualTo((LearningOutcome.Same, 0)));
        Assert.That(again.Requests, Is.EqualTo(azure.Operations.Snapshot().Values.Sum() - before), "what is counted is what Azure counts");
        await TestContext.Out.WriteLineAsync($"{reports[0].Requests} and {reports[1].Requests} requests for {reports[0].CommitsGathered} commits; {again.Requests} where nothing is new");
    }
}
