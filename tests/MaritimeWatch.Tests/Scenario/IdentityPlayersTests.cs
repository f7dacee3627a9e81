using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>
/// Players of identity and company against what their written lines say: truth is recomputed here from the lines alone, in
/// another way, and near misses are counted where lines change and nothing has happened.
/// </summary>
internal sealed class IdentityPlayersTests
{
    private const ulong Seed = 4242;
    private const long SlackMs = 15 * 60_000;
    private const long Hour = 3_600_000;
    private const double FastestKnots = 60;

    private static readonly ScenarioOptions Options = new() { Seed = Seed, Days = 3, Vessels = 100 };

    private static readonly Lazy<HeardWeek> Heard = new(() => HeardWeek.Of(Options));

    private static readonly string[] Planted =
        ["identity-change", "voyage-change", "draught-change", "shared-identity", "encounter", "gnss-disturbance", "impossible-imo", "impossible-mid"];

    private static readonly string[] NoCountry = ["289", "499", "599"];

    [SetUp]
    public void PrintSeed() => TestContext.Out.WriteLine($"seed {Seed}");

    [TestCaseSource(nameof(Planted))]
    public void Three_days_hold_at_least_three_true_cases_of_each(string kind) =>
        Assert.That(Truth(kind).Count(entry => !entry.Lawful), Is.InRange(3, 20));

    [Test]
    public void Changed_names_destinations_and_draughts_are_those_that_the_lines_say_twice()
    {
        Compare("identity-change", Changes(said => (said.Name, said.CallSign), EditDistanceAboveOne)
            .Concat(Changes(said => said.ImoNumber, (_, _) => true))
            .Concat(Changes(said => said.ToBowM + said.ToSternM, (was, now) => Math.Abs(now!.Value - was!.Value) > 4)));
        Compare("draught-change", Changes(said => said.DraughtDecimetres, (was, now) => Math.Abs(now!.Value - was!.Value) >= Math.Max(5, was.Value / 20.0))
            .Where(change => !Stopped(change)));
        Compare("voyage-change", Changes(said => PlaceOf(said.Destination), (_, _) => true)
            .Concat(Changes(said => EtaOf(said), (was, now) => Math.Abs(now!.Value - was!.Value) >= 6 * Hour)
                .Where(change => EtaOf(change.Was) > change.EndAtMs && EtaOf(change.Now) > change.EndAtMs))
            .Where(change => !Stopped(change)));
    }

    [Test]
    public void Two_hulls_are_where_positions_leap_to_and_fro_again_and_again() =>
        Compare("shared-identity", Heard.Value.Positions.Keys.SelectMany(mmsi => Leaps(mmsi, 2)
            .Aggregate(new List<(long From, long To, int Count)>(), (runs, leap) =>
            {
                if (runs.Count > 0 && leap.AtMs - runs[^1].To <= Hour)
                {
                    runs[^1] = (runs[^1].From, leap.AtMs, runs[^1].Count + 1);
                }
                else
                {
                    runs.Add((leap.AtMs, leap.AtMs, 1));
                }

                return runs;
            })
            .Where(run => run.Count >= 4) // three are two bad fixes running and the way back
            .Select(run => new Event($"mmsi:{mmsi:D9}", run.From, run.To))));

    [Test]
    public void Meetings_are_those_of_a_check_of_all_pairs()
    {
        var meetings = Pairs(500, World10Km).Where(pair => pair.EndAtMs - pair.StartAtMs >= 2 * Hour).ToList();
        Compare("encounter", meetings);
        Assert.That(meetings, Has.Some.Matches<Event>(one => one.StartAtMs / 86_400_000 != one.EndAtMs / 86_400_000), "across midnight");
    }

    [Test]
    public void Areas_are_disturbed_where_five_ships_leap_at_once_and_nowhere_else()
    {
        var truth = Truth("gnss-disturbance");
        var groups = LeapGroups().Where(group => group.Ships >= 5).ToList();
        Assert.Multiple(() =>
        {
            foreach (var entry in truth)
            {
                Assert.That(groups.Exists(group => group.Subject == entry.Subject && Math.Abs(group.AtMs - entry.StartAtMs) < SlackMs), $"{entry}");
            }

            // Where they leap back at the end is no other event.
            foreach (var group in groups)
            {
                Assert.That(truth.Exists(entry => group.AtMs >= entry.StartAtMs - SlackMs && group.AtMs <= entry.EndAtMs + SlackMs), $"{group}");
            }
        });
    }

    [Test]
    public void Numbers_are_impossible_where_the_lines_say_so_and_rare_ones_are_not()
    {
        var wrong = Heard.Value.Statics.Where(ship => ship.Value.Count(said => said.ImoNumber is >= 1_000_000 and < 10_000_000 and var imo && !HasCheckDigit(imo)) >= 2);
        int[] rare = [637, 374, 501];
        Assert.Multiple(() =>
        {
            Assert.That(Subjects(Truth("impossible-imo")), Is.EquivalentTo(wrong.Select(ship => $"mmsi:{ship.Key:D9}")));
            Assert.That(Subjects(Truth("impossible-mid")).Select(subject => subject[5..8]), Is.EquivalentTo(NoCountry));
            Assert.That(rare.All(mid => Heard.Value.Positions.Keys.Any(mmsi => mmsi / 1_000_000 == mid)));
            Assert.That(Heard.Value.Statics.Values.Any(list => list.Exists(said => said.ImoNumber > 10_000_000)), "a national number");
            Assert.That(
                Heard.Value.Statics.Values.Any(list => list.Exists(said => said is { ShipType: 70, ImoNumber: null, CallSign: not null })), "none at all");
        });
    }

    [Test]
    public void Each_kind_has_three_near_misses_and_more_in_the_lines()
    {
        var shared = Subjects(Truth("shared-identity")).ToHashSet();
        var statics = Heard.Value.Statics.Where(ship => !shared.Contains($"mmsi:{ship.Key:D9}")).ToList();
        int NotTold(string kind, Func<StaticReport, object?> what) => statics.Count(ship =>
            ship.Value.Select(what).Distinct().Count() > 1 && !Subjects(Truth(kind)).Contains($"mmsi:{ship.Key:D9}"));
        Assert.Multiple(() =>
        {
            Assert.That(NotTold("identity-change", said => (said.Name, said.CallSign, said.ShipType, said.ToBowM)), Is.AtLeast(3));
            Assert.That(NotTold("voyage-change", said => (said.Destination, said.EtaDay, said.EtaHour)), Is.AtLeast(3));
            Assert.That(NotTold("draught-change", said => said.DraughtDecimetres), Is.AtLeast(3));
            Assert.That(
                Heard.Value.Positions.Keys.Count(mmsi => mmsi > 200_000_000 && Leaps(mmsi).Count() >= 2 && !shared.Contains($"mmsi:{mmsi:D9}")),
                Is.AtLeast(3));
            Assert.That(LeapGroups().Count(group => group.Ships < 5), Is.AtLeast(3));
            Assert.That(
                Pairs(1000, _ => true).Count(pair => pair.EndAtMs - pair.StartAtMs >= Hour / 2 && !Truth("encounter").Exists(pair.Meets)), Is.AtLeast(3));
        });
    }

    [Test]
    public void The_traffic_sends_the_same_bytes_without_players_and_a_seed_is_the_same_twice()
    {
        var options = Options with { Days = 1, Seed = 77 };
        var (with, again, without) = (Lines(options), Lines(options), Lines(options with { Behaviours = false }));
        Assert.Multiple(() =>
        {
            Assert.That(with, Is.EqualTo(again));
            Assert.That(with, Has.Length.GreaterThan(without.Length));
            Assert.That(without.Except(with), Is.Empty);
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Only_where_berths_work_at_half_their_pace_does_a_queue_grow_for_days(bool congested)
    {
        var options = new ScenarioOptions
        {
            Seed = 9, Days = 6, Vessels = 100, Congested = congested, ReportThinningSeconds = 600, Story = false,
        };
        var queue = Simulation.Generate(options, Stream.Null).Truth.Where(entry => entry is { Kind: "congestion", Subject: "port:SELYS" }).ToList();
        Assert.That(queue, Has.Count.EqualTo(congested ? 1 : 0));
        Assert.That(queue.All(entry => entry.Magnitude >= 4 && entry.EndAtMs - entry.StartAtMs > 12 * Hour));
    }

    private static List<TruthEntry> Truth(string kind) =>
        [.. Heard.Value.Result.Truth.Where(entry => entry.Kind == kind || entry.Place == kind)];

    private static IEnumerable<string> Subjects(IEnumerable<TruthEntry> truth) => truth.Select(entry => entry.Subject).Distinct();

    private static void Compare(string kind, IEnumerable<Event> events)
    {
        var found = events.ToList();
        var shared = kind == "shared-identity" ? [] : Subjects(Truth("shared-identity")).ToHashSet();
        var truth = Truth(kind);
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.Not.Empty);
            foreach (var entry in truth)
            {
                Assert.That(found.Exists(one => one.Meets(entry)), $"not in the lines: {entry}");
            }

            foreach (var one in found.Where(one => !shared.Contains(one.Subject)))
            {
                Assert.That(truth.Exists(one.Meets), $"not in the truth: {one}");
            }
        });
    }

    // What was said twice running and more, and then something else twice running and more.
    private static IEnumerable<Change> Changes<T>(Func<StaticReport, T> what, Func<T, T, bool> isOther)
    {
        foreach (var (mmsi, list) in Heard.Value.Statics)
        {
            var runs = new List<(T Value, List<StaticReport> Said)>();
            foreach (var said in list.Where(said => !IsNothing(what(said))))
            {
                if (runs.Count == 0 || !Equals(runs[^1].Value, what(said)))
                {
                    runs.Add((what(said), []));
                }

                runs[^1].Said.Add(said);
            }

            var stable = runs.Where(run => run.Said.Count >= 2).ToList();
            for (var index = 1; index < stable.Count; index++)
            {
                var (was, now) = (stable[index - 1], stable[index]);
                if (!Equals(was.Value, now.Value) && isOther(was.Value, now.Value))
                {
                    yield return new Change($"mmsi:{mmsi:D9}", was.Said[^1].EventAtMs, now.Said[1].EventAtMs, was.Said[^1], now.Said[1]);
                }
            }
        }
    }

    private static bool IsNothing(object? value) => value is null or ValueTuple<string?, string?> { Item1: null } or ValueTuple<string?, string?> { Item2: null };

    private static bool EditDistanceAboveOne((string? Name, string? CallSign) was, (string? Name, string? CallSign) now) =>
        was.CallSign != now.CallSign || was.Name!.Length != now.Name!.Length || was.Name.Zip(now.Name).Count(pair => pair.First != pair.Second) > 1;

    private static string? PlaceOf(string? destination) => destination?.Replace(" ", string.Empty, StringComparison.Ordinal) switch
    {
        "SEGOT" or "GOTHENBURG" => "SEGOT",
        var other => other,
    };

    private static long? EtaOf(StaticReport said)
    {
        if (said is not { EtaMonth: { } month, EtaDay: { } day, EtaHour: { } hour, EtaMinute: { } minute })
        {
            return null;
        }

        // The scenario begins in November 2025: what is long past in the year is of the next.
        return new DateTimeOffset(month < 6 ? 2026 : 2025, month, day, hour, minute, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }

    private static bool Stopped(Change change) => Heard.Value.Positions[int.Parse(change.Subject.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture)]
        .Exists(at => at.EventAtMs >= change.StartAtMs && at.EventAtMs <= change.EndAtMs && at.SpeedDeciKnots is >= 0 and < 5
            && World.NearestStop(PlaceOf(at), 5000).Nearest is not null);

    private static GeoPoint PlaceOf(in PositionReport report) => new(report.Position.LatitudeE7 / 1e7, report.Position.LongitudeE7 / 1e7);

    private static bool World10Km(GeoPoint place) => World.NearestStop(place, 10_000).Nearest is null;

    private static IEnumerable<(long AtMs, GeoPoint From)> Leaps(int mmsi, double leastNm = 1)
    {
        var list = Heard.Value.Positions[mmsi];
        for (var index = 1; index < list.Count && mmsi > 200_000_000; index++)
        {
            var (was, now) = (list[index - 1], list[index]);
            var afterMs = Math.Max(1, now.EventAtMs - was.EventAtMs);
            var nm = SimMaths.Metres(PlaceOf(was), PlaceOf(now)) / SimMaths.MetresPerNm;
            if (nm >= leastNm && nm * Hour > FastestKnots * afterMs)
            {
                yield return (now.EventAtMs, PlaceOf(was));
            }
        }
    }

    // Ships of one cell whose positions leap within a quarter of an hour; of ships of one hull.
    private static List<(string Subject, long AtMs, int Ships)> LeapGroups()
    {
        var shared = Subjects(Truth("shared-identity")).ToHashSet();
        var cells = Heard.Value.Positions.Keys.Where(mmsi => !shared.Contains($"mmsi:{mmsi:D9}"))
            .SelectMany(mmsi => Leaps(mmsi).Select(leap => (Mmsi: mmsi, leap.AtMs, leap.From)))
            .GroupBy(leap => FormattableString.Invariant($"area:{(Math.Floor(leap.From.Lat * 2) + 0.5) / 2:F2},{(Math.Floor(leap.From.Lon * 2) + 0.5) / 2:F2}"));
        var groups = new List<(string, long, int)>();
        foreach (var cell in cells)
        {
            var leaps = cell.OrderBy(leap => leap.AtMs).ToList();
            while (leaps.Count > 0)
            {
                var together = leaps.TakeWhile(leap => leap.AtMs - leaps[0].AtMs <= SlackMs).ToList();
                groups.Add((cell.Key, leaps[0].AtMs, together.DistinctBy(leap => leap.Mmsi).Count()));
                leaps.RemoveRange(0, together.Count);
            }
        }

        return groups;
    }

    // All pairs at whole ten minutes.
    private static List<Event> Pairs(double withinM, Func<GeoPoint, bool> isMeant)
    {
        const long Grid = 600_000;
        var instants = new SortedDictionary<long, List<(int Mmsi, GeoPoint At)>>();
        foreach (var (mmsi, list) in Heard.Value.Positions.Where(ship => ship.Key > 200_000_000))
        {
            for (var index = 1; index < list.Count; index++)
            {
                var (was, now) = (list[index - 1], list[index]);
                for (var at = ((was.EventAtMs / Grid) + 1) * Grid; at <= now.EventAtMs && now.EventAtMs - was.EventAtMs <= Hour; at += Grid)
                {
                    var part = (at - was.EventAtMs) / (double)(now.EventAtMs - was.EventAtMs);
                    var place = PlaceOf(was).Toward(PlaceOf(now), part);
                    if (was.SpeedDeciKnots + ((now.SpeedDeciKnots - was.SpeedDeciKnots) * part) < 20
                        && World.NearestStop(place, 3000).Nearest is null && isMeant(place))
                    {
                        (instants.TryGetValue(at, out var there) ? there : instants[at] = []).Add((mmsi, place));
                    }
                }
            }
        }

        var pairs = new Dictionary<(int, int), List<Event>>();
        foreach (var (at, ships) in instants)
        {
            foreach (var first in ships)
            {
                foreach (var second in ships.Where(other => other.Mmsi > first.Mmsi && SimMaths.Metres(first.At, other.At) <= withinM))
                {
                    var list = pairs.TryGetValue((first.Mmsi, second.Mmsi), out var known) ? known : pairs[(first.Mmsi, second.Mmsi)] = [];
                    if (list.Count > 0 && at - list[^1].EndAtMs <= Hour)
                    {
                        list[^1] = list[^1] with { EndAtMs = at };
                    }
                    else
                    {
                        list.Add(new Event($"mmsi:{first.Mmsi:D9}+mmsi:{second.Mmsi:D9}", at, at));
                    }
                }
            }
        }

        return [.. pairs.Values.SelectMany(list => list)];
    }

    private static bool HasCheckDigit(int imo) =>
        Enumerable.Range(0, 6).Sum(index => (imo.ToString("D7", System.Globalization.CultureInfo.InvariantCulture)[index] - '0') * (7 - index)) % 10 == imo % 10;

    private static string[] Lines(ScenarioOptions options)
    {
        using var nmea = new MemoryStream();
        Simulation.Generate(options, nmea);
        return System.Text.Encoding.ASCII.GetString(nmea.ToArray()).Split("\r\n");
    }

    private record Event(string Subject, long StartAtMs, long EndAtMs)
    {
        public bool Meets(TruthEntry entry) =>
            Subject == entry.Subject && StartAtMs - SlackMs <= entry.EndAtMs && entry.StartAtMs <= EndAtMs + SlackMs;
    }

    private sealed record Change(string Subject, long StartAtMs, long EndAtMs, StaticReport Was, StaticReport Now)
        : Event(Subject, StartAtMs, EndAtMs);
}
