namespace MaritimeWatch.Correlation;

/// <summary>Ties what vehicles do to the call whose box they took: pick-up notice, box, consignment, call.</summary>
internal sealed class LandDesk(CaseBook book)
{
    /// <summary>A line of <c>pickups</c>; false where it cannot be read.</summary>
    public bool TakePickup(LineFields line)
    {
        if (line.Text("id") is not { } id || line.Text("container") is not { } container
            || line.Text("token") is not { } token || line.AtMs("at") is not { } atMs)
        {
            return false;
        }

        book.Put(new PickupCard(id, container, token, atMs, line.Flag("simulated")));
        while (book.Pickups.Count > book.Limits.PickupsMax)
        {
            book.Remove(book.Pickups.Values.OrderBy(card => card.AtMs).ThenBy(card => card.Id, StringComparer.Ordinal).First());
            book.Forgotten++;
        }

        AttachPlate(token);
        return true;
    }

    /// <summary>A line of <c>journeys</c>; false where it cannot be read.</summary>
    public bool TakeJourney(LineFields line)
    {
        if (line.Text("id") is not { } id || line.Text("token") is not { } token
            || line.AtMs("start_at") is not { } startAtMs || line.AtMs("end_at") is not { } endAtMs)
        {
            return false;
        }

        // Only a vehicle that took a box matters here.
        if (book.PickupsOf("plate:" + token).Any())
        {
            book.Journeys[id] = new JourneyCard(id, token, startAtMs, endAtMs);
            while (book.Journeys.Count > book.Limits.PickupsMax)
            {
                book.Journeys.Remove(book.Journeys.Values.OrderBy(card => card.EndAtMs).ThenBy(card => card.Id, StringComparer.Ordinal).First().Id);
                book.Forgotten++;
            }

            AttachPlate(token);
        }

        return true;
    }

    /// <summary>Attaches a vehicle's finding to the calls whose boxes it took on that way.</summary>
    public void Attach(EvidenceItem item)
    {
        foreach (var pickup in book.PickupsOf(item.Subject))
        {
            if (IsOnTheWay(item, pickup) && CallOf(pickup) is { } call)
            {
                book.Attach(item, call);
            }
        }
    }

    /// <summary>A consignment has found its call: so have the vehicles that took its boxes.</summary>
    public void AttachBoxes(ConsignmentCard card)
    {
        foreach (var token in card.Containers.SelectMany(box => book.PickupsOf("box:" + box)).Select(pickup => pickup.Token).Distinct().ToArray())
        {
            AttachPlate(token);
        }
    }

    /// <summary>The box that a vehicle took from a call, or null.</summary>
    public string? BoxOf(EvidenceItem item, DeclaredCall call) =>
        book.PickupsOf(item.Subject).FirstOrDefault(pickup => CallOf(pickup) == call)?.Container;

    private void AttachPlate(string token)
    {
        foreach (var item in book.EvidenceOfPlate("plate:" + token).ToArray())
        {
            Attach(item);
        }
    }

    private bool IsOnTheWay(EvidenceItem item, PickupCard pickup)
    {
        var isNear = pickup.AtMs >= item.StartAtMs - book.Limits.PickupBeforeMs && pickup.AtMs <= item.StartAtMs + book.Limits.PickupAfterMs;
        return isNear || book.Journeys.Values.Any(journey => journey.Token == pickup.Token
            && pickup.AtMs >= journey.StartAtMs - book.Limits.PickupAfterMs && pickup.AtMs <= journey.EndAtMs
            && item.StartAtMs <= journey.EndAtMs && (item.EndAtMs ?? item.StartAtMs) >= journey.StartAtMs);
    }

    // The call that the box came with: the latest that was expected before it was taken.
    private DeclaredCall? CallOf(PickupCard pickup) => book.ConsignmentsWith(pickup.Container)
        .Where(card => card.Call is not null).Select(card => book.Calls[card.Call!])
        .OrderBy(call => call.ExpectedAtMs <= pickup.AtMs ? 0 : 1)
        .ThenBy(call => Math.Abs(call.ExpectedAtMs - pickup.AtMs))
        .ThenBy(call => call.Subject, StringComparer.Ordinal)
        .FirstOrDefault();
}
