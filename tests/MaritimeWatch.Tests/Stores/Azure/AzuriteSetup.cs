using MaritimeWatch.StandIn;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Tests.Stores.Azure;

/// <summary>One Azurite for all tests of this folder, and a container of its own for each.</summary>
[SetUpFixture]
internal sealed class AzuriteSetup
{
    private static Azurite? running;
    private static int containers;

    /// <summary>Its connection string; the test is skipped where Azurite is missing.</summary>
    public static string ConnectionString
    {
        get
        {
            if (Azurite.Missing() is { } missing)
            {
                Assert.Ignore(missing);
            }

            return running!.ConnectionString;
        }
    }

    /// <summary>For tests of queues, which need a container but do not use it.</summary>
    public static string SharedContainer => "shared";

    /// <summary>A name that no other test has, for a container or a queue.</summary>
    public static string NewName() => $"test-{Interlocked.Increment(ref containers)}";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (Azurite.Missing() is null)
        {
            running = await Azurite.StartAsync();
            await AzureStore.OpenAsync(
                new AzureStoreSettings { BlobConnection = running.ConnectionString, Container = SharedContainer }, TimeProvider.System);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (running is not null)
        {
            await running.DisposeAsync();
        }
    }
}
