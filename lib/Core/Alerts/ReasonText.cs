using System.Globalization;
using MaritimeWatch.Correlation;
using MaritimeWatch.Risk;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>A finding as a reason of an alert: one short sentence, without a party's name or a plate's token.</summary>
internal sealed class ReasonText(CaseBook book, LandDesk land)
{
    private const int LengthMax = 400;

    /// <summary>The finding as it is weighed for a call.</summary>
    public RiskEvidence Of(EvidenceItem item, DeclaredCall call)
    {
        if (!item.IsLive)
        {
            return Piece(item, 0, $"Withdrawn: {item.Kind}, because {item.Because ?? "it was wrong"}.");
        }

        if (book.FalseWord(item) is { } word)
        {
            return Piece(item, 0, $"Marked false: {item.Kind}, by an {word.ByRole} on {Instants.ToText(word.AtMs)}: {word.Reason}");
        }

        if (item.Kind == "dark-ship")
        {
            return Dark(item, call);
        }

        if (item.Subject.StartsWith("plate:", StringComparison.Ordinal))
        {
            var token = item.Subject["plate:".Length..];
            var box = land.BoxOf(item, call);
            var who = box is null ? "A vehicle that took a box of this call" : $"The vehicle that took box {box}";
            return Piece(item, 1000, $"{who}: {item.Reason.Replace(item.Subject, "it", StringComparison.Ordinal).Replace(token, "it", StringComparison.Ordinal)}");
        }

        return Piece(item, 1000, item.Reason);
    }

    private static RiskEvidence Dark(EvidenceItem item, DeclaredCall call)
    {
        var candidate = item.Candidates.Find(ship => ship.Mmsi == call.Mmsi);
        if (candidate.Mmsi == 0)
        {
            return Piece(item, 0, "Withdrawn: dark-ship, because she was not silent at the scene's time, or not near it.");
        }

        var where = candidate.TenthsNm is { } tenths
            ? string.Create(CultureInfo.InvariantCulture, $" {tenths / 10}.{tenths % 10} NM from where she was last heard {Instants.ToWords(candidate.SilentMs)} before")
            : " where she can have been in her silence";
        return Piece(item, candidate.PerMille, $"A scene of {Instants.ToText(item.StartAtMs)} shows a ship without a report{where}: it is her with {LogOdds.ToPercent(candidate.PerMille * 10)}.");
    }

    private static RiskEvidence Piece(EvidenceItem item, int perMille, string text) => new(
        item.Id, item.Kind, item.Severity, perMille, !item.IsLive || perMille == 0, text.Length <= LengthMax ? text : text[..LengthMax] + "...");
}
