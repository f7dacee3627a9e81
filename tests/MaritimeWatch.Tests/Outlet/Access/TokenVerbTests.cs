using MaritimeWatch.Functions;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Stores;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>The verb through the same door as the command line.</summary>
[NonParallelizable]
public sealed class TokenVerbTests
{
    private string folder = "";

    [SetUp]
    public async Task MakeAStore()
    {
        folder = Directory.CreateTempSubdirectory("token-").FullName;
        await StoreFormat.OpenOrCreateAsync(DirectoryStore.Open(folder), DateTimeOffset.UnixEpoch);
    }

    [TearDown]
    public void RemoveIt() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_token_from_the_command_line_is_read_by_the_store_that_it_was_made_for()
    {
        var (code, text) = await RunAsync("--role", "officer", "--port", "segot,NOLAR", "--expires", "7", "--store", folder);
        Assert.That(code, Is.Zero);
        var key = await TokenKey.OpenOrCreateAsync(DirectoryStore.Open(folder), WatchStore.VaultOf(folder), default);
        var caller = await new Tokens(key.Span, TimeProvider.System).ReadAsync(text.Trim());
        Assert.That(caller!.Role, Is.EqualTo("officer"));
        Assert.That(caller.Ports, Is.EqualTo((string[])["SEGOT", "NOLAR"]));
        Assert.That(caller.ExpiresAt - TimeProvider.System.GetUtcNow(), Is.EqualTo(TimeSpan.FromDays(7)).Within(TimeSpan.FromMinutes(2)));
    }

    [TestCase("--role officer", ExpectedResult = 2, TestName = "An_officer_without_a_port_is_wrong_usage")]
    [TestCase("--role king", ExpectedResult = 2, TestName = "A_role_that_there_is_not_is_wrong_usage")]
    [TestCase("--role officer --port NOWHERE", ExpectedResult = 2, TestName = "A_port_that_is_no_LOCODE_is_wrong_usage")]
    [TestCase("--role analyst --expires 31d", ExpectedResult = 2, TestName = "A_life_beyond_thirty_days_is_wrong_usage")]
    [TestCase("--role analyst --expires soon", ExpectedResult = 2, TestName = "A_life_that_is_no_length_is_wrong_usage")]
    [TestCase("--role analyst --expires 31", ExpectedResult = 2, TestName = "A_bare_number_is_days")]
    [TestCase("--role analyst --expires 45m --json", ExpectedResult = 0, TestName = "An_analyst_has_all_ports")]
    public async Task<int> Token(string arguments) => (await RunAsync([.. arguments.Split(' '), "--store", folder])).Code;

    [Test]
    public async Task Where_there_is_no_store_there_is_no_token() =>
        Assert.That((await RunAsync("--role", "analyst", "--store", Path.Combine(folder, "none"))).Code, Is.EqualTo(2));

    private static async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        var before = Console.Out;
        await using var text = new StringWriter();
        Console.SetOut(text);
        try
        {
            return (await Program.Main(["token", .. arguments]), text.ToString());
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
