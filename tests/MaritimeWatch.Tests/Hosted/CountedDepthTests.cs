using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Tests.Intake.Doors;

namespace MaritimeWatch.Tests.Hosted;

internal sealed class CountedDepthTests
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly FakeTime time = new();

    [Test]
    public async Task The_queue_is_asked_at_most_once_in_a_while()
    {
        var (queue, depth) = (new FakeQueue(time), new QueueDepth(100));
        var counted = new CountedDepth(queue, depth, Every, time);
        await LandAsync(counted, depth, 1);
        queue.Lose();
        await LandAsync(counted, depth, 20);
        Assert.That(depth.Waiting, Is.EqualTo(21), "counted here, not asked");

        time.Advance(Every);
        await LandAsync(counted, depth, 1);
        Assert.That(depth.Waiting, Is.EqualTo(21), "asked: one was lost");
    }

    [Test]
    public async Task A_door_that_fills_between_two_questions_is_told_that_others_have_emptied_the_queue()
    {
        var (queue, depth) = (new FakeQueue(time), new QueueDepth(100));
        var counted = new CountedDepth(queue, depth, Every, time);
        for (var landed = 0; landed < 1_000; landed++)
        {
            Assert.That(depth.IsTooDeep, Is.False, $"after {landed}: nobody sends any more, so nobody would ever ask");
            await LandAsync(counted, depth, 1);
            queue.Lose(); // Decoded by another process.
        }
    }

    [Test]
    public async Task While_it_is_full_it_goes_on_asking_with_nobody_sending()
    {
        var (queue, depth) = (new FakeQueue(time), new QueueDepth(100));
        var counted = new CountedDepth(queue, depth, Every, time);
        await LandAsync(counted, depth, 100);
        Assert.That(depth.IsTooDeep, Is.True);

        queue.Lose();
        time.Advance(Every);
        await depth.WaitForRoomAsync(default).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(depth.Waiting, Is.Zero);
    }

    [Test]
    public async Task A_queue_that_cannot_be_asked_holds_nobody_back()
    {
        var (queue, depth) = (new FakeQueue(time), new QueueDepth(100));
        var counted = new CountedDepth(queue, depth, Every, time);
        depth.Add(99);
        queue.IsCountless = true;
        await LandAsync(counted, depth, 1);
        Assert.That(depth.Waiting, Is.Zero);
    }

    private static async Task LandAsync(CountedDepth counted, QueueDepth depth, int count)
    {
        for (var landed = 0; landed < count; landed++)
        {
            depth.Add(+1);
            await counted.SendAsync(new byte[] { 1 }, TimeSpan.Zero);
        }
    }
}
