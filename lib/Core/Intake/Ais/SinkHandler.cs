using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Makes reports of messages and rows, and sends them to a sink.</summary>
internal readonly ref struct SinkHandler<TSink> : IAisHandler
    where TSink : IAisSink
{
    private readonly ref TSink _sink;
    private readonly AisReadOptions _options;
    private readonly AisReadCounts _counts;
    private readonly StaticMemory _statics;
    private readonly AssumedClock? _clock;

    public SinkHandler(ref TSink sink, AisReadOptions options, AisReadCounts counts)
    {
        _sink = ref sink;
        _options = options;
        _counts = counts;
        _statics = new StaticMemory();
        _clock = options is { ReceivedAtMs: null, StartAtMs: { } start } ? new AssumedClock(start) : null;
    }

    /// <inheritdoc/>
    public IntakeFault? OnMessage(in AisEnvelope envelope, AisBits bits)
    {
        if (bits.Mmsi is 0 or > 999_999_999)
        {
            return IntakeFault.IdentityInvalid;
        }

        var type = bits.MessageType;
        if (type is 4 or 11 && envelope.EventAtMs == Instants.None)
        {
            _clock?.Hear(AisDecoder.BaseTimeMs(bits));
        }

        var traits = TraitsOf(type, bits.Mmsi) | (envelope.Simulated || _options.Simulated ? ReportTraits.Simulated : 0);
        if (!TryTime(envelope.EventAtMs, ref traits, out var atMs))
        {
            _counts.CountNoTime(envelope.LineCount);
        }

        if (AisDecoder.HasMotion(type) && Position(envelope, bits, atMs, traits) is { } fault)
        {
            return fault;
        }

        if (AisDecoder.HasParticulars(type) && atMs != Instants.None)
        {
            Particulars(envelope, bits, atMs, traits);
        }

        return null;
    }

    /// <inheritdoc/>
    public IntakeFault? OnRow(in AisEnvelope envelope, in AisRow row)
    {
        var traits = row.Traits | (envelope.Simulated ? ReportTraits.Simulated : 0);
        var atMs = envelope.EventAtMs;
        if (row.TimeOfDayMs >= 0 && _options.StartAtMs is { } start)
        {
            atMs = start - Remainder(start) + row.TimeOfDayMs;
            traits |= ReportTraits.TimeAssumed;
        }
        else if (atMs == Instants.None && _options.ReceivedAtMs is { } received)
        {
            atMs = received;
            traits |= ReportTraits.TimeAssumed;
        }

        if (atMs == Instants.None)
        {
            _counts.CountNoTime(1);
            return null;
        }

        if (row.HasPosition)
        {
            Send(new PositionReport
            {
                EventAtMs = atMs,
                Vessel = row.Vessel,
                Position = row.Position,
                SpeedDeciKnots = row.SpeedDeciKnots,
                CourseDeciDegrees = row.CourseDeciDegrees,
                HeadingDegrees = row.HeadingDegrees,
                RateOfTurn = row.RateOfTurn,
                NavigationStatus = row.NavigationStatus,
                MessageType = row.MessageType,
                Traits = traits,
                SourceIndex = envelope.SourceIndex,
                LandingIndex = _options.LandingIndex,
                Offset = envelope.Offset,
                Length = envelope.Length,
            });
        }

        if (row.StaticHash == 0)
        {
            return null;
        }

        if (!_statics.IsNews(row.Vessel.Value, row.StaticHash, atMs))
        {
            _counts.StaticsUnchanged++;
        }
        else if (StaticReports.Of(row, envelope, atMs, traits, _options.LandingIndex) is { } report)
        {
            Send(report);
        }

        return null;
    }

    /// <inheritdoc/>
    public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes) => _sink.OnRefused(refusal, bytes);

    private static ReportTraits TraitsOf(int type, int mmsi) => type switch
    {
        18 or 19 => ReportTraits.ClassB,
        9 => ReportTraits.Aircraft,
        4 or 11 or 21 => ReportTraits.Fixed,
        27 => ReportTraits.Satellite,
        24 => ReportTraits.ClassB,
        _ => mmsi / 1_000_000 == 111 ? ReportTraits.Aircraft : ReportTraits.None,
    };

    private static long Remainder(long atMs) => ((atMs % CivilTime.DayMs) + CivilTime.DayMs) % CivilTime.DayMs;

    private IntakeFault? Position(in AisEnvelope envelope, AisBits bits, long atMs, ReportTraits traits)
    {
        var motion = AisDecoder.Motion(bits);
        if (!motion.HasPosition)
        {
            return null;
        }

        if (motion.PositionOrNull is not { } position)
        {
            return IntakeFault.PositionInvalid;
        }

        if (atMs == Instants.None)
        {
            return null;
        }

        Send(new PositionReport
        {
            EventAtMs = atMs,
            Vessel = new VesselId((ulong)bits.Mmsi),
            Position = position,
            SpeedDeciKnots = (short)Math.Min(motion.SpeedDeciKnots ?? -1, 1022),
            CourseDeciDegrees = motion.CourseDeciDegrees is >= 0 and < 3600 and { } course ? (short)course : (short)-1,
            HeadingDegrees = motion.HeadingDegrees is >= 0 and < 360 and { } heading ? (short)heading : (short)-1,
            RateOfTurn = (sbyte)(motion.RateOfTurn ?? -128),
            NavigationStatus = (byte)(motion.NavigationStatus ?? 15),
            UtcSecond = (sbyte)(motion.UtcSecond ?? -1),
            MessageType = (byte)bits.MessageType,
            Traits = traits,
            SourceIndex = envelope.SourceIndex,
            LandingIndex = _options.LandingIndex,
            Offset = envelope.Offset,
            Length = envelope.Length,
        });
        return null;
    }

    private void Particulars(in AisEnvelope envelope, AisBits bits, long atMs, ReportTraits traits)
    {
        var key = (ulong)(uint)bits.Mmsi | ((ulong)(uint)bits.MessageType << 32);
        key |= bits.MessageType == 24 ? (ulong)bits.Field(38, 2) << 40 : 0;
        if (!_statics.IsNews(key, StaticReports.HashOf(bits), atMs))
        {
            _counts.StaticsUnchanged++;
            return;
        }

        if (StaticReports.Of(bits, envelope, atMs, traits, _options.LandingIndex) is { } report)
        {
            Send(report);
        }
    }

    private bool TryTime(long givenAtMs, ref ReportTraits traits, out long atMs)
    {
        atMs = givenAtMs;
        if (atMs != Instants.None)
        {
            return true;
        }

        traits |= ReportTraits.TimeAssumed;
        atMs = _options.ReceivedAtMs ?? _clock?.NowMs ?? Instants.None;
        return atMs != Instants.None;
    }

    private void Send(in PositionReport report)
    {
        _counts.Positions++;
        _counts.SeeTime(report.EventAtMs);
        _sink.OnPosition(report);
    }

    private void Send(StaticReport report)
    {
        _counts.Statics++;
        _counts.SeeTime(report.EventAtMs);
        _sink.OnStatic(report);
    }
}
