namespace MaritimeWatch.Intake.Ais;

/// <summary>What a column of a CSV file (or a key of an NDJSON file) means.</summary>
internal enum CsvColumn : byte
{
    None,
    Time,
    Mmsi,
    LocalId,
    Latitude,
    Longitude,
    Speed,
    Course,
    Heading,
    RateOfTurn,
    NavigationStatus,
    MessageType,
    StationClass,
    Name,
    CallSign,
    Imo,
    ShipType,
    Length,
    Width,
    Draught,
    Destination,
    Eta,
    ToBow,
    ToStern,
    ToPort,
    ToStarboard,
    Count,
}

/// <summary>The spellings of column names in published AIS files.</summary>
internal static class CsvSpelling
{
    // The first spelling of a line is the most exact; where a file has two columns of one meaning, the earlier wins.
    private static readonly Dictionary<string, (CsvColumn Column, int Rank)> s_meaning = Make(
        (CsvColumn.Time, "timestamp basedatetime tutc tutcapprox datetime datetimeutc timeutc time send eventtime eventat "
            + "receivedat msgtime positiontime postime sequencedttm dt ts tsposutc dtpossutc unixtime epoch t timestamppretty"),
        (CsvColumn.Mmsi, "mmsi ssvid sourcemmsi userid"),
        (CsvColumn.LocalId, "vid vesselid shipid objectid"),
        (CsvColumn.Latitude, "latitude lat latdeg latitudedegrees y"),
        (CsvColumn.Longitude, "longitude lon long lng londeg longitudedegrees x"),
        (CsvColumn.Speed, "sog sogkn sogknots speedoverground speedovergroundknots speedknots speedkn speed"),
        (CsvColumn.Course, "cog cogdeg courseoverground courseovergrounddegrees coursedegrees coursedeg course"),
        (CsvColumn.Heading, "heading trueheading trueheadingdegrees headingdegrees headingdeg hdg th"),
        (CsvColumn.RateOfTurn, "rot rateofturn turn"),
        (CsvColumn.NavigationStatus, "navstatus navigationalstatus navigationstatus status nav statuscode"),
        (CsvColumn.MessageType, "messagetype msgtype msgid messageid"),
        (CsvColumn.StationClass, "transceiverclass transceiver typeofmobile targettype aisclass class"),
        (CsvColumn.Name, "vesselname shipname name"),
        (CsvColumn.CallSign, "callsign"),
        (CsvColumn.Imo, "imo imonumber"),
        (CsvColumn.ShipType, "vesseltype shiptype shiptypeid shipandcargotype category type"),
        (CsvColumn.Length, "length lengthm shiplength"),
        (CsvColumn.Width, "width widthm beam"),
        (CsvColumn.Draught, "draught draft draughtm"),
        (CsvColumn.Destination, "destination dest"),
        (CsvColumn.Eta, "eta"),
        (CsvColumn.ToBow, "dimbow tobow tobowm a"),
        (CsvColumn.ToStern, "dimstern tostern tosternm b"),
        (CsvColumn.ToPort, "dimport toport toportm c"),
        (CsvColumn.ToStarboard, "dimstarboard tostarboard tostarboardm d"));

    /// <summary>What a name means, and how good a name for it that is (0 the best).</summary>
    /// <param name="name">As in the file, quotes cut.</param>
    public static (CsvColumn Column, int Rank) Of(ReadOnlySpan<byte> name)
    {
        Span<char> plain = stackalloc char[32];
        var length = 0;
        foreach (var b in name)
        {
            if (char.IsAsciiLetterOrDigit((char)b))
            {
                if (length == plain.Length)
                {
                    return default;
                }

                plain[length++] = char.ToLowerInvariant((char)b);
            }
        }

        return s_meaning.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(plain[..length], out var found) ? found : default;
    }

    private static Dictionary<string, (CsvColumn Column, int Rank)> Make(params (CsvColumn Column, string Names)[] rows)
    {
        var meaning = new Dictionary<string, (CsvColumn Column, int Rank)>(StringComparer.Ordinal);
        foreach (var (column, names) in rows)
        {
            var rank = 0;
            foreach (var name in names.Split(' '))
            {
                meaning.Add(name, (column, rank++));
            }
        }

        return meaning;
    }
}
