namespace MaritimeWatch.Tracks;

/// <summary>A landed blob as records refer to it.</summary>
/// <param name="Name">The blob's name, <c>landing/{source}/{yyyy-MM-dd}/{hash}</c>.</param>
/// <param name="Hash">Lower-case hex hash of its bytes.</param>
public readonly record struct LandingName(string Name, string Hash);
