namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// The table of all fields of all message types 1 to 27 (ITU-R M.1371-5, annex 8). Spare bits are no fields. The head
/// (type, repeat indicator, MMSI) is the same for all and stands in <see cref="AisBits"/>.
/// </summary>
public static partial class AisLayouts
{
    private static readonly AisLayout[] s_one = MakeOne();
    private static readonly AisLayout[] s_part = Variants(MakeParts());
    private static readonly AisLayout[] s_channels = Variants(MakeChannels());
    private static readonly AisLayout[] s_single = Variants(MakeBinary(25));
    private static readonly AisLayout[] s_multiple = Variants(MakeBinary(26));

    /// <summary>All layouts, by type and then by variant.</summary>
    public static IReadOnlyList<AisLayout> All { get; } =
    [
        .. s_one[1..22], .. s_channels, s_one[23], .. s_part, .. s_single, .. s_multiple, s_one[27],
    ];

    /// <summary>The layout of a message that passed <see cref="AisDecoder.Check"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not 1 to 27.</exception>
    public static AisLayout Of(AisBits bits)
    {
        var type = bits.MessageType;
        ArgumentOutOfRangeException.ThrowIfZero(type, nameof(bits));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(type, 27, nameof(bits));
        return type switch
        {
            22 => s_channels[bits.Flag(139) ? 1 : 0],
            24 => s_part[(int)bits.Field(38, 2) switch { 0 => 0, 1 => IsAuxiliary(bits.Mmsi) ? 2 : 1, _ => 3 }],
            25 => s_single[BinaryVariant(bits)],
            26 => s_multiple[BinaryVariant(bits)],
            _ => s_one[type],
        };
    }

    /// <summary>An auxiliary craft sends its parent's MMSI in the place of its dimensions (annex 8, 3.22).</summary>
    public static bool IsAuxiliary(int mmsi) => mmsi / 10_000_000 == 98;

    // An address is followed by two spare bits that are 0 and bring the whole to full bytes. Earlier revisions had none
    // (and so have the decoders made by them): where the two are not 0, or the length says so, the sender follows them.
    private static int BinaryVariant(AisBits bits)
    {
        var structured = bits.Flag(39) ? 1 : 0;
        if (!bits.Flag(38))
        {
            return structured;
        }

        var isEarlier = bits.Field(70, 2) != 0 || (bits.Count & 7) == 6;
        return (isEarlier ? 4 : 2) + structured;
    }

    private static AisLayout[] MakeOne()
    {
        var made = new AisLayout[28];
        foreach (var layout in (AisLayout[])[.. Positions(), .. Statics(), .. Messages(), .. Management()])
        {
            made[layout.MessageType] = layout;
        }

        return made;
    }

    private static AisLayout[] Variants(AisLayout[] made)
    {
        var all = made.SelectMany(layout => layout.Fields).DistinctBy(field => field.Name).ToList();
        return Array.ConvertAll(
            made, layout => layout with { Elsewhere = all.FindAll(field => layout.Find(field.Name) is null) });
    }

    private static AisLayout Layout(int type, string title, string clause, int[] lengths, params AisField[] fields) =>
        new() { MessageType = type, Title = title, Clause = clause, Lengths = lengths, Fields = fields };

    private static AisField Number(
        string name, int start, int length, string meaning, int? none = null, string unit = "", int decimals = 0) =>
        new()
        {
            Name = name,
            Start = start,
            Length = length,
            Form = AisForm.Number,
            NotAvailable = none,
            Meaning = meaning,
            Unit = unit,
            Decimals = decimals,
        };

    private static AisField Flag(string name, int start, string meaning) =>
        new() { Name = name, Start = start, Length = 1, Form = AisForm.Flag, Meaning = meaning };

    private static AisField Text(string name, int start, int characters, string meaning) =>
        new() { Name = name, Start = start, Length = characters * 6, Form = AisForm.Text, Meaning = meaning };

    private static AisField TextToEnd(string name, int start, int characters, string meaning) =>
        Text(name, start, 0, meaning) with { LengthMax = characters * 6 };

    private static AisField Payload(int start, int lengthMax, string meaning, int behind = 0) => new()
    {
        Name = "payload_hex",
        Start = start,
        Length = 0,
        LengthMax = lengthMax,
        Behind = behind,
        Form = AisForm.Data,
        Meaning = meaning,
    };

    private static AisField Destination(int start, string suffix = "") =>
        Number("destination_mmsi" + suffix, start, 30, "the station that is addressed");

    private static AisField Sequence(int start, string suffix = "") =>
        Number("sequence_number" + suffix, start, 2, "numbers the messages between two stations");

    private static AisField Retransmit() => Flag("retransmit", 70, "sent again because it was not acknowledged");

    private static AisField Area(int start) =>
        Number("designated_area_code", start, 10, "who defined the content: 1 international, else as in an MMSI");

    private static AisField Function(int start) =>
        Number("functional_id", start, 6, "what the content is, by that definition");

    private static AisField Assigned(int at) => Flag("assigned", at, "in assigned mode, not autonomous");

    private static AisField Fix(int start) =>
        Number("position_fix_type", start, 4, "kind of position fixing device, 1 GPS", 0);

    private static AisField State(int start, int length, int notBefore = 0) => new()
    {
        Name = "radio_status",
        Start = start,
        Length = length,
        NotBefore = notBefore,
        Form = AisForm.Communication,
        Meaning = length == 20
            ? "selector (1 ITDMA) and communication state; taken apart below"
            : "communication state; taken apart below",
    };

    private static AisField[] Size(int start, string of = "ship") =>
    [
        Side("to_bow_m", start, 9, start, of), Side("to_stern_m", start + 9, 9, start, of),
        Side("to_port_m", start + 18, 6, start, of), Side("to_starboard_m", start + 24, 6, start, of),
    ];

    private static AisField Side(string name, int start, int length, int blankFrom, string of) =>
        Number(name, start, length, $"from the reference point to the {of}'s edge", unit: "m")
            with { BlankFrom = blankFrom };
}
