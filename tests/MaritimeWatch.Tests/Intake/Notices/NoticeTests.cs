using System.Text;
using MaritimeWatch.Intake.Notices;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Intake.Notices;

[TestFixture]
public sealed class NoticeTests
{
    public static readonly string Event =
        """{"uuid":"a7f0b4c2-1111-4222-8333-444455556666","eventType":"port.eta.agent","eventTime":"2026-03-02T12:00:00Z","recordTime":"2026-03-01T09:00:00Z","port":"SEGOT","portcallId":"SEGOTSIM-1","ship":{"imo":"9347346","mmsi":"265000001","name":"SIM FEEDER"},"location":{"type":"port"},"context":{"voyage":"V17","callSign":"SIMF","lastPort":"NOLAR"},"source":"SIMULATED","version":"3.2.1","simulated":true}""";

    public static readonly string Pickup =
        """{"type":"pickup","container":"MWCU6059784","plate":"ABC 123","port":"SEGOT","at":"2026-03-03T08:00:00Z","sent_at":"2026-03-02T20:00:00Z","simulated":true}""";

    [Test]
    public void An_event_becomes_a_call_notice()
    {
        var call = Read(Event).Calls.Single();
        Assert.Multiple(() =>
        {
            Assert.That((call.Port, call.Imo, call.Mmsi, call.Name, call.Voyage), Is.EqualTo(("SEGOT", 9347346, 265000001, "SIM FEEDER", "V17")));
            Assert.That((call.CallId, call.CallSign, call.LastPort), Is.EqualTo(("SEGOTSIM-1", "SIMF", "NOLAR")));
            Assert.That(Instants.ToText(call.EtaMs!.Value), Is.EqualTo("2026-03-02T12:00:00Z"));
            Assert.That(Instants.ToText(call.SentAtMs), Is.EqualTo("2026-03-01T09:00:00Z"));
            Assert.That(call.IsSimulated);
        });
    }

    [TestCase("port.ata.vessel", "AtaMs")]
    [TestCase("anchorArea.ata.vessel", "AtaMs")]
    [TestCase("berth.eta.terminal", "BerthEtaMs")]
    [TestCase("berth.pta.terminal", "BerthEtaMs")]
    [TestCase("berth.ata.terminal", "BerthedAtMs")]
    [TestCase("berth.etd.agent", "EtdMs")]
    [TestCase("port.atd.agent", "AtdMs")]
    public void Each_type_of_event_fills_its_own_time(string type, string member)
    {
        var call = Read(Event.Replace("port.eta.agent", type, StringComparison.Ordinal)).Calls.Single();
        string[] times = ["EtaMs", "BerthEtaMs", "EtdMs", "AtaMs", "BerthedAtMs", "AtdMs"];
        Assert.That(times.Where(time => typeof(CallNotice).GetProperty(time)!.GetValue(call) is not null), Is.EqualTo((string[])[member]));
    }

    [Test]
    public void Leaving_the_roads_is_no_departure_and_other_services_are_only_counted()
    {
        var reading = Read(string.Join('\n', "anchorArea.atd.vessel bunkerService.ats.vessel berth.cancel.agent".Split(' ')
            .Select(type => Event.Replace("port.eta.agent", type, StringComparison.Ordinal))));
        Assert.That((reading.Items, reading.NotAboutCalls, reading.Calls.Count, reading.RefusedCounts.Count), Is.EqualTo((3L, 3L, 0, 0)));
    }

    [Test]
    public void One_object_an_array_and_lines_say_the_same()
    {
        var two = $"{Event}\n\n{Pickup}\r\n";
        foreach (var text in (string[])[two, $"[{Event},\n{Pickup}]", "\uFEFF" + two])
        {
            var reading = Read(text);
            Assert.That((reading.Calls.Count, reading.Pickups.Count, reading.Items), Is.EqualTo((1, 1, 2L)), text);
        }
    }

    [TestCase("\"2026-03-02T12:00:00Z\"", "\"yesterday\"", NoticeFault.Time)]
    [TestCase("\"2026-03-02T12:00:00Z\"", "\"2028-03-02T12:00:00Z\"", NoticeFault.TimeFarOff)]
    [TestCase("port.eta.agent", "port.eta.cook", NoticeFault.EventType)]
    [TestCase("\"SEGOT\"", "\"GOTHENBURG\"", NoticeFault.Port)]
    [TestCase("\"3.2.1\"", "\"1.0.0\"", NoticeFault.Version)]
    [TestCase("\"imo\":\"9347346\",\"mmsi\":\"265000001\"", "\"imo\":\"9347345\",\"mmsi\":\"0\"", NoticeFault.None)]
    [TestCase("\"eventType\"", "\"event\"", NoticeFault.NotANotice)]
    [TestCase("\"version\":", "\"port\":\"SEGOT\",\"version\":", NoticeFault.BadJson)]
    public void A_wrong_event_is_refused_with_its_line_and_the_others_are_taken(string right, string wrong, NoticeFault fault)
    {
        Assert.That(Event, Does.Contain(right));
        var reading = Read($"{Event}\n{Event.Replace(right, wrong, StringComparison.Ordinal)}\n{Pickup}\n");
        if (fault == NoticeFault.None)
        {
            Assert.That(reading.Calls, Has.Count.EqualTo(2)); // The call sign still names the ship.
            Assert.That(reading.Defects.Single(), Does.StartWith("line 2").And.Contains("9347345"));
            return;
        }

        Assert.That(reading.Refusals.Select(r => (r.Fault, r.Line)), Is.EqualTo(new[] { (fault, 2) }), reading.FaultText);
        Assert.That((reading.Calls.Count, reading.Pickups.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public void A_refusal_never_says_a_plate()
    {
        var reading = Read($"{Pickup.Replace("ABC 123", "!", StringComparison.Ordinal)}\n{Pickup.Replace("SEGOT", "??", StringComparison.Ordinal)}");
        Assert.That(reading.Refusals, Has.Count.EqualTo(2));
        Assert.That(string.Join(' ', reading.Refusals.Select(r => r.What)), Does.Not.Contain("ABC"));
        Assert.That(Read(Pickup).Pickups.Single().ToString(), Does.Not.Contain("ABC"));
    }

    [TestCase("", NoticeFault.Empty)]
    [TestCase("<x/>", NoticeFault.Xml)]
    [TestCase("a,b\n1,2\n", NoticeFault.FormatUnknown)]
    [TestCase("\u0001\0\0", NoticeFault.Binary)]
    [TestCase("{\"eventType\":\n", NoticeFault.BadJson)]
    [TestCase("[[[[", NoticeFault.BadJson)]
    public void What_holds_no_notices_is_refused_as_a_whole(string text, NoticeFault fault)
    {
        var reading = Read(text);
        Assert.That(reading.Fault, Is.EqualTo(fault));
        Assert.That(reading.FaultText, Is.Not.Empty);
    }

    [Test]
    public void Nesting_beyond_32_is_refused() =>
        Assert.That(Read(new string('[', 40) + new string(']', 40)).Fault, Is.EqualTo(NoticeFault.BadJson));

    [Test]
    public void Used_refused_and_ignored_are_what_the_file_held_whatever_is_changed_in_it()
    {
        const int Seed = 20261122;
        TestContext.Out.WriteLine($"seed {Seed}");
        var chance = new Random(Seed);
        var right = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat($"{Event}\n{Pickup}", 4)));
        for (var round = 0; round < 1_000; round++)
        {
            var bytes = (byte[])right.Clone();
            bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            var reading = NoticeReader.Read(bytes);
            Assert.That(
                reading.Calls.Count + reading.Pickups.Count + reading.NotAboutCalls + reading.RefusedCounts.Values.Sum(),
                Is.EqualTo(reading.Items));
            if (reading.Fault == NoticeFault.None)
            {
                Assert.That(reading.Items, Is.InRange(7, 9));
            }
        }
    }

    [Test]
    public void The_finnish_list_of_calls_is_read_by_its_header()
    {
        var reading = NoticeReader.Read(File.ReadAllBytes(SharedData.Require("portcalls/finland_2025-03_port_calls.csv")));
        var calls = reading.Calls;
        TestContext.Out.WriteLine(
            $"{reading.Items} rows, {calls.Count} taken, {calls.Select(c => c.CallId).Distinct().Count()} calls; refused: "
            + string.Join(", ", reading.RefusedCounts) + $"; eta {calls.Count(c => c.EtaMs is not null)}, ata {calls.Count(c => c.AtaMs is not null)}, "
            + $"atd {calls.Count(c => c.AtdMs is not null)}; without MMSI {calls.Count(c => c.Mmsi is null)}; defects {reading.Defects.Count}");
        Assert.That(reading.Items, Is.EqualTo(317));
        Assert.That(calls.Count + reading.RefusedCounts.Values.Sum(), Is.EqualTo(317));
        Assert.That(calls.Select(c => c.CallId).Distinct().Count(), Is.GreaterThan(300));
    }

    private static NoticeReading Read(string text) => NoticeReader.Read(Encoding.UTF8.GetBytes(text));
}
