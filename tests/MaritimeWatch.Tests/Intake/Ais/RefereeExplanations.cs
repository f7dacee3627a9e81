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
            "field cut short",
            "3.5, 3.13, 3.18",
            "the message ends within the field, or its spare bits at the end stand where a further one would begin: gpsd reads "
                + "the missing bits as 0, we null",
            d => d.Ours == "none" && RefereeFields.FieldOf(d) is { Length: > 0 } field && field.Start < d.Message.Count
                && d.Theirs == Bits(d, field.Start, field.Length)),
        new(
            "second station of a short assignment",
            "3.14",
            "an assignment has 96 or 144 bits: of lengths between gpsd reads no second station, we the fields that came",
            d => d is { Message: { Type: 16, Count: < 144 }, Field: "mmsi2" or "offset2", Theirs: "0" }),
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
            "name of the other part",
            "3.22",
            "part B has no name: gpsd repeats the one of a part A that it heard before",
            d => d is { Message.Type: 24, Field: "shipname", Ours: "", Theirs.Length: > 0 } && d.Message.Raw("part") == 1),
        new(
            "extension of a name that is not full",
            "3.19",
            "a name of less than 20 characters has no extension: gpsd leaves out what stands there, we give it by itself",
            d => d is { Message.Type: 21, Field: "name" } && d.Theirs == d.Message.Text("name")
                && d.Message.Text("name_extension").Length > 0 && d.Theirs.Length < 20),
        new(
            "mode of a group assignment",
            "3.21",
            "the mode has two bits; gpsd takes the two of the interval behind it too",
            d => d is { Message.Type: 23, Field: "txrx" } && d.Theirs == Bits(d, 144, 4)),
        new(
            "spare bits behind an address",
            "3.23, 3.24",
            "two spare bits that bring the address to full bytes came with M.1371-5; gpsd reads on without them",
            d => d.Message.Type is 25 or 26 && d.Message.Layout["payload_hex"].Start is 72 or 88 && d.Field switch
            {
                "data" => d.Theirs == Between(d, d.Message.Layout["payload_hex"].Start - 2),
                "app_id" => d.Theirs == Bits(d, 70, 16),
                _ => false,
            }),
    ];

    private static string Bits(RefereeDifference d, int start, int length) =>
        d.Message.Bits.Field(start, length).ToString(CultureInfo.InvariantCulture);

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
            "part that is not defined",
            "3.22",
            "a type 24 of part 2 or 3: gpsd drops it, we say which part it claims to be",
            m => m.Type == 24 && m.Raw("part") > 1),
        new(
            "length that gpsd does not take",
            "3.21, 3.24, 3.25",
            "a type 23 of less than 160 bits, a type 26 too short for its state or of more than 1,004 bits (the standard has "
                + "1,064), a type 27 of neither 96 nor 168 bits: gpsd drops it, we give the fields that came",
            m => m.Type switch
            {
                23 => m.Count < 160,
                26 => m.Count < m.Layout["payload_hex"].Start + 20 || m.Count > 1004,
                27 => m.Count is not (96 or 168),
                _ => false,
            }),
    ];
}
