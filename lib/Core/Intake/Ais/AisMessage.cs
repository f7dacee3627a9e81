namespace MaritimeWatch.Intake.Ais;

/// <summary>One message, decoded whole: for looking at single messages; the readers work without it.</summary>
/// <param name="MessageType">1 to 27.</param>
/// <param name="Repeat">0 to 3.</param>
/// <param name="Mmsi">As sent.</param>
/// <param name="Motion">Position and movement, where the type has them.</param>
/// <param name="Particulars">Static data, where the type has them.</param>
/// <param name="UtcAtMs">The base station's UTC (types 4 and 11), where it is a real time.</param>
public sealed record AisMessage(
    int MessageType, int Repeat, int Mmsi, AisMotion? Motion, AisParticulars? Particulars, long? UtcAtMs);
