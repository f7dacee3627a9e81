using System.Globalization;

namespace MaritimeWatch.Scenario;

/// <summary>Plates that no country issues, <c>SIM001A</c>, and how a camera misreads them.</summary>
internal static class Plates
{
    private const string Letters = "ACEHKLMNPRTUVWXY"; // none that looks like a figure

    /// <summary>A plate.</summary>
    /// <param name="number">0 to 15,999: three figures and a letter.</param>
    public static string Of(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"SIM{number % 1000:D3}{Letters[number / 1000 % Letters.Length]}");

    /// <summary>One character taken for one that looks like it, or one left out.</summary>
    public static string Misread(string plate, SimRandom random)
    {
        const int AttemptsMax = 12;
        if (random.Chance(0.3))
        {
            return plate.Remove(3 + random.Below(plate.Length - 3), 1);
        }

        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var index = random.Below(plate.Length);
            if (LooksLike(plate[index], random) is { } other)
            {
                return string.Concat(plate.AsSpan(0, index), [other], plate.AsSpan(index + 1));
            }
        }

        return plate;
    }

    private static char? LooksLike(char read, SimRandom random) => read switch
    {
        '0' => "ODQ"[random.Below(3)],
        '1' => 'I',
        '2' => 'Z',
        '5' => 'S',
        '6' => 'G',
        '8' => 'B',
        'I' => '1',
        'S' => '5',
        _ => null,
    };
}
