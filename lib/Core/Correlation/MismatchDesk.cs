namespace MaritimeWatch.Correlation;

/// <summary>Judges what was declared of a call by what was observed, and says where they contradict each other.</summary>
internal sealed class MismatchDesk(CaseBook book, Saying saying)
{
    private readonly LoadingMismatch loading = new(book, saying);
    private readonly ArrivalMismatch arrival = new(book, saying);

    /// <summary>Judges a call again.</summary>
    public void Judge(DeclaredCall call, Moment moment)
    {
        var vessel = call.Mmsi is { } mmsi ? book.Vessels.GetValueOrDefault(mmsi) : null;
        if (vessel is not null)
        {
            loading.Judge(call, vessel, moment);
            arrival.Judge(call, vessel, moment);
        }
    }

    /// <summary>Forgets what was said of a call that is forgotten.</summary>
    public void Forget(DeclaredCall call)
    {
        saying.Forget(ArrivalMismatch.Key(call));
        foreach (var item in call.EvidenceIds.Select(id => book.Evidence[id]).Where(item => item.Object is not null))
        {
            saying.Forget(LoadingMismatch.Key(call, item.Object!));
        }
    }
}
