namespace MaritimeWatch.Intake.Manifests;

/// <summary>What can be wrong with a manifest that is read all the same. Closed: the names are in counts and in files.</summary>
public enum DefectKind
{
    /// <summary>The separators of UNA cannot be told apart.</summary>
    BadUna,

    /// <summary>A segment is longer than its bound.</summary>
    SegmentTooLong,

    /// <summary>Something stands where a tag of three letters should be.</summary>
    SegmentWithoutTag,

    /// <summary>The file breaks off in the middle of a segment.</summary>
    Truncated,

    /// <summary>The file has more than is taken.</summary>
    TooMany,

    /// <summary>UNH names no type of message.</summary>
    MessageTypeMissing,

    /// <summary>The message is of another type; it is not read.</summary>
    MessageTypeOther,

    /// <summary>UNH, UNT, UNB or UNZ is missing.</summary>
    EnvelopeMissing,

    /// <summary>The count in UNT is not that of the segments.</summary>
    SegmentCount,

    /// <summary>The count in UNZ is not that of the messages.</summary>
    MessageCount,

    /// <summary>The reference in UNT or UNZ is not that of UNH or UNB.</summary>
    ReferenceMismatch,

    /// <summary>The message has no such segment by the directory.</summary>
    UnknownSegment,

    /// <summary>A segment stands where the directory does not allow it.</summary>
    MisplacedSegment,

    /// <summary>What must be there is not.</summary>
    Missing,

    /// <summary>A value stands in the wrong place and was taken from there.</summary>
    MisplacedValue,

    /// <summary>A value has not the form of what it should be.</summary>
    BadForm,

    /// <summary>A date or time cannot be read, or its format code is wrong.</summary>
    BadTime,

    /// <summary>A value comes twice and differs.</summary>
    Contradiction,

    /// <summary>The document's code or function is not one of a manifest.</summary>
    DocumentCode,

    /// <summary>A reference's qualifier is not that of a bill of lading.</summary>
    BillQualifier,

    /// <summary>The role of a party is not in the directory.</summary>
    PartyRole,

    /// <summary>A container's number has not the form of ISO 6346.</summary>
    ContainerForm,

    /// <summary>A container's check digit is wrong.</summary>
    ContainerCheckDigit,

    /// <summary>An IMO number's check digit is wrong.</summary>
    ImoCheckDigit,

    /// <summary>A place is no UN/LOCODE.</summary>
    PlaceForm,

    /// <summary>The code list of a place stands in the wrong component.</summary>
    CodeList,

    /// <summary>A commodity code is not 4 to 10 digits.</summary>
    CommodityForm,

    /// <summary>A unit is unknown: the weight was not taken.</summary>
    UnitUnknown,

    /// <summary>A unit can mean several things: one was taken.</summary>
    UnitAmbiguous,

    /// <summary>Weights of one bill come in several units.</summary>
    MixedUnits,

    /// <summary>A control total is not what the items add up to.</summary>
    ControlTotal,

    /// <summary>The packages that are tied to boxes are not those of the item.</summary>
    PackageCount,

    /// <summary>One bill stands twice.</summary>
    DuplicateBill,

    /// <summary>A member is not in the schema.</summary>
    UnknownMember,

    /// <summary>A member has the wrong type or is out of its range.</summary>
    BadMember,
}
