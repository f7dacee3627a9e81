namespace MaritimeWatch.Intake.Manifests;

/// <summary>The party of a NAD segment. Its name is personal data and never part of a defect.</summary>
internal static class CuscarParty
{
    public static ManifestParty Read(EdifactSegment nad, SegmentPlace place, DefectList defects)
    {
        var code = nad.Text(0).ToUpperInvariant();
        var role = RoleOf(code);
        if (code is "N1" or "N2")
        {
            defects.Add(DefectKind.PartyRole, place, $"party {code} is not in the directory", "taken as the notify party (NI)");
        }
        else if (role is null)
        {
            defects.Add(DefectKind.PartyRole, place, $"party {DefectList.Quote(code)} is not known here", "kept as other");
        }

        var (name, address) = NameOf(nad, place, defects);
        var id = nad.Text(1);
        return new ManifestParty(role ?? "other", code.Length > 0 ? code : null, id.Length > 0 ? id : null, name, address);
    }

    private static (string? Name, string? Address) NameOf(EdifactSegment nad, SegmentPlace place, DefectList defects)
    {
        // C080 is the name by the directory; C058, unstructured name and address, is what most senders fill.
        var named = nad.Texts(3);
        List<string> lines = named.Count > 0 ? [.. named, .. nad.Texts(4), .. nad.Texts(5), .. nad.Texts(7), .. nad.Texts(8)] : [.. nad.Texts(2)];
        if (lines.Count == 0)
        {
            if (nad.Text(1).Length == 0)
            {
                defects.Add(DefectKind.Missing, place, "the party has neither name nor id", "kept as its role alone");
            }

            return (null, null);
        }

        var comma = lines[0].IndexOf(',', StringComparison.Ordinal);
        if (lines.Count == 1 && comma > 0 && comma < lines[0].Length - 1)
        {
            defects.Add(DefectKind.MisplacedValue, place, "name and address stand in one component", "parted at the first comma");
            return (lines[0][..comma].Trim(), lines[0][(comma + 1)..].Trim());
        }

        var address = string.Join(", ", lines.Skip(1).Select(line => line.Trim(' ', ','))).Trim();
        return (lines[0].Trim(' ', ','), address.Length > 0 ? address : null);
    }

    public static string? RoleOf(string code) => code switch
    {
        "CZ" => "consignor",
        "CN" => "consignee",
        "NI" or "N1" or "N2" => "notify",
        "CA" => "carrier",
        "SU" => "supplier",
        "EX" => "exporter",
        "IM" => "importer",
        "FW" => "forwarder",
        "UC" => "ultimate-consignee",
        "OS" => "original-shipper",
        "AG" => "agent",
        "MS" => "sender",
        "DP" => "delivery",
        "SE" => "seller",
        "BY" => "buyer",
        _ => null,
    };
}
