namespace MaritimeWatch.Scenario;

/// <summary>
/// A relay between a receiver and the network that delivers what the network had long ago, and stamps it with a time of its
/// own: what is heard through it lies behind the ship as if another hull followed.
/// </summary>
/// <param name="When">When it works.</param>
/// <param name="LateMs">How much too late its stamps are, milliseconds; at most 30 min.</param>
internal sealed record LateRelay(IReadOnlyList<Stretch> When, long LateMs)
{
    /// <summary>True where what is sent at an instant goes through the relay too.</summary>
    public bool Carries(long atMs)
    {
        foreach (var stretch in When)
        {
            if (stretch.FromAtMs <= atMs && atMs < stretch.ToAtMs)
            {
                return true;
            }
        }

        return false;
    }
}
