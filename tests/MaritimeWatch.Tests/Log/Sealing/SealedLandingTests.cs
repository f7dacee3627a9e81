using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Log.Sealing;

[TestFixture]
public sealed class SealedLandingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Clear = Encoding.UTF8.GetBytes("a camera read the plate AB12CDE at noon");

    [Test]
    public async Task What_was_landed_opens_again_and_is_nowhere_in_clear()
    {
        var world = new SealedWorld();
        var landed = await world.Landing.LandAsync("plates", Noon, Clear);
        var opened = await world.Landing.OpenAsync(landed.Name);
        Assert.Multiple(() =>
        {
            Assert.That(opened.Clear.ToArray(), Is.EqualTo(Clear));
            Assert.That(landed.Name, Is.EqualTo($"landing/plates/2026-11-22/{landed.Hash}"));
            Assert.That(landed.Length, Is.GreaterThan(Clear.Length));
        });
        Assert.That(await world.BlobsWithAsync("AB12CDE"), Is.Empty);
    }

    [Test]
    public async Task The_scan_for_clear_text_finds_it_where_it_is()
    {
        var world = new SealedWorld();
        await new Landing(world.Store).LandAsync("open", Noon, Clear);
        await new Landing(world.Store).LandAsync("open", Noon, Encoding.ASCII.GetBytes(Convert.ToBase64String(Clear)));
        Assert.That(await world.BlobsWithAsync("AB12CDE"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_same_bytes_twice_are_two_blobs_that_cannot_be_told_alike()
    {
        var world = new SealedWorld();
        var first = await world.Landing.LandAsync("plates", Noon, Clear);
        var second = await world.Landing.LandAsync("plates", Noon, Clear);
        Assert.That(second.Hash, Is.Not.EqualTo(first.Hash));
    }

    [Test]
    public async Task Any_altered_byte_is_damage()
    {
        var world = new SealedWorld();
        var landed = await world.Landing.LandAsync("plates", Noon, Clear);
        var stored = (await world.Store.GetAsync(landed.Name, default))!.Value.Bytes.ToArray();
        for (var at = 0; at < stored.Length; at++)
        {
            var altered = (byte[])stored.Clone();
            altered[at] ^= 1;
            await world.Store.DeleteAsync(landed.Name, default);
            await world.Store.PutAsync(landed.Name, altered, PutCondition.IfAbsent, default);
            Assert.That(async () => await world.Landing.OpenAsync(landed.Name), Throws.TypeOf<InvalidDataException>(), $"byte {at}");
        }
    }

    [Test]
    public async Task Sealed_bytes_that_are_moved_to_another_source_do_not_open()
    {
        var world = new SealedWorld();
        var landed = await world.Landing.LandAsync("plates", Noon, Clear);
        var stored = (await world.Store.GetAsync(landed.Name, default))!.Value.Bytes;
        var elsewhere = LandedBlob.NameOf("manifests", Noon, landed.Hash);
        await world.Store.PutAsync(elsewhere, stored, PutCondition.IfAbsent, default);
        Assert.That(async () => await world.Landing.OpenAsync(elsewhere), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task Another_vault_key_is_said_and_not_taken_for_an_erasure()
    {
        var world = new SealedWorld();
        var landed = await world.Landing.LandAsync("plates", Noon, Clear);
        var other = new KeyRing(world.Store, new LocalVault(new byte[32], world.Draw), world.Draw);
        Assert.That(
            async () => await new SealedLanding(world.Store, other).OpenAsync(landed.Name),
            Throws.TypeOf<StoreException>().With.Message.Contains("vault key"));
    }

    [Test]
    public async Task Two_writers_of_a_new_day_come_to_one_key()
    {
        var world = new SealedWorld();
        var landed = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            await Task.Yield();
            var ring = new KeyRing(world.Store, world.Vault, System.Security.Cryptography.RandomNumberGenerator.GetBytes);
            return await new SealedLanding(world.Store, ring).LandAsync("plates", Noon, Encoding.UTF8.GetBytes($"writer {i}"));
        }));
        foreach (var blob in landed)
        {
            Assert.That((await world.Landing.OpenAsync(blob.Name)).IsErased, Is.False);
        }
    }

    [Test]
    public async Task What_was_refused_is_kept_sealed_and_once()
    {
        var world = new SealedWorld();
        var rejects = new SealedRejects(world.Store, world.Keys);
        var landed = await world.Landing.LandAsync("plates.gate-1", Noon, Clear);
        var batch = new RejectBatch();
        batch.Add("bad_plate", 0, Clear.Length, 1, Clear);
        var first = await rejects.KeepAsync(landed, batch);
        var again = await rejects.KeepAsync(landed, batch);
        var opened = await rejects.OpenAsync(landed);
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(Encoding.UTF8.GetString(opened!.Clear.Span), Does.Contain("bad_plate").And.Contain(Convert.ToBase64String(Clear)));
        });
        Assert.That(await world.BlobsWithAsync("AB12CDE"), Is.Empty);
    }

    [Test]
    public async Task A_scenario_brings_its_token_key_only_into_a_simulated_store()
    {
        var (real, simulated) = (new SealedWorld(), new SealedWorld());
        await StoreFormat.OpenOrCreateAsync(real.Store, Noon);
        await StoreFormat.OpenOrCreateAsync(simulated.Store, Noon, simulated: true);
        var key = SimulatedEpochKey.Parse(SimulatedEpochKey.ToText(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        await simulated.Keys.ImportEpochAsync(key, default);
        await simulated.Keys.ImportEpochAsync(key, default);
        Assert.That(Plate.TryParse("SIM 123", out var plate), Is.True);
        var tokens = await simulated.Keys.TokensAsync(Noon, isSimulated: true, default);
        var realTokens = await simulated.Keys.TokensAsync(Noon, isSimulated: false, default);
        Assert.Multiple(() =>
        {
            Assert.That(tokens.Current.Of(plate).Exact, Is.EqualTo(new PlateTokens(key).Of(plate).Exact));
            Assert.That(realTokens.Current.Of(plate).Exact, Is.Not.EqualTo(tokens.Current.Of(plate).Exact));
            Assert.That(async () => await real.Keys.ImportEpochAsync(key, default), Throws.TypeOf<StoreException>());
            Assert.That(async () => await simulated.Keys.ImportEpochAsync(new byte[32], default), Throws.TypeOf<StoreException>());
            Assert.That(() => SimulatedEpochKey.Parse("00"), Throws.TypeOf<InvalidDataException>());
        });
    }
}
