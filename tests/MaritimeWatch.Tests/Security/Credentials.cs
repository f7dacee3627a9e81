using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MaritimeWatch.Functions.Outlet;

namespace MaritimeWatch.Tests.Security;

/// <summary>What a caller may show: a name for messages, headers, and a query to put behind the path.</summary>
internal sealed record Credential(string Name, (string Name, string Value)[] Headers, string Query = "")
{
    public static Credential Bearer(string name, string token) => new(name, [("Authorization", "Bearer " + token)]);

    public override string ToString() => Name;
}

/// <summary>Tokens and keys of one store, good ones and every kind of bad one that we could think of.</summary>
internal sealed class Credentials
{
    public const string ApiKey = "a-key-of-sufficient-length";

    private static readonly byte[] Key = [.. Enumerable.Range(1, TokenKey.Bytes).Select(i => (byte)(i * 7))];
    private readonly TimeProvider time;

    public Credentials(TimeProvider time)
    {
        this.time = time;
        Tokens = new Tokens(Key, time);
        Access = new Access(Tokens);
    }

    public Tokens Tokens { get; }

    public Access Access { get; }

    public static ReadOnlySpan<byte> KeyBytes => Key;

    public string Good(string role, string port) => Tokens.Issue($"{role}-{port}", role, [port], TimeSpan.FromHours(1));

    public Credential As(string role, string port) => Credential.Bearer($"{role} of {port}", Good(role, port));

    public Credential Session(string role, string port, string? csrf, string name) =>
        new(name, [("Cookie", $"{Access.CookieName}={Good(role, port)}"), .. csrf is null ? Array.Empty<(string, string)>() : [(Access.CsrfHeader, csrf)]]);

    /// <summary>Nobody, however he puts it. None of these may get anything that is not open to all.</summary>
    public IEnumerable<Credential> Bad()
    {
        var good = Good(Roles.Admin, "*");
        var (head, payload, signature) = (good.Split('.')[0], good.Split('.')[1], good.Split('.')[2]);
        yield return new("no token", []);
        yield return new("a scheme alone", [("Authorization", "Bearer")]);
        yield return Credential.Bearer("garbage", "garbage");
        yield return Credential.Bearer("three parts of garbage", "a.b.c");
        yield return Credential.Bearer("a signature of another text", $"{head}.{payload}.{Good(Roles.Admin, "SEGOT").Split('.')[2]}");
        yield return Credential.Bearer("no signature", $"{head}.{payload}.");
        yield return Credential.Bearer("a signature cut short", $"{head}.{payload}.{signature[..^4]}");
        yield return Credential.Bearer("of another store", new Tokens(new byte[TokenKey.Bytes], time).Issue("x", Roles.Admin, ["*"], TimeSpan.FromHours(1)));
        foreach (var none in (string[])["none", "None", "NONE", "nOnE", ""])
        {
            yield return Credential.Bearer($"algorithm '{none}' unsigned", Forge(none, _ => { }, (_, _) => []));
            yield return Credential.Bearer($"algorithm '{none}' signed", Forge(none, _ => { }));
        }

        yield return Credential.Bearer("HS512", Forge("HS512", _ => { }, (k, d) => HMACSHA512.HashData(k, d)));
        yield return Credential.Bearer("RS256 in name", Forge("RS256", _ => { }));
        yield return Credential.Bearer("a key brought along", Forge("HS256", _ => { }, (_, d) => HMACSHA256.HashData(new byte[32], d), $$""","jwk":{"kty":"oct","k":"{{Base64Url.EncodeToString(new byte[32])}}"}"""));
        yield return Credential.Bearer("a key at an address", Forge("HS256", _ => { }, (_, d) => HMACSHA256.HashData(new byte[32], d), ""","jku":"http://127.0.0.1:1/keys","x5u":"http://127.0.0.1:1/c" """));
        yield return Claims("another issuer", c => c["iss"] = "elsewhere");
        yield return Claims("another audience", c => c["aud"] = "elsewhere");
        yield return Claims("no issuer", c => c.Remove("iss"));
        yield return Claims("no audience", c => c.Remove("aud"));
        yield return Claims("ended", c => c["exp"] = Now - 31);
        yield return Claims("ended long ago", c => (c["iat"], c["nbf"], c["exp"]) = (Now - 90_000, Now - 90_000, Now - 86_400));
        yield return Claims("not yet valid", c => c["nbf"] = Now + 31);
        yield return Claims("issued in the future", c => c["iat"] = Now + 31);
        yield return Claims("without an end", c => c.Remove("exp"));
        yield return Claims("of more than thirty days", c => c["exp"] = Now + (31 * 86_400));
        yield return Claims("of a role that there is not", c => c["role"] = "root");
        yield return Claims("of two roles", c => c["role"] = new JsonArray("planner", "admin"));
        yield return Claims("without ports", c => c["ports"] = new JsonArray());
        yield return Claims("of a port in small letters", c => c["ports"] = new JsonArray("segot"));
        yield return Claims("an officer of all ports", c => c["role"] = "officer");
        yield return Claims("of nobody", c => c.Remove("sub"));
        yield return new("a good token in another scheme", [("Authorization", "Token " + good)]);
        yield return new("a good token as password", [("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + good)))]);
        yield return new("a good token as API key", [("X-Api-Key", good)]);
        yield return new("a good token in a query", [], $"access_token={good}");
        yield return new("a good token in another query", [], $"token={good}&bearer={good}&authorization=Bearer%20{good}");
        yield return new("two good tokens", [("Authorization", "Bearer " + good), ("Authorization", "Bearer " + good)]);
        yield return new("a wrong API key", [("X-Api-Key", ApiKey + "x")]);
        yield return new("an API key cut short", [("X-Api-Key", ApiKey[..^1])]);
        yield return new("an API key in capitals", [("X-Api-Key", ApiKey.ToUpperInvariant())]);
        yield return new("an empty API key", [("X-Api-Key", "")]);
        yield return new("two API keys", [("X-Api-Key", ApiKey), ("X-Api-Key", "other")]);
        yield return new("the API key in a query", [], $"api_key={ApiKey}&code={ApiKey}&x-api-key={ApiKey}&key={ApiKey}");
        yield return new("a cookie of garbage", [("Cookie", $"{Access.CookieName}=garbage")]);
        yield return new("a cookie that has ended", [("Cookie", $"{Access.CookieName}={Forge("HS256", c => c["exp"] = Now - 31)}")]);
        yield return new("a good token in a cookie of another name", [("Cookie", $"session={good}; mw_session={good}")]);
        yield return new("the API key in a cookie", [("Cookie", $"{Access.CookieName}={ApiKey}")]);
        yield return new("a bad token beside a good cookie", [("Authorization", "Bearer bad"), ("Cookie", $"{Access.CookieName}={good}")]);
        yield return new("names that only a host in front may say", [("X-MS-CLIENT-PRINCIPAL-NAME", "admin"), ("X-Forwarded-User", "admin"), ("X-Original-URL", "/session"), ("X-Rewrite-Url", "/session")]);
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private Credential Claims(string name, Action<JsonObject> change) => Credential.Bearer("a token " + name, Forge("HS256", change));

    /// <summary>What <see cref="Tokens"/> would sign, changed; signed with the store's real key where nothing else is said.</summary>
    public string Forge(string algorithm, Action<JsonObject> change, Func<byte[], byte[], byte[]>? mac = null, string more = "")
    {
        var claims = new JsonObject
        {
            ["iss"] = "maritimewatch", ["aud"] = "maritimewatch", ["sub"] = "eve", ["role"] = "admin",
            ["ports"] = new JsonArray("*"), ["iat"] = Now, ["nbf"] = Now, ["exp"] = Now + 3600,
        };
        change(claims);
        var head = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{Tokens.KeyId}}"{{more}}}"""));
        var signed = $"{head}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        var made = (mac ?? ((k, d) => HMACSHA256.HashData(k, d)))(Tokens.Derive("sign"u8), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(made)}";
    }
}
