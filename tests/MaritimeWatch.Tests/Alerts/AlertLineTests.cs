using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using MaritimeWatch.Alerts;
using MaritimeWatch.Risk;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Alerts;

internal sealed class AlertLineTests
{
    [Test]
    public void An_alert_reads_as_it_was_written()
    {
        var alert = Sample();
        var line = Write(alert);
        var again = AlertLine.Parse(line);
        Assert.Multiple(() =>
        {
            Assert.That(Write(again), Is.EqualTo(line));
            Assert.That(again with { Assessment = alert.Assessment, FindingIds = alert.FindingIds, Reasons = alert.Reasons }, Is.EqualTo(alert));
            Assert.That(again.Assessment.Groups[0].Items[0], Is.EqualTo(alert.Assessment.Groups[0].Items[0]));
            Assert.That(Encoding.UTF8.GetString(line), Does.Contain("\"log_odds\":-3.395").And.Contain("\"probability\":0.0325"));
        });
    }

    [Test]
    public void A_line_of_a_build_that_did_not_say_where_the_time_of_berthing_comes_from_is_read()
    {
        var line = JsonNode.Parse(Write(Sample()))!.AsObject();
        foreach (var name in (string[])["berthing_by", "berthing_low_at", "berthing_high_at"])
        {
            Assert.That(line["properties"]!.AsObject().Remove(name), Is.True);
        }

        var again = AlertLine.Parse(Encoding.UTF8.GetBytes(line.ToJsonString()));
        Assert.That((again.BerthingAtMs, again.BerthingBy, again.BerthingLowAtMs, again.BerthingHighAtMs), Is.EqualTo((Sample().BerthingAtMs, default(BerthingBy?), default(long?), default(long?))));
    }

    [Test]
    public void A_push_says_that_a_time_is_an_estimate()
    {
        Assert.That(DeliveryLine.TextOf(Sample(), "new alert"), Does.EndWith("Expected 2026-03-08T06:06:40Z by estimate."));
        Assert.That(DeliveryLine.TextOf(Sample() with { BerthingBy = BerthingBy.Announced }, "new alert"), Does.EndWith("Expected 2026-03-08T06:06:40Z."));
        Assert.That(
            DeliveryLine.TextOf(Sample() with { BerthingBy = BerthingBy.Announced, IsArrived = true }, "new alert"),
            Does.EndWith("In port, expected at the berth 2026-03-08T06:06:40Z."));
        Assert.That(DeliveryLine.TextOf(Sample() with { BerthingBy = BerthingBy.Observed, IsArrived = true }, "new alert"), Does.EndWith("In port since 2026-03-08T06:06:40Z."));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"id\":\"a\",\"revision\":\"x\"}}")]
    public void A_line_that_is_no_alert_is_refused(string line) =>
        Assert.That(() => AlertLine.Parse(Encoding.UTF8.GetBytes(line)), Throws.InstanceOf<InvalidDataException>());

    [Test]
    public void An_action_reads_as_it_was_written()
    {
        var action = new AlertAction("0123456789abcdef", AlertActionKind.Decide, "inspect", "Öffnen", "officer-token", 1_772_000_000_000);
        Assert.That(AlertAction.Parse(action.ToBytes()), Is.EqualTo(action));
    }

    [TestCase("{}", "names no alert")]
    [TestCase("{\"alert\":\"a\",\"action\":\"delete\",\"officer\":\"o\",\"at\":\"2026-03-01T00:00:00Z\"}", "neither acknowledge nor decide")]
    [TestCase("{\"alert\":\"a\",\"action\":\"decide\",\"outcome\":\"keep it\",\"officer\":\"o\",\"at\":\"2026-03-01T00:00:00Z\"}", "a decision is one of")]
    [TestCase("{\"alert\":\"a\",\"action\":\"acknowledge\",\"officer\":\"o\",\"at\":\"yesterday\"}", "cannot be read")]
    public void An_action_that_cannot_be_is_refused_with_the_reason(string body, string why) =>
        Assert.That(() => AlertAction.Parse(Encoding.UTF8.GetBytes(body)), Throws.InstanceOf<InvalidDataException>().With.Message.Contains(why));

    internal static Alert Sample() => new()
    {
        Id = "00112233445566778899aabbccddeeff",
        Revision = 3,
        Port = "SEGOT",
        Subject = "call:SEGOT:257111000:2026-03-08T06:00:00Z",
        Mmsi = 257_111_000,
        Name = "SIM FEEDER",
        OpenedAtMs = 1_772_900_000_000,
        UpdatedAtMs = 1_772_900_060_500,
        BerthingAtMs = 1_772_950_000_000,
        BerthingBy = BerthingBy.Estimated,
        BerthingLowAtMs = 1_772_945_000_000,
        BerthingHighAtMs = 1_772_960_000_000,
        Severity = Severity.Medium,
        State = AlertState.Decided,
        AcknowledgedAtMs = 1_772_900_050_000,
        Decision = new AlertDecision("inspect", null, 1_772_900_060_500),
        FindingIds = ["aa", "bb"],
        Reasons = ["It met another ship.", "It left its lane."],
        Place = Position.FromDegrees(57.5, 11.25),
        IsSimulated = true,
        Assessment = new Assessment
        {
            Subject = "call:SEGOT:257111000:2026-03-08T06:00:00Z",
            Port = "SEGOT",
            Mmsi = 257_111_000,
            PriorMilli = -4595,
            Groups = [new AssessmentGroup("movement", 4000, [new AssessmentItem("gap", "aa", 1200, "Silent for 7 h.")], 1200, 1200)],
            TotalMilli = -3395,
            LineMilli = -2197,
            Lane = RiskLane.Orange,
            Rank = 2,
            RankedCalls = 40,
            SmallestChange = "It is under the line.",
            KnownAtMs = 1_772_900_060_500,
            IsSimulated = true,
        },
    };

    private static byte[] Write(Alert alert)
    {
        var buffer = new ArrayBufferWriter<byte>();
        AlertLine.Write(buffer, alert);
        return buffer.WrittenSpan.ToArray();
    }
}
