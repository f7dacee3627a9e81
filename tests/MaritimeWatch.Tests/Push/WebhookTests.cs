using System.Net;
using System.Text;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Push;

/// <summary>Signatures, addresses that may be called, and targets as they are kept.</summary>
[TestFixture]
public sealed class WebhookTests
{
    // The test vector of Standard Webhooks.
    [Test]
    public void The_signature_is_that_of_the_specification() => Assert.That(
        WebhookSignature.Of(
            [WebhookSignature.ParseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
            """{"test": 2432232314}"""u8),
        Is.EqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

    [TestCase("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [TestCase("whsec_c2hvcnQ=")]
    [TestCase("whsec_not base64 at all, by any measure")]
    public void A_secret_that_is_none_is_refused_without_repeating_it(string text)
    {
        var wrong = Assert.Throws<FormatException>(() => WebhookSignature.ParseSecret(text));
        Assert.That(wrong!.Message, Does.Not.Contain(text));
    }

    [TestCase("8.8.8.8", true)]
    [TestCase("168.63.129.15", true)]
    [TestCase("2606:4700::1111", true)]
    [TestCase("64:ff9b::808:808", true)]
    [TestCase("2002:808:808::1", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("127.9.9.9", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("::ffff:127.0.0.1", false)]
    [TestCase("::ffff:10.0.0.1", false)]
    [TestCase("::ffff:8.8.8.8", true)]
    [TestCase("0.0.0.0", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("100.127.255.255", false)]
    [TestCase("100.128.0.1", true)]
    [TestCase("169.254.169.254", false)]
    [TestCase("168.63.129.16", false)]
    [TestCase("172.16.0.1", false)]
    [TestCase("172.31.255.255", false)]
    [TestCase("172.32.0.1", true)]
    [TestCase("192.168.1.1", false)]
    [TestCase("192.0.2.1", false)]
    [TestCase("198.18.0.1", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("fe80::1", false)]
    [TestCase("fec0::1", false)]
    [TestCase("fd00::1", false)]
    [TestCase("ff02::1", false)]
    [TestCase("2001:db8::1", false)]
    [TestCase("2001::1", false)]
    [TestCase("2002:a00:1::1", false)]
    [TestCase("64:ff9b::a9fe:a9fe", false)]
    [TestCase("64:ff9b:1::808:808", false)]
    [TestCase("::808:808", false)]
    public void Only_addresses_outside_are_called(string address, bool isOpen) =>
        Assert.That(OutsideAddress.IsOpen(IPAddress.Parse(address)), Is.EqualTo(isOpen));

    [TestCase("10.0.0.1")]
    [TestCase("127.0.0.1")]
    [TestCase("203.0.113.7", "192.168.0.1")]
    [TestCase("8.8.8.8", "169.254.169.254")]
    [TestCase]
    public async Task A_name_that_also_leads_behind_our_walls_is_not_called(params string[] addresses)
    {
        using var sender = new WebhookSender(
            Vaults.ForTests, new ManualTime(), lookup: (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));
        var (answer, why) = await sender.PostAsync(Target("https://receiver.example/hook"), "a-1", "{}"u8.ToArray(), default);
        Assert.That((answer, why), Is.EqualTo((PushAnswer.Failed, "its address is not open to pushes")));
    }

    [TestCase("http://receiver.example/hook", false)]
    [TestCase("http://127.0.0.1/hook", false)]
    [TestCase("https://user:pass@receiver.example/hook", true)]
    [TestCase("http://receiver.example/hook", true)]
    [TestCase("ftp://receiver.example/hook", true)]
    [TestCase("file:///etc/passwd", true)]
    public async Task An_address_of_another_kind_is_refused_before_anything_is_looked_up(string address, bool allowsLoopback)
    {
        using var sender = new WebhookSender(Vaults.ForTests, new ManualTime(), lookup: (_, _) => throw new InvalidOperationException("looked up"));
        Assert.That((await sender.PostAsync(Target(address) with { AllowsLoopback = allowsLoopback }, "a-1", "{}"u8.ToArray(), default)).Answer, Is.EqualTo(PushAnswer.Failed));
    }

    [Test]
    public async Task Targets_are_changed_by_several_at_once_and_none_is_lost()
    {
        var targets = new WebhookTargets(new MemoryStore());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => targets.PutAsync(Target($"https://receiver.example/{n}")).AsTask()));
        var all = await targets.ReadAsync();
        Assert.That(all, Has.Count.EqualTo(8));
        Assert.That(await targets.ChangeAsync(all[3].Id, one => one with { ClosedBecause = "by hand" }));
        Assert.That((await targets.ReadAsync()).Single(one => one.Id == all[3].Id).ClosedBecause, Is.EqualTo("by hand"));
        Assert.That((await targets.RemoveAsync(all[3].Id), await targets.RemoveAsync(all[3].Id)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_secret_lies_in_the_store_only_under_the_vault()
    {
        var store = new MemoryStore();
        var secret = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");
        await new WebhookTargets(store).PutAsync(Target("https://receiver.example/a") with { Secrets = [new WebhookSecret(Vaults.ForTests.Wrap(secret), null)] });
        var kept = Encoding.UTF8.GetString((await store.GetAsync(WebhookTargets.BlobName, default))!.Value.Bytes.Span);
        Assert.That(kept, Does.Not.Contain(Convert.ToBase64String(secret)).And.Not.Contain("0123456789abcdef"));
        var read = (await new WebhookTargets(store).ReadAsync()).Single();
        Assert.That(Vaults.ForTests.Unwrap(read.Secrets[0].Wrapped.Span).ToArray(), Is.EqualTo(secret));
    }

    private static WebhookTarget Target(string url) => new()
    {
        Id = WebhookTarget.IdOf("*", new Uri(url)), Url = new Uri(url), Port = "*", AddedAt = new ManualTime().GetUtcNow(),
        Secrets = [new WebhookSecret(Vaults.ForTests.Wrap(new byte[32]), null)],
    };
}
