using System.Buffers;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings;

/// <summary>A revision as one GeoJSON feature, always the same bytes: fixed order, integers and quantised numbers.</summary>
internal sealed class FindingJson : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private readonly GeoJsonWriter _writer;

    public FindingJson() => _writer = new GeoJsonWriter(_buffer);

    public void Dispose() => _writer.Dispose();

    /// <summary>The line, valid until the next call.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="profile">Its profile.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="thresholds">The thresholds of its behaviour in the profile.</param>
    /// <param name="name">The vessel's name, or null.</param>
    public ReadOnlySpan<byte> Write(
        Finding finding, Profile profile, Rule rule, IReadOnlyList<Figure> thresholds, string? name)
    {
        _buffer.ResetWrittenCount();
        _writer.Retarget(_buffer);
        _writer.StartFeature(finding.Id);
        if (finding.Places.Count == 1)
        {
            _writer.WritePoint(finding.Places[0]);
        }
        else
        {
            _writer.WriteLineString(finding.Places.ToArray());
        }

        _writer.StartProperties();
        WriteHead(finding, name);
        var json = _writer.Json;
        json.WriteString("rule"u8, rule.Id);
        json.WriteNumber("rule_version"u8, rule.Version);
        json.WriteString("profile"u8, profile.Name);
        json.WriteNumber("profile_version"u8, profile.Version);
        json.WriteBoolean("simulated"u8, finding.Evidence.IsSimulated);
        WriteFigures("measure"u8, finding.Measure);
        WriteFigures("thresholds"u8, thresholds);
        WriteClearsIf(finding);
        WriteText("retracted_because"u8, finding.Life == FindingLife.Retracted ? finding.Because : null);
        WriteText("amended_because"u8, finding.Life == FindingLife.Retracted ? null : finding.Because);
        WriteEvidence(finding.Evidence);
        json.WritePropertyName("reference"u8);
        json.WriteRawValue(finding.Reference, skipInputValidation: true);
        json.WriteStartObject("position"u8);
        json.WriteNumber("group"u8, finding.Trigger.Group);
        json.WriteNumber("entry"u8, finding.Trigger.Entry);
        json.WriteNumber("record"u8, finding.Trigger.Record);
        json.WriteString("stage"u8, "watch"u8);
        json.WriteEndObject();
        _writer.EndFeature();
        return _buffer.WrittenSpan;
    }

    private void WriteHead(Finding finding, string? name)
    {
        var json = _writer.Json;
        json.WriteString("id"u8, finding.Id);
        json.WriteNumber("revision"u8, finding.Revision);
        json.WriteString("state"u8, FindingNames.Of(finding.Life));
        json.WriteBoolean("settled"u8, finding.IsSettled);
        json.WriteString("kind"u8, FindingNames.Of(finding.Kind));
        json.WriteString("severity"u8, FindingNames.Of(finding.Severity));
        json.WriteString("subject"u8, finding.Subject);
        WriteText("object"u8, finding.Object);
        if (finding.Vessel.IsMmsi)
        {
            json.WriteNumber("mmsi"u8, finding.Vessel.Mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        WriteText("name"u8, name);
        json.WriteString("start_at"u8, Instants.ToText(finding.StartAtMs));
        WriteText("end_at"u8, finding.EndAtMs is { } end ? Instants.ToText(end) : null);
        json.WriteString("known_at"u8, Instants.ToText(finding.KnownAtMs));
        json.WriteString("reason"u8, finding.Reason);
    }

    private void WriteClearsIf(Finding finding)
    {
        var json = _writer.Json;
        json.WriteStartObject("clears_if"u8);
        finding.ClearsIf.WriteTo(json);
        json.WriteString("text"u8, finding.ClearsIfText);
        json.WriteEndObject();
    }

    private void WriteEvidence(Evidence evidence)
    {
        var json = _writer.Json;
        json.WriteStartObject("evidence"u8);
        json.WriteNumber("reports"u8, evidence.Reports);
        json.WriteString("first_at"u8, Instants.ToText(evidence.FirstAtMs));
        json.WriteString("last_at"u8, Instants.ToText(evidence.LastAtMs));
        json.WriteString("chain"u8, Convert.ToHexStringLower(evidence.Chain));
        json.WriteStartArray("ranges"u8);
        foreach (var range in evidence.Ranges)
        {
            json.WriteStartObject();
            json.WriteString("landing"u8, range.Landing.Name);
            json.WriteString("hash"u8, range.Landing.Hash);
            json.WriteNumber("offset"u8, range.Offset);
            json.WriteNumber("length"u8, range.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteFigures(ReadOnlySpan<byte> property, IReadOnlyList<Figure> figures)
    {
        var json = _writer.Json;
        json.WriteStartObject(property);
        foreach (var figure in figures)
        {
            figure.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private void WriteText(ReadOnlySpan<byte> property, string? text)
    {
        if (text is null)
        {
            _writer.Json.WriteNull(property);
        }
        else
        {
            _writer.Json.WriteString(property, text);
        }
    }
}

/// <summary>A detector's rule: it changes version when its logic changes, so that a finding names what judged it.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Version">From 1.</param>
internal readonly record struct Rule(string Id, int Version);
