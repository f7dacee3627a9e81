using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation;

/// <summary>
/// Everything that the stage remembers of vessels, calls, consignments and findings: bounded tables in a fixed order, and
/// the look-ups that follow from them. Calls that a line concerns are put into <see cref="Touched"/>.
/// </summary>
internal sealed class CaseBook(CorrelationThresholds limits)
{
    private const int TrimShare = 16;

    private readonly Dictionary<uint, SortedSet<string>> callsByMmsi = [];
    private readonly Dictionary<string, SortedSet<uint>> vesselsByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> consignmentsByCall = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> consignmentsByBox = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> pickupsByKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> journeysByPlate = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> evidenceByPlate = new(StringComparer.Ordinal);

    public CorrelationThresholds Limits => limits;

    public SortedDictionary<uint, VesselCard> Vessels { get; } = [];

    public SortedDictionary<string, DeclaredCall> Calls { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, ConsignmentCard> Consignments { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, EvidenceItem> Evidence { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, PickupCard> Pickups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, JourneyCard> Journeys { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, EchoCard> Echoes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Position> Ports { get; } = new(StringComparer.Ordinal);

    /// <summary>Gaps and dark ships among the evidence.</summary>
    public SortedDictionary<string, EvidenceItem> Gaps { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, EvidenceItem> Darks { get; } = new(StringComparer.Ordinal);

    /// <summary>What people have said of findings, by finding.</summary>
    public SortedDictionary<string, FindingMark> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls to be judged again.</summary>
    public SortedSet<string> Touched { get; } = new(StringComparer.Ordinal);

    /// <summary>Things that were forgotten because there were too many.</summary>
    public long Forgotten { get; set; }

    public void Clear()
    {
        Vessels.Clear();
        Calls.Clear();
        Consignments.Clear();
        Evidence.Clear();
        Pickups.Clear();
        Journeys.Clear();
        Echoes.Clear();
        Ports.Clear();
        Gaps.Clear();
        Darks.Clear();
        Marks.Clear();
        Touched.Clear();
        callsByMmsi.Clear();
        vesselsByName.Clear();
        consignmentsByCall.Clear();
        consignmentsByBox.Clear();
        pickupsByKey.Clear();
        journeysByPlate.Clear();
        evidenceByPlate.Clear();
        Forgotten = 0;
    }

    /// <summary>The calls of a vessel, by subject.</summary>
    public IEnumerable<DeclaredCall> CallsOf(uint mmsi) =>
        callsByMmsi.TryGetValue(mmsi, out var subjects) ? subjects.Select(subject => Calls[subject]) : [];

    public IEnumerable<ConsignmentCard> ConsignmentsOf(string call) =>
        consignmentsByCall.TryGetValue(call, out var ids) ? ids.Select(id => Consignments[id]) : [];

    public IEnumerable<ConsignmentCard> ConsignmentsWith(string container) =>
        consignmentsByBox.TryGetValue(container, out var ids) ? ids.Select(id => Consignments[id]) : [];

    /// <summary>Pick-ups by box (<c>box:N</c>) or vehicle (<c>plate:TOKEN</c>).</summary>
    public IEnumerable<PickupCard> PickupsOf(string key) =>
        pickupsByKey.TryGetValue(key, out var ids) ? ids.Select(id => Pickups[id]) : [];

    public IEnumerable<JourneyCard> JourneysOf(string token) =>
        journeysByPlate.TryGetValue(token, out var ids) ? ids.Select(id => Journeys[id]) : [];

    public IEnumerable<EvidenceItem> EvidenceOfPlate(string subject) =>
        evidenceByPlate.TryGetValue(subject, out var ids) ? ids.Select(id => Evidence[id]) : [];

    /// <summary>The one vessel of an identity (<c>imo:N</c>, <c>call-sign:X</c>), or null where there are none or several.</summary>
    public uint? VesselOf(string identity) =>
        vesselsByName.TryGetValue(identity, out var found) && found.Count == 1 ? found.Min : null;

    /// <summary>The one vessel that a call declares under a name and voyage, or null where there are none or several.</summary>
    public uint? VesselOf(string name, string voyage)
    {
        var (plainName, plainVoyage) = (Identity.Plain(name), Identity.Plain(voyage));
        var found = Calls.Values
            .Where(call => call.Mmsi is not null && call.PlainName == plainName && call.PlainVoyage == plainVoyage)
            .Select(call => call.Mmsi!.Value).Distinct().Take(2).ToArray();
        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>A vessel's card, made where there is none.</summary>
    public VesselCard Vessel(uint mmsi, long atMs)
    {
        if (!Vessels.TryGetValue(mmsi, out var card))
        {
            Vessels.Add(mmsi, card = new VesselCard { Mmsi = mmsi, TouchedAtMs = atMs });
            TrimVessels(mmsi);
        }

        card.TouchedAtMs = Math.Max(card.TouchedAtMs, atMs);
        return card;
    }

    public void Identify(VesselCard card, int? imo, string? callSign, string? name)
    {
        Unlist(card);
        (card.Imo, card.CallSign, card.Name) = (imo ?? card.Imo, callSign ?? card.CallSign, name ?? card.Name);
        List(card);
    }

    public void Add(DeclaredCall call)
    {
        Calls.Add(call.Subject, call);
        List(call);
    }

    /// <summary>Gives a call its vessel.</summary>
    public void Assign(DeclaredCall call, uint mmsi)
    {
        if (call.Mmsi != mmsi)
        {
            if (call.Mmsi is { } before)
            {
                Drop(callsByMmsi, before, call.Subject);
            }

            call.Mmsi = mmsi;
            List(call);
        }
    }

    public void Remove(DeclaredCall call)
    {
        Calls.Remove(call.Subject);
        Touched.Remove(call.Subject);
        if (call.Mmsi is { } mmsi)
        {
            Drop(callsByMmsi, mmsi, call.Subject);
        }

        foreach (var id in call.EvidenceIds)
        {
            Evidence[id].Calls.Remove(call.Subject);
        }

        foreach (var card in ConsignmentsOf(call.Subject).ToArray())
        {
            Remove(card);
        }
    }

    public void Put(ConsignmentCard card)
    {
        if (Consignments.TryGetValue(card.Id, out var before))
        {
            Remove(before);
        }

        Consignments.Add(card.Id, card);
        List(card);
    }

    /// <summary>Gives a consignment the call that it arrives with.</summary>
    public void Tie(ConsignmentCard card, DeclaredCall call)
    {
        if (card.Call is { } before)
        {
            Drop(consignmentsByCall, before, card.Id);
        }

        card.Call = call.Subject;
        Keep(consignmentsByCall, call.Subject, card.Id);
        Touched.Add(call.Subject);
    }

    public void Remove(ConsignmentCard card)
    {
        Consignments.Remove(card.Id);
        if (card.Call is { } call)
        {
            Drop(consignmentsByCall, call, card.Id);
        }

        foreach (var box in card.Containers)
        {
            Drop(consignmentsByBox, box, card.Id);
        }
    }

    public void Put(PickupCard card)
    {
        if (Pickups.TryGetValue(card.Id, out var before))
        {
            Remove(before);
        }

        Pickups.Add(card.Id, card);
        List(card);
    }

    public void Remove(PickupCard card)
    {
        Pickups.Remove(card.Id);
        Drop(pickupsByKey, "box:" + card.Container, card.Id);
        Drop(pickupsByKey, "plate:" + card.Token, card.Id);
    }

    public void Put(JourneyCard card)
    {
        Journeys[card.Id] = card;
        Keep(journeysByPlate, card.Token, card.Id);
    }

    public void Remove(JourneyCard card)
    {
        Journeys.Remove(card.Id);
        Drop(journeysByPlate, card.Token, card.Id);
    }

    public void Put(EvidenceItem item)
    {
        Evidence[item.Id] = item;
        List(item);
    }

    public void Remove(EvidenceItem item)
    {
        Evidence.Remove(item.Id);
        Gaps.Remove(item.Id);
        Darks.Remove(item.Id);
        Drop(evidenceByPlate, item.Subject, item.Id);
        foreach (var subject in item.Calls)
        {
            Calls[subject].EvidenceIds.Remove(item.Id);
        }

        foreach (var mmsi in item.Mmsis)
        {
            if (Vessels.TryGetValue(mmsi, out var card))
            {
                card.EvidenceIds.Remove(item.Id);
            }
        }
    }

    /// <summary>Remembers a mark, and forgets the least needed where there are too many.</summary>
    public void Put(FindingMark mark)
    {
        Marks[mark.Finding] = mark;
        if (Marks.Count <= limits.MarksMax)
        {
            return;
        }

        var least = Marks.Values.Where(other => other.Finding != mark.Finding)
            .OrderBy(other => Evidence.ContainsKey(other.Finding)).ThenBy(other => other.Last.IsFalse)
            .ThenBy(other => other.Last.AtMs).ThenBy(other => other.Finding, StringComparer.Ordinal)
            .Take(Math.Max(1, limits.MarksMax / TrimShare)).ToArray();
        foreach (var other in least)
        {
            Marks.Remove(other.Finding);
            Forgotten++;
        }
    }

    /// <summary>What an analyst said against a finding, or null: it was not marked, or the mark was withdrawn.</summary>
    public FindingWord? FalseWord(EvidenceItem item) =>
        Marks.TryGetValue(item.Id, out var mark) && mark.Last.IsFalse ? mark.Last : null;

    /// <summary>It still holds, by the data and by people.</summary>
    public bool Counts(EvidenceItem item) => item.IsLive && FalseWord(item) is null;

    public void Attach(EvidenceItem item, DeclaredCall call)
    {
        if (item.Calls.Add(call.Subject))
        {
            call.EvidenceIds.Add(item.Id);
            Touched.Add(call.Subject);
        }
    }

    public void Detach(EvidenceItem item, DeclaredCall call)
    {
        if (item.Calls.Remove(call.Subject))
        {
            call.EvidenceIds.Remove(item.Id);
            Touched.Add(call.Subject);
        }
    }

    /// <summary>Her calls that where she was may still change: she has not left, or something was said of them.</summary>
    public void TouchCallsOf(uint mmsi) => Touched.UnionWith(CallsOf(mmsi)
        .Where(call => call.LeftAtMs is null || call.EvidenceIds.Any(id => Evidence[id].Kind == "declared-mismatch"))
        .Select(call => call.Subject));

    public void TouchAll(EvidenceItem item) => Touched.UnionWith(item.Calls);

    /// <summary>Makes the look-ups again after the tables were restored.</summary>
    public void ListAll()
    {
        foreach (var card in Vessels.Values)
        {
            List(card);
        }

        foreach (var call in Calls.Values)
        {
            List(call);
        }

        foreach (var card in Consignments.Values)
        {
            List(card);
        }

        foreach (var card in Pickups.Values)
        {
            List(card);
        }

        foreach (var card in Journeys.Values)
        {
            Keep(journeysByPlate, card.Token, card.Id);
        }

        foreach (var item in Evidence.Values)
        {
            List(item);
        }
    }

    // Many go at once, so that a flood does not sort the table for every line.
    private void TrimVessels(uint kept)
    {
        if (Vessels.Count <= limits.VesselsMax)
        {
            return;
        }

        var oldest = Vessels.Values
            .Where(card => card.Mmsi != kept && !callsByMmsi.ContainsKey(card.Mmsi))
            .OrderBy(card => card.TouchedAtMs).ThenBy(card => card.Mmsi)
            .Take(Math.Max(1, limits.VesselsMax / TrimShare)).ToArray();
        foreach (var card in oldest)
        {
            Unlist(card);
            Vessels.Remove(card.Mmsi);
            Forgotten++;
        }
    }

    private void List(VesselCard card)
    {
        foreach (var identity in IdentitiesOf(card))
        {
            Keep(vesselsByName, identity, card.Mmsi);
        }
    }

    private void Unlist(VesselCard card)
    {
        foreach (var identity in IdentitiesOf(card))
        {
            Drop(vesselsByName, identity, card.Mmsi);
        }
    }

    private void List(DeclaredCall call)
    {
        if (call.Mmsi is { } mmsi)
        {
            Keep(callsByMmsi, mmsi, call.Subject);
        }
    }

    private void List(ConsignmentCard card)
    {
        if (card.Call is { } call)
        {
            Keep(consignmentsByCall, call, card.Id);
        }

        foreach (var box in card.Containers)
        {
            Keep(consignmentsByBox, box, card.Id);
        }
    }

    private void List(PickupCard card)
    {
        Keep(pickupsByKey, "box:" + card.Container, card.Id);
        Keep(pickupsByKey, "plate:" + card.Token, card.Id);
    }

    private void List(EvidenceItem item)
    {
        switch (item.Kind)
        {
            case "gap":
                Gaps[item.Id] = item;
                break;
            case "dark-ship":
                Darks[item.Id] = item;
                break;
            default:
                if (item.Subject.StartsWith("plate:", StringComparison.Ordinal))
                {
                    Keep(evidenceByPlate, item.Subject, item.Id);
                }

                break;
        }
    }

    private static IEnumerable<string> IdentitiesOf(VesselCard card)
    {
        if (card.Imo is { } imo)
        {
            yield return Identity.Imo(imo);
        }

        if (card.CallSign is { } callSign)
        {
            yield return Identity.CallSign(callSign);
        }
    }

    private static void Keep<TKey, TValue>(Dictionary<TKey, SortedSet<TValue>> index, TKey key, TValue value)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var values))
        {
            var order = typeof(TValue) == typeof(string) ? (IComparer<TValue>)(object)StringComparer.Ordinal : Comparer<TValue>.Default;
            index.Add(key, values = new SortedSet<TValue>(order));
        }

        values.Add(value);
    }

    private static void Drop<TKey, TValue>(Dictionary<TKey, SortedSet<TValue>> index, TKey key, TValue value)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var values) && values.Remove(value) && values.Count == 0)
        {
            index.Remove(key);
        }
    }
}
