namespace MaritimeWatch.Correlation;

/// <summary>Declared calls, and the observed calls that they become.</summary>
internal sealed class CallDesk(CaseBook book, EvidenceDesk evidence, ConsignmentDesk consignments)
{
    private const int NoticesMax = 16;
    private const long EstimateMovedMs = CorrelationThresholds.HourMs / 2;
    private const long SameStayMs = 12 * CorrelationThresholds.HourMs;

    /// <summary>A line of <c>port-calls</c>; false where it cannot be read.</summary>
    public bool TakeObserved(LineFields line, long knownAtMs)
    {
        if (line.Text("id") is not { } id || line.Mmsi("mmsi") is not { } mmsi
            || (line.AtMs("arrival_at") ?? line.AtMs("stop_at")) is not { } arrivalAtMs)
        {
            return line.Text("subject")?.StartsWith("local:", StringComparison.Ordinal) == true;
        }

        var vessel = book.Vessel(mmsi, knownAtMs);
        book.Identify(vessel, null, null, line.Text("name"));
        vessel.Calls.RemoveAll(call => call.Id == id);
        var observed = new ObservedCall
        {
            Id = id,
            Port = line.Text("port"),
            PortName = line.Text("port_name"),
            ArrivalAtMs = arrivalAtMs,
            StopAtMs = line.AtMs("stop_at"),
            DepartureAtMs = line.AtMs("departure_at"),
            IsSimulated = line.Flag("simulated"),
            Place = line.Places().First,
        };
        if (line.Text("state") != "retracted")
        {
            Keep(vessel, observed, knownAtMs);
        }

        Match(vessel);
        evidence.AttachAll(vessel);
        book.TouchCallsOf(mmsi);
        return true;
    }

    /// <summary>A line of <c>declared-calls</c>; false where it cannot be read.</summary>
    public bool TakeDeclared(LineFields line, long knownAtMs)
    {
        if (line.Text("id") is not { } id || line.Text("subject") is not { } subject || line.Text("port") is not { } port)
        {
            return false;
        }

        var imo = (int?)line.Whole("imo");
        var mmsi = line.Mmsi("mmsi")
            ?? (imo is { } number ? book.VesselOf(Identity.Imo(number)) : null)
            ?? (line.Text("call_sign") is { } sign ? book.VesselOf(Identity.CallSign(sign)) : null);
        if (Find(id, subject) is not { } call)
        {
            call = new DeclaredCall { Subject = subject, Port = port, Mmsi = mmsi, KnownAtMs = knownAtMs };
            book.Add(call);
        }

        call.LineIds.Add(id);
        Update(call, line, imo, knownAtMs);
        if (mmsi is { } known)
        {
            book.Assign(call, known);
            var vessel = book.Vessel(known, knownAtMs);
            book.Identify(vessel, imo, line.Text("call_sign"), line.Text("name"));
            Match(vessel);
            evidence.AttachAll(vessel);
        }

        consignments.LinkAgain(mmsi);
        book.Touched.Add(call.Subject);
        return true;
    }

    /// <summary>
    /// A line of <c>expected-arrivals</c>; false where it cannot be read. A time matters only to a call that nobody has announced a
    /// time of, and only once it has moved by half an hour: an alert is not revised for each hour that passes.
    /// </summary>
    public bool TakeExpected(LineFields line)
    {
        if (line.Mmsi("mmsi") is not { } mmsi)
        {
            return line.Text("subject") is not null;
        }

        var port = line.Text("state") == "under-way" ? line.Text("destination_locode") : null;
        foreach (var call in book.CallsOf(mmsi))
        {
            if (call.Port != port || call.EtaAtMs is not null || call.BerthEtaAtMs is not null || call.CameAtMs is not null || call.IsCancelled
                || line.AtMs("eta_at") is not { } estimated || Math.Abs(estimated - (call.EstimatedAtMs ?? 0)) < EstimateMovedMs)
            {
                continue;
            }

            (call.EstimatedLowAtMs, call.EstimatedAtMs, call.EstimatedHighAtMs) = (line.AtMs("eta_low_at"), estimated, line.AtMs("eta_high_at"));
            book.Touched.Add(call.Subject);
        }

        return true;
    }

    private void Keep(VesselCard vessel, ObservedCall observed, long knownAtMs)
    {
        var at = vessel.Calls.FindIndex(call => call.ArrivalAtMs > observed.ArrivalAtMs);
        vessel.Calls.Insert(at < 0 ? vessel.Calls.Count : at, observed);
        vessel.Calls.RemoveAll(call => call.LastSeenAtMs < knownAtMs - book.Limits.CallsKeptMs);
        if (vessel.Calls.Count > book.Limits.ObservedCallsMax)
        {
            vessel.Calls.RemoveAt(0);
        }

        if (observed.Port is { } port && observed.Place is { } place && book.Ports.Count < book.Limits.CallsMax)
        {
            book.Ports.TryAdd(port, place);
        }
    }

    // Which notices speak of one call was settled where they were read: a revised ETA keeps id and subject.
    private DeclaredCall? Find(string id, string subject) =>
        book.Calls.GetValueOrDefault(subject) ?? book.Calls.Values.FirstOrDefault(call => call.LineIds.Contains(id));

    private void Update(DeclaredCall call, LineFields line, int? imo, long knownAtMs)
    {
        call.Imo = imo ?? call.Imo;
        call.CallSign = line.Text("call_sign") ?? call.CallSign;
        call.Name = line.Text("name") ?? call.Name;
        call.Voyage = line.Text("voyage") ?? call.Voyage;
        call.LastPort = line.Text("last_port") ?? call.LastPort;
        call.IsSimulated |= line.Flag("simulated");
        call.Place = line.Places().First ?? call.Place;
        call.IsCancelled = line.Text("status") is "cancelled" or "canceled";
        if (call.Place is { } place && book.Ports.Count < book.Limits.CallsMax)
        {
            book.Ports.TryAdd(call.Port, place);
        }

        call.BerthEtaAtMs = line.AtMs("berth_eta_at") ?? call.BerthEtaAtMs;
        call.ToldArrivedAtMs = line.AtMs("ata_at") ?? line.AtMs("berthed_at");
        call.ToldBerthedAtMs = line.AtMs("berthed_at");
        call.ToldDepartedAtMs = line.AtMs("atd_at");
        if (line.AtMs("eta_at") is { } eta)
        {
            Notice(call, new EtaNotice(knownAtMs, eta));
        }
    }

    private static void Notice(DeclaredCall call, EtaNotice notice)
    {
        var at = call.Notices.FindLastIndex(before => before.KnownAtMs <= notice.KnownAtMs);
        if (at < 0 || call.Notices[at].EtaAtMs != notice.EtaAtMs)
        {
            call.Notices.Insert(at + 1, notice);
            if (call.Notices.Count > NoticesMax)
            {
                call.Notices.RemoveAt(1); // The first stays: it is what she was first expected for.
            }

            call.EtaAtMs = call.Notices[^1].EtaAtMs;
        }
    }

    // The pair whose times are nearest first, so that a ship that goes to and fro keeps each call to its own ETA.
    private void Match(VesselCard vessel)
    {
        var calls = book.CallsOf(vessel.Mmsi).Where(call => !call.IsCancelled && call.EtaAtMs is not null).ToList();
        var pairs = calls
            .SelectMany(call => vessel.Calls.Where(seen => seen.Port == call.Port
                && seen.ArrivalAtMs >= call.EtaAtMs - book.Limits.MatchEarlyMs
                && seen.ArrivalAtMs <= call.EtaAtMs + book.Limits.MatchLateMs).Select(seen => (Call: call, Seen: seen)))
            .OrderBy(pair => Math.Abs(pair.Call.EtaAtMs!.Value - pair.Seen.ArrivalAtMs))
            .ThenBy(pair => pair.Call.Subject, StringComparer.Ordinal).ThenBy(pair => pair.Seen.Id, StringComparer.Ordinal);
        var taken = new Dictionary<string, ObservedCall>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (call, seen) in pairs)
        {
            if (!taken.ContainsKey(call.Subject) && used.Add(seen.Id))
            {
                taken.Add(call.Subject, seen);
            }
        }

        foreach (var call in calls)
        {
            Settle(call, taken.GetValueOrDefault(call.Subject), vessel);
        }
    }

    // Waiting at the port's anchorage and lying at its berth are one stay.
    private void Settle(DeclaredCall call, ObservedCall? observed, VesselCard vessel)
    {
        var last = observed;
        for (var i = observed is null ? vessel.Calls.Count : vessel.Calls.IndexOf(observed) + 1; i < vessel.Calls.Count; i++)
        {
            var next = vessel.Calls[i];
            if (next.Port != call.Port || last!.DepartureAtMs is not { } left || next.ArrivalAtMs - left > SameStayMs)
            {
                break;
            }

            last = next;
        }

        var now = (observed?.Id, observed?.ArrivalAtMs, last is null ? (long?)null : last.StopAtMs ?? last.ArrivalAtMs, last?.DepartureAtMs);
        if (now != (call.ObservedId, call.ArrivedAtMs, call.BerthedAtMs, call.DepartedAtMs))
        {
            (call.ObservedId, call.ArrivedAtMs, call.BerthedAtMs, call.DepartedAtMs) = now;
            book.Touched.Add(call.Subject);
        }
    }
}
