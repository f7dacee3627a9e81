using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>A finding in a snapshot or delta.</summary>
internal static class FindingCodec
{
    public static void Save(StateWriter writer, Finding finding)
    {
        writer.Text(finding.Id);
        writer.Byte((byte)finding.Kind);
        writer.Byte(finding.Variant);
        writer.Int32(finding.Profile);
        writer.UInt64(finding.Vessel.Value);
        writer.Int32(finding.Hull);
        writer.TextOrNull(finding.Object);
        writer.TextOrNull(finding.ObjectName);
        writer.Int32(finding.Trigger.Group);
        writer.Int64(finding.Trigger.Entry);
        writer.Int64(finding.Trigger.Record);
        writer.Text(finding.Reference);
        writer.Int32(finding.Revision);
        writer.Int64(finding.KnownAtMs);
        writer.Byte((byte)finding.Life);
        writer.Flag(finding.IsSettled);
        writer.Byte((byte)finding.Severity);
        writer.Int64(finding.StartAtMs);
        writer.Int64(finding.EndAtMs ?? long.MinValue);
        writer.Text(finding.Reason);
        writer.TextOrNull(finding.Because);
        writer.Int32(finding.Measure.Count);
        foreach (var figure in finding.Measure)
        {
            SaveFigure(writer, figure);
        }

        writer.Int64(finding.MeasureSaid);
        SaveFigure(writer, finding.ClearsIf);
        writer.Text(finding.ClearsIfText);
        finding.Evidence.Save(writer);
        writer.Int32(finding.Places.Count);
        foreach (var place in finding.Places)
        {
            writer.Int32(place.LatitudeE7);
            writer.Int32(place.LongitudeE7);
        }

        writer.Int64(finding.ScratchA);
        writer.Int64(finding.ScratchB);
        writer.Int64(finding.ScratchC);
    }

    public static Finding Restore(ref StateReader reader)
    {
        var finding = new Finding
        {
            Id = reader.Text(),
            Kind = (FindingKind)reader.Byte(),
            Variant = reader.Format >= WatchStateCodec.FormatWithTrafficLanes ? reader.Byte() : (byte)0,
            Profile = reader.Int32(),
            Vessel = new VesselId(reader.UInt64()),
            Hull = reader.Int32(),
            Object = reader.TextOrNull(),
            ObjectName = reader.TextOrNull(),
            Trigger = new Trigger(reader.Int32(), reader.Int64(), reader.Int64()),
            Reference = reader.Text(),
            Revision = reader.Int32(),
            KnownAtMs = reader.Int64(),
            Life = (FindingLife)reader.Byte(),
            IsSettled = reader.Flag(),
            Severity = (Severity)reader.Byte(),
            StartAtMs = reader.Int64(),
        };
        var endAtMs = reader.Int64();
        finding.EndAtMs = endAtMs == long.MinValue ? null : endAtMs;
        finding.Reason = reader.Text();
        finding.Because = reader.TextOrNull();
        var measure = new Figure[reader.Count(13)];
        for (var i = 0; i < measure.Length; i++)
        {
            measure[i] = RestoreFigure(ref reader);
        }

        finding.Measure = measure;
        finding.MeasureSaid = reader.Int64();
        finding.ClearsIf = RestoreFigure(ref reader);
        finding.ClearsIfText = reader.Text();
        finding.Evidence.Restore(ref reader);
        var places = reader.Count(8);
        for (var i = 0; i < places; i++)
        {
            finding.Places.Add(new Position(reader.Int32(), reader.Int32()));
        }

        finding.ScratchA = reader.Int64();
        finding.ScratchB = reader.Int64();
        finding.ScratchC = reader.Int64();
        return finding;
    }

    private static void SaveFigure(StateWriter writer, Figure figure)
    {
        writer.Text(figure.Name ?? string.Empty);
        writer.Int64(figure.Value);
        writer.Byte((byte)figure.Decimals);
    }

    private static Figure RestoreFigure(ref StateReader reader) => new(reader.Text(), reader.Int64(), reader.Byte());
}
