using System.Text;
using MaritimeWatch.Intake.Manifests;

namespace MaritimeWatch.Tests.Intake.Manifests;

/// <summary>Builds CUSCAR interchanges with right counts.</summary>
internal static class Cuscar
{
    public static readonly string[] Body =
    [
        "BGM+85+DOC1+9", "DTM+137:202603010900:203", "NAD+MS+AGENT", "TDT+20+V17+1++LINE:172:20:A LINE+++9347346:146:11:SIM FEEDER",
        "LOC+60+SEGOT:139:6", "LOC+125+NOLAR:139:6", "DTM+132:2603021200:201", "EQD+CN+MWCU6059784+22G1:102:5", "SEL+SEAL1+CA",
        "CNI+1", "RFF+BH:HOUSE1", "RFF+MB:MASTER1", "LOC+9+NOLAR:139:6", "LOC+11+SEGOT:139:6", "LOC+76+CNSHA:139:6",
        "NAD+CZ+++SENDER AS:STREET 1", "NAD+CN+++RECEIVER AB", "GID+1+10:CT", "FTX+AAA+++MACHINE PARTS", "MEA+AAE+G+KGM:1200",
        "SGP+MWCU6059784+10", "CST+1+847130:122:6",
    ];

    public static string Interchange(params IEnumerable<string> body) => Interchange(body, "CUSCAR:D:95B:UN");

    public static string Interchange(IEnumerable<string> body, string type)
    {
        var list = body.ToList();
        return $"UNB+UNOC:3+AGENT+CUSTOMS+260301:0900+REF1'\nUNH+M1+{type}'\n{string.Join("'\n", list)}'\nUNT+{list.Count + 2}+M1'\nUNZ+1+REF1'\n";
    }

    public static ManifestReading Read(string text) => ManifestReader.Read(Encoding.Latin1.GetBytes(text));

    public static Manifest ReadOne(string text)
    {
        var reading = Read(text);
        Assert.That(reading.Manifests, Has.Count.EqualTo(1), reading.FaultText);
        return reading.Manifests[0];
    }
}
