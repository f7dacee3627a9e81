using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Correlation;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>
/// Takes what people say of findings. A finding that is marked false counts nothing in the risk of its calls until the
/// mark is withdrawn; everything that was said stays in the line.
/// </summary>
internal sealed class JudgementDesk(CaseBook book, EvidenceDesk evidence)
{
    /// <summary>The collection that it writes.</summary>
    public const string Collection = "judgements";

    private readonly ArrayBufferWriter<byte> buffer = new(1024);

    /// <summary>Takes a judgement; false where it changes nothing.</summary>
    public bool Take(FindingJudgement judgement, Moment moment)
    {
        var mark = book.Marks.GetValueOrDefault(judgement.Finding);
        var stood = mark is null || !mark.Last.IsFalse;
        if (stood != judgement.IsFalse)
        {
            return false;
        }

        var about = judgement.About;
        mark ??= new FindingMark
        {
            Finding = judgement.Finding,
            Kind = about.Kind,
            Rule = about.Rule,
            Profile = about.Profile,
            Subject = about.Subject,
            IsSimulated = about.IsSimulated,
        };
        mark.Revision++;
        mark.Words.Add(new FindingWord(judgement.IsFalse, judgement.Reason, judgement.ByRole, judgement.AtMs, about.Revision));
        if (mark.Words.Count > FindingMark.HistoryMax)
        {
            mark.Words.RemoveAt(0);
        }

        book.Put(mark);
        evidence.Judged(judgement.Finding);
        Write(mark, moment);
        return true;
    }

    private void Write(FindingMark mark, Moment moment)
    {
        var last = mark.Last;
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "Feature");
            json.WriteString("id"u8, mark.Finding);
            json.WriteNull("geometry"u8);
            json.WriteStartObject("properties"u8);
            json.WriteString("id"u8, mark.Finding);
            json.WriteNumber("revision"u8, mark.Revision);
            json.WriteString("finding"u8, mark.Finding);
            json.WriteString("kind"u8, mark.Kind);
            json.WriteString("rule"u8, mark.Rule);
            json.WriteString("profile"u8, mark.Profile);
            json.WriteString("subject"u8, mark.Subject);
            WriteWord(json, last);
            json.WriteString("known_at"u8, Instants.ToText(moment.KnownAtMs));
            json.WriteBoolean("simulated"u8, mark.IsSimulated);
            json.WriteStartArray("history"u8);
            foreach (var word in mark.Words)
            {
                json.WriteStartObject();
                WriteWord(json, word);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("position"u8);
            json.WriteString("stage"u8, StageNames.Alerts);
            json.WriteNumber("entry"u8, moment.Entry);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        moment.Output.WriteLine(Collection, buffer.WrittenSpan);
    }

    private static void WriteWord(Utf8JsonWriter json, FindingWord word)
    {
        json.WriteString("verdict"u8, FindingJudgement.Verdicts[word.IsFalse ? 0 : 1]);
        json.WriteString("reason"u8, word.Reason);
        json.WriteString("by_role"u8, word.ByRole);
        json.WriteString("at"u8, Instants.ToText(word.AtMs));
        json.WriteNumber("of_revision"u8, word.OfRevision);
    }
}
