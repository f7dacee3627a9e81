using System.Buffers.Binary;
using System.Text;

namespace MaritimeWatch.Tests.Models;

/// <summary>
/// Writes models by hand; the smallest is y = relu(x W + b), 4 numbers in and 3 out, which no part of the program takes. Field
/// numbers are those of onnx.proto3.
/// </summary>
internal static class TinyModel
{
    private const int In = 4;
    private const int Out = 3;

    private static readonly float[] Weights = [0.5f, -1, 2, 0.25f, 3, -0.5f, -2, 1, 0.125f, 1, -0.75f, 0];

    private static readonly float[] Bias = [0.1f, -0.2f, 0.3f];

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
