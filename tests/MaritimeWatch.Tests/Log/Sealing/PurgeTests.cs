using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Log.Sealing;

[TestFixture]
public sealed class PurgeTests
{
    private const string PlateText = "KX07 WDR";

    private static readonly DateTimeOffset Start = new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task After_the_purge_nothing_of_a_plate_can_be_read_or_tried_and_what_was_erased_is_said()
    {
        var world = new SealedWorld();
        Assert.That(Plate.TryParse(PlateText, out var plate), Is.True);
        var landed = await world.Landing.LandAsync("plates", Start, Encoding.UTF8.GetBytes($"{PlateText} {plate.Text}"));
        var rejects = new RejectBatch();
        rejects.Add("bad_time", 0, 8, 1, Encoding.UTF8.GetBytes(PlateText));
        await new SealedRejects(world.Store, world.Keys).KeepAsync(landed, rejects);
        var token = (await world.Keys.TokensAsync(Start, isSimulated: false, default)).Current.Of(plate).Exact;
        await new Landing(world.Store).LandAsync("findings", Start, Encoding.UTF8.GetBytes($"plate:{token}"));
        await world.Store.PutAsync("replay/key", new byte[60], PutCondition.IfAbsent, default);
        await world.Store.PutAsync(
            "replay/plates/0011", Encoding.UTF8.GetBytes($$"""{"format":1,"landed":"{{landed.Name}}"}"""), PutCondition.IfAbsent, default);
        Assert.That(await world.Landing.ErasureOfAsync(landed.Name), Is.Null);
        var copied = (await world.Store.GetAsync(landed.Name, default))!.Value.Bytes;
        Assert.That(await TriedAsync(world, plate), Is.Not.Empty, "while the key is there, the plate can be tried");
        Assert.That(await world.BlobsWithAsync(PlateText, plate.Text), Is.Empty, "before");

        var report = await new Purge(world.Store, world.Keys).RunAsync(Start.AddDays(60), new Retention());
        Assert.That(report.ErasedKeys, Has.Count.EqualTo(2));
        Assert.That(report.DeletedBlobs, Is.EqualTo(3), "landing, rejects and the note of a replay");
        Assert.That(await world.Landing.ErasureOfAsync(landed.Name), Does.Contain("erased"));
        Assert.That(await world.BlobsWithAsync(PlateText, plate.Text), Is.Empty, "after");
        Assert.That(await TriedAsync(world, plate), Is.Empty, "no key is left under which the token could be made");

        // Somebody kept a copy of the sealed bytes: it opens no more, and the answer says why.
        await world.Store.PutAsync(landed.Name, copied, PutCondition.IfAbsent, default);
        var opened = await world.Landing.OpenAsync(landed.Name);
        Assert.That(await world.Landing.ErasureOfAsync(landed.Name), Does.Contain("erased"));
        Assert.Multiple(() =>
        {
            Assert.That(opened.IsErased, Is.True);
            Assert.That(opened.Clear.IsEmpty, Is.True);
            Assert.That(opened.Erasure, Does.Contain("day/2026-10-01").And.Contain("2026-11-30").And.Contain("30 days"));
        });
        await foreach (var entry in world.Store.ListAsync("keys/", default))
        {
            Assert.That(entry.Name, Does.StartWith("keys/erased/").Or.EqualTo("keys/calendar"));
        }
    }

    [Test]
    public async Task What_was_never_sealed_is_not_said_to_be_erased_with_the_key_of_its_day()
    {
        var world = new SealedWorld();
        await world.Landing.LandAsync("plates", Start, "x"u8.ToArray());
        var open = await new Landing(world.Store).LandAsync("receiver", Start, "!AIVDM"u8.ToArray());
        await new Purge(world.Store, world.Keys).RunAsync(Start.AddDays(60), new Retention());
        Assert.That(await world.Landing.ErasureOfAsync(open.Name), Is.Null);
    }

    [Test]
    public async Task A_day_is_kept_to_its_last_day_and_then_goes()
    {
        var world = new SealedWorld();
        var landed = await world.Landing.LandAsync("plates", Start, "x"u8.ToArray());
        var purge = new Purge(world.Store, world.Keys);
        await purge.RunAsync(Start.AddDays(30), new Retention());
        Assert.That((await world.Landing.OpenAsync(landed.Name)).IsErased, Is.False);
        await purge.RunAsync(Start.AddDays(31), new Retention());
        Assert.That((await world.Landing.OpenAsync(landed.Name)).IsErased, Is.True);
    }

    [Test]
    public async Task Nothing_can_be_sealed_again_on_a_day_that_was_purged()
    {
        var world = new SealedWorld();
        await world.Landing.LandAsync("plates", Start, "x"u8.ToArray());
        await new Purge(world.Store, world.Keys).RunAsync(Start.AddDays(60), new Retention());
        Assert.That(
            async () => await world.Landing.LandAsync("plates", Start, "y"u8.ToArray()),
            Throws.TypeOf<StoreException>().With.Message.Contains("erased"));
    }

    [Test]
    public async Task What_is_held_as_evidence_outlives_the_day_alone_and_goes_when_the_hold_ends()
    {
        var world = new SealedWorld();
        var held = await world.Landing.LandAsync("plates", Start, "held"u8.ToArray());
        var other = await world.Landing.LandAsync("plates", Start, "other"u8.ToArray());
        Assert.That(await world.Landing.HoldAsync("case-7", [held.Name, held.Name]), Is.EqualTo(1));
        var purge = new Purge(world.Store, world.Keys);
        await purge.RunAsync(Start.AddDays(60), new Retention());
        Assert.That((await world.Landing.OpenAsync(held.Name)).Clear.ToArray(), Is.EqualTo("held"u8.ToArray()));
        Assert.That((await world.Landing.OpenAsync(other.Name)).IsErased, Is.True);

        Assert.That(await world.Landing.ReleaseAsync("case-7", Start.AddDays(61)), Is.True);
        Assert.That((await world.Landing.OpenAsync(held.Name)).IsErased, Is.True);
        await purge.RunAsync(Start.AddDays(61), new Retention());
        await foreach (var entry in world.Store.ListAsync("evidence/", default))
        {
            Assert.Fail($"{entry.Name} is left");
        }
    }

    [Test]
    public async Task An_epoch_gives_way_with_an_overlap_in_which_a_plate_is_known_by_both_tokens()
    {
        var world = new SealedWorld();
        var calendar = await world.Keys.CalendarAsync(default);
        var change = calendar.EndsAt(calendar.NumberAt(Start)).AddDays(-calendar.OverlapDays);
        Assert.That(Plate.TryParse(PlateText, out var plate), Is.True);
        var before = await world.Keys.TokensAsync(change.AddHours(-1), false, default);
        var during = await world.Keys.TokensAsync(change.AddDays(1), false, default);
        var after = await world.Keys.TokensAsync(change.AddDays(calendar.OverlapDays), false, default);
        Assert.Multiple(() =>
        {
            Assert.That(during.Previous!.Of(plate).Exact, Is.EqualTo(before.Current.Of(plate).Exact));
            Assert.That(during.Current.Of(plate).Exact, Is.Not.EqualTo(before.Current.Of(plate).Exact));
            Assert.That(after.Current.Of(plate).Exact, Is.EqualTo(during.Current.Of(plate).Exact));
            Assert.That(after.Previous, Is.Null);
            Assert.That(calendar.EpochDays + calendar.OverlapDays, Is.LessThanOrEqualTo(new Retention().PersonalDataDays));
        });
    }

    [Test]
    public async Task An_epochs_key_goes_when_its_overlap_ends_and_not_before()
    {
        var world = new SealedWorld();
        await world.Keys.TokensAsync(Start, false, default);
        var calendar = await world.Keys.CalendarAsync(default);
        var end = calendar.EndsAt(calendar.NumberAt(Start));
        var purge = new Purge(world.Store, world.Keys);
        Assert.That((await purge.RunAsync(end.AddSeconds(-1), new Retention())).ErasedKeys, Is.Empty);
        Assert.That((await purge.RunAsync(end, new Retention())).ErasedKeys, Has.Count.EqualTo(1));
        Assert.That(async () => await world.Keys.TokensAsync(Start, false, default), Throws.TypeOf<StoreException>());
    }

    [Test]
    public void Epochs_that_outlive_the_reads_are_refused()
    {
        var world = new SealedWorld(new EpochCalendar { EpochDays = 28, OverlapDays = 7 });
        Assert.That(
            async () => await new Purge(world.Store, world.Keys).RunAsync(Start, new Retention()),
            Throws.TypeOf<StoreException>().With.Message.Contains("30 days"));
    }

    /// <summary>Blobs in which the plate's token lies under any key that can still be had from the store with its vault.</summary>
    private static async Task<List<string>> TriedAsync(SealedWorld world, Plate plate)
    {
        List<string> tokens = [];
        await foreach (var entry in world.Store.ListAsync("keys/epoch/", default))
        {
            var wrapped = (await world.Store.GetAsync(entry.Name, default))!.Value.Bytes;
            tokens.Add(new PlateTokens(world.Vault.Unwrap(wrapped.Span).Span).Of(plate).Exact);
        }

        return tokens.Count == 0 ? [] : await world.BlobsWithAsync([.. tokens]);
    }
}
