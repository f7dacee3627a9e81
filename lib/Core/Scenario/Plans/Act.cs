namespace MaritimeWatch.Scenario;

/// <summary>What a vessel that plays a part does again and again. Truth is computed from what happens, not from this.</summary>
internal enum Act
{
    /// <summary>Silent for more than 6 h under way in well-heard water.</summary>
    Gap,

    /// <summary>Near miss: silent for 3 to 5.5 h.</summary>
    GapShort,

    /// <summary>Near miss: transmits all the time in a place where nobody is heard for hours.</summary>
    GapInHole,

    /// <summary>Near miss: transmits all the time beyond the horizon.</summary>
    OverHorizon,

    /// <summary>Look-alike: switched off while made fast.</summary>
    MooredOff,

    /// <summary>Look-alike: class B has no duty to transmit.</summary>
    ClassBQuiet,

    /// <summary>Positions jump 5.5 to 60 NM away for a while.</summary>
    Jump,

    /// <summary>Single positions 5.5 to 300 NM away.</summary>
    BadFix,

    /// <summary>Two hulls send under one MMSI.</summary>
    Twin,

    /// <summary>Near miss: GPS errors of 300 to 800 m for some minutes.</summary>
    Glitch,

    /// <summary>Enters a zone, one to three times.</summary>
    ZoneEntry,

    /// <summary>Near miss: passes a zone 300 to 1,000 m outside.</summary>
    ZoneNear,

    /// <summary>Near miss: crosses a zone with the transmitter off: nobody can know.</summary>
    ZoneUnheard,

    /// <summary>Near miss: past an anchorage at about 1 knot without stopping.</summary>
    PortSlow,

    /// <summary>Near miss: stops about 6 km off.</summary>
    PortOff,

    /// <summary>Near miss: past an anchorage within 3 km.</summary>
    PortPass,
}
