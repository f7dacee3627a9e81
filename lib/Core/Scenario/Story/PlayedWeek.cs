namespace MaritimeWatch.Scenario;

/// <summary>A run with all that the other sources are made from.</summary>
/// <param name="Options">What was simulated.</param>
/// <param name="World">The world.</param>
/// <param name="Fleet">Every hull.</param>
/// <param name="Result">What the run made.</param>
/// <param name="Cast">The story's ships; null where there is no story.</param>
/// <param name="Log">The true movements; null where there is no story.</param>
internal sealed record PlayedWeek(
    ScenarioOptions Options, World World, IReadOnlyList<SimVessel> Fleet, SimulationResult Result, Cast? Cast, WeekLog? Log);
