namespace MaritimeWatch.Intake.Notices;

/// <summary>Notices on their way out of a file, counted and bounded.</summary>
internal sealed class NoticeList
{
    private const int NoticesMax = 500_000;
    private const int RefusalsMax = 1_000;
    private const int DefectsMax = 100;

    private readonly List<CallNotice> calls = [];
    private readonly List<PickupNotice> pickups = [];
    private readonly List<NoticeRefusal> refusals = [];
    private readonly SortedDictionary<NoticeFault, long> counts = [];
    private readonly List<string> defects = [];
    private long items;
    private long notAboutCalls;

    public long Blank { get; set; }

    public void Add(CallNotice call, long offset, int length)
    {
        if (HasRoom(call.Line, offset, length))
        {
            items++;
            calls.Add(call);
        }
    }

    public void Add(PickupNotice pickup, long offset, int length)
    {
        if (HasRoom(pickup.Line, offset, length))
        {
            items++;
            pickups.Add(pickup);
        }
    }

    public void NotAboutCalls()
    {
        items++;
        notAboutCalls++;
    }

    public void Refuse(NoticeFault fault, string what, int line, long offset, int length)
    {
        items++;
        counts[fault] = counts.GetValueOrDefault(fault) + 1;
        if (refusals.Count < RefusalsMax)
        {
            refusals.Add(new NoticeRefusal(fault, what, line, offset, length));
        }
    }

    public void Defect(int line, string what)
    {
        if (defects.Count < DefectsMax)
        {
            defects.Add(FormattableString.Invariant($"line {line}: {what}"));
        }
    }

    public NoticeReading Finish() => new()
    {
        Calls = calls,
        Pickups = pickups,
        Refusals = refusals,
        RefusedCounts = counts,
        Defects = defects,
        NotAboutCalls = notAboutCalls,
        Blank = Blank,
        Items = items,
    };

    private bool HasRoom(int line, long offset, int length)
    {
        var hasRoom = calls.Count + pickups.Count < NoticesMax;
        if (!hasRoom)
        {
            Refuse(NoticeFault.TooMany, FormattableString.Invariant($"more than {NoticesMax:N0} notices"), line, offset, length);
        }

        return hasRoom;
    }
}
