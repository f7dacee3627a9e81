using System.CommandLine;
using System.Text.Json;

namespace MaritimeWatch.Functions.Evaluate.Matching;

/// <summary>The verb <c>evaluate matching</c>: marked scenes with simulated AIS, matched as in production, as JSON.</summary>
internal static class EvaluateMatchingVerb
{
    private const long AtMs = 1_740_800_000_000;
    private const int Draws = 2_000;
    private const string Law =
        "SIMULATED AIS on marked echoes. A ship lies at anchor or berth (chance 0.85 where the next echo is nearer than 300 m, 0.6 nearer than 1 km, else 0.4 within 25 km of shore, else 0.15), works (0.15, 0.1 in a crowd; 0.5-5 kn, legs of 12 min, any turn) "
        + "or is on passage (5-22 kn, legs of 90 min, Laplace turns of 12 degrees, speed changes, some stop); course and speed wander. 10 % report nothing. "
        + "Age of the last report: log-normal, median 5 min, 90 % under 60 min; with a chance of 20 % it is missing and the one before counts, again and again. "
        + "Antenna up to 32 m aft, 8 m of noise, 2 % of clocks off by 40 s, 15 % tell no length, 3 % a wrong one. Echoes: 15 m of noise, length off by 20 % and "
        + "12 m, displaced by v_r R / V of the true motion (incidence 30-46 degrees over the swath). 5 % more vessels report and have no echo.";

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var labels = new Option<string>("--labels") { Description = "CSV of marked scenes: scene_id, detect_lat, detect_lon, is_vessel, vessel_length_m", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of the simulated AIS", DefaultValueFactory = _ => 1 };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds from there on, pooled", DefaultValueFactory = _ => 1 };
        var bound = new Option<bool>("--bound") { Description = "Also what could be known at best from the reports before the scene, which takes longest" };
        var verb = new Command("matching", "Ships in marked scenes against simulated AIS: right assignments, dark ships explained away") { labels, seed, seeds, bound };
        verb.SetAction((parsed, cancel) => VerbGuard.RunAsync(() => RunAsync(
            parsed.GetRequiredValue(labels), parsed.GetValue(seed), Math.Clamp(parsed.GetValue(seeds), 1, 100), parsed.GetValue(bound), cancel)));
        return verb;
    }

    private static async Task<int> RunAsync(string file, int seed, int seeds, bool isWithBound, CancellationToken cancel)
    {
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"maritimewatch: there is no file {file}");
            return ExitCodes.NothingUsable;
        }

        IReadOnlyList<(string Scene, IReadOnlyList<MarkedShip> Ships)> scenes;
        try
        {
            scenes = SceneLabels.Read(file);
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {file}: {wrong.Message}");
            return ExitCodes.NothingUsable;
        }

        if (scenes.Count == 0)
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {file} marks no vessel");
            return ExitCodes.NothingUsable;
        }

        await Console.Out.WriteLineAsync(await MeasureAsync(scenes, seed, seeds, isWithBound, cancel));
        return ExitCodes.Done;
    }

    /// <summary>Measures.</summary>
    /// <param name="scenes">The marked scenes.</param>
    /// <param name="seed">First seed.</param>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="isWithBound">With what could be known at best, which takes longest.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The JSON of the verb.</returns>
    internal static async Task<string> MeasureAsync(
        IReadOnlyList<(string Scene, IReadOnlyList<MarkedShip> Ships)> scenes, int seed, int seeds, bool isWithBound, CancellationToken cancel)
    {
        var ways = new (string Name, Func<SimulatedScene, Task<MatchingCounts>> Judge)[]
        {
            ("prompt", scene => MatchingBench.JudgeAsync(scene, isLater: false, isRadarKnown: true, cancel)),
            ("settled_radar_unknown", scene => MatchingBench.JudgeAsync(scene, isLater: true, isRadarKnown: false, cancel)),
            ("settled", scene => MatchingBench.JudgeAsync(scene, isLater: true, isRadarKnown: true, cancel)),
            ("nearest_1500m", scene => Task.FromResult(MatchingBench.Nearest(scene))),
            ("bound", scene => Task.FromResult(MatchingBench.Bound(scene))),
        }[..(isWithBound ? 5 : 4)];

        // One list per scene: the interval is over scenes, whatever the number of seeds.
        var counts = ways.Select(_ => scenes.Select(_ => new List<MatchingCounts>()).ToArray()).ToArray();
        var work = Enumerable.Range(0, scenes.Count * seeds).ToArray();
        await Parallel.ForEachAsync(work, cancel, async (item, _) =>
        {
            var (index, run) = (item % scenes.Count, item / scenes.Count);
            var scene = new SimulatedScene(scenes[index].Scene, scenes[index].Ships, AtMs, ((seed + run) * 100_003) + index, isWithBound);
            for (var way = 0; way < ways.Length; way++)
            {
                var made = await ways[way].Judge(scene);
                lock (counts[way][index])
                {
                    counts[way][index].Add(made);
                }
            }
        });

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("scenes", scenes.Count);
            json.WriteNumber("ships", scenes.Sum(scene => scene.Ships.Count));
            json.WriteNumber("seed", seed);
            json.WriteNumber("seeds", seeds);
            json.WriteBoolean("simulated", true);
            json.WriteString("simulation", Law);
            json.WriteStartObject("asked");
            json.WriteNumber("right_min", 0.97);
            json.WriteNumber("explained_away_max", 0.02);
            json.WriteEndObject();
            for (var way = 0; way < ways.Length; way++)
            {
                json.WriteStartObject(ways[way].Name);
                Write(json, [.. counts[way].Select(MatchingCounts.Sum)], seed);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, MatchingCounts[] scenes, int seed)
    {
        var all = MatchingCounts.Sum(scenes);
        json.WriteNumber("with_ais", all.WithAis);
        json.WriteNumber("right", all.Right);
        Share(json, "right", scenes, seed, part => (part.Right, part.WithAis));
        json.WriteNumber("right_but_called_silent", all.RightButSilent);
        json.WriteNumber("given_to_another", all.Wrong);
        json.WriteNumber("called_dark", all.CalledDark);
        json.WriteNumber("dark", all.Dark);
        json.WriteNumber("explained_away", all.ExplainedAway);
        Share(json, "explained_away", scenes, seed, part => (part.ExplainedAway, part.Dark));
        json.WriteNumber("dark_found", all.DarkFound);
        json.WriteNumber("dark_in_doubt", all.DarkDoubtful);
        json.WriteNumber("ais_without_echo", all.NoEcho);
        json.WriteNumber("ais_without_echo_given_one", all.NoEchoGiven);
        json.WriteStartArray("by_age");
        for (var band = 0; band < MatchingCounts.AgeMinutes.Count; band++)
        {
            json.WriteStartObject();
            json.WriteNumber("from_minutes", band == 0 ? 0 : MatchingCounts.AgeMinutes[band - 1]);
            json.WriteNumber("n", all.ByAge[band]);
            json.WriteNumber("right", all.RightByAge[band]);
            json.WriteNumber("right_share", Rounded(all.RightByAge[band], all.ByAge[band]));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // The share over all, and the middle 95 % of what scenes drawn with putting back give.
    private static void Share(
        Utf8JsonWriter json, string name, MatchingCounts[] scenes, int seed, Func<MatchingCounts, (int Part, int Whole)> of)
    {
        var chance = new Chance(seed);
        var shares = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (part, whole) = (0, 0);
            for (var i = 0; i < scenes.Length; i++)
            {
                var one = of(scenes[chance.Below(scenes.Length)]);
                (part, whole) = (part + one.Part, whole + one.Whole);
            }

            shares[draw] = whole == 0 ? 0 : (double)part / whole;
        }

        Array.Sort(shares);
        var all = scenes.Select(of).Aggregate((a, b) => (a.Part + b.Part, a.Whole + b.Whole));
        json.WriteNumber(name + "_share", Rounded(all.Part, all.Whole));
        json.WriteNumber(name + "_low", Math.Round(shares[Draws * 25 / 1000], 4));
        json.WriteNumber(name + "_high", Math.Round(shares[Draws * 975 / 1000], 4));
    }

    private static double Rounded(int part, int whole) => whole == 0 ? 0 : Math.Round((double)part / whole, 4);
}
