using System.Net;
using System.Net.Sockets;
using System.Text;
using MaritimeWatch.Functions.Intake;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Intake.Doors;

internal sealed class SocketDoorTests
{
    private FakeTime time = null!;
    private MemoryIntake intake = null!;
    private SourceBoard board = null!;
    private CancellationTokenSource stop = null!;

    [SetUp]
    public void Begin()
    {
        time = new FakeTime();
        intake = new MemoryIntake();
        board = new SourceBoard(time);
        stop = new CancellationTokenSource();
    }

    [TearDown]
    public void End() => stop.Dispose();

    [Test]
    public async Task A_receiver_that_closes_and_stalls_is_connected_to_again_and_shown_as_down_meanwhile()
    {
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        var door = new TcpClientDoor(AddressOf(receiver), Parts());
        var run = door.RunAsync(stop.Token);

        using (var first = await receiver.AcceptTcpClientAsync())
        {
            await SendAsync(first, Nmea.Position(219000001, 55, 10) + Nmea.Part1);
            await LandedAsync(Nmea.Position(219000001, 55, 10));
            Assert.That(Status().FeedDown, Is.False);
        }

        // The connection ended within a message: what was received is landed, and the door comes back.
        await LandedAsync(Nmea.Part1);
        var second = await AcceptAsync(receiver);
        await SendAsync(second, Nmea.Position(219000002, 55, 10));
        await LandedAsync(Nmea.Position(219000002, 55, 10));

        // Now it stalls without closing.
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.That(Status().FeedDown, Is.True);
        using var third = await AcceptAsync(receiver);
        await SendAsync(third, Nmea.Position(219000003, 55, 10));
        await LandedAsync(Nmea.Position(219000003, 55, 10));
        Assert.That(Status().FeedDown, Is.False);
        Assert.That(Status().Lines, Is.EqualTo(4));
        second.Dispose();
        await EndAsync(run);
    }

    [Test]
    public async Task A_receiver_that_sends_garbage_without_lines_is_left_and_costs_a_bound()
    {
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        var run = new TcpClientDoor(AddressOf(receiver), Parts()).RunAsync(stop.Token);
        using (var noisy = await receiver.AcceptTcpClientAsync())
        {
            var garbage = new byte[4 << 20];
            new Random(7).NextBytes(garbage);
            garbage.AsSpan().Replace((byte)'\n', (byte)'x');
            try
            {
                await noisy.GetStream().WriteAsync(garbage, stop.Token);
            }
            catch (IOException)
            {
                // Cut off, as it should be.
            }

            await Eventually.TrueAsync(() => Status().Connected == false, "the connection is closed");
        }

        using var again = await AcceptAsync(receiver);
        await SendAsync(again, Nmea.Position(219000001, 55, 10));
        await Eventually.TrueAsync(() => intake.All.EndsWith(Nmea.Position(219000001, 55, 10), StringComparison.Ordinal), "the good line", Tick);
        Assert.That(intake.All, Has.Length.LessThan(20_000));
        await EndAsync(run);
    }

    [Test]
    public async Task Connections_of_one_door_do_not_mix_their_parts_and_more_than_the_bound_are_refused()
    {
        using var door = new TcpServerDoor(
            DoorAddress.Parse("0,name=recv", "tcp-in", listens: true), Parts(new SocketDoorSettings { ConnectionsMax = 2 }));
        door.Bind();
        var run = door.RunAsync(stop.Token);
        using var one = await ConnectAsync(door.Port);
        using var two = await ConnectAsync(door.Port);
        await SendAsync(one, Nmea.Part1);
        await SendAsync(two, Nmea.Part1);
        await Eventually.TrueAsync(() => Status().Lines == 2, "both first parts");
        using var three = await ConnectAsync(door.Port);
        Assert.That(await three.GetStream().ReadAsync(new byte[1], stop.Token), Is.Zero, "the third is closed at once");
        await SendAsync(one, Nmea.Part2);
        await SendAsync(two, Nmea.Part2);
        await Eventually.TrueAsync(() => Status().Lines == 4, "both second parts");
        await Eventually.TrueAsync(() => intake.Blobs.Count == 2, "two blobs", Tick);

        Assert.That(intake.Blobs, Is.All.EqualTo(Nmea.Part1 + Nmea.Part2));
        Assert.That(Status().Shed, Is.EqualTo(1));
        await EndAsync(run);
    }

    [Test]
    public async Task Datagrams_end_their_lines_and_senders_do_not_mix_their_parts()
    {
        using var door = new UdpDoor(DoorAddress.Parse("0,name=recv", "udp", listens: true), Parts());
        door.Bind();
        var run = door.RunAsync(stop.Token);
        using var one = new UdpClient(0, AddressFamily.InterNetwork);
        using var two = new UdpClient(0, AddressFamily.InterNetwork);
        foreach (var (sender, text) in new[] { (one, Nmea.Part1), (two, Nmea.Part1), (one, Nmea.Part2), (two, Nmea.Part2) })
        {
            await sender.SendAsync(Encoding.ASCII.GetBytes(text.TrimEnd()), new IPEndPoint(IPAddress.Loopback, door.Port), stop.Token);
        }

        await Eventually.TrueAsync(() => Status().Lines == 4, "four lines");
        await Eventually.TrueAsync(() => intake.Blobs.Count == 2, "two blobs", Tick);
        Assert.That(intake.Blobs, Is.All.EqualTo(Nmea.Part1.TrimEnd() + "\n" + Nmea.Part2.TrimEnd() + "\n"));
        await EndAsync(run);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task While_the_store_refuses_a_TCP_sender_is_held_back_and_nothing_is_lost(bool isOutOfOrder)
    {
        (intake.Refuses, intake.IsOutOfOrder) = (true, isOutOfOrder);
        var settings = new SocketDoorSettings
        {
            BlobsWaitingMax = 2,
            Cutting = MaritimeWatch.Intake.Ais.LandingBufferSettings.Prompt with { MaxBytes = 20_000 },
        };
        using var door = new TcpServerDoor(DoorAddress.Parse("0,name=recv", "tcp-in", listens: true), Parts(settings));
        door.Bind();
        var run = door.RunAsync(stop.Token);
        var sender = await ConnectAsync(door.Port);
        var text = Nmea.Positions(vessels: 50, reports: 2000, fromSeconds: 1_700_000_000);
        var sending = SendAsync(sender, text);
        await Eventually.TrueAsync(() => intake.Refusals > 3, "tries", Tick);

        Assert.That(sending.IsCompleted, Is.False, "the sender waits");
        Assert.That(Status().Bytes, Is.LessThan(text.Length / 2));
        intake.Refuses = false;
        await Eventually.TrueAsync(() => intake.All.Length == text.Length, "all of it", Tick);
        await sending;
        sender.Dispose();
        Assert.That(intake.All, Is.EqualTo(text));
        await EndAsync(run);
    }

    [Test]
    public async Task A_store_that_fails_while_a_way_is_stopped_does_not_spoil_the_end()
    {
        var failing = new EndingIntake();
        var lane = new SourceLane(SourceName.Parse("recv"), "tcp", new SocketDoorSettings(), failing, board, time, NullLogger.Instance);
        var input = lane.Open();
        Assert.That(input.TryReceive(Encoding.ASCII.GetBytes(Nmea.Position(219000001, 55, 10))), Is.True);
        input.Close();
        await failing.Entered.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(async () => await lane.DisposeAsync(), Throws.Nothing);
    }

    [Test]
    public void Only_allowed_addresses_may_send()
    {
        var allowed = AllowList.Parse(["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"]);
        Assert.Multiple(() =>
        {
            Assert.That(allowed.Allows(IPAddress.Parse("192.0.2.9")), Is.True);
            Assert.That(allowed.Allows(IPAddress.Parse("::ffff:192.0.2.9")), Is.True);
            Assert.That(allowed.Allows(IPAddress.Parse("2001:db8::1")), Is.True);
            Assert.That(allowed.Allows(IPAddress.Parse("198.51.100.7")), Is.True);
            Assert.That(allowed.Allows(IPAddress.Loopback), Is.True);
            Assert.That(allowed.Allows(IPAddress.Parse("198.51.100.8")), Is.False);
            Assert.That(() => AllowList.Parse(["192.0.2.0/33"]), Throws.TypeOf<FormatException>());
        });
    }

    [TestCase("localhost:10110", false, "localhost", 10110, "tcp-10110")]
    [TestCase("[::1]:10110,name=North-Mast", false, "::1", 10110, "north-mast")]
    [TestCase("10110", true, "127.0.0.1", 10110, "tcp-10110")]
    [TestCase("0.0.0.0:10110", true, "0.0.0.0", 10110, "tcp-10110")]
    public void An_address_reads(string text, bool listens, string host, int port, string name)
    {
        var address = DoorAddress.Parse(text, "tcp", listens);
        Assert.That((address.Host, address.Port, address.Name.Value), Is.EqualTo((host, port, name)));
    }

    [TestCase("10110", false)]
    [TestCase("host:99999", false)]
    [TestCase("ship:10110", true)]
    [TestCase("10110,name=../etc", true)]
    [TestCase("10110,kind=x", true)]
    public void An_address_that_is_none_is_refused(string text, bool listens) =>
        Assert.That(() => DoorAddress.Parse(text, "tcp", listens), Throws.TypeOf<FormatException>());

    private static DoorAddress AddressOf(TcpListener receiver) =>
        DoorAddress.Parse($"127.0.0.1:{((IPEndPoint)receiver.LocalEndpoint).Port},name=recv", "tcp", listens: false);

    private static Task SendAsync(TcpClient client, string text) =>
        client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    private static async Task<TcpClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    private SocketDoorParts Parts(SocketDoorSettings? settings = null) => new(
        intake, board, settings ?? new SocketDoorSettings(), AllowList.LoopbackOnly, time, new Random(1), NullLogger.Instance);

    private SourceStatus Status() => board.Snapshot().Single();

    private void Tick() => time.Advance(TimeSpan.FromMilliseconds(60));

    private Task LandedAsync(string text) =>
        Eventually.TrueAsync(() => intake.All.EndsWith(text, StringComparison.Ordinal), $"landed: {text}", Tick);

    private async Task<TcpClient> AcceptAsync(TcpListener receiver)
    {
        var accepting = receiver.AcceptTcpClientAsync();
        await Eventually.TrueAsync(() => accepting.IsCompleted, "a new connection", Tick);
        return await accepting;
    }

    private async Task EndAsync(Task run)
    {
        await stop.CancelAsync();
        await Eventually.TrueAsync(() => run.IsCompleted, "the door ends", Tick);
        await run;
    }

    /// <summary>A store that has not answered when it is told to stop, and then fails.</summary>
    private sealed class EndingIntake : IIntake
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsTooDeep => false;

        public bool IsStopped => false;

        public Task Entered => entered.Task;

        public async ValueTask<AcceptedBlob> AcceptAsync(
            SourceName source, DeliveryKind kind, MaritimeWatch.Intake.Ais.LandingCut cut, CancellationToken cancel)
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new MaritimeWatch.Log.StoreException(MaritimeWatch.Log.StoreTrouble.Retry, "the connection was cut");
        }
    }
}
