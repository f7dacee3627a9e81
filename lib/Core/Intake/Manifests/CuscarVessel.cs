using System.Globalization;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>
/// The ship of a TDT segment. C222 should have the id, its kind (103 call sign, 146 means of transport) and list (11 is
/// Lloyd's Register, which gives IMO numbers) and the name; senders put these anywhere, so the form of the id decides.
/// </summary>
internal static class CuscarVessel
{
    private const int CarrierElement = 4;
    private const int ShipElement = 7;
    private const int CallSignMax = 7;

    public static ManifestVessel Read(EdifactSegment tdt, SegmentPlace place, DefectList defects)
    {
        var (id, kind, list) = (tdt.Text(ShipElement), tdt.Text(ShipElement, 1), tdt.Text(ShipElement, 2));
        var name = tdt.Text(ShipElement, 3);
        var (carrierId, carrierName) = (tdt.Text(CarrierElement), tdt.Text(CarrierElement, 3));
        if (name.Length == 0 && carrierName.Length > 0)
        {
            defects.Add(
                DefectKind.MisplacedValue, place,
                $"the ship's name is empty (C222.8212) and the carrier's is {DefectList.Quote(carrierName)} (C040.3128)", "taken as the ship's name");
            (name, carrierName) = (carrierName, string.Empty);
        }

        if (tdt.Texts(6) is [var stray, ..])
        {
            defects.Add(DefectKind.MisplacedValue, place, $"{DefectList.Quote(stray)} stands in the place of excess transport (C401)", "left out");
        }

        var vessel = new ManifestVessel
        {
            Name = name.Length > 0 ? name : null,
            IdAsGiven = id.Length > 0 ? id : null,
            Carrier = carrierId.Length > 0 ? carrierId : carrierName.Length > 0 ? carrierName : null,
        };
        return id.Length == 0 ? Nameless(vessel, place, defects) : Identified(vessel, id, kind, list, place, defects);
    }

    private static ManifestVessel Identified(
        ManifestVessel vessel, string id, string kind, string list, SegmentPlace place, DefectList defects)
    {
        if (ImoNumber.HasForm(id))
        {
            if (ImoNumber.TryParse(id, out var imo))
            {
                return vessel with { Imo = imo };
            }

            defects.Add(DefectKind.ImoCheckDigit, place, $"the check digit of IMO number {DefectList.Quote(id)} is wrong", "not taken as an IMO number");
            return vessel;
        }

        if (id.Length == 9 && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var mmsi)
            && Mmsi.KindOf(mmsi) == MmsiKind.Ship)
        {
            return vessel with { Mmsi = mmsi };
        }

        var isCallSign = HasFormOfCallSign(id);
        if (isCallSign && kind != "103")
        {
            defects.Add(
                DefectKind.MisplacedValue, place,
                $"{DefectList.Quote(id)} is said to be of kind {DefectList.Quote(kind)} list {DefectList.Quote(list)} and has the form of a call sign",
                "taken as the call sign");
        }
        else if (!isCallSign)
        {
            defects.Add(
                DefectKind.BadForm, place,
                kind == "103" ? $"{DefectList.Quote(id)} is said to be a call sign (103) and has not its form"
                    : $"{DefectList.Quote(id)} is neither an IMO number nor an MMSI nor a call sign",
                "kept as given; the ship is not found by it");
        }

        return isCallSign ? vessel with { CallSign = id.ToUpperInvariant() } : vessel;
    }

    private static ManifestVessel Nameless(ManifestVessel vessel, SegmentPlace place, DefectList defects)
    {
        defects.Add(DefectKind.Missing, place, "the ship has no id (C222.8213)", vessel.Name is null ? "read without a ship" : "known by its name alone");
        return vessel;
    }

    // ITU Radio Regulations, article 19: letters and digits, 3 to 7 of them, at least one letter.
    private static bool HasFormOfCallSign(string id) =>
        id.Length is >= 3 and <= CallSignMax && id.All(char.IsAsciiLetterOrDigit) && id.Any(char.IsAsciiLetter);
}
