using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings;

/// <summary>A stage's finding as a line: the same members in the same order as the watch's own, always the same bytes.</summary>
internal static class StageFindingJson
{
    public static void Write(
        IBufferWriter<byte> target, StageFinding finding, string id, int revision, string profile, StagePlace place)
    {
        using var writer = new GeoJsonWriter(target);
        writer.StartFeature(id);
        switch (finding.Places.Count)
        {
            case 0:
                writer.Json.WriteNull("geometry"u8);
                break;
            case 1:
                writer.WritePoint(finding.Places[0]);
                break;
            default:
                writer.WriteLineString([.. finding.Places]);
                break;
        }

        writer.StartProperties();
        var json = writer.Json;
        WriteHead(json, finding, id, revision);
        json.WriteString("rule"u8, finding.Rule);
        json.WriteNumber("rule_version"u8, finding.RuleVersion);
        json.WriteString("profile"u8, profile);
        json.WriteNumber("profile_version"u8, 1);
        json.WriteBoolean("simulated"u8, finding.IsSimulated);
        WriteFigures(json, "measure"u8, finding.Measure);
        WriteFigures(json, "thresholds"u8, finding.Thresholds);
        json.WriteStartObject("clears_if"u8);
        finding.ClearsIf.WriteTo(json);
        json.WriteString("text"u8, finding.ClearsIfText);
        json.WriteEndObject();
        WriteText(json, "retracted_because"u8, finding.Life == FindingLife.Retracted ? finding.Because : null);
        WriteText(json, "amended_because"u8, finding.Life == FindingLife.Retracted ? null : finding.Because);
        WriteEvidence(json, finding);
        json.WriteStartObject("reference"u8);
        foreach (var (name, version) in finding.Reference)
        {
            json.WriteNumber(name, version);
        }

        json.WriteEndObject();
        json.WriteStartObject("position"u8);
        json.WriteNumber("group"u8, place.Group);
        json.WriteNumber("entry"u8, place.Entry);
        json.WriteNumber("record"u8, place.Record);
        json.WriteString("stage"u8, place.Stage);
        json.WriteEndObject();
        writer.EndFeature();
        writer.Flush();
    }

    private static void WriteHead(Utf8JsonWriter json, StageFinding finding, string id, int revision)
    {
        json.WriteString("id"u8, id);
        json.WriteNumber("revision"u8, revision);
        json.WriteString("state"u8, FindingNames.Of(finding.Life));
        json.WriteBoolean("settled"u8, finding.IsSettled);
        json.WriteString("kind"u8, FindingNames.Of(finding.Kind));
        json.WriteString("severity"u8, FindingNames.Of(finding.Severity));
        json.WriteString("subject"u8, finding.Subject);
        WriteText(json, "object"u8, finding.Concerns);
        if (finding.Mmsi is { } mmsi)
        {
            json.WriteNumber("mmsi"u8, mmsi);
        }
        else
        {
            json.WriteNull("mmsi"u8);
        }

        WriteText(json, "name"u8, finding.Name);
        json.WriteString("start_at"u8, Instants.ToText(finding.StartAtMs));
        WriteText(json, "end_at"u8, finding.EndAtMs is { } end ? Instants.ToText(end) : null);
        json.WriteString("known_at"u8, Instants.ToText(finding.KnownAtMs));
        json.WriteString("reason"u8, finding.Reason);
    }

    // The chain is over what the evidence says of itself, so that a changed hash or time changes it.
    private static void WriteEvidence(Utf8JsonWriter json, StageFinding finding)
    {
        var chain = new byte[SHA256.HashSizeInBytes];
        var (firstAtMs, lastAtMs) = (finding.StartAtMs, finding.StartAtMs);
        for (var i = 0; i < finding.Evidence.Count; i++)
        {
            var piece = finding.Evidence[i];
            chain = SHA256.HashData([.. chain, .. Encoding.UTF8.GetBytes($"{piece.Hash}\n{piece.Offset}\n{piece.Length}\n{piece.AtMs}")]);
            (firstAtMs, lastAtMs) = i == 0
                ? (piece.AtMs, piece.AtMs)
                : (Math.Min(firstAtMs, piece.AtMs), Math.Max(lastAtMs, piece.AtMs));
        }

        json.WriteStartObject("evidence"u8);
        json.WriteNumber("reports"u8, finding.Evidence.Count);
        json.WriteString("first_at"u8, Instants.ToText(firstAtMs));
        json.WriteString("last_at"u8, Instants.ToText(lastAtMs));
        json.WriteString("chain"u8, Convert.ToHexStringLower(chain));
        json.WriteStartArray("ranges"u8);
        foreach (var piece in finding.Evidence.Take(Findings.Evidence.RangesMax))
        {
            json.WriteStartObject();
            json.WriteString("landing"u8, piece.Landing);
            json.WriteString("hash"u8, piece.Hash);
            json.WriteNumber("offset"u8, piece.Offset);
            json.WriteNumber("length"u8, piece.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("stands_on"u8);
        foreach (var id in finding.StandsOn)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, ReadOnlySpan<byte> property, IReadOnlyList<Figure> figures)
    {
        json.WriteStartObject(property);
        foreach (var figure in figures)
        {
            figure.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> property, string? text)
    {
        if (text is null)
        {
            json.WriteNull(property);
        }
        else
        {
            json.WriteString(property, text);
        }
    }
}
