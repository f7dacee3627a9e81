using System.Buffers.Binary;
using MaritimeWatch.Log;
using MaritimeWatch.Rasters;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// The pictures of a scene in the store: its quicklook (<c>quicklooks/SCENE/scene.png</c>) and the chips of its ships, all in
/// one blob (<c>quicklooks/SCENE/chips</c>: how many, then number, offset and length of each, then the pictures), so that a
/// scene costs two writes whatever it shows. They show what was read, and are never read back to judge anything.
/// </summary>
internal static class ScenePictures
{
    private const int ScenePrefix = 12;
    private const int RowBytes = 12;

    /// <summary>The quicklook's blob.</summary>
    /// <param name="scene">The scene's name.</param>
    public static string LookName(string scene) => $"quicklooks/{scene}/scene.png";

    /// <summary>The blob of the chips.</summary>
    /// <param name="scene">The scene's name.</param>
    public static string ChipsName(string scene) => $"quicklooks/{scene}/chips";

    /// <summary>True for what can be a scene's name: 12 digits of a hash.</summary>
    /// <param name="scene">What was asked for.</param>
    public static bool IsScene(string scene) => scene.Length == ScenePrefix && scene.All(char.IsAsciiHexDigitLower);

    /// <summary>Draws and keeps them; nothing is done where they are there.</summary>
    /// <param name="store">The store.</param>
    /// <param name="scene">The scene's name.</param>
    /// <param name="file">The scene, open.</param>
    /// <param name="reading">What was found in it.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="RasterException">The scene is damaged.</exception>
    /// <exception cref="StoreException">They could not be kept.</exception>
    public static async Task KeepAsync(IBlobStore store, string scene, SceneFile file, SceneReading reading, CancellationToken cancel)
    {
        if (await store.GetAsync(ChipsName(scene), cancel) is not null)
        {
            return;
        }

        using var look = new MemoryStream();
        var stretch = Quicklook.Write(look, file, [.. reading.Boxes.Select(box => new QuicklookBox(box))], cancel: cancel);
        var chips = new List<(int Number, byte[] Picture)>();
        for (var index = 0; index < Math.Min(reading.Boxes.Count, Quicklook.ChipsMax); index++)
        {
            cancel.ThrowIfCancellationRequested();
            var box = reading.Boxes[index];
            using var chip = new MemoryStream();
            Quicklook.WriteChip(chip, file, box.X + (box.Width / 2.0), box.Y + (box.Height / 2.0), stretch);
            chips.Add((reading.Detections[index].N, chip.ToArray()));
        }

        await store.PutAsync(LookName(scene), look.ToArray(), PutCondition.IfAbsent, cancel);
        await store.PutAsync(ChipsName(scene), Pack(chips), PutCondition.IfAbsent, cancel);
    }

    /// <summary>All chips as one blob.</summary>
    public static byte[] Pack(IReadOnlyList<(int Number, byte[] Picture)> chips)
    {
        var offset = 4 + (RowBytes * chips.Count);
        var bytes = new byte[offset + chips.Sum(chip => chip.Picture.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, chips.Count);
        for (var i = 0; i < chips.Count; i++)
        {
            var row = bytes.AsSpan(4 + (RowBytes * i));
            BinaryPrimitives.WriteInt32LittleEndian(row, chips[i].Number);
            BinaryPrimitives.WriteInt32LittleEndian(row[4..], offset);
            BinaryPrimitives.WriteInt32LittleEndian(row[8..], chips[i].Picture.Length);
            chips[i].Picture.CopyTo(bytes, offset);
            offset += chips[i].Picture.Length;
        }

        return bytes;
    }

    /// <summary>The chip of one ship, or null where there is none.</summary>
    /// <param name="chips">The blob.</param>
    /// <param name="number">The ship's number in its scene, from 1.</param>
    public static ReadOnlyMemory<byte>? ChipOf(ReadOnlyMemory<byte> chips, int number)
    {
        var span = chips.Span;
        var count = span.Length < 4 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(span);
        for (var i = 0; i < count && 4 + (RowBytes * (i + 1)) <= span.Length; i++)
        {
            var row = span[(4 + (RowBytes * i))..];
            var (offset, length) = (BinaryPrimitives.ReadInt32LittleEndian(row[4..]), BinaryPrimitives.ReadInt32LittleEndian(row[8..]));
            if (BinaryPrimitives.ReadInt32LittleEndian(row) == number)
            {
                // Without the cast null would become an empty memory.
                return offset >= 0 && length >= 0 && offset <= span.Length - length ? (ReadOnlyMemory<byte>?)chips.Slice(offset, length) : null;
            }
        }

        return null;
    }
}
