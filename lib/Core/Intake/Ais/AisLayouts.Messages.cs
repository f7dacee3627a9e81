namespace MaritimeWatch.Intake.Ais;

/// <content>What stations send to one another: types 6 to 8, 10, 12 to 14, 25 and 26.</content>
public static partial class AisLayouts
{
    private const string PayloadMeaning = "the application's bits, the first one highest";

    // One to four acknowledgements of 32 bits each.
    private static int[] AcknowledgedLengths => [72, 104, 136, 168];

    private static AisLayout[] Messages() =>
    [
        Layout(
            6,
            "Addressed binary message",
            "3.4",
            [88, 1008],
            [Sequence(38), Destination(40), Retransmit(), Area(72), Function(82), Payload(88, 920, PayloadMeaning)]),
        Layout(7, "Binary acknowledgement", "3.5", AcknowledgedLengths, Acknowledged()),
        Layout(
            8,
            "Binary broadcast message",
            "3.6",
            [56, 1008],
            [Area(40), Function(50), Payload(56, 952, PayloadMeaning)]),
        Layout(10, "UTC and date inquiry", "3.8", [72], Destination(40)),
        Layout(
            12,
            "Addressed safety related message",
            "3.10",
            [72, 1008],
            [Sequence(38), Destination(40), Retransmit(), TextToEnd("text", 72, 156, "what it says")]),
        Layout(13, "Safety related acknowledgement", "3.11", AcknowledgedLengths, Acknowledged()),
        Layout(14, "Safety related broadcast message", "3.12", [40, 1008], TextToEnd("text", 40, 161, "what it says")),
    ];

    private static AisField[] Acknowledged() =>
    [
        Destination(40), Sequence(70), Further(72, "_2"), Sequence(102, "_2"),
        Further(104, "_3"), Sequence(134, "_3"), Further(136, "_4"), Sequence(166, "_4"),
    ];

    private static AisField Further(int start, string suffix) => Destination(start, suffix) with { MayBeCut = true };

    // Broadcast, addressed, addressed by an earlier revision; each without and with an application identifier.
    private static AisLayout[] MakeBinary(int type)
    {
        var made = new AisLayout[6];
        for (var index = 0; index < made.Length; index++)
        {
            made[index] = Binary(type, index >= 2, index >= 4, (index & 1) == 1);
        }

        return made;
    }

    private static AisLayout Binary(int type, bool isAddressed, bool isEarlier, bool isStructured)
    {
        var at = !isAddressed ? 40 : isEarlier ? 70 : 72;
        var from = at + (isStructured ? 16 : 0);
        var behind = type == 26 ? 24 : 0;
        var longest = type == 25 ? 168 : 1064;
        var payload = Payload(from, longest - from - behind, PayloadMeaning, behind);
        return Layout(
            type,
            type == 25 ? "Single slot binary message" : "Multiple slot binary message with communications state",
            type == 25 ? "3.23" : "3.24",
            [from + behind, longest],
            [
                Flag("addressed", 38, "to one station") with { Fixed = isAddressed ? 1 : 0 },
                Flag("structured", 39, "an application identifier stands before the data")
                    with { Fixed = isStructured ? 1 : 0 },
                .. isAddressed ? [Destination(40)] : (AisField[])[],
                .. isStructured ? [Area(at), Function(at + 10)] : (AisField[])[],
                payload,
                .. type == 26 ? [State(-20, 20, from)] : (AisField[])[],
            ]) with
        {
            Variant = (isAddressed ? "addressed" : "broadcast") + (isStructured ? ", structured" : ", unstructured")
                    + (isEarlier ? ", without the two spare bits (earlier revisions)" : string.Empty),
        };
    }
}
