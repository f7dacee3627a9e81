namespace MaritimeWatch.Correlation;

/// <summary>
/// Ties a consignment to its vessel (by MMSI, else IMO number, else call sign, else name and voyage) and to the call that
/// it arrives with.
/// </summary>
internal sealed class ConsignmentDesk(CaseBook book, LandDesk land)
{
    private const int BoxesMax = 200;

    /// <summary>A line of <c>consignments</c>; false where it cannot be read.</summary>
    public bool Take(LineFields line, long knownAtMs)
    {
        if (line.Text("id") is not { } id)
        {
            return false;
        }

        // A bill that was cancelled or left out says nothing any more, but stays with its call.
        var isGone = line.Text("status") is "cancelled" or "withdrawn";
        if (book.Consignments.TryGetValue(id, out var before) && before.Call is { } call)
        {
            book.Touched.Add(call);
        }

        var card = new ConsignmentCard
        {
            Id = id,
            DeclaredMmsi = line.Mmsi("mmsi"),
            Imo = (int?)line.Whole("imo"),
            CallSign = line.Text("call_sign"),
            VesselName = line.Text("vessel_name"),
            Voyage = line.Text("voyage"),
            PortOfLoading = isGone ? null : line.Text("port_of_loading"),
            PortOfDischarge = line.Text("port_of_discharge"),
            ArrivalPort = line.Text("arrival_port"),
            DeclaredArrivalAtMs = line.AtMs("declared_arrival_at"),
            Containers = isGone ? [] : line.Texts("containers", BoxesMax),
            KnownAtMs = before?.KnownAtMs ?? knownAtMs,
            IsSimulated = line.Flag("simulated"),
            Landing = line.Text("landing"),
            Hash = line.Text("hash"),
        };
        book.Put(card);
        Trim(card);
        Link(card);
        return true;
    }

    /// <summary>
    /// Tries again for those that have no call yet, and for those of a vessel whose calls have changed: a manifest may come
    /// before the notice of the call that it belongs to.
    /// </summary>
    /// <param name="mmsi">The vessel, or null where it is not known.</param>
    public void LinkAgain(uint? mmsi)
    {
        foreach (var card in book.Consignments.Values)
        {
            if (card.Call is null || (mmsi is not null && card.Mmsi == mmsi))
            {
                Link(card);
            }
        }
    }

    private void Link(ConsignmentCard card)
    {
        (card.Mmsi, card.Strength) = VesselOf(card);
        if (card.Mmsi is { } mmsi && (CallAt(mmsi, card.PortOfDischarge, card) ?? CallAt(mmsi, card.ArrivalPort, card)) is { } call
            && call.Subject != card.Call)
        {
            if (card.Call is { } before)
            {
                book.Touched.Add(before);
            }

            book.Tie(card, call);
            land.AttachBoxes(card);
        }
    }

    private (uint? Mmsi, LinkStrength Strength) VesselOf(ConsignmentCard card)
    {
        if (card.DeclaredMmsi is { } declared)
        {
            return (declared, LinkStrength.Mmsi);
        }

        if (card.Imo is { } imo && book.VesselOf(Identity.Imo(imo)) is { } byImo)
        {
            return (byImo, LinkStrength.Imo);
        }

        if (card.CallSign is { } sign && book.VesselOf(Identity.CallSign(sign)) is { } bySign)
        {
            return (bySign, LinkStrength.CallSign);
        }

        return card.VesselName is { } name && card.Voyage is { } voyage && book.VesselOf(name, voyage) is { } byName
            ? (byName, LinkStrength.NameAndVoyage)
            : (null, LinkStrength.None);
    }

    private DeclaredCall? CallAt(uint mmsi, string? port, ConsignmentCard card)
    {
        if (port is null)
        {
            return null;
        }

        var aroundAtMs = card.DeclaredArrivalAtMs ?? card.KnownAtMs;
        var calls = book.CallsOf(mmsi).Where(call => call.Port == port && !call.IsCancelled);
        calls = card.DeclaredArrivalAtMs is null
            ? calls.Where(call => call.DepartedAtMs is not { } left || left > aroundAtMs)
            : calls.Where(call => Math.Abs((call.EtaAtMs ?? call.KnownAtMs) - aroundAtMs) <= book.Limits.ConsignmentMatchMs);
        return calls
            .OrderBy(call => card.Voyage is not null && Identity.IsSame(call.Voyage, card.Voyage) ? 0 : 1)
            .ThenBy(call => Math.Abs((call.EtaAtMs ?? call.KnownAtMs) - aroundAtMs))
            .ThenBy(call => call.Subject, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private void Trim(ConsignmentCard kept)
    {
        if (book.Consignments.Count <= book.Limits.ConsignmentsMax)
        {
            return;
        }

        var oldest = book.Consignments.Values.Where(card => card.Id != kept.Id)
            .OrderBy(card => card.KnownAtMs).ThenBy(card => card.Id, StringComparer.Ordinal)
            .Take(Math.Max(1, book.Limits.ConsignmentsMax / 16)).ToArray();
        foreach (var card in oldest)
        {
            book.Remove(card);
            book.Forgotten++;
        }
    }
}
