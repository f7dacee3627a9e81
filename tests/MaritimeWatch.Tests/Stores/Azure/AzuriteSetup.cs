using MaritimeWatch.StandIn;

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

    /// <summary>A name that no other test has, for a container or a queue.</summary>
    public static string NewName() => $"test-{Interlocked.Increment(ref containers)}";

    [OneTimeSetUp]
    public async Task StartAsync() => running = Azurite.Missing() is null ? await Azurite.StartAsync() : null;

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (running is not null)
        {
            await running.DisposeAsync();
        }
    }
}
