using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>One of the two named modes: what matters more, the time to a finding or the number of storage operations.</summary>
/// <param name="Name">prompt or thrift.</param>
/// <param name="Cutting">How live bytes are cut into blobs.</param>
/// <param name="Commits">When a group commits.</param>
/// <param name="PollEvery">How often a group looks for entries that another process appended.</param>
public sealed record LiveMode(
    string Name, LandingBufferSettings Cutting, GroupWorkerOptions Commits, TimeSpan PollEvery)
{
    /// <summary>Blobs and commits at most every 100 ms.</summary>
    public static LiveMode Prompt { get; } =
        new("prompt", LandingBufferSettings.Prompt, GroupWorkerOptions.Prompt, TimeSpan.FromSeconds(5));

    /// <summary>Blobs and commits every 30 s.</summary>
    public static LiveMode Thrift { get; } =
        new("thrift", LandingBufferSettings.Thrift, GroupWorkerOptions.Thrift, TimeSpan.FromSeconds(30));

    /// <summary>The mode of a name, or null.</summary>
    public static LiveMode? Find(string name) => name switch
    {
        "prompt" => Prompt,
        "thrift" => Thrift,
        _ => null,
    };
}
