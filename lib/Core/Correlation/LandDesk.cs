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

        var taken = new PickupCard(id, container, token, atMs, line.Flag("simulated"));
        book.Put(taken);
        while (book.Pickups.Count > book.Limits.PickupsMax)
        {
            book.Remove(book.Pickups.Values.OrderBy(card => card.AtMs).ThenBy(card => card.Id, StringComparer.Ordinal).First());
            book.Forgotten++;
        }

        AttachAll(taken);
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
            book.Put(new JourneyCard(id, token, startAtMs, endAtMs));
            while (book.Journeys.Count > book.Limits.PickupsMax)
            {
                book.Remove(book.Journeys.Values.OrderBy(card => card.EndAtMs).ThenBy(card => card.Id, StringComparer.Ordinal).First());
                book.Forgotten++;
            }

            foreach (var item in book.EvidenceOfPlate("plate:" + token).Where(item => item.StartAtMs <= endAtMs && (item.EndAtMs ?? item.StartAtMs) >= startAtMs).ToArray())
            {
                Attach(item);
            }
        }

        return true;
    }

    /// <summary>Attaches a vehicle's finding to the calls whose boxes it took on that way.</summary>
    public void Attach(EvidenceItem item)
    {
        foreach (var pickup in book.PickupsOf(item.Subject))
        {
            Attach(item, pickup);
        }
    }

    /// <summary>A consignment has found its call: so have the vehicles that took its boxes.</summary>
    public void AttachBoxes(ConsignmentCard card)
    {
        foreach (var pickup in card.Containers.SelectMany(box => book.PickupsOf("box:" + box)).ToArray())
        {
            AttachAll(pickup);
        }
    }

    /// <summary>The box that a vehicle took from a call, or null.</summary>
    public string? BoxOf(EvidenceItem item, DeclaredCall call) =>
        book.PickupsOf(item.Subject).FirstOrDefault(pickup => CallOf(pickup) == call)?.Container;

    private void AttachAll(PickupCard pickup)
    {
        foreach (var item in book.EvidenceOfPlate("plate:" + pickup.Token))
        {
            Attach(item, pickup);
        }
    }

    private void Attach(EvidenceItem item, PickupCard pickup)
    {
        if (IsOnTheWay(item, pickup) && CallOf(pickup) is { } call)
        {
            book.Attach(item, call);
        }
    }

    private bool IsOnTheWay(EvidenceItem item, PickupCard pickup)
    {
        var isNear = pickup.AtMs >= item.StartAtMs - book.Limits.PickupBeforeMs && pickup.AtMs <= item.StartAtMs + book.Limits.PickupAfterMs;
        return isNear || book.JourneysOf(pickup.Token).Any(journey => pickup.AtMs >= journey.StartAtMs - book.Limits.PickupAfterMs && pickup.AtMs <= journey.EndAtMs
            && item.StartAtMs <= journey.EndAtMs && (item.EndAtMs ?? item.StartAtMs) >= journey.StartAtMs);
    }

    // The call that the box came with: the latest that was expected before it was taken.
    private DeclaredCall? CallOf(PickupCard pickup) => book.ConsignmentsWith(pickup.Container)
        .Where(card => card.Call is not null).Select(card => book.Calls[card.Call!])
        .Distinct()
        .OrderBy(call => call.ExpectedAtMs <= pickup.AtMs ? 0 : 1)
        .ThenBy(call => Math.Abs(call.ExpectedAtMs - pickup.AtMs))
        .ThenBy(call => call.Subject, StringComparer.Ordinal)
        .FirstOrDefault();
}
