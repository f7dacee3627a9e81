using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>
/// Watches all ships of a run for one kind of behaviour and says what happened by its definition, whoever played it.
/// Called in order of time. Instants of <see cref="OnTick"/> are half a minute apart.
/// </summary>
internal interface ITruthWatch
{
    /// <summary>A position report of a ship left its aerial and somebody heard it.</summary>
    /// <param name="vessel">Who sent it.</param>
    /// <param name="sent">What is true and what the transmitter believed.</param>
    /// <param name="truth">Takes what is now certain.</param>
    void OnHeard(SimVessel vessel, in Transmission sent, List<TruthEntry> truth);

    /// <summary>Static data of a ship were sent and somebody heard them.</summary>
    /// <param name="vessel">Who sent them.</param>
    /// <param name="said">What they said.</param>
    /// <param name="atMs">When.</param>
    /// <param name="truth">Takes what is now certain.</param>
    void OnStaticHeard(SimVessel vessel, StaticReport said, long atMs, List<TruthEntry> truth);

    /// <summary>Where a ship is now, heard or not.</summary>
    /// <param name="vessel">The ship.</param>
    /// <param name="now">Its true movement.</param>
    /// <param name="atMs">When.</param>
    /// <param name="truth">Takes what is now certain.</param>
    void OnTick(SimVessel vessel, in Motion now, long atMs, List<TruthEntry> truth);

    /// <summary>The recording ends.</summary>
    /// <param name="atMs">When.</param>
    /// <param name="truth">Takes what went on until now.</param>
    void OnEnd(long atMs, List<TruthEntry> truth);
}
