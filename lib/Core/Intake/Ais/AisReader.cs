namespace MaritimeWatch.Intake.Ais;

/// <summary>Reads a recording of any known dialect, recognised by its content.</summary>
public static class AisReader
{
    /// <summary>Reads to the end of the stream (already decompressed) and sends what it finds to the sink.</summary>
    /// <param name="stream">The bytes; read from where it stands, which counts as offset 0. Not disposed.</param>
    /// <param name="options">What the bytes do not say.</param>
    /// <param name="sink">Takes reports and refusals, in file order.</param>
    /// <param name="cancel">Looked at with every refill of the buffer.</param>
    /// <returns>What became of every line.</returns>
    public static AisReadCounts Read<TSink>(
        Stream stream, AisReadOptions options, ref TSink sink, CancellationToken cancel = default)
        where TSink : IAisSink
    {
        var counts = new AisReadCounts();
        var handler = new SinkHandler<TSink>(ref sink, options, counts);
        Read(stream, options, counts, ref handler, cancel);
        return counts;
    }

    /// <summary>Reads to the end of the stream and gives whole messages and rows to a handler.</summary>
    /// <param name="stream">As for the other overload.</param>
    /// <param name="options">As for the other overload; assumed times are the handler's affair.</param>
    /// <param name="counts">Takes what became of every line, as reading goes on.</param>
    /// <param name="handler">Takes messages, rows and refusals, in file order.</param>
    /// <param name="cancel">Looked at with every refill of the buffer.</param>
    public static void Read<THandler>(
        Stream stream, AisReadOptions options, AisReadCounts counts, ref THandler handler, CancellationToken cancel)
        where THandler : IAisHandler, allows ref struct
    {
        var lines = new LineBuffer(stream, cancel);
        try
        {
            var sample = lines.Peek(DialectSniffer.SampleBytes);
            if (sample.StartsWith("\uFEFF"u8))
            {
                lines.Skip(3);
                sample = sample[3..];
            }

            var dialect = DialectSniffer.Recognise(sample, out var header);
            counts.Dialect = options.Dialect ?? dialect;
            switch (counts.Dialect)
            {
                case AisDialect.Nmea:
                    new NmeaReader<THandler>(lines, counts, options).Run(ref handler);
                    break;
                case AisDialect.Csv when header is not null:
                    new CsvReader<THandler>(lines, counts, options, header).Run(ref handler);
                    break;
                case AisDialect.Ndjson:
                    new NdjsonReader<THandler>(lines, counts, options).Run(ref handler);
                    break;
                default:
                    RefuseAll(lines, sample, counts, ref handler);
                    break;
            }
        }
        finally
        {
            lines.Release();
        }
    }

    // Nothing is known of what these bytes mean, so they are one line and one refusal; of their length only what was
    // looked at is stated. An empty file is no line at all.
    private static void RefuseAll<THandler>(
        LineBuffer lines, ReadOnlySpan<byte> sample, AisReadCounts counts, ref THandler handler)
        where THandler : IAisHandler, allows ref struct
    {
        if (sample.IsEmpty)
        {
            return;
        }

        counts.Lines = 1;
        counts.Refuse(IntakeFault.FormatUnknown);
        handler.OnRefused(new Refusal(IntakeFault.FormatUnknown, 1, lines.Offset, sample.Length), sample);
    }
}
