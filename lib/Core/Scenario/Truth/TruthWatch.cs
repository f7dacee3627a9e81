using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>A watch that looks only at what it says it looks at.</summary>
internal abstract class TruthWatch : ITruthWatch
{
    public virtual void OnHeard(SimVessel vessel, in Transmission sent, List<TruthEntry> truth)
    {
    }

    public virtual void OnStaticHeard(SimVessel vessel, StaticReport said, long atMs, List<TruthEntry> truth)
    {
    }

    public virtual void OnTick(SimVessel vessel, in Motion now, long atMs, List<TruthEntry> truth)
    {
    }

    public virtual void OnEnd(long atMs, List<TruthEntry> truth)
    {
    }
}
