namespace MaritimeWatch.Intake.Ais;

/// <content>Where stations are: types 1 to 4, 9, 11, 18, 19, 21 and 27.</content>
public static partial class AisLayouts
{
    private static int[] OneSlot => [168];

    private static AisLayout[] Positions()
    {
        AisField[] classA = ClassA(), baseStation = BaseStation();
        return
        [
            Layout(1, "Position report, class A", "3.1", OneSlot, classA),
            Layout(2, "Position report, class A, assigned schedule", "3.1", OneSlot, classA),
            Layout(3, "Position report, class A, response to interrogation", "3.1", OneSlot, classA),
            Layout(4, "Base station report", "3.2", OneSlot, baseStation),
            Layout(9, "Standard search and rescue aircraft position report", "3.7", OneSlot, Aircraft()),
            Layout(11, "UTC and date response", "3.9", OneSlot, baseStation),
            Layout(18, "Standard class B equipment position report", "3.16", OneSlot, ClassB()),
            Layout(19, "Extended class B equipment position report", "3.17", [312], ClassBExtended()),
            Layout(27, "Long-range automatic identification system broadcast", "3.25", [96], LongRange()),
        ];
    }

    private static AisField[] ClassA() =>
    [
        Status(38),
        new()
        {
            Name = "rate_of_turn_degrees_per_minute",
            Start = 42,
            Length = 8,
            Form = AisForm.Turn,
            NotAvailable = -128,
            Unit = "degree/min",
            Meaning = "positive to starboard; on the air 4.733 times its root; 127 is more than 5 degrees in 30 s",
        },
        Speed(50), Accuracy(60), .. Place(61), Course(116), Heading(128), Second(137),
        Number("special_manoeuvre", 143, 2, "1 not engaged, 2 engaged", 0), Raim(148), State(149, 19),
    ];

    private static AisField[] BaseStation() =>
    [
        Number("utc_year", 38, 14, "year of UTC", 0), Number("utc_month", 52, 4, "month of UTC", 0),
        Number("utc_day", 56, 5, "day of UTC", 0), Number("utc_hour", 61, 5, "hour of UTC", 24),
        Number("utc_minute", 66, 6, "minute of UTC", 60), Number("utc_second", 72, 6, "second of UTC", 60),
        Accuracy(78), .. Place(79), Fix(134),
        Flag("long_range_transmission", 138, "asks class A stations within its area to send type 27"),
        Raim(148), State(149, 19),
    ];

    private static AisField[] Aircraft() =>
    [
        Number("altitude_m", 38, 12, "4094 is 4,094 m or higher", 4095, "m"),
        Number("speed_over_ground_knots", 50, 10, "1022 is 1,022 knots or more", 1023, "knot"),
        Accuracy(60), .. Place(61), Course(116), Second(128),
        Flag("altitude_barometric", 134, "the altitude is of a barometer, not of GNSS"),
        Ready(142), Assigned(146), Raim(147), State(148, 20),
    ];

    private static AisField[] ClassB() =>
    [
        .. ClassBMotion(),
        Flag("carrier_sense_unit", 141, "a class B \"CS\" unit; false is \"SO\""),
        Flag("display", 142, "can show messages 12 and 14"),
        Flag("dsc", 143, "has a receiver for digital selective calling"),
        Flag("whole_band", 144, "can use the whole marine band; false is the upper 525 kHz"),
        Flag("message_22", 145, "can be told its frequencies by message 22"),
        Assigned(146), Raim(147), State(148, 20),
    ];

    private static AisField[] ClassBExtended() =>
    [
        .. ClassBMotion(), Text("name", 143, 20, "name of the ship"), ShipType(263), .. Size(271), Fix(301),
        Raim(305), Ready(306), Assigned(307),
    ];

    private static AisField[] ClassBMotion() =>
        [Speed(46), Accuracy(56), .. Place(57), Course(112), Heading(124), Second(133)];

    private static AisField[] LongRange() =>
    [
        Accuracy(38), Raim(39), Status(40), .. Corner(44, string.Empty),
        Number("speed_over_ground_knots", 79, 6, "whole knots; 62 is 62 or more", 63, "knot"),
        Number("course_over_ground_degrees", 85, 9, "true", 511, "degree") with { NotAvailableToo = 360 },
        Flag("gnss", 94, "the position is a current one of GNSS") with { IsInverted = true },
    ];

    private static AisField Status(int start) =>
        Number("navigation_status", start, 4, "0 under way, 1 at anchor, 5 moored, 7 fishing, 14 distress beacon", 15);

    private static AisField Speed(int start) =>
        Number("speed_over_ground_knots", start, 10, "102.2 is that or more", 1023, "knot", 1);

    private static AisField Accuracy(int at) => Flag("position_accuracy_high", at, "10 m or better");

    private static AisField[] Place(int start) =>
        [Angle("longitude", start, 28, 181, 1), Angle("latitude", start + 28, 27, 91, 1)];

    // The coarse coordinates: 18 and 17 bits in tenths of a minute.
    private static AisField[] Corner(int start, string before) =>
        [Angle(before + "longitude", start, 18, 181, 1000), Angle(before + "latitude", start + 18, 17, 91, 1000)];

    private static AisField Angle(string name, int start, int length, int noneDegrees, int factor) => new()
    {
        Name = name,
        Start = start,
        Length = length,
        Form = AisForm.Angle,
        NotAvailable = noneDegrees * 600_000 / factor,
        Factor = factor,
        Decimals = 7,
        Unit = "degree",
        Meaning = (name.EndsWith("longitude", StringComparison.Ordinal) ? "east positive" : "north positive")
            + (factor == 1 ? ", on the air in 1/10,000 minute" : ", on the air in 1/10 minute"),
    };

    private static AisField Course(int start) =>
        Number("course_over_ground_degrees", start, 12, "true", 3600, "degree", 1);

    private static AisField Heading(int start) => Number("true_heading_degrees", start, 9, "true", 511, "degree");

    private static AisField Second(int start) =>
        Number("utc_second", start, 6, "second of the fix; 61 manual, 62 estimated, 63 inoperative", 60, "s");

    private static AisField Raim(int at) => Flag("raim", at, "receiver autonomous integrity monitoring is in use");

    private static AisField Ready(int at) =>
        Flag("dte_ready", at, "data terminal equipment is ready") with { IsInverted = true };
}
