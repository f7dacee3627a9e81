using System.Globalization;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Why the two decoders may differ, and who is right by the standard.</summary>
/// <param name="Name">For the printed counts.</param>
/// <param name="Clause">Of ITU-R M.1371-5, annex 8, or of the standard named.</param>
/// <param name="Why">The reason.</param>
/// <param name="Accounts">Whether it accounts for a difference: not only that it may apply, but that it gives their value.</param>
internal sealed record RefereeExplanation(string Name, string Clause, string Why, Func<RefereeDifference, bool> Accounts)
{
    /// <summary>All explanations of differing fields.</summary>
    public static IReadOnlyList<RefereeExplanation> OfFields { get; } =
    [
        new(
            "field that did not come",
            "3.5, 3.11, 3.13, 3.14, 3.18",
            "the message ends before the field (one to four acknowledgements, stations or reservations): gpsd says 0, we null",
            d => d is { Ours: "none", Theirs: "0" }),
        new(
            "communication state of type 26",
            "3.24",
            "the state stands in the last 20 bits of the message; gpsd never reads it and always says 0",
            d => d is { Message.Type: 26, Field: "radio", Theirs: "0" }),
        new(
            "spare bits before the communication state",
            "3.24",
            "four spare bits stand between the data and the state; gpsd counts them as data",
            d => d is { Message.Type: 26, Field: "data" } && d.Theirs == Between(d, d.Message.Layout["payload_hex"].Start)),
        new(
            "spare bits behind an address",
            "3.23, 3.24",
            "two spare bits that bring the address to full bytes came with M.1371-5; gpsd reads on without them",
            d => d.Message.Type is 25 or 26 && d.Message.Layout["payload_hex"].Start is 72 or 88 && d.Field switch
            {
                "data" => d.Theirs == Between(d, d.Message.Layout["payload_hex"].Start - 2),
                "app_id" => d.Theirs == d.Message.Bits.Field(70, 16).ToString(CultureInfo.InvariantCulture),
                _ => false,
            }),
    ];

    // What stands from a bit on, as gpsd takes it: to the end, in type 26 to the 20 bits of the state.
    private static string Between(RefereeDifference d, int start)
    {
        var end = d.Message.Count - (d.Message.Type == 26 ? 20 : 0);
        var data = new List<byte>();
        for (var at = start; at < end; at += 8)
        {
            var width = Math.Min(8, end - at);
            data.Add((byte)(d.Message.Bits.Field(at, width) << (8 - width)));
        }

        return $"{end - start}:{Convert.ToHexStringLower([.. data])}";
    }
}

/// <summary>Why a message may be known to one decoder only.</summary>
/// <param name="Name">For the printed counts.</param>
/// <param name="Clause">Of ITU-R M.1371-5, annex 8, or of the standard named.</param>
/// <param name="Why">The reason.</param>
/// <param name="Accounts">Whether it accounts for a message that only we have.</param>
internal sealed record RefereeAbsence(string Name, string Clause, string Why, Func<RefereeMessage, bool> Accounts)
{
    /// <summary>All explanations of messages that gpsd does not give.</summary>
    public static IReadOnlyList<RefereeAbsence> OfMessages { get; } =
    [
        new(
            "line without an end",
            "NMEA 0183, 5.3",
            "the file ends without a line end: gpsd waits for it, we take the line as it stands",
            m => m.IsLastLine),
        new(
            "talker unknown to gpsd",
            "IEC 61162-1, 8.1",
            "the talker (BY, SS, --) is none that gpsd knows; the sentence is a VDM with a right checksum all the same",
            m => m.Line.Contains("!BYVD", StringComparison.Ordinal) || m.Line.Contains("!SSVD", StringComparison.Ordinal)
                || m.Line.Contains("!--VD", StringComparison.Ordinal)),
        new(
            "length that gpsd does not take",
            "3.21, 3.24, 3.25",
            "a type 23 of less than 160 bits, a type 26 too short for its state, a type 27 of neither 96 nor 168 bits: "
                + "gpsd drops it, we give the fields that came",
            m => m.Type switch
            {
                23 => m.Count < 160,
                26 => m.Count < m.Layout["payload_hex"].Start + 20,
                27 => m.Count is not (96 or 168),
                _ => false,
            }),
    ];
}
