namespace MaritimeWatch.Scenario;

/// <summary>A stretch of time.</summary>
internal readonly record struct Stretch(long FromAtMs, long ToAtMs);

/// <summary>Reported positions that are moved for a while, or put to one place.</summary>
internal readonly record struct Shift(Stretch When, double EastM, double NorthM, GeoPoint? Place = null);

/// <summary>
/// What is wrong with a vessel's transmitter, planned ahead and asked for in time order: times of silence, moved
/// positions, single bad fixes.
/// </summary>
internal sealed partial class Faults
{
    private readonly Queue<Stretch> silences = new();
    private readonly Queue<Shift> shifts = new();
    private readonly Queue<Shift> badFixes = new();

    /// <summary>Nothing is transmitted in this time; times come in order and do not overlap.</summary>
    public void Silence(long fromAtMs, long toAtMs) => silences.Enqueue(new Stretch(fromAtMs, toAtMs));

    /// <summary>Positions are moved in this time.</summary>
    public void Move(long fromAtMs, long toAtMs, double eastM, double northM) =>
        shifts.Enqueue(new Shift(new Stretch(fromAtMs, toAtMs), eastM, northM));

    /// <summary>All positions are at one place in this time; stretches of this and of moved positions come in order.</summary>
    public void Put(long fromAtMs, long toAtMs, GeoPoint place) =>
        shifts.Enqueue(new Shift(new Stretch(fromAtMs, toAtMs), 0, 0, place));

    /// <summary>The first position from this instant on is moved, and no other.</summary>
    public void Misplace(long atMs, double eastM, double northM) =>
        badFixes.Enqueue(new Shift(new Stretch(atMs, atMs), eastM, northM));

    /// <summary>True where the transmitter is off.</summary>
    public bool IsSilent(long atMs)
    {
        while (silences.TryPeek(out var next) && next.ToAtMs <= atMs)
        {
            silences.Dequeue();
        }

        return silences.TryPeek(out var now) && now.FromAtMs <= atMs;
    }

    /// <summary>The position as the transmitter believes it, before noise.</summary>
    public GeoPoint Believed(GeoPoint at, long atMs)
    {
        while (shifts.TryPeek(out var next) && next.When.ToAtMs <= atMs)
        {
            shifts.Dequeue();
        }

        if (shifts.TryPeek(out var shift) && shift.When.FromAtMs <= atMs)
        {
            at = shift.Place ?? at.Moved(shift.EastM, shift.NorthM);
        }

        if (badFixes.TryPeek(out var bad) && bad.When.FromAtMs <= atMs)
        {
            badFixes.Dequeue();
            at = at.Moved(bad.EastM, bad.NorthM);
        }

        return at;
    }
}
