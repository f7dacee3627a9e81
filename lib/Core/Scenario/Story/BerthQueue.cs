namespace MaritimeWatch.Scenario;

/// <summary>The six container berths of Gothenburg: first come, first served; who finds none free waits at anchor.</summary>
internal static class BerthQueue
{
    /// <summary>How many ships can lie there at once.</summary>
    public const int Berths = 6;

    private const long ClearMs = 35 * 60_000; // one out, the next in

    /// <summary>Deals berths to ships in the order in which they came to the fairway.</summary>
    public static void Deal(IEnumerable<CallerPlan> callers)
    {
        var free = new long[Berths];
        foreach (var caller in callers.OrderBy(one => one.ArrivedAtMs))
        {
            var berth = Array.IndexOf(free, free.Min());
            caller.TakeBerth(free[berth], PlaceOf(berth));
            free[berth] = caller.LeftAtMs + ClearMs;
        }
    }

    /// <summary>Where a berth is.</summary>
    public static GeoPoint PlaceOf(int berth) => Geography.At("SEGOT-B").Moved(-225 + (berth * 90), -40);
}
