using MaritimeWatch.Forecasts;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Forecasts;

/// <summary>Forecasts as they were issued, and what became of them.</summary>
internal sealed class ForecastStoreTests
{
    [Test]
    public async Task A_forecast_once_issued_never_changes()
    {
        var store = new ForecastStore(new MemoryStore());
        Assert.That(await store.AddAsync(Of(PortLines.At(5), 3)), Is.True);
        Assert.That(await store.AddAsync(Of(PortLines.At(5), 9)), Is.False);
        Assert.That((await store.GetAsync("NOSIM", PortLines.At(5)))!.Hours[0].Queue.P50, Is.EqualTo(3));
    }

    [Test]
    public async Task The_latest_one_issued_by_a_time_is_found()
    {
        var store = new ForecastStore(new MemoryStore());
        foreach (var hour in new[] { 48, 0, 24 })
        {
            await store.AddAsync(Of(PortLines.At(hour), hour));
        }

        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await store.LatestAsync("NOSIM", PortLines.At(30)))!.IssuedAt, Is.EqualTo(PortLines.At(24)));
            Assert.That(await store.LatestAsync("NOSIM", PortLines.At(-1)), Is.Null);
            Assert.That(await store.LatestAsync("NOXXX", PortLines.At(30)), Is.Null);
            Assert.That(await store.PortsAsync(), Is.EqualTo(["NOSIM"]));
            Assert.That(await store.IssuedAsync("NOSIM"), Is.EqualTo([PortLines.At(0), PortLines.At(24), PortLines.At(48)]));
        });
    }

    [Test]
    public void Errors_add_up_by_hand()
    {
        // One ship waits from 10:00 to 15:30, so the queue is 1 from 10:00 to 15:00 and else 0.
        var came = new PortLines().Visit("NOSIM-B", 1, 0, 200).Visit("NOSIM-A", 7, 10, 15.5).History().Of("NOSIM");
        var issued = Of(PortLines.At(8), 2, new Band(1, 2, 3));
        var errors = ForecastErrors.Compare("NOSIM", [issued], came, PortLines.At(20));
        var six = errors.ByHorizon[0];
        Assert.Multiple(() =>
        {
            Assert.That(errors.Forecasts, Is.EqualTo(1));
            Assert.That(six.HorizonH, Is.EqualTo(6));
            Assert.That(six.Queue!.Value.N, Is.EqualTo(6), "09:00 to 14:00");
            Assert.That(six.Queue.Value.Mae, Is.EqualTo(Math.Round((2 + (5 * 1)) / 6.0, 3)));
            Assert.That(six.Queue.Value.Coverage80, Is.EqualTo(Math.Round(5 / 6.0, 3)));
            Assert.That(six.Queue.Value.MaePersistence, Is.EqualTo(Math.Round(5 / 6.0, 3)), "at 08:00 nobody waited");
            Assert.That(errors.ByHorizon[1].Queue!.Value.N, Is.EqualTo(6), "15:00 to 20:00; what is to come is not known");
            Assert.That(errors.ByHorizon[2].Queue, Is.Null);
        });
    }

    [Test]
    public void A_forecast_issued_after_the_time_does_not_count()
    {
        var came = new PortLines().Traffic(61, 4).History().Of("NOSIM");
        var errors = ForecastErrors.Compare("NOSIM", [Of(PortLines.At(50), 1), Of(PortLines.At(10), 1)], came, PortLines.At(40));
        Assert.That(errors.Forecasts, Is.EqualTo(1));
    }

    [Test]
    public async Task A_replay_issues_one_forecast_for_each_day_and_one_for_its_end()
    {
        var store = new ForecastStore(new MemoryStore());
        var history = new PortLines().Traffic(62, 4).History();
        var run = new ForecastRun(history, store, ForecastOptions.Default with { Runs = 50, TrialsMax = 1 });
        var until = PortLines.At(80);
        Assert.That(await run.RunDaysAsync(until), Is.EqualTo(4));
        Assert.That(await store.IssuedAsync("NOSIM"), Is.EqualTo([PortLines.At(24), PortLines.At(48), PortLines.At(72), until]));
        Assert.That(await run.RunDaysAsync(until), Is.Zero, "nothing is issued twice");
    }

    [Test]
    public async Task The_timer_issues_each_hour_once_and_leaves_old_recordings_where_they_end()
    {
        var store = new ForecastStore(new MemoryStore());
        var run = new ForecastRun(new PortLines().Visit("NOSIM-B", 1, 0, 50).History(), store, ForecastOptions.Default with { Runs = 50, TrialsMax = 0 });
        Assert.That(await run.RunDueAsync(PortLines.At(52.7)), Is.EqualTo(1));
        Assert.That(await run.RunDueAsync(PortLines.At(52.9)), Is.Zero, "the same hour");
        Assert.That(await run.RunDueAsync(PortLines.At(2000)), Is.EqualTo(1), "as of its end");
        Assert.That(await run.RunDueAsync(PortLines.At(2001)), Is.Zero);
        Assert.That(await store.IssuedAsync("NOSIM"), Is.EqualTo([PortLines.At(50), PortLines.At(52)]));
    }

    private static PortForecast Of(DateTimeOffset issuedAt, double queue, Band? band = null)
    {
        var said = band ?? new Band(queue, queue, queue);
        var first = issuedAt.AddHours(1);
        return new PortForecast
        {
            Port = "NOSIM",
            IssuedAt = issuedAt,
            Hours = [.. Enumerable.Range(0, 168).Select(hour => new ForecastHour(first.AddHours(hour), said, said, said))],
            Observed = [new ObservedHour(issuedAt, 0, null, 0)],
        };
    }
}
