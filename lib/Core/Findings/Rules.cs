namespace MaritimeWatch.Findings;

/// <summary>The rule behind each kind, and the thresholds that a profile gives it.</summary>
internal static class Rules
{
    /// <summary>Many ships at once: a rule of the kind spoofing beside those of one ship.</summary>
    public static Rule Disturbance { get; } = new("gnss-disturbance-many-at-once", 1);

    public static Rule UnlikelyMotion { get; } = new("unlikely-motion-a-contrario", 1);

    /// <summary>The rule of a finding, where its kind has several.</summary>
    public static Rule Of(FindingKind kind, byte variant) =>
        kind == FindingKind.RouteDeviation ? RouteDeviation.RouteRules.Of((RouteDeviation.RouteRule)variant) : Of(kind);

    /// <summary>The thresholds of a finding, where its kind has several rules.</summary>
    public static IReadOnlyList<Figure> Thresholds(Profile profile, FindingKind kind, byte variant) =>
        kind == FindingKind.RouteDeviation && variant != 0 && profile.RouteDeviation is { } route
            ? RouteDeviation.RouteRules.Thresholds((RouteDeviation.RouteRule)variant, route)
            : Thresholds(profile, kind);

    public static Rule Of(FindingKind kind) => kind switch
    {
        FindingKind.Gap => new Rule("gap-silence-with-reception", 2),
        FindingKind.ImpossibleMovement => new Rule("impossible-implied-speed", 1),
        FindingKind.ZoneEntry => new Rule("zone-entry-hysteresis", 1),
        FindingKind.PortVisit => new Rule("port-visit-stop-or-gap", 1),
        FindingKind.RouteDeviation => new Rule("route-deviation-own-lane", 1),
        FindingKind.Encounter => new Rule("encounter-together-and-slow", 1),
        FindingKind.Loitering => new Rule("loitering-slow-at-sea", 1),
        FindingKind.Drift => new Rule("drift-across-heading", 1),
        FindingKind.SuddenStop => new Rule("sudden-stop-within-seconds", 1),
        FindingKind.SharedIdentity => new Rule("shared-identity-two-tracks", 1),
        FindingKind.IdentityChange => new Rule("identity-change-said-otherwise", 1),
        FindingKind.VoyageChange => new Rule("voyage-change-destination-or-eta", 1),
        FindingKind.DraughtChange => new Rule("draught-change-without-call", 1),
        FindingKind.Spoofing => new Rule("spoofing-said-cannot-be", 1),
        FindingKind.UnlikelyMotion => UnlikelyMotion,
        FindingKind.Distress => new Rule("distress-beacon", 1),
        FindingKind.Congestion => new Rule("congestion-above-usual", 1),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no detector makes this kind"),
    };

    public static IReadOnlyList<Figure> Thresholds(Profile profile, FindingKind kind) => kind switch
    {
        FindingKind.Gap when profile.Gap is { } gap =>
        [
            Figure.Hours("silence_h", gap.SilenceMs),
            new("reception_percent", gap.ReceptionPercent),
            new("deliberate_probability_least", gap.OpenPermille, 3),
            new("alarm_deliberate_probability_least", gap.AlarmPermille, 3),
            new("alarm_usual_interval_s_most", gap.AlarmIntervalMs / 1000),
            Figure.Hours("alarm_after_h", gap.AlarmAfterMs),
            new("alarm_offshore_nm", gap.AlarmOffshoreNm),
            new("alarm_area_reports_per_day", gap.AlarmAreaReportsPerDay),
            new("alarm_reports_in_the_half_day_before", gap.AlarmReportsBefore),
        ],
        FindingKind.ImpossibleMovement when profile.ImpossibleMovement is { } movement =>
        [
            new("speed_knots", movement.SpeedDeciKnots, 1),
            Figure.NauticalMiles("jump_nm", movement.JumpDecimetresMin),
            Figure.NauticalMiles("noise_nm", movement.NoiseDecimetres),
            new("alarm_jumps", movement.AlarmJumps),
            new("alarm_reports_displaced", movement.AlarmReportsDisplaced),
        ],
        FindingKind.ZoneEntry when profile.ZoneEntry is { } zone =>
        [
            new("out_m", zone.OutMetres),
            new("out_reports", zone.OutReports),
            Figure.Hours("silence_h", zone.SilenceMs),
        ],
        FindingKind.PortVisit when profile.PortVisit is { } port =>
        [
            new("in_m", port.InMetres),
            new("out_m", port.OutMetres),
            new("stop_knots", port.StopDeciKnots, 1),
            new("restart_knots", port.RestartDeciKnots, 1),
            Figure.Hours("gap_h", port.GapMs),
        ],
        FindingKind.RouteDeviation when profile.RouteDeviation is { } route =>
        [
            new("voyages_least", route.VoyagesMin),
            Figure.NauticalMiles("half_width_least_nm", route.HalfWidthDecimetresMin),
            new("half_widths_off", route.HalfWidthsTenths, 1),
            Figure.NauticalMiles("off_least_nm", route.OffDecimetresMin),
            new("off_minutes", route.OffMs / 60_000),
            new("under_way_knots", route.UnderWayDeciKnots, 1),
            Figure.NauticalMiles("ends_nm", route.EndsDecimetres),
            new("alarm_times", route.AlarmTenths, 1),
        ],
        FindingKind.Encounter when profile.Encounter is { } encounter => Thresholds(encounter),
        FindingKind.Loitering => profile.Loitering?.Figures ?? [],
        FindingKind.Drift => profile.Drift?.Figures ?? [],
        FindingKind.SuddenStop => profile.SuddenStop?.Figures ?? [],
        FindingKind.SharedIdentity => profile.SharedIdentity?.Figures ?? [],
        FindingKind.IdentityChange => profile.IdentityChange?.Figures ?? [],
        FindingKind.VoyageChange => profile.VoyageChange?.Figures ?? [],
        FindingKind.DraughtChange => profile.DraughtChange?.Figures ?? [],
        FindingKind.Spoofing => profile.Spoofing?.Figures ?? [],
        FindingKind.UnlikelyMotion => profile.UnlikelyMotion?.Figures ?? [],
        FindingKind.Distress => profile.Distress?.Figures ?? [],
        FindingKind.Congestion => profile.Congestion?.Figures ?? [],
        _ => [],
    };

    public static IReadOnlyList<Figure> Thresholds(Encounter.EncounterThresholds encounter) =>
    [
        new("together_m", encounter.TogetherMetres),
        Figure.Hours("together_h", encounter.TogetherMs),
        Figure.Hours("missing_h", encounter.MissingMs),
        new("slow_knots", encounter.SlowDeciKnots, 1),
        new("anchorage_km", encounter.AnchorageKm),
    ];
}
