namespace MaritimeWatch.Findings.Encounter;

/// <summary>What is known of a ship of a pair.</summary>
internal sealed record Party(string Subject, uint? Mmsi, string? Name, int ShipType)
{
    /// <summary>How it is called in a sentence.</summary>
    public string Called => Name ?? Subject;

    /// <summary>Takes what is said of it later; what that leaves out stays.</summary>
    public Party With(Party later) =>
        this with { Name = later.Name ?? Name, ShipType = later.ShipType == 0 ? ShipType : later.ShipType };
}

/// <summary>A finding that was said of a pair, and the stretch that it covers.</summary>
internal sealed class SaidOf(string key)
{
    public string Key { get; } = key;

    public long StartAtMs { get; set; }

    public long LastAtMs { get; set; }

    /// <summary>Why it was amended, once it was.</summary>
    public string? Because { get; set; }
}

/// <summary>
/// Two ships that were together at some instants. Instants of the last hours are kept one by one, because others may still
/// come late between them; older ones are summed up.
/// </summary>
internal sealed class Meeting
{
    public required Party First { get; set; }

    public required Party Second { get; set; }

    public Stretch? Old { get; set; }

    public SortedList<long, Contact> Recent { get; } = [];

    public List<SaidOf> Said { get; } = [];

    public string Subject => $"{First.Subject}+{Second.Subject}";

    /// <summary>The last instant together; <see cref="long.MinValue"/> where there is none.</summary>
    public long LastAtMs => Recent.Count > 0 ? Recent.GetKeyAtIndex(Recent.Count - 1) : Old?.LastAtMs ?? long.MinValue;

    /// <summary>Forgets a stretch that can no longer change.</summary>
    public void Forget(Stretch stretch)
    {
        if (Old is not null && Old.StartAtMs == stretch.StartAtMs)
        {
            Old = null;
        }

        while (Recent.Count > 0 && Recent.GetKeyAtIndex(0) <= stretch.LastAtMs)
        {
            Recent.RemoveAt(0);
        }
    }

    /// <summary>Sums up what is older than a time. What had ended before it must have been settled.</summary>
    public void SumUp(long beforeMs, long missingMs)
    {
        while (Recent.Count > 0 && Recent.GetKeyAtIndex(0) < beforeMs)
        {
            var contact = Recent.GetValueAtIndex(0);
            Recent.RemoveAt(0);
            if (Old is null || contact.AtMs - Old.LastAtMs > missingMs)
            {
                Old = Stretch.From(contact);
            }
            else
            {
                Old.Add(contact);
            }
        }
    }

    /// <summary>The times together, oldest first: instants no farther apart than may be missing.</summary>
    public List<Stretch> Stretches(long missingMs)
    {
        var stretches = new List<Stretch>();
        if (Old is not null)
        {
            stretches.Add(Old.Copy());
        }

        foreach (var contact in Recent.Values)
        {
            if (stretches.Count > 0 && contact.AtMs - stretches[^1].LastAtMs <= missingMs)
            {
                stretches[^1].Add(contact);
            }
            else
            {
                stretches.Add(Stretch.From(contact));
            }
        }

        return stretches;
    }
}
