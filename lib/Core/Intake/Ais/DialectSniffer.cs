namespace MaritimeWatch.Intake.Ais;

/// <summary>Tells the dialects apart by their first bytes, never by a file's name.</summary>
internal static class DialectSniffer
{
    /// <summary>How much is looked at.</summary>
    public const int SampleBytes = 65_536;

    /// <summary>What the first bytes look like.</summary>
    /// <param name="sample">The first bytes, byte order mark cut.</param>
    /// <param name="header">The header where it is CSV.</param>
    public static AisDialect Recognise(ReadOnlySpan<byte> sample, out CsvHeader? header)
    {
        header = null;
        var isFirst = true;
        bool anySentence = false, anythingElse = false;
        while (!sample.IsEmpty)
        {
            var end = sample.IndexOf((byte)'\n');
            var line = (end < 0 ? sample : sample[..end]).TrimEnd((byte)'\r');
            sample = end < 0 ? [] : sample[(end + 1)..];
            var body = line.Trim(" \t"u8);
            if (body.IsEmpty)
            {
                continue;
            }

            if (isFirst)
            {
                isFirst = false;
                header = CsvHeader.TryRead(line, sample);
                if (header is not null)
                {
                    return AisDialect.Csv;
                }
            }

            if (body[0] == '{' && IsJsonRow(body))
            {
                return AisDialect.Ndjson;
            }

            if (HasMessage(body))
            {
                return AisDialect.Nmea;
            }

            anySentence |= IsSentence(body);
            anythingElse |= body[0] != '#' && !IsSentence(body);
        }

        return anySentence || (!isFirst && !anythingElse) ? AisDialect.Nmea : AisDialect.Unknown;
    }

    // !xxVDM, or !xxVDO, anywhere in the line: behind a TAG block or a logger's prefix, too.
    private static bool HasMessage(ReadOnlySpan<byte> body)
    {
        for (var mark = body.IndexOf((byte)'!'); mark >= 0;)
        {
            body = body[mark..];
            if (NmeaSentence.IsAis(body))
            {
                return true;
            }

            body = body[1..];
            mark = body.IndexOf((byte)'!');
        }

        return false;
    }

    private static bool IsSentence(ReadOnlySpan<byte> body) =>
        body.Length > 6 && Text.IsPrintable(body)
        && ((body[0] is (byte)'$' or (byte)'!' && body[1..].IndexOf((byte)',') is >= 4 and <= 10)
            || (body[0] == '\\' && body[1..].Contains((byte)'\\')));

    private static bool IsJsonRow(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"mmsi\""u8) > 0 || body.IndexOf("\"ssvid\""u8) > 0 || body.IndexOf("\"MMSI\""u8) > 0;
}
