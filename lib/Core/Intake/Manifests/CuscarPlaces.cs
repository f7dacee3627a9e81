using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>Places and container numbers, checked where they stand.</summary>
internal sealed class CuscarPlaces(DefectList defects)
{
    /// <summary>The UN/LOCODE of a LOC segment, or null with a defect.</summary>
    public string? Read(EdifactSegment loc, SegmentPlace place)
    {
        var (text, list, agency) = (loc.Text(1), loc.Text(1, 1), loc.Text(1, 2));
        if (text.Length == 0)
        {
            defects.Add(DefectKind.Missing, place, $"LOC+{loc.Text(0)} names no place", "left out");
            return null;
        }

        if (list.Length == 0 && agency == "139")
        {
            defects.Add(DefectKind.CodeList, place, "the code list 139 stands in the place of the agency (C517.3055)", "read as UN/LOCODE");
        }

        if (UnLocode.TryParse(text, out var locode))
        {
            return locode.Value;
        }

        if (loc.Text(0) is "9" or "11" or "76" or "60" or "61" or "125")
        {
            defects.Add(DefectKind.PlaceForm, place, $"{DefectList.Quote(text)} is no UN/LOCODE", "left out");
        }

        return null;
    }

    /// <summary>A container's number without spaces; a defect where it is wrong, and then as given.</summary>
    /// <param name="given">The text.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="kind">What EQD calls it, or null.</param>
    public string Container(string given, SegmentPlace place, string? kind)
    {
        switch (ContainerNumber.Read(given, out var number))
        {
            case ContainerFault.None:
                return number.Value;
            case ContainerFault.CheckDigit:
                var bare = ContainerNumber.Bare(given);
                defects.Add(
                    DefectKind.ContainerCheckDigit, place,
                    FormattableString.Invariant($"the check digit of {DefectList.Quote(given)} should be {ContainerNumber.CheckDigitOf(bare)} (ISO 6346)"),
                    "kept as given");
                return bare;
            default:
                var called = kind is null ? string.Empty : $"; EQD calls it {DefectList.Quote(kind)}";
                defects.Add(DefectKind.ContainerForm, place, $"{DefectList.Quote(given)} is no container number (ISO 6346){called}", "kept as given");
                return given;
        }
    }
}
