using System.Globalization;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>Every column of the unscaled dump that gpsd publishes with its sample sentences.</summary>
public sealed class ReferenceDumpTests
{
    private const string Motion = "speed accuracy lon lat course heading second";
    private const string Size = "to_bow to_stern to_port to_starboard";

    // What the columns behind type, repeat indicator and MMSI are, by gpsd's names; "-" is not compared.
    private static readonly Dictionary<int, string> s_columns = new()
    {
        [1] = $"status turn {Motion} maneuver raim radio",
        [2] = $"status turn {Motion} maneuver raim radio",
        [3] = $"status turn {Motion} maneuver raim radio",
        [4] = "timestamp accuracy lon lat epfd raim radio",
        [5] = $"imo ais_version callsign shipname shiptype {Size} epfd eta draught destination dte",
        [6] = "seqno dest_mmsi retransmit dac fid data",
        [7] = "mmsi1 mmsi2 mmsi3 mmsi4",
        [8] = "dac fid data",
        [9] = "alt speed accuracy lon lat course second regional dte raim radio",
        [10] = "dest_mmsi",
        [11] = "timestamp accuracy lon lat epfd raim radio",
        [12] = "seqno dest_mmsi retransmit text",
        [13] = "mmsi1 mmsi2 mmsi3 mmsi4",
        [14] = "text",
        [15] = "mmsi1 type1_1 offset1_1 type1_2 offset1_2 mmsi2 type2_1 offset2_1",
        [16] = "mmsi1 offset1 increment1 mmsi2 offset2 increment2",
        [17] = "lon lat data",
        [18] = $"reserved {Motion} regional cs display dsc band msg22 raim radio",
        [19] = $"reserved {Motion} regional shipname shiptype {Size} epfd raim dte assigned",
        [20] = "offset1 number1 timeout1 increment1 offset2 number2 timeout2 increment2 "
            + "offset3 number3 timeout3 increment3 offset4 number4 timeout4 increment4",
        [21] = $"aid_type name accuracy lon lat {Size} epfd second regional off_position raim virtual_aid",
        [22] = "channel_a channel_b txrx power ne_lon ne_lat sw_lon sw_lat addressed band_a band_b zonesize",
        [23] = "ne_lon ne_lat sw_lon sw_lat stationtype shiptype txrx interval quiet",
        [24] = $"shipname shiptype vendorid model serial callsign {Size}",
        [25] = "addressed structured dest_mmsi app_id data",
        [26] = "addressed structured dest_mmsi app_id data",
        [27] = "status accuracy lon lat speed course raim gnss",
    };

    [Test]
    public void Every_column_of_the_dump_agrees_or_is_explained()
    {
        var ours = RefereeReading.Of(File.ReadAllBytes(SharedData.Require("ais/nmea/sample.aivdm")));
        var (lines, columns, explained) = (0, 0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var line in File.ReadLines(SharedData.Require("ais/nmea/sample.aivdm.chk")))
        {
            var f = line.Split('|');
            var (type, mmsi) = (Int(f[0]), Int(f[2]));
            var alike = ours.Where(m => m.Type == type && m.Mmsi == mmsi).ToList();
            Assert.That(alike, Is.Not.Empty, line);

            // The dump joins both parts of a type 24: each of ours is compared in the fields that it has.
            var answers = alike.ConvertAll(m => Compare(m, f, line));
            var best = answers.Where(a => a.Unexplained.Count == 0).OrderByDescending(a => a.Columns).FirstOrDefault();
            Assert.That(best.Unexplained, Is.Not.Null, line + "\n" + string.Join('\n', answers.SelectMany(a => a.Unexplained)));
            lines++;
            columns += best.Columns;
            foreach (var name in best.Explained)
            {
                explained[name] = explained.GetValueOrDefault(name) + 1;
            }
        }

        TestContext.Out.WriteLine($"{lines} lines and {columns} columns agree");
        foreach (var (name, count) in explained)
        {
            TestContext.Out.WriteLine($"explained {count} times: {name}");
        }

        Assert.That(lines, Is.EqualTo(97));
    }

    private static (int Columns, List<string> Unexplained, List<string> Explained) Compare(
        RefereeMessage ours, string[] f, string line)
    {
        var names = Names(ours, f);
        var (columns, unexplained, explained) = (0, new List<string>(), new List<string>());
        for (var index = 0; index < names.Length; index++)
        {
            var name = names[index];
            var isInOtherPart = ours.Type == 24 && (name == "shipname") == (ours.Raw("part") == 1);
            if (isInOtherPart || (ours.Type is 6 or 8 && !IsPlain(name, f)))
            {
                continue;
            }

            var said = RefereeFields.Ours(ours, name);
            var theirs = Theirs(name, f[3 + index]);
            columns++;
            if (said != theirs)
            {
                var difference = new RefereeDifference(ours, name, said, theirs);
                var why = RefereeExplanation.OfFields.FirstOrDefault(e => e.Accounts(difference));
                (why is null ? unexplained : explained).Add(why?.Name ?? $"{name}: ours {said}, theirs {theirs}: {line}");
            }
        }

        return (columns, unexplained, explained);
    }

    private static string[] Names(RefereeMessage ours, string[] f)
    {
        var names = s_columns[ours.Type].Split(' ');

        // The addressed kind has two stations in the place of an area's four corners.
        return ours.Type == 22 && f.Length < 3 + names.Length
            ? "channel_a channel_b txrx power dest1 dest2 addressed band_a band_b zonesize".Split(' ')
            : names;
    }

    // The content of an application is no field of M.1371: only where the dump has its bits whole are they compared.
    private static bool IsPlain(string name, string[] f) =>
        name != "data" || (f[^1].Contains(':', StringComparison.Ordinal) && !f[^1].Contains('x', StringComparison.Ordinal)
            && f.Length == (f[0] == "6" ? 9 : 6));

    private static string Theirs(string name, string text) => name switch
    {
        "data" => RefereeFields.Masked(string.Join(':', text.Split(':')[..2])),
        _ when text.StartsWith("0x", StringComparison.Ordinal) =>
            Convert.ToInt32(text, 16).ToString(CultureInfo.InvariantCulture),
        _ => text,
    };

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
