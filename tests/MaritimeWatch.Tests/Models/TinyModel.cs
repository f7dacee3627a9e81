using System.Buffers.Binary;
using System.Text;

namespace MaritimeWatch.Tests.Models;

/// <summary>
/// Writes the smallest model that shows the runtime at work, by hand: y = relu(x W + b), 4 numbers in and 3 out. The file
/// lib/Models/weights/plain-layer.onnx is exactly this. Field numbers are those of onnx.proto3.
/// </summary>
internal static class TinyModel
{
    public const int In = 4;
    public const int Out = 3;

    public static float[] Weights { get; } = [0.5f, -1, 2, 0.25f, 3, -0.5f, -2, 1, 0.125f, 1, -0.75f, 0];

    public static float[] Bias { get; } = [0.1f, -0.2f, 0.3f];

    public static byte[] Bytes()
    {
        byte[] graph =
        [
            .. Part(1, Node("MatMul", ["x", "W"], "h")),
            .. Part(1, Node("Add", ["h", "b"], "s")),
            .. Part(1, Node("Relu", ["s"], "y")),
            .. Part(2, "plain-layer"),
            .. Part(5, Tensor("W", [In, Out], Weights)),
            .. Part(5, Tensor("b", [Out], Bias)),
            .. Part(11, Value("x", In)),
            .. Part(12, Value("y", Out)),
        ];
        return
        [
            .. Number(1, 7), // IR version.
            .. Part(2, "MaritimeWatch"),
            .. Part(7, graph),
            .. Part(8, Number(2, 13)), // Operators of set 13.
        ];
    }

    /// <summary>The same sum in plain C#.</summary>
    public static float[] Run(ReadOnlySpan<float> rows)
    {
        var made = new float[rows.Length / In * Out];
        for (var row = 0; row < rows.Length / In; row++)
        {
            for (var o = 0; o < Out; o++)
            {
                var sum = Bias[o];
                for (var i = 0; i < In; i++)
                {
                    sum += rows[(row * In) + i] * Weights[(i * Out) + o];
                }

                made[(row * Out) + o] = Math.Max(0, sum);
            }
        }

        return made;
    }

    private static byte[] Node(string operation, string[] inputs, string output) =>
        [.. inputs.SelectMany(input => Part(1, input)), .. Part(2, output), .. Part(3, operation), .. Part(4, operation)];

    internal static byte[] Tensor(string name, int[] sizes, float[] values)
    {
        var raw = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * 4), values[i]);
        }

        return [.. sizes.SelectMany(size => Number(1, size)), .. Number(2, 1), .. Part(8, name), .. Part(9, raw)];
    }

    private static byte[] Value(string name, int numbers)
    {
        byte[] shape = [.. Part(1, Part(2, "rows")), .. Part(1, Number(1, numbers))];
        byte[] tensor = [.. Number(1, 1), .. Part(2, shape)];
        return [.. Part(1, name), .. Part(2, Part(1, tensor))];
    }

    internal static byte[] Part(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

    internal static byte[] Part(int field, byte[] bytes) => [.. Varint((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    internal static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
