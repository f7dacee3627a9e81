namespace MaritimeWatch.Intake.Ais;

/// <content>What base stations arrange: types 15 to 17, 20, 22 and 23.</content>
public static partial class AisLayouts
{
    private static AisLayout[] Management() =>
    [
        Layout(
            15,
            "Interrogation",
            "3.13",
            [88, 110, 160],
            [
                Destination(40), Requested(70, "_1_1"), Slot(76, "_1_1"), Requested(90, "_1_2"), Slot(96, "_1_2"),
                Destination(110, "_2"), Requested(140, "_2_1"), Slot(146, "_2_1"),
            ]),
        Layout(
            16,
            "Assigned mode command",
            "3.14",
            [96, 144],
            [
                Destination(40), Ordered(70, string.Empty), Increment(82, 10, string.Empty),
                Destination(92, "_2"), Ordered(122, "_2"), Increment(134, 10, "_2"),
            ]),
        Layout(
            17,
            "GNSS broadcast binary message",
            "3.15",
            [80, 816],
            [
                .. Corner(40, string.Empty), Payload(80, 736, "the correction data whole, as of ITU-R M.823"),
                Of(Number("dgnss_message_type", 80, 6, "type of the correction message")),
                Of(Number("dgnss_station_id", 86, 10, "the reference station")),
                Of(Number("dgnss_z_count_s", 96, 13, "time within the hour, steps of 0.6 s", unit: "s", decimals: 1))
                    with { Factor = 6 },
                Of(Number("dgnss_sequence_number", 109, 3, "runs from 0 to 7")),
                Of(Number("dgnss_word_count", 112, 5, "words of 24 bits that follow the header, 0 to 29")),
                Of(Number("dgnss_health", 117, 3, "health of the reference station")),
            ]),
        Layout(
            20,
            "Data link management message",
            "3.18",
            [72, 104, 136, 160],
            [
                .. Reservation(40, string.Empty), .. Reservation(70, "_2"), .. Reservation(100, "_3"),
                .. Reservation(130, "_4"),
            ]),
        Layout(
            23,
            "Group assignment command",
            "3.21",
            [160],
            [
                .. Corner(40, "north_east_"), .. Corner(75, "south_west_"),
                Number("station_type", 110, 4, "whom it concerns: 0 all, 2 class B, 10 base station coverage"),
                Number("ship_type", 114, 8, "whom it concerns: 0 all types"), Mode(144, 2),
                Number(
                    "reporting_interval",
                    146,
                    4,
                    "as coded: 0 autonomous, 1 to 8 ten minutes to five seconds, 9 and 10 next shorter and longer"),
                Number("quiet_minutes", 150, 4, "how long to keep silent; 0 not at all", unit: "min"),
            ]),
    ];

    private static AisLayout[] MakeChannels()
    {
        const string Title = "Channel management";
        return
        [
            Layout(
                22,
                Title,
                "3.20",
                OneSlot,
                [.. Channels(), .. Corner(69, "north_east_"), .. Corner(104, "south_west_"), Addressed(0), .. Bands()])
                with { Variant = "for an area" },
            Layout(
                22,
                Title,
                "3.20",
                OneSlot,
                [.. Channels(), Destination(69), Destination(104, "_2"), Addressed(1), .. Bands()])
                with { Variant = "addressed" },
        ];
    }

    private static AisField[] Channels() =>
    [
        Number("channel_a", 40, 12, "number of the channel by ITU-R M.1084"),
        Number("channel_b", 52, 12, "number of the channel by ITU-R M.1084"), Mode(64, 4),
        Flag("power_low", 68, "to send with low power"),
    ];

    private static AisField[] Bands() =>
    [
        Flag("channel_a_spare_bandwidth", 140, "false: the bandwidth that the channel number says"),
        Flag("channel_b_spare_bandwidth", 141, "false: the bandwidth that the channel number says"),
        Number("transitional_zone_nm", 142, 3, "width of the zone around the area; sent less one", unit: "nautical mile")
            with { Added = 1 },
    ];

    private static AisField Addressed(int value) =>
        Flag("addressed", 139, "to one or two stations") with { Fixed = value };

    private static AisField Mode(int start, int length) =>
        Number("transmit_receive_mode", start, length, "0 sends on A and B, 1 on A, 2 on B; receives on both");

    private static AisField[] Reservation(int start, string suffix) =>
    [
        Number("slot_offset" + suffix, start, 12, "first slot reserved", 0),
        Number("slot_count" + suffix, start + 12, 4, "consecutive slots reserved", 0),
        Number("slot_timeout_minutes" + suffix, start + 16, 3, "how long reserved", 0, "min"),
        Number("slot_increment" + suffix, start + 19, 11, "slots to the next reserved block", 0),
    ];

    private static AisField Requested(int start, string suffix) =>
        Number("requested_type" + suffix, start, 6, "the message type that is asked for");

    private static AisField Slot(int start, string suffix) =>
        Number("slot_offset" + suffix, start, 12, "when to answer; 0 leaves it to the station")
            with { MayBeCut = true };

    private static AisField Ordered(int start, string suffix) =>
        Number("slot_offset" + suffix, start, 12, "first slot; with increment 0, reports per 10 minutes");

    private static AisField Increment(int start, int length, string suffix) =>
        Number("slot_increment" + suffix, start, length, "as coded: 1 is 1,125 slots, 2 375, 3 225, 4 125, 5 75, 6 45");

    private static AisField Of(AisField field) => field with { PartOf = "payload_hex" };
}
