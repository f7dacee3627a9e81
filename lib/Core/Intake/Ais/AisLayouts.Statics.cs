namespace MaritimeWatch.Intake.Ais;

/// <content>What stations say of themselves: types 5, 21 and 24.</content>
public static partial class AisLayouts
{
    private static AisLayout[] Statics() =>
    [
        Layout(
            5,
            "Ship static and voyage related data",
            "3.3",
            [424],
            [
                Number("ais_version", 38, 2, "0 ITU-R M.1371-1, 1 M.1371-3, 2 M.1371-5, 3 a later one"),
                Number("imo", 40, 30, "IMO number", 0), CallSign(70), Text("name", 112, 20, "name of the ship"),
                ShipType(232), .. Size(240), Fix(270),
                Number("eta_month", 274, 4, "estimated arrival, month of UTC", 0),
                Number("eta_day", 278, 5, "estimated arrival, day of UTC", 0),
                Number("eta_hour", 283, 5, "estimated arrival, hour of UTC", 24),
                Number("eta_minute", 288, 6, "estimated arrival, minute of UTC", 60),
                Number("draught_m", 294, 8, "greatest present draught; 25.5 is that or more", 0, "m", 1),
                Text("destination", 302, 20, "as typed on board"), Ready(422),
            ]),
        Layout(
            21,
            "Aids-to-navigation report",
            "3.19",
            [272, 356],
            [
                Number("aid_type", 38, 5, "type of aid to navigation", 0), Text("name", 43, 20, "name of the aid"),
                Accuracy(163), .. Place(164), .. Size(219, "aid"), Fix(249), Second(253),
                Flag("off_position", 259, "not on its station; believed only where the second is 59 or less"),
                Number("aid_status", 260, 8, "status bits as the authority defines them, 0 default"),
                Raim(268), Flag("virtual", 269, "nothing floats there"), Assigned(270),
                TextToEnd("name_extension", 272, 14, "the rest of a name of more than 20 characters"),
            ]),
    ];

    private static AisLayout[] MakeParts()
    {
        const string Title = "Static data report";
        return
        [
            Layout(24, Title, "3.22", [160], Part(0), Text("name", 40, 20, "name of the ship"))
                with { Variant = "part A" },
            Layout(24, Title, "3.22", OneSlot, [.. PartB(), .. Size(132), Fix(162)]) with { Variant = "part B" },
            Layout(
                24,
                Title,
                "3.22",
                OneSlot,
                [.. PartB(), Number("mothership_mmsi", 132, 30, "the ship that it belongs to", 0), Fix(162)])
                with { Variant = "part B of an auxiliary craft (MMSI 98...)" },
            Layout(24, Title, "3.22", OneSlot, Number("part", 38, 2, "2 and 3 are not defined"))
                with { Variant = "part unknown" },
        ];
    }

    private static AisField[] PartB() =>
    [
        Part(1), ShipType(40), Text("vendor_id", 48, 7, "id of the unit by its maker, 42 bits as text"),
        Text("manufacturer_id", 48, 3, "the maker") with { PartOf = "vendor_id" },
        Number("unit_model_code", 66, 4, "the maker's model") with { PartOf = "vendor_id" },
        Number("serial_number", 70, 20, "the unit's number") with { PartOf = "vendor_id" }, CallSign(90),
    ];

    private static AisField Part(int part) => Number("part", 38, 2, "0 is part A, 1 part B") with { Fixed = part };

    private static AisField CallSign(int start) => Text("call_sign", start, 7, "call sign");

    private static AisField ShipType(int start) => Number("ship_type", start, 8, "type of ship and cargo", 0);
}
