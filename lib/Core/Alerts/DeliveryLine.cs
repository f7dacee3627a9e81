using System.Buffers;
using System.Globalization;
using MaritimeWatch.Findings;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>
/// A line of the collection <c>deliveries</c>: a revision of an alert that is to be pushed. Its id is that of alert and
/// revision, so that a push that is made twice is one to its receiver. Its text may stand on a locked screen: it names
/// neither ship nor party.
/// </summary>
public static class DeliveryLine
{
    /// <summary>The id of a revision's push.</summary>
    public static string IdOf(Alert alert) => string.Create(CultureInfo.InvariantCulture, $"{alert.Id}-{alert.Revision}");

    /// <summary>The text of a push.</summary>
    /// <param name="alert">The revision.</param>
    /// <param name="why">What is new: <c>new alert</c>, <c>new reason</c>...</param>
    public static string TextOf(Alert alert, string why)
    {
        var kinds = alert.Assessment.Groups.SelectMany(group => group.Items).Where(item => item.LogOddsMilli > 0)
            .OrderByDescending(item => item.LogOddsMilli).Select(item => item.Kind).Distinct(StringComparer.Ordinal).ToArray();
        var mark = alert.IsSimulated ? "SIMULATED " : string.Empty;
        return $"{mark}{alert.Port}: {why}, {FindingNames.Of(alert.Severity)}. {(kinds.Length == 0 ? "No reason is left" : string.Join(", ", kinds))}.{When(alert)}";
    }

    // A ship may be in port and yet be awaited at its berth.
    private static string When(Alert alert) => alert.BerthingAtMs is not { } at ? string.Empty : (alert.IsArrived, alert.BerthingBy) switch
    {
        (true, BerthingBy.Announced) => $" In port, expected at the berth {Instants.ToText(at)}.",
        (true, _) => $" In port since {Instants.ToText(at)}.",
        (false, BerthingBy.Estimated) => $" Expected {Instants.ToText(at)} by estimate.",
        _ => $" Expected {Instants.ToText(at)}.",
    };

    /// <summary>Writes a line.</summary>
    /// <param name="target">Takes it.</param>
    /// <param name="alert">The revision.</param>
    /// <param name="why">What is new.</param>
    public static void Write(IBufferWriter<byte> target, Alert alert, string why)
    {
        using var writer = new GeoJsonWriter(target);
        writer.StartFeature(IdOf(alert));
        writer.WriteNoGeometry();
        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, IdOf(alert));
        json.WriteString("alert"u8, alert.Id);
        json.WriteNumber("revision"u8, alert.Revision);
        json.WriteString("port"u8, alert.Port);
        json.WriteString("urgency"u8, alert.Severity switch { Severity.High => "high", Severity.Medium => "normal", _ => "low" });
        json.WriteString("state"u8, AlertNames.Of(alert.State));
        json.WriteString("text"u8, TextOf(alert, why));
        json.WriteString("known_at"u8, Instants.ToText(alert.UpdatedAtMs));
        json.WriteBoolean("simulated"u8, alert.IsSimulated);
        writer.EndFeature();
    }
}
