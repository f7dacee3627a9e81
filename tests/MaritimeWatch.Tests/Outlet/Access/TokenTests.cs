using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Tests.Log;

namespace MaritimeWatch.Tests.Outlet;

public sealed class TokenTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, TokenKey.Bytes).Select(i => (byte)i)];
    private readonly ManualTime _time = new();

    [Test]
    public async Task A_token_says_who_it_is_until_it_ends()
    {
        var tokens = new Tokens(Key, _time);
        var text = tokens.Issue("anna", Roles.Officer, ["SEGOT", "NOLAR"], TimeSpan.FromHours(8));
        var caller = await tokens.ReadAsync(text);
        Assert.Multiple(() =>
        {
            Assert.That(caller!.Subject, Is.EqualTo("anna"));
            Assert.That(caller.Role, Is.EqualTo("officer"));
            Assert.That(caller.Ports, Is.EqualTo((string[])["SEGOT", "NOLAR"]));
            Assert.That(caller.ExpiresAt, Is.EqualTo(_time.GetUtcNow() + TimeSpan.FromHours(8)));
        });
        _time.Advance(TimeSpan.FromHours(8) + TimeSpan.FromSeconds(29));
        Assert.That(await tokens.ReadAsync(text), Is.Not.Null, "clocks may differ by 30 s");
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await tokens.ReadAsync(text), Is.Null);
    }

    [Test]
    public async Task A_token_of_another_store_is_nobodys()
    {
        var text = new Tokens(RandomNumberGenerator.GetBytes(TokenKey.Bytes), _time).Issue("anna", Roles.Analyst, ["*"], TimeSpan.FromHours(1));
        Assert.That(await new Tokens(Key, _time).ReadAsync(text), Is.Null);
    }

    [Test]
    public async Task A_token_that_was_altered_anywhere_is_nobodys()
    {
        var tokens = new Tokens(Key, _time);
        var text = tokens.Issue("anna", Roles.Officer, ["SEGOT"], TimeSpan.FromHours(1));
        Assert.That(await tokens.ReadAsync(text), Is.Not.Null);
        for (var at = 0; at < text.Length - 1; at++)
        {
            // The last character's low bits may mean nothing in base64; every other one counts.
            var altered = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
            Assert.That(await tokens.ReadAsync(altered), Is.Null, $"character {at}");
        }
    }

    [Test]
    public async Task An_algorithm_that_is_not_ours_or_none_is_refused()
    {
        var tokens = new Tokens(Key, _time);
        var payload = Payload();
        var signing = tokens.Derive("sign"u8);
        Assert.That(await tokens.ReadAsync(Sign("HS256", payload, (k, d) => HMACSHA256.HashData(k, d))), Is.Not.Null, "the forger can forge");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await tokens.ReadAsync(Sign("HS512", payload, (k, d) => HMACSHA512.HashData(k, d))), Is.Null, "HS512");
            Assert.That(await tokens.ReadAsync(Sign("none", payload, (_, _) => [])), Is.Null, "none");
            Assert.That(await tokens.ReadAsync(Sign("None", payload, (k, d) => HMACSHA256.HashData(k, d))), Is.Null, "None");
            Assert.That(await tokens.ReadAsync(Sign("RS256", payload, (k, d) => HMACSHA256.HashData(k, d))), Is.Null, "RS256");
        });

        string Sign(string algorithm, JsonObject claims, Func<byte[], byte[], byte[]> mac)
        {
            var head = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{tokens.KeyId}}"}"""));
            var signed = $"{head}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
            return $"{signed}.{Base64Url.EncodeToString(mac(signing, Encoding.ASCII.GetBytes(signed)))}";
        }
    }

    [TestCase("iss", "other")]
    [TestCase("aud", "other")]
    [TestCase("role", "emperor")]
    [TestCase("sub", "")]
    [TestCase("exp", 2_000_000_000)]
    [TestCase("iat", 2_000_000_000)]
    [TestCase("nbf", 2_000_000_000)]
    [TestCase("iss", null)]
    [TestCase("aud", null)]
    [TestCase("role", null)]
    [TestCase("sub", null)]
    [TestCase("exp", null)]
    [TestCase("iat", null)]
    [TestCase("ports", null)]
    [TestCase("ports", "SEGOT,*")]
    public async Task A_token_that_says_too_little_or_too_much_is_nobodys(string claim, object? value)
    {
        var tokens = new Tokens(Key, _time);
        var payload = Payload();
        payload.Remove(claim);
        if (value is not null)
        {
            payload[claim] = value is int number ? JsonValue.Create(number) : JsonValue.Create((string)value);
        }

        var head = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
        var signed = $"{head}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()))}";
        var text = $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(tokens.Derive("sign"u8), Encoding.ASCII.GetBytes(signed)))}";
        Assert.That(await tokens.ReadAsync(text), Is.Null);
    }

    [TestCase("officer", "*", 1.0, "named ports")]
    [TestCase("officer", "segot", 1.0, "LOCODE")]
    [TestCase("officer", "", 1.0, "ports")]
    [TestCase("king", "SEGOT", 1.0, "roles")]
    [TestCase("officer", "SEGOT", 30.1, "30 days")]
    [TestCase("officer", "SEGOT", 0.0, "30 days")]
    [TestCase("officer", "SEGOT", -1.0, "30 days")]
    public void A_token_that_nobody_should_have_is_not_made(string role, string port, double days, string because)
    {
        string[] ports = port.Length == 0 ? [] : [port];
        var refusal = Assert.Throws<FormatException>(() => new Tokens(Key, _time).Issue("anna", role, ports, TimeSpan.FromDays(days)));
        Assert.That(refusal.Message, Does.Contain(because));
    }

    [TestCase("")]
    [TestCase("..")]
    [TestCase("a.b.c")]
    [TestCase("eyJhbGciOiJub25lIn0.e30.")]
    [TestCase(null)]
    public async Task What_is_no_token_is_nobodys(string? text) => Assert.That(await new Tokens(Key, _time).ReadAsync(text), Is.Null);

    [Test]
    public async Task A_token_of_a_million_characters_is_not_even_read() =>
        Assert.That(await new Tokens(Key, _time).ReadAsync(new string('a', 1_000_000) + ".b.c"), Is.Null);

    private JsonObject Payload()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = "maritimewatch", ["aud"] = "maritimewatch", ["sub"] = "anna", ["role"] = "officer",
            ["ports"] = new JsonArray("SEGOT"), ["iat"] = now, ["nbf"] = now, ["exp"] = now + 3600,
        };
    }
}
