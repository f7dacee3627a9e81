using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;
using MaritimeWatch.Tests.Watch;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Operations;

[NonParallelizable]
internal sealed class TraceTests
{
    private static readonly string Hash = new('a', 64);

    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Test]
    public async Task A_request_can_be_followed_from_its_door_to_the_inbox_and_a_group_to_its_commit()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Traces.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var store = new MemoryStore();
        await using var host = await ServeHost.StartAsync(
            new ServeOptions { Urls = ["http://127.0.0.1:0"] },
            new ServeParts { Store = store, Vault = Vaults.ForTests, NewFold = _ => new CountingFold(), LogLevel = LogLevel.None });
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Urls[0] + "/ais")
        {
            Content = new StringContent(Nmea.Positions(vessels: 10, reports: 3, fromSeconds: 1_777_000_000)),
        };
        request.Headers.Add("traceparent", Parent);
        using var answer = await client.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await Eventually.TrueAsync(() => host.Pipeline is { Reports: 30, IsQuiet: true }, "all is committed");
        await host.StopAsync();

        var ours = spans.Where(span => span.Source.Name == Traces.Name).ToList();
        List<Activity> Of(string name) => ours.FindAll(span => span.OperationName == name && span.TraceId.ToString() == Parent.Split('-')[1]);
        Assert.Multiple(() =>
        {
            Assert.That(Of("land"), Has.Count.EqualTo(1));
            Assert.That(Of("decode"), Has.Count.EqualTo(1), "through the queue");
            Assert.That(Of("append"), Has.Count.EqualTo(4), "one a group");
            Assert.That(ours.Where(span => span.OperationName == "fold"), Is.Not.Empty);
            Assert.That(ours.Where(span => span.OperationName == "commit"), Is.Not.Empty);
            Assert.That(ours.Select(span => span.OperationName).Distinct(), Is.SubsetOf(Traces.Spans));
            Assert.That(
                ours.SelectMany(span => span.TagObjects).Select(tag => tag.Key).Distinct(), Is.SubsetOf(new[] { "group", "entry", "records", "lines", "generation" }),
                "no tag says who or what was seen");
        });
        List<object?> Entries(IEnumerable<Activity> spans) => [.. spans.Where(span => Equals(span.GetTagItem("group"), "watch/000")).Select(span => span.GetTagItem("entry"))];
        Assert.That(Entries(ours.Where(span => span.OperationName == "fold")), Is.SupersetOf(Entries(Of("append"))), "what was appended was folded");
        Assert.That(Entries(Of("append")), Is.Not.Empty);
    }

    [Test]
    public void A_message_carries_a_trace_only_where_somebody_listens_and_its_batch_is_the_same()
    {
        var message = Message(null);
        Assert.That(Encoding.UTF8.GetString(message.ToBytes()), Does.Not.Contain("traceparent"));
        var traced = Message(Parent);
        Assert.That(WorkMessage.Parse(traced.ToBytes()).TraceParent, Is.EqualTo(Parent));
        Assert.That(traced.Part, Is.EqualTo(message.Part), "the batch in the inbox is the same");
        Assert.That(Traces.StartFrom("decode", "garbage from outside"), Is.Null);
        using var span = new Activity("request").Start();
        Assert.That(Traces.Current, Is.Null, "nobody listens");
    }

    [Test]
    public void A_span_that_nobody_listens_to_costs_nothing()
    {
        var group = new GroupName("watch", 1);
        for (var i = 0; i < 1000; i++)
        {
            Traces.Start("fold", group, i)?.Dispose();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 1_000_000; i++)
        {
            Traces.Start("fold", group, i)?.Dispose();
        }

        TestContext.Out.WriteLine($"{watch.Elapsed.TotalNanoseconds / 1_000_000:F1} ns a span without a listener");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000));
    }

    private static WorkMessage Message(string? trace) => new()
    {
        Landed = $"landing/mast/2026-04-24/{Hash}", Hash = Hash, Length = 1, Source = "mast", Kind = DeliveryKind.Stream,
        Marks = [new ReceivedMark(0, 1_777_000_000_000)], TraceParent = trace,
    };
}
