using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Who may try the pages without a token: only on a simulated store that this machine alone can reach.</summary>
/// <param name="Ports">The ports whose officer one may play.</param>
public sealed record DemoSignIn(IReadOnlyList<string> Ports)
{
    /// <summary>Administrators are not played.</summary>
    public static IReadOnlyList<string> Roles { get; } = [Outlet.Roles.Analyst, Outlet.Roles.Officer, Outlet.Roles.Planner];

    /// <summary>The demo where it may exist, else null: every address is this machine's own and the store is simulated.</summary>
    /// <param name="isExposed">Others can reach an address.</param>
    /// <param name="simulated">The store holds invented data.</param>
    /// <param name="ports">The ports to offer.</param>
    public static DemoSignIn? Where(bool isExposed, bool simulated, params IReadOnlyList<string> ports) =>
        !isExposed && simulated ? new DemoSignIn(ports) : null;
}

/// <summary>Signing in and out of the pages: <c>/session</c>, and <c>/demo/sign-in</c> where it exists.</summary>
public static class SessionRoutes
{
    private const int BodyBytesMax = 8192;
    private static readonly TimeSpan DemoLife = TimeSpan.FromHours(12);

    /// <summary>Adds the routes.</summary>
    /// <param name="app">The application; <see cref="Access.Use"/> stands before.</param>
    /// <param name="access">Who asks; null where there are no users, and then nobody is signed in.</param>
    /// <param name="demo">Where anybody may sign in, else null.</param>
    public static void Map(WebApplication app, Access? access, DemoSignIn? demo)
    {
        app.MapMethods("/session", ["GET", "HEAD"], context => WriteAsync(context, access, demo));
        if (access is null)
        {
            return;
        }

        app.MapPost("/session", context => SignInAsync(context, access));
        app.MapDelete("/session", context =>
        {
            context.Response.Cookies.Delete(access.CookieName, Cookie(context, access));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        if (demo is not null)
        {
            app.MapPost("/demo/sign-in", context => PlayAsync(context, access, demo));
        }
    }

    private static async Task WriteAsync(HttpContext context, Access? access, DemoSignIn? demo)
    {
        context.Response.Headers.CacheControl = "no-store";
        var caller = Access.CallerOf(context);
        await Results.Json(new Dictionary<string, object?>
        {
            ["signed_in"] = caller is not null,
            ["role"] = caller?.Role,
            ["ports"] = caller?.Ports,
            ["expires_at"] = caller?.ExpiresAt,
            ["csrf"] = caller is not null && context.Request.Cookies[access!.CookieName] is { } session ? access.CsrfOf(session) : null,
            ["demo"] = demo is null || !AccessGate.IsFromHere(context) ? null : new Dictionary<string, object> { ["roles"] = DemoSignIn.Roles, ["ports"] = demo.Ports },
        }).ExecuteAsync(context);
    }

    private static async Task SignInAsync(HttpContext context, Access access)
    {
        if (await ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var token = Text(body, "token");
            if (await access.Tokens.ReadAsync(token?.Trim()) is not { } caller)
            {
                await new FeedProblem(
                    StatusCodes.Status401Unauthorized, "Not signed in",
                    "This token is not valid here, or not any more. 'maritimewatch token' makes one.").WriteAsync(context);
                return;
            }

            Begin(context, access, token!.Trim(), caller);
        }
    }

    private static async Task PlayAsync(HttpContext context, Access access, DemoSignIn demo)
    {
        if (!AccessGate.IsFromHere(context))
        {
            // A proxy on this machine has opened to others what was meant for it alone.
            await FeedProblem.NotFound("There is no demo beyond this machine.").WriteAsync(context);
            return;
        }

        if (await ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var (role, port) = (Text(body, "role"), Text(body, "port"));
            if (role is null || !DemoSignIn.Roles.Contains(role) || (role == Roles.Officer && (port is null || !demo.Ports.Contains(port))))
            {
                await new FeedProblem(
                    StatusCodes.Status400BadRequest, "Nobody to play",
                    $"role: {string.Join(", ", DemoSignIn.Roles)}; an officer's port: {string.Join(", ", demo.Ports)}").WriteAsync(context);
                return;
            }

            string[] ports = role == Roles.Officer ? [port!] : [Caller.AllPorts];
            var token = access.Tokens.Issue($"demo-{role}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}", role, ports, DemoLife);
            Begin(context, access, token, (await access.Tokens.ReadAsync(token))!);
        }
    }

    private static void Begin(HttpContext context, Access access, string token, Caller caller)
    {
        var cookie = Cookie(context, access);
        cookie.MaxAge = access.Tokens.RestOf(caller); // A length, because the browser's clock may be another.
        context.Response.Cookies.Append(access.CookieName, token, cookie);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // Beyond this machine the proxy in front speaks https: there the cookie travels only so.
    private static CookieOptions Cookie(HttpContext context, Access access) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = access.IsExposed || !DoorAddress.IsLoopbackHost(context.Request.Host.Host),
        Path = "/",
        IsEssential = true,
    };

    private static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        var (body, problem) = await SmallJson.ReadAsync(context, BodyBytesMax);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
        }

        return body;
    }

    private static string? Text(JsonDocument body, string name) =>
        body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
