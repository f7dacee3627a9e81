using System.Globalization;
using System.Text;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>The page <c>FIELDS.md</c>, made of the table that decodes, so that it cannot say anything else.</summary>
internal static class AisFieldsPage
{
    private const string Head = """
        # Fields of AIS messages

        Made from the table in `AisLayouts`, by which messages are decoded, encoded and checked against gpsd; a test keeps
        this page up to date. Clauses are of ITU-R M.1371-5, annex 8. Bits count from 0. Spare bits are left out. *Not
        available* is the number on the air that `decode` writes as `null`; a field that the message is too short for
        is `null` too, unless its line says otherwise. In `decode`, every message first has `line`, `type`, `repeat` (bits 6-7), `mmsi` (bits 8-37), `channel` and
        `received_at`; types 4 and 11 also `utc_at`, the six parts of the time as one, where it is a real time. A field that only
        another variant of the type has is `null`.


        """;

    private const string Foot = """
        ## Communication state

        Types 1, 2, 4 and 11 have SOTDMA, type 3 ITDMA, types 9, 18 and 26 what the selector says. `radio_status` has the bits as
        they came; after it come `communication_state` (`sotdma`, `itdma`, or `carrier_sense` for the constant of a class B
        "CS" unit, which has no slots) and those of the following that the state has.

        | field | bits of 19 | where | meaning | clause (annex 2) |
        |---|---|---|---|---|
        | `sync_state` | 18-17 | all | 0 direct UTC, 1 indirect UTC, 2 to a base station, 3 to another station | 3.3.7.2.2 and 3.3.7.3.2 |
        | `slot_timeout_frames` | 16-14 | SOTDMA | frames until another slot is taken | 3.3.7.2.2 |
        | `received_stations` | 13-0 | time-out 3, 5, 7 | stations heard | 3.3.7.2.3 |
        | `slot_number` | 13-0 | time-out 2, 4, 6 | slot used, 0 to 2249 | 3.3.7.2.3 |
        | `communication_utc_hour`, `communication_utc_minute` | 13-9, 8-2 | time-out 1 | hour and minute of UTC | 3.3.7.2.3 |
        | `slot_offset` | 13-0 | time-out 0 | slots to the slot of the next frame | 3.3.7.2.3 |
        | `slot_increment` | 16-4 | ITDMA | slots to the next transmission, 0 for none | 3.3.7.3.2 |
        | `slots_to_allocate` | 3-1 | ITDMA | consecutive slots, as coded | 3.3.7.3.2 |
        | `keep_flag` | 0 | ITDMA | the slots stay allocated for one more frame | 3.3.7.3.2 |

        """;

    /// <summary>The page.</summary>
    public static string Make()
    {
        var page = new StringBuilder(Head);
        foreach (var group in AisLayouts.All.GroupBy(layout => layout.Fields))
        {
            Section(page, [.. group]);
        }

        return page.Append(Foot).ToString();
    }

    private static void Section(StringBuilder page, AisLayout[] same)
    {
        var first = same[0];
        var types = string.Join(", ", same.Select(layout => layout.MessageType));
        var variant = first.Variant.Length == 0 ? string.Empty : $", {first.Variant}";
        var clauses = string.Join(", ", same.Select(layout => layout.Clause).Distinct());
        var hasTail = first.Fields.Any(field => field.Length == 0);
        var lengths = hasTail ? $"{first.Lengths[0]} to {first.Lengths[^1]}" : string.Join(", ", first.Lengths);
        page.Append(CultureInfo.InvariantCulture, $"## Type {types}: {first.Title}{variant}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Clause {clauses}; {lengths} bits.\n\n");
        page.Append("| field | bits | form | unit | not available | meaning |\n|---|---|---|---|---|---|\n");
        foreach (var field in first.Fields)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{field.Name}` | {Bits(field)} | {Form(field)} | {field.Unit} | {None(field)} | {Meaning(field)} |\n");
        }

        page.Append('\n');
    }

    private static string Bits(AisField field) =>
        field.Start < 0 ? $"the last {-field.Start}"
        : field.Length == 0 ? $"from {field.Start}" + (field.Behind > 0 ? $", to {field.Behind} before the end" : string.Empty)
        : field.Length == 1 ? $"{field.Start}"
        : $"{field.Start}-{field.Start + field.Length - 1}";

    private static string Form(AisField field)
    {
        var form = field.Form.ToString().ToLowerInvariant();
        return field switch
        {
            { Form: AisForm.Text } => $"text, {(field.Length > 0 ? field.Length : field.LengthMax) / 6} characters",
            { Form: AisForm.Data } => $"data, at most {field.LengthMax} bits",
            { IsInverted: true } => "flag, 0 is true",
            { Fixed: { } only } => $"{form}, always {only}",
            { Form: AisForm.Number, Decimals: 1 } => field.Factor == 1 ? "number, tenths" : $"number, {field.Factor} tenths",
            _ => form,
        };
    }

    private static string None(AisField field) =>
        field.BlankFrom >= 0 ? "all four 0"
        : field.Form == AisForm.Text ? "empty"
        : field.NotAvailableToo is { } too ? $"{field.NotAvailable}, {too}"
        : field.NotAvailable is { } none ? none.ToString(CultureInfo.InvariantCulture)
        : string.Empty;

    private static string Meaning(AisField field) =>
        field.Meaning + (field.PartOf.Length == 0 ? string.Empty : $" (bits of `{field.PartOf}`)")
        + (field.MayBeCut ? "; cut short, its missing bits read 0" : string.Empty);
}
