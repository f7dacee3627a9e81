using MaritimeWatch.Findings.DarkShip;
using System.Buffers;
using System.Text.Json;

namespace MaritimeWatch.Tests.Findings.DarkShip;

/// <summary>What a ship in a scene is, by who reported around it.</summary>
[TestFixture]
public sealed class SceneFoldTests
{
    [Test]
    public void A_ship_that_reports_is_matched_and_one_that_nobody_reports_is_dark()
    {
        using var run = new SceneRun();
        run.Take(SceneWorld.Scene([SceneWorld.Ship(1, 0, 0), SceneWorld.Ship(2, 5_000, 0)], [SceneWorld.Vessel(219000001, 40, 30)]));
        var finding = run.Of("findings").Single();
        var scene = run.Of("scenes").Single();
        Assert.Multiple(() =>
        {
            Assert.That(run.StatusOf(1), Is.EqualTo("matched"));
            Assert.That(run.Of("detections")[0].GetProperty("mmsi").GetUInt32(), Is.EqualTo(219000001));
            Assert.That(run.Of("detections")[0].GetProperty("match_probability").GetDouble(), Is.GreaterThan(0.9));
            Assert.That(run.StatusOf(2), Is.EqualTo("dark"));
            Assert.That(finding.GetProperty("kind").GetString(), Is.EqualTo("dark-ship"));
            Assert.That(finding.GetProperty("severity").GetString(), Is.EqualTo("medium"));
            Assert.That(finding.GetProperty("subject").GetString(), Is.EqualTo($"detection:{new string('a', 12)}:2"));
            Assert.That(finding.GetProperty("reason").GetString(), Does.Contain("dark is not unlawful"));
            Assert.That(scene.GetProperty("matched").GetInt32(), Is.EqualTo(1));
            Assert.That(scene.GetProperty("dark").GetInt32(), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_small_boat_that_nobody_reports_asks_for_nobodys_eye()
    {
        using var run = new SceneRun();
        run.Take(SceneWorld.Scene([SceneWorld.Ship(1, 5_000, 0, lengthM: 14)], [SceneWorld.Vessel(219000001, 0, 0)]));
        Assert.That(run.Of("findings").Single().GetProperty("severity").GetString(), Is.EqualTo("info"));
    }

    [Test]
    public void A_silent_vessel_that_cannot_have_come_there_is_not_that_ship()
    {
        var ship = SceneWorld.Ship(1, 500, 0);
        var away = SceneWorld.Off(-9_000, 0);
        var silent = SceneWorld.Vessel(219000002, 0, 0, sigmaM: 3_000, beforeS: 7_200, afterS: null) with
        {
            LastLat = away.LatitudeE7, LastLon = away.LongitudeE7, ReachM = 12_000,
        };
        var reaching = SceneWorld.Scene([ship], [silent]);
        var tooFar = SceneWorld.Scene([ship], [silent with { ReachM = 9_000 }]);
        Assert.Multiple(() =>
        {
            Assert.That(SceneMatcher.Match(reaching)[0].Silent, Is.Zero);
            Assert.That(SceneMatcher.Match(tooFar)[0].Silent, Is.EqualTo(-1));
        });
    }

    [Test]
    public void A_vessel_that_had_gone_silent_explains_nothing_but_is_named_as_the_likely_ship()
    {
        using var run = new SceneRun();
        run.Take(SceneWorld.Scene(
            [SceneWorld.Ship(1, 0, 0)],
            [SceneWorld.Vessel(219000001, 900, 0, sigmaM: 800, beforeS: 7_200, afterS: null), SceneWorld.Vessel(219000002, 9_000, 0)]));
        var finding = run.Of("findings").Single();
        Assert.Multiple(() =>
        {
            Assert.That(run.StatusOf(1), Is.EqualTo("dark"));
            Assert.That(finding.GetProperty("mmsi").GetUInt32(), Is.EqualTo(219000001));
            Assert.That(finding.GetProperty("reason").GetString(), Does.Contain("silent since 2 h 0 min before the scene"));
        });
    }

    [Test]
    public void Where_nobody_was_heard_silence_says_nothing()
    {
        using var run = new SceneRun();
        run.Take(SceneWorld.Scene([SceneWorld.Ship(1, 0, 0)], []));
        Assert.Multiple(() =>
        {
            Assert.That(run.StatusOf(1), Is.EqualTo("unsettled"));
            Assert.That(run.Of("findings"), Is.Empty);
        });
    }

    [Test]
    public void An_echo_that_stood_there_at_another_time_is_no_ship()
    {
        using var run = new SceneRun();
        SceneVesselPair(run, 'a', SceneWorld.AtMs);
        SceneVesselPair(run, 'b', SceneWorld.AtMs + (24 * 3_600_000));
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("detections").Select(line => line.GetProperty("status").GetString()), Is.EqualTo((string[])["dark", "unsettled"]));
            Assert.That(run.Of("detections")[1].GetProperty("because").GetString(), Is.EqualTo("fixed"));
            Assert.That(run.Of("findings"), Has.Count.EqualTo(1));
        });

        static void SceneVesselPair(SceneRun run, char hash, long atMs) => run.Take(SceneWorld.Scene(
            [SceneWorld.Ship(1, 3_000, hash == 'a' ? 0 : 40)], [SceneWorld.Vessel(219000001, 0, 0)], hash, atMs));
    }

    [Test]
    public void Two_ships_side_by_side_get_their_own_vessels_by_their_lengths()
    {
        using var run = new SceneRun();
        run.Take(SceneWorld.Scene(
            [SceneWorld.Ship(1, 0, 0, lengthM: 250), SceneWorld.Ship(2, 250, 0, lengthM: 60)],
            [SceneWorld.Vessel(219000060, 110, 0, lengthM: 60, sigmaM: 120), SceneWorld.Vessel(219000250, 130, 0, lengthM: 250, sigmaM: 120)]));
        Assert.That(
            run.Of("detections").Select(line => line.GetProperty("mmsi").GetUInt32()), Is.EqualTo((uint[])[219000250, 219000060]));
    }

    [Test]
    public void A_report_that_came_late_retracts_the_finding_with_its_reason()
    {
        using var run = new SceneRun();
        var ships = new[] { SceneWorld.Ship(1, 5_000, 0) };
        run.Take(SceneWorld.Scene(ships, [SceneWorld.Vessel(219000001, 0, 0)]));
        run.Take(SceneWorld.Scene(ships, [SceneWorld.Vessel(219000001, 0, 0), SceneWorld.Vessel(219000002, 5_030, 10)], check: 1));
        var last = run.Of("findings")[^1];
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("findings"), Has.Count.EqualTo(2));
            Assert.That(last.GetProperty("revision").GetInt32(), Is.EqualTo(2));
            Assert.That(last.GetProperty("state").GetString(), Is.EqualTo("retracted"));
            Assert.That(last.GetProperty("retracted_because").GetString(), Does.Contain("SHIP 219000002"));
            Assert.That(run.StatusOf(1), Is.EqualTo("matched"));
        });
    }

    [Test]
    public void The_same_scene_twice_changes_nothing()
    {
        using var run = new SceneRun();
        var scene = SceneWorld.Scene([SceneWorld.Ship(1, 5_000, 0)], [SceneWorld.Vessel(219000001, 0, 0)]);
        run.Take(scene);
        var before = run.Lines.Count;
        run.Take(scene);
        Assert.That(run.Lines, Has.Count.EqualTo(before));
    }

    [Test]
    public void A_fold_that_was_restored_says_the_same_bytes([Values(1, 2, 3)] int restoreAfter)
    {
        var scenes = new[]
        {
            SceneWorld.Scene([SceneWorld.Ship(1, 5_000, 0), SceneWorld.Ship(2, -4_000, 900)], [SceneWorld.Vessel(219000001, 0, 0)]),
            SceneWorld.Scene([SceneWorld.Ship(1, 5_020, 0)], [SceneWorld.Vessel(219000001, 0, 0)], 'b', SceneWorld.AtMs + 86_400_000),
            SceneWorld.Scene(
                [SceneWorld.Ship(1, 5_000, 0), SceneWorld.Ship(2, -4_000, 900)],
                [SceneWorld.Vessel(219000001, 0, 0), SceneWorld.Vessel(219000009, -4_000, 850)], check: 1),
        };
        using var whole = new SceneRun();
        using var first = new SceneRun();
        using var second = new SceneRun();
        for (var i = 0; i < scenes.Length; i++)
        {
            whole.Take(scenes[i]);
            if (i == restoreAfter)
            {
                Move(first, second);
            }

            (i < restoreAfter ? first : second).Take(scenes[i]);
        }

        // The number of an entry is part of a finding's position, and the second run counts anew: leave it out.
        Assert.That(
            first.Lines.Concat(second.Lines).Select(WithoutPosition), Is.EqualTo(whole.Lines.Select(WithoutPosition)));

        static string WithoutPosition((string Collection, string Line) line) =>
            System.Text.RegularExpressions.Regex.Replace(line.Line, "\"position\":\\{[^}]*\\}", string.Empty);
    }

    [Test]
    public void Damaged_state_is_refused()
    {
        using var run = new SceneRun();
        Assert.That(() => run.Fold.RestoreSnapshot("{\"state\":{\"format\":9}}"u8), Throws.InstanceOf<InvalidDataException>());
        Assert.That(() => run.Fold.RestoreSnapshot("nonsense"u8), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public void A_scene_is_a_stac_item()
    {
        using var run = new SceneRun();
        run.Take(SceneWorld.Scene([SceneWorld.Ship(1, 0, 0)], [SceneWorld.Vessel(219000001, 0, 0)]));
        using var item = JsonDocument.Parse(run.Lines.Single(line => line.Collection == "scenes").Line);
        var root = item.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("stac_version").GetString(), Is.EqualTo("1.0.0"));
            Assert.That(root.GetProperty("bbox").GetArrayLength(), Is.EqualTo(4));
            Assert.That(root.GetProperty("geometry").GetProperty("type").GetString(), Is.EqualTo("Polygon"));
            Assert.That(root.GetProperty("assets").GetProperty("scene").GetProperty("type").GetString(), Does.StartWith("image/tiff"));
            Assert.That(root.GetProperty("links").ValueKind, Is.EqualTo(JsonValueKind.Array));
            Assert.That(root.GetProperty("properties").GetProperty("datetime").GetString(), Does.EndWith("Z"));
        });
    }

    private static void Move(SceneRun from, SceneRun to)
    {
        var buffer = new ArrayBufferWriter<byte>();
        from.Fold.SaveSnapshot(buffer);
        to.Fold.Reset();
        to.Fold.RestoreSnapshot(buffer.WrittenSpan);
    }
}
