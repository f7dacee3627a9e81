using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Signs and reads the tokens of one store: JWT (RFC 7519) with HS256 and nothing else. A token of another store, of
/// another algorithm or of none, or one that lives longer than we give, is nobody's.
/// </summary>
public sealed class Tokens
{
    /// <summary>No token lives longer, whoever made it.</summary>
    public static readonly TimeSpan LifeMax = TimeSpan.FromDays(30);

    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private const string Issuer = "maritimewatch";
    private const string RoleClaim = "role";
    private const string PortsClaim = "ports";
    private const int CharactersMax = 4096;
    private const int SubjectCharactersMax = 100;

    private readonly byte[] key;
    private readonly TimeProvider time;
    private readonly SymmetricSecurityKey signing;
    private readonly JsonWebTokenHandler handler = new()
    {
        MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = CharactersMax,
    };

    /// <summary>The tokens that a key signs.</summary>
    /// <param name="key">32 bytes, of the store alone.</param>
    /// <param name="time">The clock.</param>
    public Tokens(ReadOnlySpan<byte> key, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, TokenKey.Bytes);
        (this.key, this.time) = (key.ToArray(), time);
        KeyId = Convert.ToHexStringLower(Derive("key id"u8).AsSpan(0, 4));
        signing = new SymmetricSecurityKey(Derive("sign"u8)) { KeyId = KeyId };
    }

    /// <summary>Tells the tokens of one store from those of another; says nothing about the key.</summary>
    public string KeyId { get; }

    /// <summary>Signs a token.</summary>
    /// <param name="subject">Who; 1 to 100 characters.</param>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="ports">LOCODEs, or <see cref="Caller.AllPorts"/>.</param>
    /// <param name="life">How long, up to <see cref="LifeMax"/>.</param>
    /// <exception cref="FormatException">Nobody can be that, or not for so long; the message says what to mend.</exception>
    public string Issue(string subject, string role, IReadOnlyList<string> ports, TimeSpan life)
    {
        var refusal = subject.Length is 0 or > SubjectCharactersMax ? $"a name has 1 to {SubjectCharactersMax} characters"
            : life <= TimeSpan.Zero || life > LifeMax ? $"a token lives more than 0 and at most {LifeMax.Days} days"
            : Caller.Refusal(role, ports);
        if (refusal is not null)
        {
            throw new FormatException(refusal);
        }

        var now = time.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + life,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = subject, [RoleClaim] = role, [PortsClaim] = ports.ToArray(),
            },
            SigningCredentials = new SigningCredentials(signing, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>Whose token it is, or null for every text that is no good token of ours.</summary>
    public async ValueTask<Caller?> ReadAsync(string? text)
    {
        if (text is null or { Length: > CharactersMax } || text.AsSpan().Count('.') != 2)
        {
            return null;
        }

        var result = await handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = signing,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, token, _) => expires is { } end && Lives(token, end),
        });
        return result.IsValid && result.SecurityToken is JsonWebToken jwt ? CallerOf(jwt) : null;
    }

    /// <summary>How long a caller's token still lives.</summary>
    public TimeSpan RestOf(Caller caller) => caller.ExpiresAt - time.GetUtcNow();

    /// <summary>A key for one use, from which neither the store's key nor another use's can be found (RFC 5869).</summary>
    public byte[] Derive(ReadOnlySpan<byte> use)
    {
        var derived = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, [], use);
        return derived;
    }

    // The library asks the machine's clock; ours comes through the constructor.
    private bool Lives(SecurityToken token, DateTime expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return token is JsonWebToken jwt
            && jwt.IssuedAt > DateTime.UnixEpoch && jwt.IssuedAt <= now + Skew
            && jwt.ValidFrom <= now + Skew
            && expires > now - Skew
            && expires - jwt.IssuedAt <= LifeMax;
    }

    private static Caller? CallerOf(JsonWebToken jwt)
    {
        if (!jwt.TryGetPayloadValue<string>(RoleClaim, out var role) || role is null
            || !jwt.TryGetPayloadValue<string[]>(PortsClaim, out var ports) || ports is null
            || jwt.Subject is not { Length: > 0 and <= SubjectCharactersMax } subject
            || Caller.Refusal(role, ports) is not null)
        {
            return null;
        }

        return new Caller(subject, role, ports, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero));
    }
}
