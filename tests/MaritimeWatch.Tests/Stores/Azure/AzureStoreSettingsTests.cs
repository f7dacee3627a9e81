using MaritimeWatch.Log;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Tests.Stores.Azure;

[TestFixture]
internal sealed class AzureStoreSettingsTests
{
    private const string Connection = "UseDevelopmentStorage=true";
    private const string Service = "https://port.blob.core.windows.net";

    [Test]
    public void An_identity_needs_the_two_services_and_nothing_secret()
    {
        var settings = Read(("MW_BLOBS__blobServiceUri", Service), ("MW_QUEUES__queueServiceUri", "https://port.queue.core.windows.net"), ("MW_BLOBS__clientId", "id"));
        Assert.That(settings.BlobService, Is.EqualTo(new Uri(Service)));
        Assert.That(settings.QueueService, Is.EqualTo(new Uri("https://port.queue.core.windows.net")));
        Assert.That((settings.ClientId, settings.Container, settings.KeyContainer), Is.EqualTo(("id", "maritimewatch", "maritimewatch-keys")));
    }

    [Test]
    public void A_connection_string_of_the_blobs_serves_the_queues_where_nothing_else_is_said()
    {
        Assert.That(Read(("MW_BLOBS", Connection)).QueueConnection, Is.EqualTo(Connection));
        Assert.That(Read(("MW_BLOBS", Connection), ("MW_QUEUES", "other")).QueueConnection, Is.EqualTo("other"));
        Assert.That(Read(("MW_BLOBS__blobServiceUri", Service)).HasQueues, Is.False);
        Assert.That(Read(("MW_BLOBS", Connection), ("MW_KEYS", "keys")).KeyConnection, Is.EqualTo("keys"));
    }

    [Test]
    public void The_command_line_names_the_container_before_the_environment()
    {
        Assert.That(AzureStoreSettings.Read(Of(("MW_BLOBS", Connection), ("MW_CONTAINER", "one")), "two").Container, Is.EqualTo("two"));
        Assert.That(Read(("MW_BLOBS", Connection), ("MW_CONTAINER", "one")).Container, Is.EqualTo("one"));
    }

    [TestCase("MW_BLOBS__blobServiceUri")]
    [TestCase("MW_BLOBS and MW_BLOBS__blobServiceUri are both set", "MW_BLOBS=x", "MW_BLOBS__blobServiceUri=https://a.b")]
    [TestCase("MW_QUEUES__queueServiceUri", "MW_BLOBS=x", "MW_QUEUES__queueServiceUri=http://a.queue.core.windows.net")]
    [TestCase("MW_BLOBS__blobServiceUri", "MW_BLOBS__blobServiceUri=https://a.blob.core.windows.net?sig=secret")]
    [TestCase("MW_KEYS__blobServiceUri", "MW_BLOBS=x", "MW_KEYS__blobServiceUri=nowhere")]
    [TestCase("MW_CONTAINER", "MW_BLOBS=x", "MW_CONTAINER=Upper")]
    [TestCase("MW_CONTAINER", "MW_BLOBS=x", "MW_CONTAINER=ab")]
    [TestCase("MW_CONTAINER", "MW_BLOBS=x", "MW_CONTAINER=a--b")]
    [TestCase("MW_CONTAINER", "MW_BLOBS=x", "MW_CONTAINER=abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij")]
    public void What_is_missing_or_wrong_is_named(string expected, params string[] variables)
    {
        var trouble = Assert.Throws<StoreException>(
            () => Read([.. variables.Select(static one => (one[..one.IndexOf('=', StringComparison.Ordinal)], one[(one.IndexOf('=', StringComparison.Ordinal) + 1)..]))]));
        Assert.That(trouble!.Trouble, Is.EqualTo(StoreTrouble.FixInput));
        Assert.That(trouble.Message, Does.Contain(expected).And.Not.Contain("secret"));
    }

    private static AzureStoreSettings Read(params (string Name, string Value)[] variables) => AzureStoreSettings.Read(Of(variables), null);

    private static Func<string, string?> Of(params (string Name, string Value)[] variables) =>
        name => variables.Where(one => one.Name == name).Select(static one => one.Value).FirstOrDefault();
}
