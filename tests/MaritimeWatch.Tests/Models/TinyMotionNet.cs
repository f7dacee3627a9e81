using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using MaritimeWatch.Trajectories;
using static MaritimeWatch.Tests.Models.TinyModel;

namespace MaritimeWatch.Tests.Models;

/// <summary>
/// Writes a model of the shape of a motion model that knows dead reckoning alone: the ship goes on as in the last 30 minutes
/// (or as it reports), in each of two equal ways, with a spread that grows with the step. Plain arithmetic can say what must come out.
/// </summary>
internal static class TinyMotionNet
{
    public const int Ways = 2;

    /// <summary>Standard deviation east and north after one step, nautical miles; after n steps n times that.</summary>
    public const float SigmaNm = 0.2f;

    public static byte[] Bytes(int ways = Ways, float variance = SigmaNm * SigmaNm, bool byReport = false)
    {
        var (straight, spread) = (new float[(byReport ? MotionBatch.NowNumbers : 54) * 36], new float[ways * 54]);
        for (var step = 0; step < 18; step++)
        {
            // The third place back is that of 30 minutes ago: the way since then is gone once more in three steps. By report
            // the knots that the ship says are gone for so many sixths of an hour.
            var (row, part) = byReport ? (2, (step + 1) / 6f) : (6, -(step + 1) / 3f);
            (straight[(row * 36) + (step * 2)], straight[((row + 1) * 36) + (step * 2) + 1]) = (part, part);
        }

        for (var at = 0; at < ways * 18; at++)
        {
            var steps = (at % 18) + 1;
            (spread[at * 3], spread[(at * 3) + 1]) = (variance * steps * steps, variance * steps * steps);
        }

        byte[] graph =
        [
            .. Part(1, Node("Reshape", ["history", "flat54"], "flat")), .. Part(1, Node("MatMul", [byReport ? "now" : "flat", "straight"], "way")),
            .. Part(1, Node("Reshape", ["way", "shape_point"], "point")),
            .. Part(1, Node("MatMul", ["way", "copies"], "ways")), .. Part(1, Node("Reshape", ["ways", "shape_mean"], "mean")),
            .. Part(1, Node("MatMul", ["now", "no_weight"], "plain")), .. Part(1, Node("Add", ["plain", "half"], "weight")),
            .. Part(1, Node("MatMul", ["now", "no_spread"], "bare")), .. Part(1, Node("Add", ["bare", "spread"], "wide")),
            .. Part(1, Node("Reshape", ["wide", "shape_covariance"], "covariance")),
            .. Part(2, "tiny-motion"),
            .. Part(5, Shape("flat54", -1, 54)), .. Part(5, Shape("shape_point", -1, 18, 2)), .. Part(5, Shape("shape_mean", -1, ways, 18, 2)),
            .. Part(5, Shape("shape_covariance", -1, ways, 18, 3)),
            .. Part(5, Tensor("straight", [straight.Length / 36, 36], straight)), .. Part(5, Tensor("copies", [36, ways * 36], Copies(ways))),
            .. Part(5, Tensor("no_weight", [MotionBatch.NowNumbers, ways], new float[MotionBatch.NowNumbers * ways])),
            .. Part(5, Tensor("half", [ways], [.. Enumerable.Repeat(1f / ways, ways)])),
            .. Part(5, Tensor("no_spread", [MotionBatch.NowNumbers, ways * 54], new float[MotionBatch.NowNumbers * ways * 54])), .. Part(5, Tensor("spread", [ways * 54], spread)),
            .. Part(11, Value("history", 18, 3)), .. Part(11, Value("now", MotionBatch.NowNumbers)), .. Part(12, Value("point", 18, 2)),
            .. Part(12, Value("weight", ways)), .. Part(12, Value("mean", ways, 18, 2)), .. Part(12, Value("covariance", ways, 18, 3)),
        ];
        return [.. Number(1, 7), .. Part(2, "MaritimeWatch"), .. Part(7, graph), .. Part(8, Number(2, 13))];
    }

    /// <summary>Writes the model and what describes it into a folder.</summary>
    /// <returns>The path of the <c>.onnx</c> file.</returns>
    public static string Write(string folder, byte[]? bytes = null, Func<string, string>? change = null)
    {
        Directory.CreateDirectory(folder);
        bytes ??= Bytes();
        var path = Path.Combine(folder, "motion.onnx");
        File.WriteAllBytes(path, bytes);
        string Masses(double mass) => string.Join(',', Enumerable.Repeat(mass.ToString(CultureInfo.InvariantCulture), 18));
        var json = $$"""
            {"name":"motion","version":1,"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(bytes))}}","step_minutes":10,"steps":18,
             "ways":{{Ways}},"region":{"mass50":[{{Masses(0.5)}}],"mass90":[{{Masses(0.9)}}]},"score":{"horizons_minutes":[10,30],"moments":9,"voyages":9,"reached":[[4,0.1],[2,0.2]]},"later":{"kept":7} }
            """;
        File.WriteAllText(Path.ChangeExtension(path, ".json"), (change ?? (same => same))(json));
        return path;
    }

    private static float[] Copies(int ways)
    {
        var copies = new float[36 * ways * 36];
        for (var at = 0; at < 36 * ways; at++)
        {
            copies[(at % 36 * ways * 36) + at] = 1;
        }

        return copies;
    }

    private static byte[] Node(string operation, string[] inputs, string output) =>
        [.. inputs.SelectMany(input => Part(1, input)), .. Part(2, output), .. Part(3, output), .. Part(4, operation)];

    private static byte[] Shape(string name, params long[] sizes)
    {
        var raw = new byte[sizes.Length * 8];
        for (var at = 0; at < sizes.Length; at++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(at * 8), sizes[at]);
        }

        return [.. Number(1, sizes.Length), .. Number(2, 7), .. Part(8, name), .. Part(9, raw)];
    }

    private static byte[] Value(string name, params int[] sizes)
    {
        byte[] shape = [.. Part(1, Part(2, "rows")), .. sizes.SelectMany(size => Part(1, Number(1, size)))];
        return [.. Part(1, name), .. Part(2, Part(1, [.. Number(1, 1), .. Part(2, shape)]))];
    }
}
