using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>
/// A hull that has become another: name (of which AIS carries 20 letters), call sign, IMO number or dimensions are no longer
/// those that were said twice and more, and the new ones were said twice. One letter of the name more, less or other is a
/// correction, and so are a few metres. Lawful where only name and call sign changed while it lay in port: it was sold. Size
/// is the number of these four that changed.
/// </summary>
internal sealed class IdentityTruth(int vessels, HeardStops stops) : TruthWatch
{
    private const int NameLetters = 20;
    private const int CallSignLetters = 7;
    private const int SameLengthM = 4;
    private const int SameBeamM = 2;
    private const int CorrectedLetters = 1;

    private readonly Said?[] hulls = new Said?[vessels];

    public override void OnStaticHeard(SimVessel vessel, StaticReport said, long atMs, List<TruthEntry> truth)
    {
        var hull = hulls[vessel.Index] ??= new Said();
        var changed = 0;
        var isOnlyNamed = true;
        var startAtMs = long.MaxValue;
        if (said.Name is { } name
            && hull.Name.Say(Cut(name, NameLetters), atMs) is { } named && Distance(named.Was, named.Is) > CorrectedLetters)
        {
            changed++;
            startAtMs = named.WasAtMs;
        }

        if (said.CallSign is { } callSign && hull.CallSign.Say(Cut(callSign, CallSignLetters), atMs) is { } called)
        {
            changed++;
            startAtMs = Math.Min(startAtMs, called.WasAtMs);
        }

        if (said.ImoNumber is { } imo && hull.Imo.Say(imo, atMs) is { } numbered)
        {
            changed++;
            isOnlyNamed = false;
            startAtMs = Math.Min(startAtMs, numbered.WasAtMs);
        }

        if (said is { ToBowM: { } bow, ToSternM: { } stern, ToPortM: { } port, ToStarboardM: { } starboard }
            && hull.Size.Say((bow + stern, port + starboard), atMs) is { } sized && IsOtherSize(sized.Was, sized.Is))
        {
            changed++;
            isOnlyNamed = false;
            startAtMs = Math.Min(startAtMs, sized.WasAtMs);
        }

        if (changed > 0)
        {
            var lawful = isOnlyNamed && stops.AnySince(vessel, startAtMs);
            truth.Add(new TruthEntry(
                "identity-change", vessel.Identity.About.Vessel.Subject, startAtMs, atMs, changed, "fields", lawful, null,
                lawful ? "renamed in port, the same IMO number" : null));
        }
    }

    private static string Cut(string text, int letters) => text.Length <= letters ? text : text[..letters].TrimEnd();

    private static bool IsOtherSize((int LengthM, int BeamM) was, (int LengthM, int BeamM) now) =>
        Math.Abs(was.LengthM - now.LengthM) > SameLengthM || Math.Abs(was.BeamM - now.BeamM) > SameBeamM;

    // How many letters must be added, taken away or replaced (Levenshtein 1966).
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var column = 0; column <= b.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= a.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= b.Length; column++)
            {
                var above = row[column];
                var replaced = diagonal + (a[line - 1] == b[column - 1] ? 0 : 1);
                row[column] = Math.Min(replaced, Math.Min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }

        return row[b.Length];
    }

    private sealed class Said
    {
        public Statement<string> Name { get; } = new();

        public Statement<string> CallSign { get; } = new();

        public Statement<int> Imo { get; } = new();

        public Statement<(int LengthM, int BeamM)> Size { get; } = new();
    }
}
