namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// What a station says of its use of the radio slots (ITU-R M.1371-5, annex 2, 3.3.7.2.2 for SOTDMA and 3.3.7.3.2 for
/// ITDMA). A value that its kind or its time-out does not have is -1.
/// </summary>
public readonly record struct AisCommunication
{
    private const int CarrierSenseState = 0b1100000000000000110;

    /// <summary>Who assigned the slots.</summary>
    public AisAccess Access { get; private init; }

    /// <summary>0 direct UTC, 1 indirect UTC, 2 to a base station, 3 to another station.</summary>
    public int SyncState { get; private init; }

    /// <summary>Frames until another slot is taken, 0 to 7 (SOTDMA).</summary>
    public int SlotTimeout { get; private init; }

    /// <summary>How many other stations it hears (time-outs 3, 5 and 7).</summary>
    public int ReceivedStations { get; private init; }

    /// <summary>Number of the slot used, 0 to 2249 (time-outs 2, 4 and 6).</summary>
    public int SlotNumber { get; private init; }

    /// <summary>Hour of UTC (time-out 1).</summary>
    public int UtcHour { get; private init; }

    /// <summary>Minute of UTC (time-out 1).</summary>
    public int UtcMinute { get; private init; }

    /// <summary>Slots from here to the next frame's (time-out 0).</summary>
    public int SlotOffset { get; private init; }

    /// <summary>Slots to the next transmission, 0 for none (ITDMA).</summary>
    public int SlotIncrement { get; private init; }

    /// <summary>Consecutive slots as coded, 0 to 7 (ITDMA).</summary>
    public int SlotsToAllocate { get; private init; }

    /// <summary>1 where the slots stay allocated for one more frame (ITDMA).</summary>
    public int Keep { get; private init; }

    /// <summary>Takes the state of a message apart; null where it has none or it is cut short.</summary>
    public static AisCommunication? Of(AisBits bits)
    {
        var (start, hasSelector) = bits.MessageType switch
        {
            1 or 2 or 3 or 4 or 11 => (149, false),
            9 or 18 => (148, true),
            26 => (bits.Count - 20, true),
            _ => (-1, false),
        };
        if (start < 60 - 20 || !bits.Has(start, hasSelector ? 20 : 19))
        {
            return null;
        }

        var isItdma = hasSelector ? bits.Flag(start) : bits.MessageType == 3;
        var state = (int)bits.Field(hasSelector ? start + 1 : start, 19);

        // A carrier-sense unit has no slots: it sends one constant (annex 8, 3.16).
        if (bits.MessageType == 18 && bits.Flag(141) && isItdma && state == CarrierSenseState)
        {
            return Blank with { Access = AisAccess.CarrierSense };
        }

        return isItdma ? Itdma(state) : Sotdma(state);
    }

    /// <summary>Takes 19 bits apart as SOTDMA.</summary>
    public static AisCommunication Sotdma(int state)
    {
        int timeout = (state >> 14) & 7, sub = state & 0x3FFF;
        var isUtc = timeout == 1;
        return Blank with
        {
            Access = AisAccess.Sotdma,
            SyncState = (state >> 17) & 3,
            SlotTimeout = timeout,
            ReceivedStations = timeout is 3 or 5 or 7 ? sub : -1,
            SlotNumber = timeout is 2 or 4 or 6 ? sub : -1,
            UtcHour = isUtc ? sub >> 9 : -1,
            UtcMinute = isUtc ? (sub >> 2) & 127 : -1,
            SlotOffset = timeout == 0 ? sub : -1,
        };
    }

    /// <summary>Takes 19 bits apart as ITDMA.</summary>
    public static AisCommunication Itdma(int state) => Blank with
    {
        Access = AisAccess.Itdma,
        SyncState = (state >> 17) & 3,
        SlotIncrement = (state >> 4) & 0x1FFF,
        SlotsToAllocate = (state >> 1) & 7,
        Keep = state & 1,
    };

    private static AisCommunication Blank => new()
    {
        SyncState = -1,
        SlotTimeout = -1,
        ReceivedStations = -1,
        SlotNumber = -1,
        UtcHour = -1,
        UtcMinute = -1,
        SlotOffset = -1,
        SlotIncrement = -1,
        SlotsToAllocate = -1,
        Keep = -1,
    };
}

/// <summary>How a station shares the channel.</summary>
public enum AisAccess : byte
{
    /// <summary>Self-organising time division.</summary>
    Sotdma,

    /// <summary>Incremental time division.</summary>
    Itdma,

    /// <summary>It listens and sends when nobody does (class B "CS"): it has no slots to tell of.</summary>
    CarrierSense,
}
