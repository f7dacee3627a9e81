namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// What is turned away while more comes in than can be worked, in this order; each level turns away what the ones
/// before it do too. Officers' actions, and reads of alerts, plates, manifests, notices and triggers, are in no level.
/// </summary>
public enum LoadLevel
{
    /// <summary>Everything is taken.</summary>
    All,

    /// <summary>Computations that can be asked for again, and reads of a whole collection.</summary>
    NoExtras,

    /// <summary>Also <c>POST /ais</c>: its sender still has the document.</summary>
    NoDocuments,

    /// <summary>Also AIS over sockets: TCP is held back, UDP is dropped.</summary>
    NoStreams,

    /// <summary>Also <c>POST /scenes</c>.</summary>
    NoScenes,
}

/// <summary>When a level begins and ends, in percent of the landed blobs that may wait.</summary>
public sealed record LoadLimits
{
    /// <summary>Where the levels after <see cref="LoadLevel.All"/> begin, rising; default 50, 75, 100, 150.</summary>
    public IReadOnlyList<int> BeginPercent { get; init; } = [50, 75, 100, 150];

    /// <summary>Below which they end, each under its beginning, so that a level does not flutter; default 40, 60, 90, 120.</summary>
    public IReadOnlyList<int> EndPercent { get; init; } = [40, 60, 90, 120];

    /// <summary>
    /// A door that holds its senders back keeps the queue at 100 percent: after so long there the last level begins; default 60 s.
    /// </summary>
    public TimeSpan ScenesAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a "later" of the store counts; default 10 s.</summary>
    public TimeSpan StoreLaterFor { get; init; } = TimeSpan.FromSeconds(10);
}
