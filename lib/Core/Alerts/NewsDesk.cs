using MaritimeWatch.Correlation;
using MaritimeWatch.Log;

namespace MaritimeWatch.Alerts;

/// <summary>Hands each line of an earlier stage to the desk that knows it.</summary>
internal sealed class NewsDesk
{
    private readonly AlertOptions options;
    private readonly DarkDesk darks;
    private readonly EvidenceDesk evidence;
    private readonly ConsignmentDesk consignments;
    private readonly CallDesk calls;

    public NewsDesk(CaseBook book, AlertOptions options)
    {
        this.options = options;
        Land = new LandDesk(book);
        darks = new DarkDesk(book);
        evidence = new EvidenceDesk(book, darks, Land);
        consignments = new ConsignmentDesk(book, Land);
        calls = new CallDesk(book, evidence, consignments);
        Judgements = new JudgementDesk(book, evidence);
    }

    /// <summary>What people say of findings.</summary>
    public JudgementDesk Judgements { get; }

    /// <summary>What vehicles took.</summary>
    public LandDesk Land { get; }

    /// <summary>Collections whose times are those of observations: they move time on.</summary>
    public static bool IsObserved(string collection) => collection is "findings" or "port-calls" or "journeys" or "detections" or "not-observable";

    /// <summary>Takes a line; false where it lacks what it must have. A line that does not matter here is taken too.</summary>
    public bool Take(string collection, LineFields line, long knownAtMs) => collection switch
    {
        "findings" => TakeFinding(line, knownAtMs),
        "port-calls" => calls.TakeObserved(line, knownAtMs),
        "expected-arrivals" => calls.TakeExpected(line),
        "declared-calls" => calls.TakeDeclared(line, knownAtMs),
        "consignments" => consignments.Take(line, knownAtMs),
        "pickups" => Land.TakePickup(line),
        "journeys" => Land.TakeJourney(line),
        "detections" => TakeDetection(line),
        "not-observable" => evidence.TakeUnheard(line, knownAtMs),
        _ => true,
    };

    // Our own findings come back by no way but ourselves; another profile judges the same behaviour again.
    private bool TakeFinding(LineFields line, long knownAtMs)
    {
        var isOurs = line.Within("position", "stage") == StageNames.Alerts;
        var isOther = line.Text("profile") is { } profile && profile != options.Profile;
        return isOurs || isOther || (line.Text("kind") is { } kind && options.Risk.Of(kind) is null) || evidence.Take(line, knownAtMs);
    }

    private bool TakeDetection(LineFields line)
    {
        var isTaken = darks.TakeDetection(line, out var dark);
        if (dark is not null)
        {
            evidence.Weigh(dark);
        }

        return isTaken;
    }
}
