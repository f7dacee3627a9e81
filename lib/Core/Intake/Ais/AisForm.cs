namespace MaritimeWatch.Intake.Ais;

/// <summary>How the bits of a field are read.</summary>
public enum AisForm : byte
{
    /// <summary>An unsigned whole number.</summary>
    Number,

    /// <summary>One bit: 1 is true, unless <see cref="AisField.IsInverted"/>.</summary>
    Flag,

    /// <summary>A longitude or latitude in two's complement, east and north positive.</summary>
    Angle,

    /// <summary>Rate of turn as its indicator sends it: 4.733 times the root of degrees per minute, signed.</summary>
    Turn,

    /// <summary>Six-bit text.</summary>
    Text,

    /// <summary>Bits that belong to an application.</summary>
    Data,

    /// <summary>A communication state; <see cref="AisCommunication"/> takes it apart.</summary>
    Communication,
}
