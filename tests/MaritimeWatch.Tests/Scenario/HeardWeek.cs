using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>
/// What the written lines of a scenario say, read back by the reader of the product and put in order, without a look at the
/// plans: for recomputing truth in another way.
/// </summary>
internal sealed class HeardWeek
{
    private HeardWeek(SimulationResult result)
    {
        Result = result;
    }

    public SimulationResult Result { get; }

    /// <summary>Positions by MMSI in order of time; of what several receivers heard, one; none of the late relay.</summary>
    public Dictionary<int, List<PositionReport>> Positions { get; } = [];

    /// <summary>Static reports by MMSI in order of time; of what several receivers heard, one.</summary>
    public Dictionary<int, List<StaticReport>> Statics { get; } = [];

    public static HeardWeek Of(ScenarioOptions options)
    {
        using var nmea = new MemoryStream();
        var week = new HeardWeek(Simulation.Generate(options, nmea));
        nmea.Position = 0;
        var sources = new SourceTable();
        var sink = new Sink(week, sources);
        AisReader.Read(nmea, new AisReadOptions { Sources = sources }, ref sink);
        week.ReadStatics(nmea.ToArray(), sources);
        week.Sort();
        return week;
    }

    // One message at a time: a reader drops what a ship says again and again, and here each time counts.
    private void ReadStatics(byte[] nmea, SourceTable sources)
    {
        var options = new AisReadOptions { Sources = sources };
        var from = 0;
        var parts = 0;
        for (var at = 0; at < nmea.Length;)
        {
            var length = nmea.AsSpan(at).IndexOf((byte)'\n') + 1;
            var line = nmea.AsSpan(at, length);
            from = parts == 0 ? at : from;
            parts = line.IndexOf("VDM,2,1,"u8) >= 0 ? 1 : 0;
            at += length;
            if (parts == 0 && (line.IndexOf("VDM,2,2,"u8) >= 0 || line.IndexOf(",A,H"u8) >= 0 || line.IndexOf(",B,H"u8) >= 0))
            {
                var sink = new StaticSink(this);
                AisReader.Read(new MemoryStream(nmea, from, at - from), options, ref sink);
            }
        }
    }

    private void Sort()
    {
        foreach (var (mmsi, list) in Positions.ToArray())
        {
            var sorted = list.OrderBy(report => report.EventAtMs).ToList();
            Positions[mmsi] = [.. sorted.Where((report, index) => index == 0 || report.Position != sorted[index - 1].Position)];
        }

        foreach (var (mmsi, list) in Statics.ToArray())
        {
            // Two receivers' clocks are not a minute apart, and no ship says it twice in five.
            var kept = new List<StaticReport>();
            foreach (var said in list.OrderBy(said => said.EventAtMs))
            {
                if (kept.Count == 0 || said.EventAtMs - kept[^1].EventAtMs > 120_000)
                {
                    kept.Add(said);
                }
                else
                {
                    // Parts A and B of class B belong together.
                    kept[^1] = kept[^1] with
                    {
                        Name = kept[^1].Name ?? said.Name,
                        CallSign = kept[^1].CallSign ?? said.CallSign,
                        ShipType = kept[^1].ShipType ?? said.ShipType,
                        ToBowM = kept[^1].ToBowM ?? said.ToBowM,
                        ToSternM = kept[^1].ToSternM ?? said.ToSternM,
                    };
                }
            }

            Statics[mmsi] = kept;
        }
    }

    private readonly struct Sink(HeardWeek week, SourceTable sources) : IAisSink
    {
        public void OnPosition(in PositionReport report)
        {
            if ((report.Traits & ReportTraits.Fixed) == 0 && sources.Names[report.SourceIndex] != "SIM-RELAY")
            {
                Of(week.Positions, report.Vessel.Mmsi).Add(report);
            }
        }

        public void OnStatic(StaticReport report)
        {
        }

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
        }
    }

    private readonly struct StaticSink(HeardWeek week) : IAisSink
    {
        public void OnPosition(in PositionReport report)
        {
        }

        public void OnStatic(StaticReport report)
        {
            if (report.Vessel.Mmsi is >= 200_000_000 and < 800_000_000)
            {
                Of(week.Statics, report.Vessel.Mmsi).Add(report);
            }
        }

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
        }
    }

    private static List<T> Of<T>(Dictionary<int, List<T>> lists, int mmsi)
    {
        if (!lists.TryGetValue(mmsi, out var list))
        {
            lists[mmsi] = list = [];
        }

        return list;
    }
}
