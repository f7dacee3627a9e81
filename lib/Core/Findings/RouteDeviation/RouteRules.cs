namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>The ways in which a ship deviates; the number is part of the saved state.</summary>
internal enum RouteRule : byte
{
    /// <summary>Off the lane of its own earlier voyages.</summary>
    OwnLane,

    /// <summary>Off every lane of the traffic from its port.</summary>
    TrafficLane,

    /// <summary>Stopped at sea where no voyage stops.</summary>
    UnusualStop,

    /// <summary>So late on a lane that it was elsewhere or slow meanwhile.</summary>
    LongUnderWay,

    /// <summary>Came to a port where no lane leads and that it had not named.</summary>
    OtherPort,
}

/// <summary>Names and thresholds of the rules of route deviation.</summary>
internal static class RouteRules
{
    public static Rule Of(RouteRule rule) => rule switch
    {
        RouteRule.OwnLane => new Rule("route-deviation-own-lane", 1),
        RouteRule.TrafficLane => new Rule("route-deviation-traffic-lane", 1),
        RouteRule.UnusualStop => new Rule("route-deviation-unusual-stop", 1),
        RouteRule.LongUnderWay => new Rule("route-deviation-long-under-way", 1),
        RouteRule.OtherPort => new Rule("route-deviation-other-port", 1),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "there is no such rule"),
    };

    public static IReadOnlyList<Figure> Thresholds(RouteRule rule, RouteDeviationThresholds route) => rule switch
    {
        RouteRule.TrafficLane =>
        [
            Figure.NauticalMiles("off_least_nm", route.OffDecimetresMin),
            new("off_minutes", route.OffMs / 60_000),
            new("under_way_knots", route.UnderWayDeciKnots, 1),
            Figure.NauticalMiles("ends_nm", route.EndsDecimetres),
            new("chance_percent_most", route.ChancePermilleMax, 1),
            new("alarm_times", route.AlarmTenths, 1),
            new("alarm_chance_percent_most", route.AlarmChancePermille, 1),
        ],
        RouteRule.UnusualStop =>
        [
            new("stop_minutes", route.StopMs / 60_000),
            new("stop_knots", route.StopDeciKnots, 1),
            Figure.NauticalMiles("from_usual_stops_nm", route.StopReachDecimetres),
            Figure.NauticalMiles("ends_nm", route.EndsDecimetres),
            new("chance_percent_most", route.ChancePermilleMax, 1),
        ],
        RouteRule.LongUnderWay =>
        [
            new("late_minutes", route.LateMs / 60_000),
            Figure.NauticalMiles("ends_nm", route.EndsDecimetres),
            new("chance_percent_most", route.ChancePermilleMax, 1),
        ],
        RouteRule.OtherPort => [new("chance_percent_most", route.ChancePermilleMax, 1)],
        _ => [],
    };
}
