using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>
/// <c>vehicle-deviation</c> by way: from one camera a vehicle went where those who come by do not go and where it does not
/// go itself; into a watched area it takes less. What cameras that missed it explain is not odd. One finding a journey.
/// </summary>
internal sealed class OddWayJudge(GateState state, GateThresholds thresholds, RoadSense roads)
{
    /// <summary>Judges a step, before it is learned.</summary>
    public void Judge(Vehicle vehicle, Journey journey, Stop left, HeldRead came, long entry, IFoldOutput output)
    {
        var read = came.Read;
        if (left.Camera == read.Camera || vehicle.HabitOf(left.Camera, read.Camera) >= thresholds.HabitMin
            || !IsOdd(left.Camera, read.Camera, out var isWatched, out var share, out var departures))
        {
            return;
        }

        if (journey.Odd is { } odd)
        {
            (odd.LastTo, odd.EndAtMs) = (read.Camera, read.AtMs);
            odd.Steps++;
        }
        else
        {
            journey.Odd = odd = new OddWay(left.Camera, read.Camera, left.LastSeenMs, share, departures, isWatched, left.Evidence, came.Evidence)
            {
                EndAtMs = read.AtMs,
            };
        }

        state.Findings.Say(KeyOf(vehicle, journey), FindingOf(vehicle, journey, odd, FindingLife.Open, read.KnownAtMs), entry, 0, output);
    }

    /// <summary>Says of a journey that is over that nothing more will come.</summary>
    public void Close(Vehicle vehicle, Journey journey, long knownAtMs, long entry, IFoldOutput output)
    {
        if (journey.Odd is { } odd)
        {
            var key = KeyOf(vehicle, journey);
            state.Findings.Say(key, FindingOf(vehicle, journey, odd, FindingLife.Closed, knownAtMs), entry, 0, output);
            state.Findings.Forget(key);
        }
    }

    private bool IsOdd(string from, string to, out bool isWatched, out long share, out long departures)
    {
        departures = state.Ways.DeparturesFrom(from);
        var count = state.Ways.Find(from, to)?.Count ?? 0;
        share = departures == 0 ? 0 : count * 1000 / departures;
        isWatched = roads.Network.Find(to) is { IsWatchedArea: true } && roads.Network.Find(from) is not { IsWatchedArea: true };
        if (isWatched)
        {
            return departures >= thresholds.WatchedDeparturesMin && count * 1000 <= thresholds.WatchedPermille * departures;
        }

        return departures >= thresholds.DeparturesMin
            && count * 1000 < thresholds.OddPermille * departures
            && !IsOnANamedRoute(from, to)
            && !roads.IsUsualWithMisses(from, to);
    }

    /// <summary>Somebody declared that one goes from here to there, if need be past a camera that missed it.</summary>
    private bool IsOnANamedRoute(string from, string to)
    {
        foreach (var route in roads.Network.Routes)
        {
            for (var i = 0; i < route.Cameras.Count; i++)
            {
                for (var j = i + 1; route.Cameras[i] == from && j < route.Cameras.Count && j <= i + 1 + thresholds.MissedMax; j++)
                {
                    if (route.Cameras[j] == to)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static string KeyOf(Vehicle vehicle, Journey journey) =>
        string.Create(CultureInfo.InvariantCulture, $"odd:{vehicle.Token}:{journey.StartAtMs}");

    private StageFinding FindingOf(Vehicle vehicle, Journey journey, OddWay odd, FindingLife life, long knownAtMs)
    {
        var (least, most) = odd.IsWatched
            ? (thresholds.WatchedDeparturesMin, thresholds.WatchedPermille)
            : (thresholds.DeparturesMin, thresholds.OddPermille);
        var where = odd.IsWatched ? ", a watched area" : "";
        var more = odd.Steps > 1 ? $", and on to {roads.NameOf(odd.LastTo)}" : "";
        return new StageFinding
        {
            Kind = FindingKind.VehicleDeviation,
            Subject = "plate:" + vehicle.Token,
            Concerns = $"{odd.From}>{odd.To}",
            Severity = odd.IsWatched ? Severity.Medium : Severity.Low,
            Life = life,
            IsSettled = life != FindingLife.Open,
            StartAtMs = odd.StartAtMs,
            EndAtMs = odd.EndAtMs,
            KnownAtMs = knownAtMs,
            Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"From {roads.NameOf(odd.From)} it went to {roads.NameOf(odd.To)}{where}{more}: {new Figure("", odd.SharePermille, 1)} % of the {odd.Departures} passages before it did, and it had no such habit."),
            Rule = odd.IsWatched ? "vehicle-watched-area" : "vehicle-odd-way",
            Measure = [new Figure("way_share_percent", odd.SharePermille, 1), new Figure("passages", odd.Departures), new Figure("odd_steps", odd.Steps)],
            Thresholds = [new Figure("way_share_percent", most, 1), new Figure("passages", least), new Figure("own_passages", thresholds.HabitMin)],
            ClearsIf = new Figure("way_share_percent", odd.IsWatched ? most + 1 : most, 1),
            ClearsIfText = "so many of those who come by went that way, or the vehicle had done so before",
            Places = LateJudge.PlacesOf(roads, odd.From, odd.To),
            Evidence = [odd.Left, odd.Came],
            Reference = CloneJudge.ReferenceOf(roads),
            IsSimulated = journey.IsSimulated,
        };
    }
}
