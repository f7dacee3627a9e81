namespace MaritimeWatch.Intake.Manifests;

/// <summary>
/// Reads the CUSCAR messages of one or several interchanges (D.95B to D.21B). What can be read is read, and every
/// departure from the directory is listed with its segment; messages of other types are named and left out.
/// </summary>
internal sealed class CuscarReader
{
    private const string Cuscar = "CUSCAR";
    private static readonly string[] ManifestDocuments = ["85", "785", "833", "933"];

    private readonly EdifactReader reader;
    private readonly DefectList defects = new(ManifestReader.DefectsMax);
    private readonly List<Manifest> manifests = [];
    private readonly SortedSet<string> otherTypes = new(StringComparer.Ordinal);

    private CuscarMessage? message;
    private string? interchange;
    private string? sender;
    private SegmentPlace interchangeAt;
    private string type = string.Empty;
    private string reference = string.Empty;
    private int inMessage;
    private int messagesInInterchange;
    private int messagesRefused;
    private bool isMessageOpen;
    private bool isTruncated;

    private CuscarReader(Stream stream, EdifactLimits? limits) => reader = new EdifactReader(stream, limits);

    public static ManifestReading Read(ReadOnlyMemory<byte> content, EdifactLimits? limits = null)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        return new CuscarReader(stream, limits).Read();
    }

    private ManifestReading Read()
    {
        EdifactStep step;
        while ((step = reader.Read()) != EdifactStep.End)
        {
            if (step == EdifactStep.Segment)
            {
                OnSegment();
                continue;
            }

            OnTrouble(step);
            if (step is EdifactStep.Truncated or EdifactStep.TooMany)
            {
                break;
            }
        }

        CloseMessage("the file ended without UNT");
        CloseInterchange(default, isEnded: false);
        return Reading();
    }

    private void OnSegment()
    {
        var segment = reader.Current;
        switch (segment.Tag)
        {
            case "UNB":
                CloseMessage("an interchange began before UNT");
                CloseInterchange(default, isEnded: false);
                interchange = segment.Text(4);
                sender = segment.Text(1);
                (interchangeAt, messagesInInterchange) = (segment.Place, 0);
                break;
            case "UNZ":
                CloseMessage("the interchange ended without UNT");
                CloseInterchange(segment, isEnded: true);
                break;
            case "UNG" or "UNE":
                break; // Groups of messages say nothing that is used here.
            case "UNH":
                CloseMessage("the next message began without UNT");
                OpenMessage(segment);
                break;
            case "UNT":
                EndMessage(segment);
                break;
            default:
                OnBody(segment);
                break;
        }
    }

    private void OpenMessage(EdifactSegment segment)
    {
        var place = segment.Place with { InMessage = 1 };
        if (interchange is null)
        {
            defects.Add(DefectKind.EnvelopeMissing, place, "no UNB before the message", "read without it");
            (interchange, interchangeAt) = (string.Empty, place);
        }

        (isMessageOpen, inMessage) = (true, 1);
        messagesInInterchange++;
        reference = segment.Text(0);
        type = segment.Text(1).ToUpperInvariant();
        var (version, year) = (segment.Text(1, 1), segment.Text(1, 2));
        if (type is Cuscar or "")
        {
            var release = version.Length > 0 && year.Length > 0 ? $"{version}.{year}" : null;
            message = new CuscarMessage(defects, SegmentTree.Of(year), place, release, reference, sender);
        }
        else
        {
            Refuse(place, type);
        }
    }

    private void OnBody(EdifactSegment segment)
    {
        inMessage++;
        var place = segment.Place with { InMessage = inMessage };
        if (!isMessageOpen)
        {
            defects.Add(DefectKind.MisplacedSegment, place with { InMessage = 0 }, "it stands outside any message", "left out");
            return;
        }

        if (message is null)
        {
            return; // Of a message that is not read.
        }

        if (segment.Tag == "BGM" && type.Length == 0)
        {
            var code = segment.Text(0);
            if (!ManifestDocuments.Contains(code))
            {
                Refuse(place, code.Length == 0 ? "no type" : $"no type, document {code}");
                return;
            }

            type = Cuscar;
            defects.Add(
                DefectKind.MessageTypeMissing, message.OpenedAt, "UNH names no type of message",
                $"taken as CUSCAR, because document {code} is a manifest");
        }

        message.Take(segment, place);
    }

    private void Refuse(SegmentPlace place, string named)
    {
        otherTypes.Add(named.Length > 35 ? named[..35] : named);
        messagesRefused++;
        message = null;
        defects.Add(
            DefectKind.MessageTypeOther, place, $"the message is {DefectList.Quote(named)}, not CUSCAR", "the message was not read");
    }

    private void EndMessage(EdifactSegment segment)
    {
        inMessage++;
        var place = segment.Place with { InMessage = inMessage };
        if (!isMessageOpen)
        {
            defects.Add(DefectKind.MisplacedSegment, place, "UNT without UNH", "left out");
            return;
        }

        if (message is not null)
        {
            if (segment.Number(0) is not { } count)
            {
                defects.Add(DefectKind.SegmentCount, place, "UNT has no count", "read all the same");
            }
            else if (count != inMessage)
            {
                defects.Add(
                    DefectKind.SegmentCount, place,
                    FormattableString.Invariant($"UNT counts {count} segments and there are {inMessage}"), "read all the same");
            }

            if (segment.Text(1) != reference)
            {
                defects.Add(
                    DefectKind.ReferenceMismatch, place,
                    $"UNT refers to {DefectList.Quote(segment.Text(1))} and UNH to {DefectList.Quote(reference)}", "UNH counts");
            }
        }

        FinishMessage();
    }

    private void CloseMessage(string why)
    {
        if (isMessageOpen)
        {
            if (message is not null)
            {
                defects.Add(DefectKind.EnvelopeMissing, reader.Place with { InMessage = inMessage }, why, "what came before was kept");
            }

            FinishMessage();
        }
    }

    private void FinishMessage()
    {
        if (message is not null && type.Length == 0)
        {
            Refuse(message.OpenedAt, "no type");
        }

        if (message?.Finish() is { } manifest)
        {
            manifests.Add(manifest);
        }

        (isMessageOpen, message, inMessage) = (false, null, 0);
    }

    private void CloseInterchange(EdifactSegment unz, bool isEnded)
    {
        if (interchange is null)
        {
            if (isEnded)
            {
                defects.Add(DefectKind.MisplacedSegment, unz.Place, "UNZ without UNB", "left out");
            }

            return;
        }

        if (!isEnded)
        {
            defects.Add(DefectKind.EnvelopeMissing, reader.Place, $"no UNZ for the interchange of segment {interchangeAt.Number}", "read all the same");
        }
        else
        {
            if (unz.Number(0) != messagesInInterchange)
            {
                defects.Add(
                    DefectKind.MessageCount, unz.Place,
                    FormattableString.Invariant($"UNZ counts {unz.Text(0)} messages and there are {messagesInInterchange}"), "read all the same");
            }

            if (unz.Text(1) != interchange)
            {
                defects.Add(
                    DefectKind.ReferenceMismatch, unz.Place,
                    $"UNZ refers to {DefectList.Quote(unz.Text(1))} and UNB to {DefectList.Quote(interchange)}", "UNB counts");
            }
        }

        interchange = null;
    }

    private void OnTrouble(EdifactStep step)
    {
        var place = reader.Place with { InMessage = isMessageOpen ? ++inMessage : 0 };
        var (kind, what, done) = step switch
        {
            EdifactStep.TooLong => (DefectKind.SegmentTooLong, "the segment is longer than its bound", "left out"),
            EdifactStep.NoTag => (DefectKind.SegmentWithoutTag, "no tag of three letters stands there", "left out"),
            EdifactStep.BadUna => (DefectKind.BadUna, "UNA names separators that cannot be told apart", "the usual ones were taken"),
            EdifactStep.Truncated => (DefectKind.Truncated, "the file breaks off in the middle of a segment", "what came before was kept"),
            _ => (DefectKind.TooMany, "the file has more segments than are taken", "what came before was kept"),
        };
        isTruncated |= step == EdifactStep.Truncated;
        defects.Add(kind, place, what, done);
    }

    private ManifestReading Reading()
    {
        var fault = manifests.Count > 0 ? ManifestFault.None
            : messagesRefused > 0 ? ManifestFault.OtherMessage
            : isTruncated ? ManifestFault.Truncated
            : ManifestFault.FormatUnknown;
        return new ManifestReading
        {
            Manifests = manifests,
            Defects = [.. defects.Kept.OrderBy(defect => defect.Place.Number)], // Some are found only when a group ends.
            DefectCounts = defects.Counts,
            MessagesRefused = messagesRefused,
            Fault = fault,
            FaultText = fault switch
            {
                ManifestFault.OtherMessage => $"it has no CUSCAR message; it has: {string.Join(", ", otherTypes)}",
                ManifestFault.Truncated => FormattableString.Invariant($"it breaks off in segment {reader.Place.Number} (line {reader.Place.Line}), before any manifest"),
                ManifestFault.FormatUnknown => "it is an interchange without messages",
                _ => null,
            },
        };
    }
}
