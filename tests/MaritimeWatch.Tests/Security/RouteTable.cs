using MaritimeWatch.Functions.Outlet;

namespace MaritimeWatch.Tests.Security;

/// <summary>Who may use a route.</summary>
internal enum RouteRule
{
    /// <summary>Everybody: pages, what a kind means, signing in.</summary>
    Open,

    /// <summary>The API key or anybody who is signed in.</summary>
    Read,

    /// <summary>The API key alone: what sends data.</summary>
    Door,

    /// <summary>Who is signed in and is shown alerts; another port's is not there.</summary>
    Alerts,

    /// <summary>The same, but a list or stream that leaves out what is not the caller's.</summary>
    AlertList,

    /// <summary>An officer of the alert's port, or an administrator.</summary>
    Decides,

    /// <summary>An analyst or an administrator.</summary>
    Judges,

    /// <summary>Officers and planners of the port, analysts and administrators.</summary>
    Forecast,

    /// <summary>Who may see forecasts at all; ports that are not the caller's are left out.</summary>
    ForecastList,

    /// <summary>The API key or an administrator: how busy a port is, and when nobody watches, is no news for all readers.</summary>
    Operators,

    /// <summary>The API key or an administrator of all ports: dead letters belong to no port.</summary>
    Letters,

    /// <summary>An administrator of all ports.</summary>
    Redrives,
}

/// <summary>What a route answers, as a caller sees it.</summary>
internal enum Verdict
{
    /// <summary>Neither 401 nor 403 nor "no such thing for you".</summary>
    Allowed,

    /// <summary>401.</summary>
    SignIn,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404, as where there is nothing.</summary>
    NotThere,
}

/// <summary>
/// Every route of a host with all doors open, and who may use it. A route that is not in here fails the test: whoever adds
/// one says here who may use it.
/// </summary>
internal static class RouteTable
{
    public const string AlertId = "0f3c9d5e71aa42b8";

    public static readonly IReadOnlyDictionary<string, RouteRule> Rules = Build();

    /// <summary>The path that a pattern is tried with: things that are really there, of the port SEGOT.</summary>
    public static string PathOf(string pattern) => pattern switch
    {
        "/collections/{id}" or "/collections/{id}/queryables" or "/collections/{id}/items" => pattern.Replace("{id}", "findings", StringComparison.Ordinal),
        "/collections/{id}/items/{fid}" => "/collections/findings/items/f-route",
        "/vessels/{id}" => "/vessels/mmsi:265000001",
        "/kinds/{kind}" => "/kinds/gap",
        "/scenes/{id}/quicklook.png" => "/scenes/0123456789ab/quicklook.png",
        "/scenes/{id}/chips/{n}.png" => "/scenes/0123456789ab/chips/1.png",
        "/findings/{id}/judgement" => "/findings/f-route/judgement",
        _ => pattern.Replace("{id}", AlertId, StringComparison.Ordinal).Replace("{port}", "SEGOT", StringComparison.Ordinal)
            .Replace("{queue}", "ais", StringComparison.Ordinal),
    };

    /// <summary>What nobody gets, on a host that others can reach and whose reads are not open.</summary>
    public static Verdict ForNobody(RouteRule rule) => rule == RouteRule.Open ? Verdict.Allowed : Verdict.SignIn;

    /// <summary>What the API key gets, which is a receiver's or a camera's and nobody's name.</summary>
    public static Verdict ForKey(RouteRule rule) =>
        rule is RouteRule.Open or RouteRule.Read or RouteRule.Door or RouteRule.ForecastList or RouteRule.Operators or RouteRule.Letters ? Verdict.Allowed : Verdict.SignIn;

    /// <summary>What somebody who is signed in gets.</summary>
    /// <param name="rule">The route's.</param>
    /// <param name="role">His role.</param>
    /// <param name="port">His port, or all.</param>
    public static Verdict For(RouteRule rule, string role, string port)
    {
        var isMine = port is "*" or "SEGOT";
        return rule switch
        {
            RouteRule.Open or RouteRule.Read or RouteRule.ForecastList => Verdict.Allowed,
            RouteRule.Door => Verdict.SignIn,
            RouteRule.AlertList => role == Roles.Planner ? Verdict.Forbidden : Verdict.Allowed,
            RouteRule.Alerts => role == Roles.Planner ? Verdict.Forbidden : isMine ? Verdict.Allowed : Verdict.NotThere,
            RouteRule.Decides => role is Roles.Planner or Roles.Analyst ? Verdict.Forbidden : isMine ? Verdict.Allowed : Verdict.NotThere,
            RouteRule.Judges => role is Roles.Analyst or Roles.Admin ? Verdict.Allowed : Verdict.Forbidden,
            RouteRule.Forecast => role is Roles.Analyst or Roles.Admin || isMine ? Verdict.Allowed : Verdict.Forbidden,
            RouteRule.Operators => role == Roles.Admin ? Verdict.Allowed : Verdict.Forbidden,
            RouteRule.Letters or RouteRule.Redrives => role == Roles.Admin && port == "*" ? Verdict.Allowed : Verdict.Forbidden,
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
    }

    private static Dictionary<string, RouteRule> Build()
    {
        var rules = new Dictionary<string, RouteRule>(StringComparer.Ordinal);
        void Add(RouteRule rule, string methods, params string[] patterns)
        {
            foreach (var pattern in patterns)
            {
                foreach (var method in methods.Split(' '))
                {
                    rules.Add($"{method} {pattern}", rule);
                }
            }
        }

        Add(RouteRule.Open, "GET HEAD POST DELETE", "/session");
        Add(RouteRule.Open, "GET HEAD OPTIONS", "/kinds", "/kinds/{kind}");
        Add(
            RouteRule.Read, "GET HEAD OPTIONS",
            "/", "/conformance", "/api", "/collections", "/collections/{id}", "/collections/{id}/queryables", "/collections/{id}/items",
            "/collections/{id}/items/{fid}", "/vessels/{id}", "/judgements", "/health");
        Add(RouteRule.Read, "GET HEAD", "/feeds.css");
        Add(RouteRule.Read, "GET", "/sources", "/schemas/manifest.json");
        Add(RouteRule.Read, "GET HEAD", "/scenes/{id}/quicklook.png", "/scenes/{id}/chips/{n}.png");
        Add(RouteRule.Door, "POST", "/ais", "/plates", "/manifests", "/notices", "/scenes");
        Add(RouteRule.AlertList, "GET HEAD", "/alerts", "/alerts/stream");
        Add(RouteRule.Alerts, "GET HEAD", "/alerts/{id}");
        Add(RouteRule.Decides, "POST", "/alerts/{id}/acknowledge", "/alerts/{id}/decide");
        Add(RouteRule.Judges, "POST", "/findings/{id}/judgement");
        Add(RouteRule.Operators, "GET HEAD", "/metrics");
        Add(RouteRule.Letters, "GET HEAD", "/dead-letters");
        Add(RouteRule.Redrives, "POST", "/dead-letters/{queue}/{id}/redrive");
        Add(RouteRule.ForecastList, "GET HEAD", "/forecasts");
        Add(RouteRule.Forecast, "GET HEAD", "/forecasts/{port}", "/forecasts/{port}/errors");
        return rules;
    }
}
