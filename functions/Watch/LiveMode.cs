using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>One of the two named modes: what matters more, the time to a finding or the number of storage operations.</summary>
/// <param name="Name">prompt or thrift.</param>
/// <param name="Cutting">How live bytes are cut into blobs.</param>
/// <param name="Commits">When a group commits.</param>
/// <param name="PollEvery">Embedded: how often a group looks for entries that another process appended.</param>
/// <param name="LookEvery">Hosted: how often feeds and alerts look at the store while somebody asks for them.</param>
public sealed record LiveMode(
    string Name, LandingBufferSettings Cutting, GroupWorkerOptions Commits, TimeSpan PollEvery, TimeSpan LookEvery)
{
    /// <summary>Blobs and commits at most every 100 ms.</summary>
    public static LiveMode Prompt { get; } =
        new("prompt", LandingBufferSettings.Prompt, GroupWorkerOptions.Prompt, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));

    /// <summary>Blobs and commits every 60 s, or every 32 MB of a source: about 400,000 reports.</summary>
    public static LiveMode Thrift { get; } = new(
        "thrift", LandingBufferSettings.Thrift with { MaxBytes = 32 << 20 }, GroupWorkerOptions.Thrift, TimeSpan.FromSeconds(30),
        TimeSpan.FromSeconds(15));

    /// <summary>The mode of a name, or null.</summary>
    public static LiveMode? Find(string name) => name switch
    {
        "prompt" => Prompt,
        "thrift" => Thrift,
        _ => null,
    };
}
