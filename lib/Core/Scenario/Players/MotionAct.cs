namespace MaritimeWatch.Scenario;

/// <summary>What a player of movement does. Truth is computed from what is heard, not from this.</summary>
internal enum MotionAct
{
    /// <summary>Slow at sea for 4.4 to 30 hours.</summary>
    Loiter,

    /// <summary>Engine stopped at sea for 4.4 to 20 hours, slower than a knot.</summary>
    LoiterStopped,

    /// <summary>Near miss: slow for 2.6 to 3.5 hours.</summary>
    LoiterShort,

    /// <summary>Near miss: 2.4 to 2.8 knots for 6 to 9 hours.</summary>
    LoiterFaster,

    /// <summary>Near miss: slow for 5 to 9 hours, 6 to 8.5 km from an anchorage.</summary>
    LoiterNearAnchorage,

    /// <summary>Look-alike: a fishing boat slow at its gear.</summary>
    LoiterFishing,

    /// <summary>Look-alike: at anchor in open water, and saying so.</summary>
    AnchoredOutside,

    /// <summary>Carried across its heading for 14 to 240 minutes.</summary>
    Drift,

    /// <summary>Near miss: carried for 4 to 8 minutes.</summary>
    DriftShort,

    /// <summary>Near miss: leeway of 22 to 33 degrees.</summary>
    DriftOblique,

    /// <summary>Near miss: a fishing boat that hauls, and says that it fishes.</summary>
    DriftHauling,

    /// <summary>Near miss: at anchor, sheering in a stream.</summary>
    AnchoredSheering,

    /// <summary>Near miss: no compass is wired to the transmitter: nobody can tell.</summary>
    DriftUnknown,

    /// <summary>Look-alike: a tug or dredger at work.</summary>
    DriftWorking,

    /// <summary>From 8 to 18 knots to none within seconds.</summary>
    Halt,

    /// <summary>Near miss: from 5 to 6.6 knots.</summary>
    HaltSlow,

    /// <summary>Near miss: it takes 70 to 110 seconds.</summary>
    HaltLong,

    /// <summary>Near miss: goes on after half a minute.</summary>
    HaltBrief,

    /// <summary>Near miss: one report tells a speed of 0.</summary>
    BadSpeed,

    /// <summary>Near miss: one report a minute: nobody can tell.</summary>
    HaltThinned,

    /// <summary>A beacon in the water.</summary>
    Beacon,

    /// <summary>Look-alike: a beacon is tested.</summary>
    BeaconTest,

    /// <summary>A ship calls for help by its status.</summary>
    ShipInDistress,

    /// <summary>Look-alike: the status for one message, typed by mistake.</summary>
    StatusTypo,

    /// <summary>Near miss: not under command for some hours, which is no distress.</summary>
    NotUnderCommand,

    /// <summary>The position goes round while the ship goes about its way.</summary>
    Circles,

    /// <summary>The position goes round while the ship lies stopped.</summary>
    CirclesStopped,

    /// <summary>Near miss: hardly more than one turn.</summary>
    OneTurn,

    /// <summary>Look-alike: goes round in truth.</summary>
    TrueCircles,

    /// <summary>The position stands still while the ship moves.</summary>
    Frozen,

    /// <summary>The position goes on along a line without noise.</summary>
    DeadReckoning,

    /// <summary>Near miss: stands still twice for 8 to 22 minutes.</summary>
    FrozenShort,

    /// <summary>Near miss: stands still to the last digit at anchor.</summary>
    FrozenAtAnchor,

    /// <summary>Near miss: every second position is the one before.</summary>
    Stale,

    /// <summary>Positions inland.</summary>
    OnLand,

    /// <summary>Near miss: at a quay, up to a kilometre inland.</summary>
    QuayNoise,

    /// <summary>Look-alike: lies in a river.</summary>
    RiverBerth,

    /// <summary>Near miss: one position inland.</summary>
    OneFixInland,

    /// <summary>The transmitter's clock is 10 to 30 seconds off.</summary>
    Clock,

    /// <summary>Near miss: 3 to 7 seconds off.</summary>
    ClockNear,

    /// <summary>Near miss: single seconds are wrong.</summary>
    ClockOnce,

    /// <summary>Look-alike in a storm: hove to, head to wind.</summary>
    HoveTo,

    /// <summary>In a storm: carried across the heading.</summary>
    StormDrift,

    /// <summary>In a storm: at anchor under the land.</summary>
    Shelter,
}
