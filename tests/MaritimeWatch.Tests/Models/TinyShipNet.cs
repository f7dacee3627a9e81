using System.Security.Cryptography;
using System.Text;
using static MaritimeWatch.Tests.Models.TinyModel;

namespace MaritimeWatch.Tests.Models;

/// <summary>
/// Writes a model of the shape of a ship detector that knows nothing: one convolution of 4 by 4 with stride 4 from the
/// bands to eight planes. The heat is the mean of a cell, the other planes are constants, so that plain arithmetic can
/// say what must come out.
/// </summary>
internal static class TinyShipNet
{
    public const int Stride = 4;

    /// <summary>What each plane adds: heat 0, centre in the middle of its cell, a box of 12 by 6, length 12, along the row.</summary>
    public static float[] Bias { get; } = [0, 0.5f, 0.5f, MathF.Log(12), MathF.Log(6), MathF.Log(12), 1, 0];

    public static byte[] Bytes(int bands = 1)
    {
        var weights = new float[8 * bands * Stride * Stride];
        weights.AsSpan(0, Stride * Stride).Fill(1f / (Stride * Stride));
        byte[] node =
        [
            .. Part(1, "image"), .. Part(1, "W"), .. Part(1, "b"), .. Part(2, "ships"), .. Part(3, "conv"), .. Part(4, "Conv"),
            .. Part(5, Pair("kernel_shape")), .. Part(5, Pair("strides")),
        ];
        byte[] graph =
        [
            .. Part(1, node), .. Part(2, "tiny-ship-net"),
            .. Part(5, Tensor("W", [8, bands, Stride, Stride], weights)), .. Part(5, Tensor("b", [8], Bias)),
            .. Part(11, Value("image", bands)), .. Part(12, Value("ships", 8)),
        ];
        return [.. Number(1, 7), .. Part(2, "MaritimeWatch"), .. Part(7, graph), .. Part(8, Number(2, 13))];
    }

    /// <summary>Writes the model and what describes it into a folder.</summary>
    /// <returns>The path of the <c>.onnx</c> file.</returns>
    public static string Write(string folder, string name = "ship-sar", Func<string, string>? change = null)
    {
        Directory.CreateDirectory(folder);
        var bytes = Bytes();
        var path = Path.Combine(folder, name + ".onnx");
        File.WriteAllBytes(path, bytes);
        var json = $$"""
            {"name":"{{name}}","version":3,"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(bytes))}}","inputs":["amplitude"],
             "stride":4,"multiple":32,"window":256,"margin":64,"norm":{"kind":"sar-log-median","floor":0.05,"scale":0.4},
             "threshold_milli":500,"nms_iou_milli":300,"macs_per_pixel":8,"scenes":true}
            """;
        File.WriteAllText(Path.ChangeExtension(path, ".json"), (change ?? (same => same))(json));
        return path;
    }

    private static byte[] Pair(string name) => [.. Part(1, name), .. Number(8, Stride), .. Number(8, Stride), .. Number(20, 7)];

    private static byte[] Value(string name, int planes)
    {
        byte[] shape =
        [
            .. Part(1, Part(2, Encoding.ASCII.GetBytes("n"))), .. Part(1, Number(1, planes)),
            .. Part(1, Part(2, Encoding.ASCII.GetBytes(name + "_h"))), .. Part(1, Part(2, Encoding.ASCII.GetBytes(name + "_w"))),
        ];
        return [.. Part(1, name), .. Part(2, Part(1, [.. Number(1, 1), .. Part(2, shape)]))];
    }
}
