using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What is told only to a caller that we know: the same refusals wherever one is asked for.</summary>
internal static class Asked
{
    /// <summary>Answers a caller, or says why there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why this role gets nothing here, or null.</param>
    /// <param name="answer">Answers.</param>
    public static Task ForAsync(HttpContext context, Func<Caller, FeedProblem?> refusal, Func<HttpContext, Caller, Task> answer) =>
        ForAsync(context, false, refusal, (c, caller) => answer(c, caller!));

    /// <summary>Answers a caller, or a program that holds the API key, or says why there is neither.</summary>
    /// <param name="context">The request.</param>
    /// <param name="holdsKey">It came with the API key, which is enough here.</param>
    /// <param name="refusal">Why this role gets nothing here, or null.</param>
    /// <param name="answer">Answers; told no caller where it is the key's holder.</param>
    public static async Task ForAsync(
        HttpContext context, bool holdsKey, Func<Caller, FeedProblem?> refusal, Func<HttpContext, Caller?, Task> answer)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.Append("Vary", "Authorization, Cookie, Accept");
        var caller = Access.CallerOf(context);
        if (caller is null && !holdsKey)
        {
            if (Access.LacksCsrf(context))
            {
                await new FeedProblem(
                    StatusCodes.Status403Forbidden, "Not from our page", $"With the session's cookie send {Access.CsrfHeader} from GET /session.")
                    .WriteAsync(context);
                return;
            }

            headers.WWWAuthenticate = "Bearer realm=\"MaritimeWatch alerts\"";
            await new FeedProblem(StatusCodes.Status401Unauthorized, "Sign in", "Send 'Authorization: Bearer TOKEN'; 'maritimewatch token' makes one.")
                .WriteAsync(context);
            return;
        }

        if (caller is not null && refusal(caller) is { } why)
        {
            await why.WriteAsync(context);
            return;
        }

        try
        {
            await answer(context, caller);
        }
        catch (StoreException trouble) when (!context.Response.HasStarted)
        {
            FeedLog.StoreTrouble(context.RequestServices.GetRequiredService<ILogger<AlertRoutes>>(), trouble);
            headers.RetryAfter = "5";
            await new FeedProblem(StatusCodes.Status503ServiceUnavailable, "The store cannot be used now", "Try again; saying the same twice does no harm.")
                .WriteAsync(context);
        }
    }
}
