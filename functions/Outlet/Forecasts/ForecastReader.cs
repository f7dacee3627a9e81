using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Who may see a port's forecasts: analysts and administrators all of them, planners and officers those of their ports.
/// Without a sign-in only who sits at this machine does.
/// </summary>
internal static class ForecastReader
{
    /// <summary>Null where the caller may see them, else why not.</summary>
    /// <param name="context">The request; <see cref="Access.Use"/> stands before.</param>
    /// <param name="port">UN/LOCODE.</param>
    public static FeedProblem? Refuse(HttpContext context, string port)
    {
        if (Access.CallerOf(context) is not { } caller)
        {
            return AccessGate.IsFromHere(context) ? null : new FeedProblem(
                StatusCodes.Status401Unauthorized, "Sign in", "Send 'Authorization: Bearer TOKEN'; 'maritimewatch token' makes one.");
        }

        return caller.Role is Roles.Analyst or Roles.Admin || caller.IsOf(port)
            ? null
            : new FeedProblem(StatusCodes.Status403Forbidden, "Not your port", "Planners and officers are shown the forecasts of their ports.");
    }
}
